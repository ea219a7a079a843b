"""Prepared histories that hold a member are removed: what is not known to be without them counts as with them."""

import shutil

from openslate.data.prepared import named, prepared_folder
from openslate.project import Project
from openslate.storage.files import sync_folder
from openslate.storage.lock import write_lock


def holds(project: Project, name: str, member: str) -> bool | None:
    """Whether prepared histories hold a member, or None where they are gone, half-made or damaged.

    Args:
        project: where.
        name: the name of their folder.
        member: the member's id.
    """
    found = named(project, name) if name else None
    return None if found is None else member in set(found.members)


def remove_prepared(project: Project, member: str) -> tuple[str, ...]:
    """Remove every prepared history but those that are known to be without a member.

    Args:
        project: where.
        member: the member's id.

    Returns:
        The names of the folders that are gone.

    Raises:
        ProjectError: another process prepares histories for longer than this one may wait.
    """
    folder = prepared_folder(project)
    if not folder.exists():
        return ()
    with write_lock(folder, project.settings.limits.lock_wait_seconds):
        found = [path for path in sorted(folder.iterdir()) if path.is_dir()]
        gone = [path for path in found if holds(project, path.name, member) is not False]
        for path in gone:
            shutil.rmtree(path)
        sync_folder(folder)
    return tuple(path.name for path in gone)
