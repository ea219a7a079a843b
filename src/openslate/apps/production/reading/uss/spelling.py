"""Other spellings that files are found with, turned into those of the documentation."""

from collections.abc import Callable, Iterator
from typing import Any

from openslate.apps.production.reading.uss.fields import (
    BoardList,
    Breakdown,
    CalendarList,
    Category,
    Element,
    Event,
    Schedule,
    Stripboard,
)
from openslate.apps.production.reading.uss.notices import Notice

LISTS = ("elements", "events", "linkedElements", "daysOff", "stripboards", "calendars")
"""Keys whose null is an empty list."""
DAYS_OFF = ("holiday", "dayoff")
"""Names of events that are days off, whatever their type."""
OLDER = {"breakdownArrays": "breakdownIds", "doodDayCount": "dropDayCount"}
KNOWN: dict[str, type[Any]] = {
    "breakdowns": Breakdown,
    "categories": Category,
    "elements": Element,
    "stripboards": Stripboard,
    "boards": BoardList,
    "calendars": CalendarList,
    "events": Event,
}


class SpelledTwice(ValueError):
    """A value is there in both spellings."""

    def __init__(self, where: str, one: str, other: str) -> None:
        super().__init__(f"{where} has both {one} and {other}")
        self.where = where


def spelled(held: dict[str, Any], tell: Callable[[Notice], None]) -> dict[str, Any]:
    """A schedule in the documentation's spelling.

    Args:
        held: the object under 'universalScheduleStandard', as JSON gave it.
        tell: is told what was taken for what, and which keys the standard does not know.

    Raises:
        SpelledTwice: a value is there in both spellings.
    """
    return _object(held, "", Schedule, tell)


def _object(held: dict[str, Any], where: str, model: type[Any], tell: Callable[[Notice], None]) -> dict[str, Any]:
    found = dict(_renamed(held, where))
    if model is Breakdown and found.get("type") == "strip":
        found["type"] = "scene"
    if model is Event and str(found.get("name")).lower() in DAYS_OFF and found.get("type") == "event":
        tell(Notice(where, f"The event {found['name']!r} is taken for a day off."))
        found["type"] = "dayOff"
    known = {field.alias for field in model.model_fields.values()}
    for key, value in found.items():
        if key not in known and not key.startswith("_"):
            tell(Notice(f"{where}.{key}".lstrip("."), f"The standard has no {key!r}; it is kept and written back."))
        elif key in LISTS and value is None:
            found[key] = []
        elif key in KNOWN and isinstance(value, list):
            found[key] = [
                _object(one, f"{where}.{key}[{at}]".lstrip("."), KNOWN[key], tell) if isinstance(one, dict) else one
                for at, one in enumerate(value)
            ]
    return found


def _renamed(held: dict[str, Any], where: str) -> Iterator[tuple[str, Any]]:
    for key, value in held.items():
        name = OLDER.get(key, key)
        if name != key and name in held:
            raise SpelledTwice(where, key, name)
        yield name, value
