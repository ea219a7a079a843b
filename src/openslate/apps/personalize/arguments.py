"""Arguments of calls from Python, checked before any work: a wrong one is told in words, not by what breaks later."""

from datetime import datetime

from openslate.errors import UsageError


def require_moment(as_of: object) -> None:
    """Check an `as_of`.

    Raises:
        UsageError: it is neither a datetime nor None.
    """
    if as_of is not None and not isinstance(as_of, datetime):
        raise UsageError(f"The moment as_of is {as_of!r}, which is no datetime.", "Give it as datetime(2026, 3, 1).")


def require_seed(seed: object) -> None:
    """Check a seed.

    Raises:
        UsageError: it is no whole number from 0 on.
    """
    if not isinstance(seed, int) or seed < 0:
        raise UsageError(f"The seed {seed!r} is no whole number from 0 on.", "Give one such as 1.")
