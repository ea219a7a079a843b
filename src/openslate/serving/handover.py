"""A folder of Parquet parts that is handed over to another system: written whole, continued after a kill.

While it grows, `unfinished.json` says what it will be and which parts are done; in the end `manifest.json` takes its
place, with the hash of every part. The same plan gives the same bytes.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from openslate.errors import ProjectError
from openslate.storage.columns import write_columns
from openslate.storage.files import (
    OWNER_ONLY,
    confined,
    content_hash,
    make_folder,
    sweep,
    sync_file,
    sync_folder,
    temporary_path,
    write_atomically,
)
from openslate.storage.lock import LOCK_NAME, write_lock

MANIFEST, UNFINISHED = "manifest.json", "unfinished.json"
WORDS = {"made": "day"}
"""What people call what a plan names otherwise."""


@dataclass(frozen=True)
class Handover:
    """Parts in a folder.

    Stability: provisional.

    Attributes:
        folder: where they lie, for the owner alone.
        plan: plain values that decide what is in the parts.
        parts: of each finished part, its `rows` and `sha256`.
    """

    folder: Path
    plan: Mapping[str, Any]
    parts: dict[str, dict[str, Any]]

    def has(self, name: str) -> bool:
        """Whether a part is finished and lies there as it was written."""
        try:
            return name in self.parts and content_hash(self._path(name)) == self.parts[name]["sha256"]
        except OSError:
            return False

    def write(self, name: str, columns: Mapping[str, NDArray[Any]], metadata: Mapping[str, str]) -> None:
        """Write one part, or refuse where something else has its name.

        Args:
            name: the file's name.
            columns: what is in it.
            metadata: goes into the file.

        Raises:
            ProjectError: a file of that name is there that this plan did not make.
        """
        path, temporary = self._path(name), temporary_path(self.folder, ".parquet")
        try:
            write_columns(temporary, columns, metadata)
            digest = content_hash(temporary)
            # A part that was finished right before a kill may not be on the list yet.
            if path.exists() and name not in self.parts and content_hash(path) != digest:
                raise ProjectError(f"{path} is there already and comes from elsewhere.", "Name a new folder.")
            sync_file(temporary)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(self.folder)
        self.parts[name] = {"rows": len(next(iter(columns.values()))), "sha256": digest}
        self._note(UNFINISHED)

    def finish(self) -> str:
        """Put the manifest in the place of the list of what is done, and return its hash, the handover's id.

        Raises:
            ProjectError: the folder holds a file that is none of the parts, and would be read with them.
        """
        ours = {*self.parts, MANIFEST, UNFINISHED, LOCK_NAME}
        foreign = sorted(path.name for path in self.folder.iterdir() if path.name not in ours and path.name[0] != ".")
        if foreign:
            raise ProjectError(
                f"{self.folder} holds {foreign[0]}, which was not written with the rest.",
                "Move it away and run the command again: what is finished is kept.",
            )
        self._note(MANIFEST)
        self._path(UNFINISHED).unlink(missing_ok=True)
        return content_hash(self._path(MANIFEST))

    def _note(self, name: str) -> None:
        told = {"plan": dict(self.plan), "parts": dict(sorted(self.parts.items()))}
        write_atomically(self._path(name), json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False).encode())

    def _path(self, name: str) -> Path:
        return confined(self.folder, name)


@contextmanager
def handover(
    folder: Path, plan: Mapping[str, Any], kept: Sequence[str] = (), wait_seconds: float = 0.0
) -> Iterator[Handover]:
    """The folder for a plan, new or as far as an earlier process came; nobody else writes to it meanwhile.

    Args:
        folder: absent, empty, or begun with the same plan.
        plan: plain values that decide what is in the parts.
        kept: names in the plan whose values an unfinished folder keeps, such as the day it was begun.
        wait_seconds: how long to wait for another process that writes there.

    Raises:
        ProjectError: the folder holds anything else, cannot be made, or another process is writing to it.
    """
    root = folder.resolve()
    try:
        strange = root.exists() and (not root.is_dir() or _is_strange(root))
        if not strange:
            make_folder(root, OWNER_ONLY)
    except OSError as error:
        raise ProjectError(f"{folder} cannot be made: {error.strerror}.", "Name another folder.") from error
    if strange:
        raise ProjectError(f"{folder} holds something else already.", "Name a new folder; nothing there was touched.")
    with write_lock(root, wait_seconds):
        sweep(root)
        yield _begun(root, plan, kept)


def _begun(root: Path, plan: Mapping[str, Any], kept: Sequence[str]) -> Handover:
    """What the folder holds of the plan."""
    for name in (UNFINISHED, MANIFEST):
        if (root / name).exists():
            told = _told(root / name)
            before = told.get("plan", {})
            wanted = {**plan, **{key: before.get(key) for key in kept}} if name == UNFINISHED else dict(plan)
            if before != wanted:
                raise _another(root, before, wanted)
            return Handover(root, wanted, dict(told["parts"]))
    begun = Handover(root, dict(plan), {})
    begun._note(UNFINISHED)
    return begun


def _is_strange(root: Path) -> bool:
    """Whether a folder holds files and no list of ours."""
    names = {path.name for path in root.iterdir()} - {LOCK_NAME}
    return bool(names) and not names & {MANIFEST, UNFINISHED}


def _told(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_bytes())
    except (OSError, ValueError):
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("plan"), dict) or not _are_parts(told.get("parts")):
        raise ProjectError(f"{path} is no list of parts of ours.", "Name a new folder; nothing there was touched.")
    return told


def _are_parts(told: object) -> bool:
    """Whether this is a list of parts as `Handover.write` makes it."""
    return isinstance(told, dict) and all(
        isinstance(part, dict) and isinstance(part.get("rows"), int) and isinstance(part.get("sha256"), str)
        for part in told.values()
    )


def _another(root: Path, before: Mapping[str, Any], wanted: Mapping[str, Any]) -> ProjectError:
    """A refusal that names what differs."""
    names = [WORDS.get(name, name.replace("_", " ")) for name in wanted if before.get(name) != wanted[name]]
    return ProjectError(
        f"{root} was made from another {' and another '.join(names) or 'plan'}.",
        "Name a new folder, or remove that one: what it holds may be out of date.",
    )
