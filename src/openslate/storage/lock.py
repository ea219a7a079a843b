"""One writer at a time: the lock that the kernel releases even when its holder is killed, and who is alive."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from openslate.errors import ProjectError

LOCK_NAME = ".write-lock"
_OF_THREAD = threading.local()


@contextmanager
def write_lock(folder: Path, wait_seconds: float) -> Iterator[None]:
    """Hold the project's write lock, waiting for another writer up to `wait_seconds`.

    Args:
        folder: the project's folder.
        wait_seconds: how long to wait; 0 tries once.

    Raises:
        ProjectError: another process is still writing when the wait is over.
    """
    lock = FileLock(folder / LOCK_NAME, timeout=wait_seconds)
    try:
        lock.acquire()
    except Timeout:
        raise ProjectError(
            f"Another process is writing to {folder} and did not finish within {wait_seconds:g} seconds.",
            "Run the command again once it is done, or raise lock_wait_seconds in openslate.toml.",
        ) from None
    held = _held()
    held.append(folder.resolve())
    try:
        yield
    finally:
        held.remove(folder.resolve())
        lock.release()


def holds_lock(folder: Path) -> bool:
    """Whether this thread holds the write lock of a folder: taking it once more would wait for itself."""
    return folder.resolve() in _held()


def _held() -> list[Path]:
    if not hasattr(_OF_THREAD, "folders"):
        _OF_THREAD.folders = []
    folders: list[Path] = _OF_THREAD.folders
    return folders


def is_alive(process: int) -> bool:
    """Whether a process of that number runs on this machine.

    Example:
        >>> is_alive(os.getpid())
        True
    """
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        # Somebody else's process, which is alive.
        return True
    return True
