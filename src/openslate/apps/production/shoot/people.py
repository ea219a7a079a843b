"""The cast: who they are, what they are paid and for which days, and when they can work."""

from dataclasses import dataclass
from datetime import date
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
        """Their age in years on a day; None for adults whose birth nobody needed."""
        return None if self.born is None else (day - self.born).days / 365.25
