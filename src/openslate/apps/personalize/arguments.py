"""Arguments of calls from Python, checked before any work: a wrong one is told in words, not by what breaks later."""

from datetime import datetime
from pathlib import Path

from openslate.errors import ProjectError, UsageError


def require_moment(as_of: object) -> None:
    """Check an `as_of`.

    Raises:
        UsageError: it is neither a datetime nor None.
    """
    if as_of is not None and not isinstance(as_of, datetime):
        raise UsageError(f"The moment as_of is {as_of!r}, which is no datetime.", "Give it as datetime(2026, 3, 1).")


def require_place(path: Path | None) -> None:
    """Check where a file is to be written, before the work whose result it holds.

    Raises:
        ProjectError: its folder is not there, or it is a folder itself.
    """
    if path is None:
        return
    if not path.absolute().parent.is_dir():
        raise ProjectError(f"{path} cannot be written: there is no such folder.", "Name a file in one that exists.")
    if path.is_dir():
        raise ProjectError(f"{path} cannot be written: it is a folder.", "Name a file, in that folder or another.")


def require_seed(seed: object) -> None:
    """Check a seed.

    Raises:
        UsageError: it is no whole number from 0 on.
    """
    if not isinstance(seed, int) or seed < 0:
        raise UsageError(f"The seed {seed!r} is no whole number from 0 on.", "Give one such as 1.")
