"""Periods of accounts: half-open in UTC, so that every moment belongs to exactly one.

It stands with rights, because the gate asks which dues are overdue.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from openslate.errors import RightsError

ZONE = "UTC"


@dataclass(frozen=True)
class Period:
    """From its start up to, and not including, its end.

    Attributes:
        start: in UTC.
        end: in UTC.

    Raises:
        RightsError: a moment has no zone, or the end is not after the start.

    Example:
        >>> july = Period(datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC))
        >>> july.id, july.end in july
        ('2026-07-01T00:00:00+00:00/2026-08-01T00:00:00+00:00', False)
    """

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start.tzinfo is None or self.end.tzinfo is None:
            raise RightsError("A period has no time zone.", "Give moments with one; a statement counts in UTC.")
        if not self.start < self.end:
            raise RightsError(f"A period from {self.start} to {self.end} is empty.", "End it after its start.")
        object.__setattr__(self, "start", self.start.astimezone(UTC))
        object.__setattr__(self, "end", self.end.astimezone(UTC))

    def __contains__(self, moment: datetime) -> bool:
        return self.start <= moment < self.end

    @property
    def id(self) -> str:
        """Its two ends, as ISO 8601 writes an interval."""
        return f"{self.start.isoformat()}/{self.end.isoformat()}"

    @property
    def name(self) -> str:
        """As people write it: a month, two days, or two moments.

        Example:
            >>> month(2026, 7).name
            '2026-07'
        """
        if self == month(self.start.year, self.start.month):
            return f"{self.start:%Y-%m}"
        if all(one.time() == datetime.min.time() for one in (self.start, self.end)):
            return f"{self.start:%Y-%m-%d}/{self.end:%Y-%m-%d}"
        return self.id

    def to_entry(self) -> dict[str, str]:
        """For the ledger."""
        return {"start": self.start.isoformat(), "end": self.end.isoformat(), "zone": ZONE}

    @classmethod
    def of_entry(cls, entry: Mapping[str, Any]) -> "Period":
        """From the ledger.

        Raises:
            RightsError: it is no period.
        """
        try:
            return cls(datetime.fromisoformat(entry["start"]), datetime.fromisoformat(entry["end"]))
        except (KeyError, TypeError, ValueError):
            raise RightsError(f"{entry!r} is no period.", "Let Openslate close periods.") from None


def month(year: int, number: int) -> Period:
    """A calendar month in UTC.

    Example:
        >>> month(2026, 12).end.isoformat()
        '2027-01-01T00:00:00+00:00'
    """
    following = (year, number + 1) if number < 12 else (year + 1, 1)
    return Period(datetime(year, number, 1, tzinfo=UTC), datetime(*following, 1, tzinfo=UTC))


@dataclass(frozen=True)
class PaymentTerms:
    """When money is due.

    Attributes:
        days: after the end of the calendar quarter.
        source: where the number comes from.
        grade: how sure we are of it.
    """

    days: int = 60
    source: str = "SAG-AFTRA: revenue-based residuals are due within 60 days of the end of the quarter"
    grade: str = "read"


def due_moment(at: datetime, terms: PaymentTerms = PaymentTerms()) -> datetime:
    """When money that was earned at a moment is overdue: the days of the terms after the end of its quarter, in UTC.

    Args:
        at: when it was earned; closing a period late does not put it off.
        terms: of payment.

    Example:
        >>> due_moment(datetime(2026, 7, 9, tzinfo=UTC)).date().isoformat()
        '2026-11-30'
    """
    at = at.astimezone(UTC)
    quarter = (at.month - 1) // 3
    end = datetime(at.year + 1, 1, 1, tzinfo=UTC) if quarter == 3 else datetime(at.year, quarter * 3 + 4, 1, tzinfo=UTC)
    return end + timedelta(days=terms.days)
