"""What a cast member is paid for the days on which they play."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openslate.apps.production.shoot.days import Calendar
from openslate.apps.production.shoot.people import Contract


@dataclass(frozen=True)
class Paid:
    """The pay of one person.

    Attributes:
        amount: in whole units of the currency.
        worked: days on which they play.
        held: further working days that are paid.
        dropped: the gaps in which they are not, as (last day before, first day after).
    """

    amount: int
    worked: int
    held: int
    dropped: tuple[tuple[date, date], ...] = ()


def pay_of(contract: Contract, days: Sequence[date], calendar: Calendar) -> Paid:
    """The pay for the days on which somebody plays.

    Args:
        contract: of theirs.
        days: in order, none twice; all of them working days of the calendar.
        calendar: of the crew.

    Example:
        >>> week = Calendar(date(2027, 3, 1), date(2027, 3, 31))
        >>> pay_of(Contract("day", 1000), [date(2027, 3, 1), date(2027, 3, 4)], week)
        Paid(amount=4000, worked=2, held=2, dropped=())
        >>> once = Contract("day", 1000, drops=1, drop_days=10)
        >>> pay_of(once, [date(2027, 3, 1), date(2027, 3, 16)], week).amount
        2000
    """
    if not days:
        return Paid(contract.least_days * contract.rate if contract.kind != "weekly" else 0, 0, 0)
    if contract.kind == "worked":
        return Paid(max(len(days), contract.least_days) * contract.rate, len(days), 0)
    if contract.kind == "weekly":
        weeks = (days[-1] - days[0]).days // 7 + 1
        least = math.ceil(contract.least_days / len(calendar.week))
        held = working_days_between(days[0], days[-1], calendar) + 2 - len(days) if len(days) > 1 else 0
        return Paid(max(weeks, least) * contract.rate, len(days), held)
    dropped = _drops(contract, days, calendar)
    gaps = [(one, other) for one, other in itertools.pairwise(days) if (one, other) not in dropped]
    held = sum(working_days_between(one, other, calendar) for one, other in gaps)
    return Paid(max(len(days) + held, contract.least_days) * contract.rate, len(days), held, dropped)


def working_days_between(one: date, other: date, calendar: Calendar) -> int:
    """Working days of the crew after one day and before another."""
    return sum(one < day < other for day in calendar.working_days())


def _drops(contract: Contract, days: Sequence[date], calendar: Calendar) -> tuple[tuple[date, date], ...]:
    """The gaps that save most, of those that are long enough, as many as the contract allows."""
    long_enough = [
        (one, other)
        for one, other in itertools.pairwise(days)
        if (other - one).days - 1 >= contract.drop_days and working_days_between(one, other, calendar)
    ]
    dearest = sorted(long_enough, key=lambda gap: (-working_days_between(gap[0], gap[1], calendar), gap))[
        : contract.drops
    ]
    return tuple(sorted(dearest))
