"""Which prepared histories hold a member, so that they can be removed: they are made anew when they are asked for."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from openslate.data.prepared import HALF_MADE, MANIFEST, MEMBERS, prepared_folder
from openslate.project import Project
from openslate.storage.files import sync_folder
from openslate.storage.lock import write_lock


@contextmanager
def holding(project: Project, member: str) -> Iterator[list[Path]]:
    """The folders that hold a member, while nobody prepares anything.

    Half-made and damaged ones are among them: they do not say whom they hold.

    Args:
        project: where.
        member: the member's id.

    Raises:
        ProjectError: another process prepares histories for longer than this one may wait.
    """
    folder = prepared_folder(project)
    if not folder.exists():
        yield []
        return
    with write_lock(folder, project.settings.limits.lock_wait_seconds):
        yield [path for path in sorted(folder.iterdir()) if path.is_dir() and _may_hold(path, member)]


def remove(folders: list[Path]) -> None:
    """Remove folders from `holding`, durably; call it inside."""
    for folder in folders:
        # First, so that what a kill leaves behind is half-made to everybody.
        (folder / MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(folder)
        sync_folder(folder.parent)


def _may_hold(folder: Path, member: str) -> bool:
    if folder.suffix == HALF_MADE or not (folder / MANIFEST).exists():
        return True
    try:
        return member in json.loads((folder / MEMBERS).read_bytes())
    except (OSError, ValueError, TypeError):
        return True
