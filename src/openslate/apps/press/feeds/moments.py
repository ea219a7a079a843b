"""Dates of feeds in all the forms they come in; what says none, or one to come, was published when it was seen."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
"""No page is older than the web; what says so has no date."""
SLACK = timedelta(minutes=10)
"""Clocks differ by so much without anybody lying."""
_SPACE_BEFORE_ZONE = re.compile(r"\s+([+-]\d{2}:?\d{2})$")


def moment_of(text: str) -> datetime | None:
    """A moment from what somebody wrote, UTC; a zone that is missing is UTC, and None is what cannot be told.

    Args:
        text: ISO 8601, RFC 822 or seconds since 1970.

    Example:
        >>> moment_of("Fri, 14 May 2027 08:00:00 +0200").isoformat()
        '2027-05-14T06:00:00+00:00'
        >>> moment_of("2027-05-14T08:00Z").isoformat(), moment_of("soon")
        ('2027-05-14T08:00:00+00:00', None)
    """
    words = _SPACE_BEFORE_ZONE.sub(r"\1", text.strip()[:80])
    for read in (datetime.fromisoformat, parsedate_to_datetime, _from_seconds):
        try:
            found = read(words)
            found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
        except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
            continue
        return found if found >= EARLIEST else None
    return None


def moment_from(fields: Sequence[int] | None) -> datetime | None:
    """A moment from year, month, day, hour, minute and second in UTC, as feedparser gives them."""
    if fields is None:
        return None
    try:
        year, month, day, hour, minute, second = fields[:6]
        found = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found >= EARLIEST else None


def settled(said: datetime | None, seen: datetime) -> tuple[datetime, tuple[str, ...]]:
    """When something was published, and what had to be supposed of it.

    Args:
        said: by its publisher.
        seen: moment at which it arrived here, UTC.
    """
    if said is None:
        return seen, ("it says no date: the moment it was seen is taken",)
    if said > seen + SLACK:
        return seen, (f"it is dated {said:%Y-%m-%d %H:%M}, which is to come: the moment it was seen is taken",)
    return min(said, seen), ()


def _from_seconds(text: str) -> datetime:
    if not re.fullmatch(r"\d{9,13}(\.\d+)?", text):
        raise ValueError(text)
    seconds = float(text)
    return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC)
