"""The codes of a day-out-of-days: what each day is to somebody who is paid for some of them."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from openslate.apps.production.board.pay import pay_of
from openslate.apps.production.shoot.days import Calendar
from openslate.apps.production.shoot.people import Contract

Code = Literal["SW", "W", "WF", "SWF", "WD", "SWD", "PW", "PWF", "PWD", "H", "I", "/"]
MEANINGS: dict[Code, str] = {
    "SW": "starts work",
    "W": "works",
    "WF": "works and finishes",
    "SWF": "starts, works and finishes",
    "WD": "works and is dropped",
    "SWD": "starts, works and is dropped",
    "PW": "is picked up and works",
    "PWF": "is picked up, works and finishes",
    "PWD": "is picked up, works and is dropped again",
    "H": "held: paid, no work",
    "I": "idle: not paid, no work",
    "/": "holiday",
}
_ENDS: dict[tuple[str, str], Code] = {
    ("S", "F"): "SWF",
    ("S", "D"): "SWD",
    ("S", ""): "SW",
    ("P", "F"): "PWF",
    ("P", "D"): "PWD",
    ("P", ""): "PW",
    ("", "F"): "WF",
    ("", "D"): "WD",
    ("", ""): "W",
}
"""The code of a day of work by how it begins (start, pick-up) and how it ends (finish, drop)."""


@dataclass(frozen=True)
class Tally:
    """How often each kind of day comes.

    Attributes:
        work: days with work.
        hold: paid days without.
        idle: unpaid days without, those of a drop aside.
        holidays: between the first and the last day, those of a drop aside.
    """

    work: int
    hold: int
    idle: int
    holidays: int

    @property
    def days(self) -> int:
        """Days of work and hold together: the days for which the crew has somebody at its call."""
        return self.work + self.hold


def codes_of(contract: Contract, work_days: Sequence[date], calendar: Calendar) -> dict[date, Code]:
    """The code of every day from the first day of work to the last; days that have none are not in it.

    A gap in which the contract drops somebody is blank. In any other, working days of the crew are held, or idle where
    the contract pays days of work alone. The drops are those that the pay is reckoned with.

    Args:
        contract: what is paid for.
        work_days: in order, none twice.
        calendar: of the crew.

    Source: Movie Magic Scheduling, "Day Out of Days"; SWD, PWF and PWD put two codes of one day together.

    Example:
        >>> march = Calendar(date(2027, 3, 1), date(2027, 3, 31))
        >>> days = [date(2027, 3, 1), date(2027, 3, 3), date(2027, 3, 17)]
        >>> [f"{day.day} {code}" for day, code in codes_of(Contract(drops=1), days, march).items()]
        ['1 SW', '2 H', '3 WD', '17 PWF']
    """
    dropped = pay_of(contract, work_days, calendar).dropped
    dropped_on, picked_up_on = {one for one, _ in dropped}, {other for _, other in dropped}
    unpaid: Code = "I" if contract.kind == "worked" else "H"
    codes: dict[date, Code] = {}
    for place, day in enumerate(work_days):
        begins = "S" if place == 0 else "P" if day in picked_up_on else ""
        ends = "F" if place == len(work_days) - 1 else "D" if day in dropped_on else ""
        codes[day] = _ENDS[begins, ends]
    for gap in itertools.pairwise(work_days):
        if gap not in dropped:
            codes |= _gap(gap, unpaid, calendar)
    return dict(sorted(codes.items()))


def tally_of(codes: Mapping[date, Code]) -> Tally:
    """How often each kind of day comes."""
    found = list(codes.values())
    hold, idle, holidays = found.count("H"), found.count("I"), found.count("/")
    return Tally(len(found) - hold - idle - holidays, hold, idle, holidays)


def _gap(gap: tuple[date, date], unpaid: Code, calendar: Calendar) -> dict[date, Code]:
    found: dict[date, Code] = {}
    for number in range(1, (gap[1] - gap[0]).days):
        day = gap[0] + timedelta(days=number)
        if calendar.works(day):
            # Days beyond the calendar are none of the crew's, as the pay has it.
            if calendar.starts <= day <= calendar.ends:
                found[day] = unpaid
        elif day.weekday() in calendar.week:
            found[day] = "/"
    return found
