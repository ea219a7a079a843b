"""Budgets and takings in tables of titles: what stands for unknown, and the window that lifetime takings are of."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from openslate import clock
from openslate.data.sources.given import Value
from openslate.data.sources.tabular import known_day
from openslate.errors import UsageError

WINDOW_DAYS = 180
"""Days after the day of release in which takings are said to have come in, and after which they are taken to be known.
Tables of lifetime takings name no day; most films have earned nearly everything in cinemas by then."""
LONGEST_WINDOW = 3_650
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?")
_YEAR = re.compile(r"(18|19|20)\d{2}")


def check_window(days: int) -> None:
    """See that a window is a number of days.

    Raises:
        UsageError: it is none.
    """
    if not 1 <= days <= LONGEST_WINDOW:
        raise UsageError(f"A window cannot have {days} days.", f"Name 1 to {LONGEST_WINDOW} days.")


def amount(value: object) -> Value:
    """An amount as a number, None where it is unknown (nothing, or 0); what is no amount stays as it came.

    Example:
        >>> amount("$425,000,000"), amount(0), amount(""), amount("a lot")
        (425000000.0, None, None, 'a lot')
    """
    if value is None:
        return None
    text = str(value).strip().removeprefix("$").strip()
    if _GROUPED.fullmatch(text):
        text = text.replace(",", "")
    if text == "":
        return None
    try:
        number = float(text)
    except ValueError:
        return str(value)
    return None if number in (0.0,) or number != number else number


def release(value: object) -> tuple[date, date] | None:
    """The first and the last day on which a title may have been released: of a year alone, its first and last.

    Example:
        >>> release("2009-12-18") == (date(2009, 12, 18), date(2009, 12, 18)), release(1999), release("soon")
        (True, (datetime.date(1999, 1, 1), datetime.date(1999, 12, 31)), None)
    """
    day = known_day(value)
    if day is not None:
        return day, day
    text = "" if value is None else str(value).strip()
    return (date(int(text), 1, 1), date(int(text), 12, 31)) if _YEAR.fullmatch(text) else None


def still_open(released: tuple[date, date], days: int) -> bool:
    """Whether takings of so many days from a release on cannot be known today.

    Example:
        >>> still_open((date(1999, 3, 1), date(1999, 3, 1)), 365)
        False
    """
    return released[1] + timedelta(days=days) > clock.now().date()


def lifetime(title: str, measure: str, value: Value, released: tuple[date, date], days: int) -> Mapping[str, Value]:
    """Takings as an outcome: from release on, known when the window has closed at the latest possible release."""
    closed = released[1] + timedelta(days=days)
    return {
        "title": title,
        "measure": measure,
        "region": "*",
        "starts": released[0],
        "ends": closed,
        "value": value,
        "published": closed,
    }
