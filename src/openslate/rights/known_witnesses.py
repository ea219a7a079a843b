"""The public keys of the witnesses who signed a project's checkpoints, so that a bundle can name them.

A signature line holds a name and four bytes of the key, which is too little to check it by. Whoever checks asks the
witness for the key; what stands here only says for which.
"""

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.checkpoint import Checkpoint
from openslate.rights.ledger.signing import FOLDER
from openslate.rights.note import PublicKey
from openslate.storage.files import make_folder, write_atomically

NAME = "witnesses"


def known_witnesses(project: Project) -> tuple[PublicKey, ...]:
    """Every witness whose key the project has seen.

    Raises:
        RightsError: the list cannot be read.
    """
    path = project.folder / FOLDER / NAME
    try:
        return tuple(PublicKey.read(line) for line in path.read_text(encoding="utf-8").splitlines())
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as error:
        raise RightsError(f"{path} cannot be read: {error}.", "Remove it; the next witness begins it anew.") from error


def witnesses_of(project: Project, checkpoint: Checkpoint) -> tuple[PublicKey, ...]:
    """The witnesses among them who signed a checkpoint."""
    return tuple(key for key in known_witnesses(project) if checkpoint.note.is_signed_by(key))


def keep_witness(project: Project, key: PublicKey) -> None:
    """Keep the key of a witness; the same again changes nothing.

    Raises:
        RightsError: the list cannot be read or written.
    """
    known = known_witnesses(project)
    if key in known:
        return
    path = project.folder / FOLDER / NAME
    text = "".join(f"{one}\n" for one in sorted(one.text for one in (*known, key)))
    try:
        make_folder(path.parent)
        write_atomically(path, text.encode())
    except OSError as error:
        raise RightsError(f"{path} cannot be written: {error.strerror}.", "Mend the permissions.") from error
