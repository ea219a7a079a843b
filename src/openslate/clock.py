"""The one place that knows what time it is, so that everything else can be told.

Example:
    >>> from datetime import UTC, datetime
    >>> with frozen(datetime(2026, 1, 2, tzinfo=UTC)):
    ...     now().isoformat()
    '2026-01-02T00:00:00+00:00'
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

_frozen: ContextVar[datetime | None] = ContextVar("openslate_clock", default=None)


def now() -> datetime:
    """The present moment in UTC, or the frozen one."""
    return _frozen.get() or datetime.now(UTC)


def stopwatch() -> float:
    """Seconds on a clock that only runs forward; for durations, never for dates."""
    return time.perf_counter()


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Hold `now()` at one moment, for a replay or a test.

    Args:
        at: the moment, with its time zone.

    Raises:
        ValueError: `at` carries no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone; use datetime(..., tzinfo=UTC)")
    token = _frozen.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)


def to_microseconds(moment: datetime) -> int:
    """Microseconds since 1970-01-01 UTC; a moment without a zone is read as UTC.

    Example:
        >>> to_microseconds(datetime(1970, 1, 1, 0, 0, 1))
        1000000
    """
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    delta = aware - datetime(1970, 1, 1, tzinfo=UTC)
    return (delta.days * 86_400 + delta.seconds) * 1_000_000 + delta.microseconds


def from_microseconds(microseconds: int) -> datetime:
    """The UTC moment that many microseconds after 1970-01-01."""
    return datetime.fromtimestamp(microseconds // 1_000_000, UTC).replace(microsecond=microseconds % 1_000_000)
