"""Which ledger a project's folder holds, remembered outside the project, so that another in its place is noticed."""

import hashlib
import os
from pathlib import Path

from openslate.errors import RightsError
from openslate.rights.alarm import alarm
from openslate.rights.keys import kept_text, keys_folder
from openslate.storage.files import OWNER_ONLY, make_folder, write_atomically


def bind_folder(project: Path, origin: str) -> None:
    """Remember outside which ledger a project's folder holds, so that another in its place is noticed.

    Raises:
        RightsError: it cannot be written.
    """
    path = _binding(project)
    try:
        make_folder(path.parent, OWNER_ONLY)
        write_atomically(path, f"{origin}\n{project.resolve()}\n".encode())
    except OSError as error:
        raise RightsError(f"{path} cannot be written: {error.strerror}.", "Mend the permissions.") from error


def release_folder(project: Path) -> None:
    """Forget which ledger a folder held: for a project that is made anew on purpose, such as a demonstration."""
    _binding(project).unlink(missing_ok=True)


def check_folder(project: Path, origin: str) -> None:
    """Refuse a ledger in a folder that held another when it was last signed.

    Raises:
        RightsError: it held another.
    """
    path = _binding(project)
    text = kept_text(path)
    if text is not None and text.split("\n")[0] != origin:
        raise alarm(
            f"The ledger in {project} is another than the one that was signed there.",
            f"Restore it from a backup; if the project was made anew on purpose, remove {path}.",
        )


def _binding(project: Path) -> Path:
    return keys_folder() / "folders" / hashlib.sha256(os.fsencode(project.resolve())).hexdigest()[:32]
