"""One erasure at a time, and nobody else who keeps what was made of people's rows while it goes on."""

from collections.abc import Iterator
from contextlib import contextmanager

from openslate.project import Project
from openslate.storage.files import OWNER_ONLY, make_folder
from openslate.storage.lock import holds_lock, write_lock


@contextmanager
def no_erasure(project: Project) -> Iterator[None]:
    """While it lasts, no erasure goes on but one that this thread has begun.

    Whoever keeps a model takes it, so that an erasure finds the model, or the model finds that members were erased.

    Args:
        project: where.

    Raises:
        ProjectError: an erasure goes on for longer than this one may wait.
    """
    folder = project.people / "erasing"
    make_folder(folder, OWNER_ONLY)
    if holds_lock(folder):
        yield
        return
    with write_lock(folder, project.settings.limits.lock_wait_seconds):
        yield
