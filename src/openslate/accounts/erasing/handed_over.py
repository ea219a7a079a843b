"""Folders of lists and pages for other systems, without one member: each part written anew, then their manifest."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openslate.accounts.erasing import journal
from openslate.accounts.erasing.journal import Begun
from openslate.accounts.erasing.names import Name
from openslate.accounts.erasing.receipt import FileChange
from openslate.accounts.erasing.tables import REWRITTEN
from openslate.project import Project
from openslate.registry.lineage import link
from openslate.serving.handover import MANIFEST, UNFINISHED
from openslate.storage.files import content_hash, sync_file, sync_folder, temporary_path, write_atomically
from openslate.storage.lock import write_lock
from openslate.storage.rewriting import Connection, copy_without, rows_in, rows_of, without

NOT_HERE = ("people", "lake", "models")


def folders_in(project: Project) -> list[Path]:
    """Every folder in the project that holds such parts."""
    lists = (path for name in (MANIFEST, UNFINISHED) for path in project.folder.rglob(name))
    return sorted(
        {
            path.parent
            for path in lists
            if path.relative_to(project.folder).parts[0] not in NOT_HERE and _told(path) is not None
        }
    )


def is_handed_over(folder: Path) -> bool:
    """Whether a folder holds such parts."""
    return any(_told(folder / name) is not None for name in (MANIFEST, UNFINISHED))


def erase_from_folders(project: Project, begun: Begun, name: Name, others: Sequence[Path]) -> None:
    """Rewrite the parts that hold the member.

    Args:
        project: where.
        begun: the erasure.
        name: whose rows go.
        others: further such folders, outside the project.

    Raises:
        ProjectError: another process is writing to such a folder, a part is damaged, or there is no room.
    """
    folders = [*folders_in(project), *(path.resolve() for path in others)]
    with without(project.lake, name.member) as connection:
        for folder in folders:
            with write_lock(folder, project.settings.limits.lock_wait_seconds):
                for path in sorted(folder.glob("*.parquet")):
                    _rewrite(project, connection, begun, name, path)
                for noted in (folder / UNFINISHED, folder / MANIFEST):
                    _tell_anew(project, connection, begun, name, noted)


def _rewrite(project: Project, connection: Connection, begun: Begun, name: Name, path: Path) -> None:
    rows = rows_of(connection, path)
    if not rows:
        return
    temporary = temporary_path(path.parent, ".parquet")
    try:
        copy_without(connection, path, temporary)
        sync_file(temporary)
        change = FileChange(
            _shown(project, begun, name, path), content_hash(path), content_hash(temporary), rows, "list or page"
        )
        journal.note(project, begun, [change])
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def _tell_anew(project: Project, connection: Connection, begun: Begun, name: Name, noted: Path) -> None:
    """Bring the list of parts up to date with those that this erasure has written."""
    told = _told(noted)
    if told is None:
        return
    ours = {(change.file, change.new) for change in journal.noted(project, begun)}
    changed = False
    for part, described in told["parts"].items():
        path = noted.parent / part
        digest = content_hash(path) if path.exists() else ""
        if digest != described["sha256"] and (_shown(project, begun, name, path), digest) in ours:
            told["parts"][part] = {"rows": rows_in(connection, path), "sha256": digest}
            changed = True
    if not changed:
        return
    old = content_hash(noted)
    data = json.dumps(told, indent=1, sort_keys=True, ensure_ascii=False).encode()
    new = hashlib.sha256(data).hexdigest()
    journal.note(project, begun, [FileChange(_shown(project, begun, name, noted), old, new, 0, "list of parts")])
    # A finished folder is known by its manifest's hash; so whoever asks where it came from still finds the way.
    link(project, new, old, REWRITTEN)
    write_atomically(noted, data)


def _shown(project: Project, begun: Begun, name: Name, path: Path) -> str:
    inside = path.is_relative_to(project.folder)
    shown = path.relative_to(project.folder) if inside else path
    return name.masked(shown.as_posix(), begun.token)


def _told(path: Path) -> dict[str, Any] | None:
    """A list of parts, or None where this is none."""
    try:
        told = json.loads(path.read_bytes())
        parts: dict[str, Any] = told["parts"]
        whole = isinstance(told["plan"], dict) and all(isinstance(one["sha256"], str) for one in parts.values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return told if whole else None
