"""A shoot as somebody writes it in TOML, whole: what is wrong between its tables, and the shoot that it tells."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from openslate.apps.production.reading.shoot_fields import (
    MOST,
    WEEKDAYS,
    Days,
    WrittenCalendar,
    WrittenDay,
    WrittenLocation,
    WrittenMember,
    WrittenMove,
    WrittenReadFrom,
    WrittenScene,
    WrittenSet,
    WrittenTables,
    WrittenWay,
)
from openslate.apps.production.shoot.days import Calendar, DayTerms
from openslate.apps.production.shoot.people import CastMember, Contract, Span
from openslate.apps.production.shoot.places import Location, Move, Set
from openslate.apps.production.shoot.scenes import Element, Replica, Scene, usual_shift
from openslate.apps.production.shoot.shoot import ReadFrom, Shoot
from openslate.apps.production.written_values import Name, WrittenModel
from openslate.rights.currencies import MINOR_DIGITS
from openslate.storage.toml_lines import Place
from openslate.storage.written_toml import nearest

OLDEST = 120
"""Years: nobody on a call sheet is older."""
_NUMBER = re.compile(r"[0-9]+[A-Za-z]?")
LONGEST = 1_100
"""Days of a calendar, three years: a search looks at every one of them."""


class WrittenShoot(WrittenModel):
    """A shoot."""

    name: Name
    tables: WrittenTables = WrittenTables()
    currency: str = "USD"
    rules: tuple[Name, ...] = ()
    read_from: WrittenReadFrom | None = None
    calendar: WrittenCalendar
    day: WrittenDay = WrittenDay()
    usual_move: WrittenWay = WrittenWay()
    location: Annotated[tuple[WrittenLocation, ...], Field(max_length=MOST)] = ()
    set: Annotated[tuple[WrittenSet, ...], Field(max_length=MOST)] = ()
    move: Annotated[tuple[WrittenMove, ...], Field(max_length=MOST)] = ()
    cast: Annotated[tuple[WrittenMember, ...], Field(max_length=MOST)] = ()
    scene: Annotated[tuple[WrittenScene, ...], Field(max_length=MOST)] = ()

    def clashes(self) -> Iterator[tuple[Place, str]]:
        """What is wrong of fields that are right one by one: places, and ends of sentences."""
        if self.currency not in MINOR_DIGITS:
            yield ("currency",), "it is no currency of ISO 4217"
        if self.calendar.ends < self.calendar.starts:
            yield ("calendar", "ends"), f"it is before the first day, {self.calendar.starts}"
        if (self.calendar.ends - self.calendar.starts).days > LONGEST:
            yield ("calendar", "ends"), f"it is more than {LONGEST:,} days after the first day, {self.calendar.starts}"
        yield from _twice("location", [one.name for one in self.location], "name")
        yield from _twice("set", [one.name for one in self.set], "name")
        yield from _twice("cast", [one.id for one in self.cast], "id")
        yield from _twice("scene", [one.number for one in self.scene], "number")
        places, sets = [one.name for one in self.location], [one.name for one in self.set]
        people, numbers = [one.id for one in self.cast], [one.number for one in self.scene]
        for row, one in enumerate(self.set):
            yield from _known(("set", row, "location"), one.location, places, "location")
        for row, move in enumerate(self.move):
            for end, name in enumerate(move.between):
                yield from _known(("move", row, "between", end), name, places, "location")
        for row, scene in enumerate(self.scene):
            yield from _known(("scene", row, "set"), scene.set, sets, "set")
            for at, person in enumerate(scene.cast):
                yield from _known(("scene", row, "cast", at), person, people, "cast member")
            for at, replica in enumerate(scene.replicas):
                # A group of background people has any name but one that reads as a number of the cast.
                if replica.use != "background" or _NUMBER.fullmatch(replica.person):
                    yield from _known(("scene", row, "replicas", at, "person"), replica.person, people, "cast member")
            for at, number in enumerate(scene.after):
                if number == scene.number:
                    yield ("scene", row, "after", at), "a scene cannot come after itself"
                yield from _known(("scene", row, "after", at), number, numbers, "scene")
        for row, member in enumerate(self.cast):
            if member.born is not None and member.born > self.calendar.starts:
                yield ("cast", row, "born"), "it is after the first day of the shoot"
            if member.born is not None and self.calendar.starts.year - member.born.year > OLDEST:
                yield ("cast", row, "born"), f"it is more than {OLDEST} years before the first day of the shoot"
        for place, spans in self._spans():
            for at, days in enumerate(spans):
                if days[-1] < days[0]:
                    yield (*place, at), f"it ends before it begins, on {days[-1]}"

    def shoot(self) -> Shoot:
        """The shoot, once nothing clashes."""
        calendar = self.calendar
        return Shoot(
            name=self.name,
            currency=self.currency,
            scenes=tuple(map(_scene, self.scene)),
            cast=tuple(map(_member, self.cast)),
            locations=tuple(
                Location(one.name, one.fee, _spans(one.permits), _spans(one.closed), one.latitude, one.longitude)
                for one in self.location
            ),
            sets=tuple(Set(**one.model_dump()) for one in self.set),
            calendar=Calendar(
                calendar.starts,
                calendar.ends,
                tuple(sorted(WEEKDAYS.index(one) for one in set(calendar.week))),
                _spans(calendar.holidays),
            ),
            day=DayTerms(**self.day.model_dump()),
            moves=tuple(Move(one.between[0], one.between[1], one.minutes, one.cost) for one in self.move),
            usual_move=Move("", "", self.usual_move.minutes, self.usual_move.cost),
            rules=self.rules,
            read_from=None if self.read_from is None else ReadFrom(**self.read_from.model_dump()),
        )

    def _spans(self) -> Iterator[tuple[Place, Days]]:
        yield ("calendar", "holidays"), self.calendar.holidays
        for row, one in enumerate(self.location):
            yield ("location", row, "permits"), one.permits
            yield ("location", row, "closed"), one.closed
        for row, member in enumerate(self.cast):
            yield ("cast", row, "away"), member.away
            yield ("cast", row, "available"), member.available


def _scene(one: WrittenScene) -> Scene:
    return Scene(
        **{
            **one.model_dump(exclude={"elements", "replicas", "shift"}),
            "time": one.time.lower(),
            "shift": one.shift or usual_shift(one.interior, one.time.lower()),
            "elements": tuple(Element(each.name, each.category) for each in one.elements),
            "replicas": tuple(Replica(**each.model_dump()) for each in one.replicas),
        }
    )


def _member(one: WrittenMember) -> CastMember:
    return CastMember(
        one.id,
        one.character,
        one.performer,
        Contract(**one.contract.model_dump()),
        _spans(one.away),
        _spans(one.available),
        one.born,
        one.holder,
        one.scan_notice_days,
    )


def _spans(days: Days) -> tuple[Span, ...]:
    return tuple(Span(each[0], each[-1]) for each in days)


def _twice(table: str, names: list[str], field: str) -> Iterator[tuple[Place, str]]:
    seen: set[str] = set()
    for row, name in enumerate(names):
        if name in seen:
            yield (table, row, field), "it is there twice"
        seen.add(name)


def _known(place: Place, name: str, known: list[str], what: str) -> Iterator[tuple[Place, str]]:
    if name not in known:
        yield place, f"there is no such {what}{nearest(name, known)}"
