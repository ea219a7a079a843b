"""What a board says in the words of the standard: elements, scenes and days away, each under what it stands for."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from openslate.apps.production.board.board import Board
from openslate.apps.production.reading.uss.fields import PRIVATE
from openslate.apps.production.reading.uss.scenes import NO_LOCATION, NO_SET
from openslate.apps.production.reading.uss.sheet import Key
from openslate.apps.production.reading.uss.values import MILLISECONDS_A_MINUTE
from openslate.apps.production.shoot.people import CastMember, Span
from openslate.apps.production.shoot.scenes import Scene, usual_shift
from openslate.apps.production.shoot.shoot import Shoot
from openslate.errors import UsageError

MOST_DAYS_AWAY = 36_600


@dataclass(frozen=True)
class Words:
    """What a board says.

    Attributes:
        elements: fields of each element, in the order in which they are written.
        links: the location that a set is linked with.
        away: days on which somebody of the cast cannot work, by board number.
        scenes: fields of each scene, by number.
        keys: what a scene is made of, by number.
    """

    elements: dict[Key, dict[str, Any]] = field(default_factory=dict)
    links: dict[Key, Key] = field(default_factory=dict)
    away: dict[str, frozenset[date]] = field(default_factory=dict)
    scenes: dict[str, dict[str, Any]] = field(default_factory=dict)
    keys: dict[str, tuple[Key, ...]] = field(default_factory=dict)


def words_of(board: Board) -> Words:
    """What a board says in the words of the standard.

    Raises:
        UsageError: somebody is away for more days than can be written one by one.
    """
    shoot = board.shoot
    keys = {scene.number: tuple(_keys(shoot, scene)) for scene in shoot.scenes}
    named = [Key("set", one.name) for one in shoot.sets if one.name != NO_SET]
    named += [Key("location", one.name) for one in shoot.locations if one.name != NO_LOCATION]
    elements: dict[Key, dict[str, Any]] = {key: {"name": key.name} for key in named}
    for member in shoot.cast:
        elements[Key("cast", member.id)] = _member(member)
    for key in (key for found in keys.values() for key in found):
        elements.setdefault(key, {"name": _name(key)})
    return Words(
        elements,
        {
            Key("set", one.name): Key("location", one.location)
            for one in shoot.sets
            if one.location != NO_LOCATION and one.name != NO_SET
        },
        {member.id: days_away(member, shoot) for member in shoot.cast},
        {scene.number: _fields(scene) for scene in shoot.scenes},
        keys,
    )


def days_away(member: CastMember, shoot: Shoot) -> frozenset[date]:
    """Days on which somebody cannot work: those that are said, and those of the calendar outside of their spans."""
    days = {day for span in member.away for day in days_of(span)}
    if member.available:
        days |= {day for day in days_of(Span(shoot.calendar.starts, shoot.calendar.ends)) if not member.can_work(day)}
    return frozenset(days)


def days_of(span: Span) -> Iterator[date]:
    """Every day of a span.

    Raises:
        UsageError: it is longer than a century, which nobody can write day by day.
    """
    count = (span.last - span.first).days + 1
    if count > MOST_DAYS_AWAY:
        raise UsageError(
            f"The days from {span.first} to {span.last} are too many to be written one by one.", "Shorten that span."
        )
    return (span.first + timedelta(days=number) for number in range(count))


def _keys(shoot: Shoot, scene: Scene) -> Iterator[Key]:
    if scene.set != NO_SET:
        yield Key("set", scene.set)
    if scene.interior:
        yield Key("interior", scene.interior)
    if scene.time:
        yield Key("time", scene.time)
    if scene.script_day:
        yield Key("script day", scene.script_day)
    if scene.unit != "main":
        yield Key("unit", scene.unit)
    if shoot.place_of(scene) != NO_LOCATION:
        yield Key("location", shoot.place_of(scene))
    yield from (Key("cast", one) for one in scene.cast)
    yield from (Key("other", one.name, one.category) for one in scene.elements)


def _name(key: Key) -> str:
    loud = key.name.upper()
    return loud if key.kind == "time" and loud.lower() == key.name else key.name


def _member(member: CastMember) -> dict[str, Any]:
    return {
        "name": member.character,
        "elementId": member.id,
        "isDrop": member.contract.drops > 0,
        "isHold": member.contract.kind != "worked",
        "dropDayCount": member.contract.drop_days,
    }


def _fields(scene: Scene) -> dict[str, Any]:
    return {
        "scene": scene.number,
        "description": scene.description or None,
        "scriptPage": scene.script_page or None,
        "pages": scene.eighths / 8,
        "duration": None if scene.minutes is None else scene.minutes * MILLISECONDS_A_MINUTE,
        PRIVATE: None if scene.shift == usual_shift(scene.interior, scene.time) else {"shift": scene.shift},
    }
