"""Writing a shoot as the TOML that `read_shoot` reads back as the same."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from openslate.apps.production.reading.shoot_file import parse_shoot
from openslate.apps.production.shoot.days import Calendar, DayTerms
from openslate.apps.production.shoot.people import CastMember, Contract, Span
from openslate.apps.production.shoot.places import Location, Move
from openslate.apps.production.shoot.scenes import Scene, usual_shift
from openslate.apps.production.shoot.shoot import Shoot
from openslate.apps.production.written_values import clock_text
from openslate.errors import AdmitError, UsageError
from openslate.storage.toml_values import toml_value

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
Table = Mapping[str, Any]


def write_shoot(shoot: Shoot) -> str:
    """A shoot as the text of a TOML file; what is as usual is left out.

    Args:
        shoot: to write.

    Raises:
        UsageError: something of it could not be read back, such as an amount below 0; it says what, by the line that it
            would be on.
    """
    text = "".join(_lines(shoot))
    try:
        # Half a character, which a program can make, has no place in any file.
        text.encode()
        parse_shoot(text, f"The shoot {shoot.name!r}, written as TOML")
    except UnicodeEncodeError:
        raise UsageError(
            f"A text of the shoot {shoot.name!r} holds half a character.", "Write that text again."
        ) from None
    except AdmitError as error:
        raise UsageError(error.what, error.way_out) from None
    return text


def shoot_digest(shoot: Shoot) -> str:
    """SHA-256 of what `write_shoot` writes, in hexadecimal: comments and the order of fields in a file do not count.

    Neither does what it was read from, which says nothing of the shoot.

    Args:
        shoot: of which something else, such as a board, was made.
    """
    return hashlib.sha256("".join(_lines(replace(shoot, read_from=None))).encode("utf-8", "surrogatepass")).hexdigest()


def _lines(shoot: Shoot) -> Iterator[str]:
    first = {"name": shoot.name, "currency": shoot.currency, "rules": shoot.rules}
    yield from _fields({name: value for name, value in first.items() if value})
    way = {"minutes": shoot.usual_move.minutes, "cost": shoot.usual_move.cost}
    if shoot.read_from is not None:
        yield "\n[read_from]\n"
        yield from _fields(_told(shoot.read_from))
    for name, table in (("calendar", _calendar(shoot.calendar)), ("day", _day(shoot.day)), ("usual_move", way)):
        if table:
            yield f"\n[{name}]\n"
            yield from _fields(table)
    rows: dict[str, list[Table]] = {
        "location": [_location(one) for one in shoot.locations],
        "set": [_told(one) for one in shoot.sets],
        "move": [_move(one) for one in shoot.moves],
        "cast": [_member(one) for one in shoot.cast],
        "scene": [_scene(one) for one in shoot.scenes],
    }
    for name, tables in rows.items():
        for table in tables:
            yield f"\n[[{name}]]\n"
            yield from _fields(table)


def _fields(table: Table) -> Iterator[str]:
    for name, value in table.items():
        yield f"{name} = {toml_value(value)}\n"


def _told(one: Any) -> dict[str, Any]:
    """The fields of a dataclass that are not as they are when nothing is said."""
    held = {field.name: (getattr(one, field.name), field.default) for field in fields(one)}
    return {name: value for name, (value, usual) in held.items() if value != usual}


def _calendar(calendar: Calendar) -> Table:
    told = _told(calendar)
    if "week" in told:
        told["week"] = [WEEKDAYS[day] for day in sorted(calendar.week)]
    return _with_spans(told, "holidays")


def _day(day: DayTerms) -> Table:
    told = _told(day)
    return told | {name: clock_text(told[name]) for name in ("day_call", "night_call") if name in told}


def _location(location: Location) -> Table:
    told = _told(location)
    # Whole degrees are read as the number with a fraction that they are compared as.
    told |= {name: float(told[name]) for name in ("latitude", "longitude") if name in told}
    return _with_spans(told, "permits", "closed")


def _move(move: Move) -> Table:
    return {"between": [move.one, move.other], "minutes": move.minutes, "cost": move.cost}


def _member(member: CastMember) -> Table:
    told = _told(member)
    if member.contract != Contract():
        told["contract"] = _told(member.contract)
    return _with_spans(told, "away", "available")


def _scene(scene: Scene) -> Table:
    told = _told(scene)
    # What a shift is taken from when it is left out is the heading, and not the default of the dataclass.
    told.pop("shift", None)
    if scene.shift != usual_shift(scene.interior, scene.time):
        told["shift"] = scene.shift
    told |= {name: [_told(one) for one in told[name]] for name in ("elements", "replicas") if name in told}
    return {name: value for name, value in told.items() if value not in ("", ())}


def _with_spans(told: dict[str, Any], *names: str) -> dict[str, Any]:
    return told | {name: [_span(one) for one in told[name]] for name in names if name in told}


def _span(span: Span) -> list[Any]:
    return [span.first] if span.first == span.last else [span.first, span.last]
