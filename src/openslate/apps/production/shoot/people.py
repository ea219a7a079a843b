"""The cast: who they are, what they are paid and for which days, and when they can work."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

ContractKind = Literal["day", "weekly", "worked"]


@dataclass(frozen=True)
class Span:
    """Days from the first to the last, both among them.

    Example:
        >>> date(2027, 3, 2) in Span(date(2027, 3, 1), date(2027, 3, 5))
        True
    """

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Contract:
    """What a cast member is paid for.

    Attributes:
        kind: 'day' pays every working day of the unit from the first to the last day on which they play; 'weekly' pays
            every week that is begun, counted from their first day; 'worked' pays the days on which they play alone.
        rate: for a day, or for a week, in whole units of the shoot's currency.
        drops: how often they may be dropped and picked up again, unpaid in between; 0 where they may not.
        drop_days: calendar days without work that a drop needs at least.
        least_days: days that are paid at least.

    Source: SAG-AFTRA, "Consecutive Employment" (drop and pick-up is for day performers, once, over more than 10 or 14
        calendar days).
    """

    kind: ContractKind = "day"
    rate: int = 0
    drops: int = 0
    drop_days: int = 11
    least_days: int = 0


@dataclass(frozen=True)
class CastMember:
    """A cast member.

    Attributes:
        id: the board number, such as '1'.
        character: whom they play.
        performer: their name; empty while the part is not cast.
        contract: what they are paid for.
        away: days on which they cannot work.
        available: spans outside which they cannot work; empty where they always can.
        born: their day of birth where they are a minor, whose hours are limited; None for adults.
        holder: id of the rights holder that the gate asks for replicas and scans; empty for the performer's name.
        scan_notice_days: days that must lie between asking for a scan and the scan; None for the rules' own.
    """

    id: str
    character: str
    performer: str = ""
    contract: Contract = Contract()
    away: tuple[Span, ...] = ()
    available: tuple[Span, ...] = ()
    born: date | None = None
    holder: str = ""
    scan_notice_days: int | None = None

    def can_work(self, day: date) -> bool:
        """Whether they can work on a day.

        Example:
            >>> week = Span(date(2027, 3, 1), date(2027, 3, 5))
            >>> CastMember("1", "MIRA", away=(week,)).can_work(date(2027, 3, 3))
            False
        """
        if any(day in span for span in self.away):
            return False
        return not self.available or any(day in span for span in self.available)

    def age_on(self, day: date) -> float | None:
        """Their age in years on a day, whole on birthdays, with twelfths for months; None where no birth is said.

        Example:
            >>> child = CastMember("1", "MIRA", born=date(2018, 3, 5))
            >>> child.age_on(date(2027, 3, 5)), child.age_on(date(2018, 9, 5)), child.age_on(date(2027, 3, 4)) < 9
            (9.0, 0.5, True)
        """
        return None if self.born is None else age_between(self.born, day)


def age_between(born: date, day: date) -> float:
    """Years from a birth to a day by the calendar: months that are over as twelfths, and the days since.

    Args:
        born: the day of birth.
        day: the day on which somebody is so old.

    Example:
        >>> age_between(date(2027, 3, 1), date(2027, 8, 31)) < 0.5 == age_between(date(2027, 3, 1), date(2027, 9, 1))
        True
    """
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    years, rest = divmod(months, 12)
    # Days never make a month, whatever its length.
    before = day.replace(day=1) - timedelta(days=1)
    since = day.day - born.day if day.day >= born.day else max(before.day - born.day, 0) + day.day
    return years + rest / 12 + min(since, 30) / 365.25
