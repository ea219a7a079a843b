"""Single values of a schedule file: moments, pages, durations, weekdays; a wrong one is refused with a reason."""

import math
import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, PlainValidator, StrictStr

MOST_PAGES = 1_000
LONGEST_MILLISECONDS = 30 * 24 * 3_600_000
LONGEST_DROP_DAYS = 3_650
YEARS = (1900, 2200)
MILLISECONDS_A_MINUTE = 60_000
NEARLY = 1e-6
"""A number this close to a whole one differs from it by how it was computed."""
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d)(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII)


def _number(value: object, most: float) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("it is no number")
    if not math.isfinite(value):
        raise ValueError("it is too large for a number")
    if not 0 <= value <= most:
        raise ValueError(f"it is not between 0 and {most:,}")
    return value


def _pages(value: object) -> int | float:
    return _number(value, MOST_PAGES)


def _milliseconds(value: object) -> int | float:
    return _number(value, LONGEST_MILLISECONDS)


def _whole(value: object, most: int) -> int:
    found = _number(value, most)
    if found != int(found):
        raise ValueError("it is no whole number")
    return int(found)


def _weekday(value: object) -> int:
    return _whole(value, 6)


def _drop_days(value: object) -> int:
    return _whole(value, LONGEST_DROP_DAYS)


def _category_number(value: object) -> int:
    return _whole(value, 1_000_000)


def _moment(value: str) -> str:
    """The moment as the documentation writes it; refused where it is none."""
    day_of(value)
    return re.sub(r"\+00:?00$", "Z", value)


def day_of(moment: str) -> date:
    """The day that a moment names, as it is written there.

    Raises:
        ValueError: it is no ISO date, or of another age.

    Example:
        >>> day_of("2027-03-01T08:00:00.000+0000")
        datetime.date(2027, 3, 1)
    """
    found = _MOMENT.fullmatch(moment)
    if found is None or int(found[2] or 0) > 23 or int(found[3] or 0) > 59:
        raise ValueError("it is no date such as 2027-03-01T12:00:00.000Z")
    try:
        day = date.fromisoformat(found[1])
    except ValueError:
        raise ValueError("there is no such day") from None
    if not YEARS[0] <= day.year <= YEARS[1]:
        raise ValueError(f"its year is not between {YEARS[0]} and {YEARS[1]}")
    return day


def is_afternoon(moment: str) -> bool:
    """Whether a moment lies after noon in UTC, so that east of Greenwich it may be meant for the next day."""
    found = _MOMENT.fullmatch(moment)
    return found is not None and found[4] == "Z" and (int(found[2]), int(found[3])) > (12, 0)


def moment_of(day: date) -> str:
    """How a day is written: at noon in UTC, which is the same day nearly everywhere.

    Example:
        >>> moment_of(date(2027, 3, 1))
        '2027-03-01T12:00:00.000Z'
    """
    return f"{day.isoformat()}T12:00:00.000Z"


def rounded_up(value: float) -> tuple[int, bool]:
    """The next whole number, and whether the value was one.

    Example:
        >>> rounded_up(3.0), rounded_up(3.2), rounded_up(2.9999999999)
        ((3, True), (4, False), (3, True))
    """
    nearest = round(value)
    if abs(value - nearest) <= NEARLY * max(1.0, abs(value)):
        return nearest, True
    return math.ceil(value), False


Id = Annotated[StrictStr, Field(min_length=1, max_length=200)]
Moment = Annotated[StrictStr, AfterValidator(_moment)]
Pages = Annotated[int | float, PlainValidator(_pages)]
Milliseconds = Annotated[int | float, PlainValidator(_milliseconds)]
Weekday = Annotated[int, PlainValidator(_weekday)]
DropDays = Annotated[int, PlainValidator(_drop_days)]
CategoryNumber = Annotated[int, PlainValidator(_category_number)]
