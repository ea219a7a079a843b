"""The fields of a shoot as somebody writes them in TOML; see docs/production-shoots.md for what they mean."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from openslate.apps.production.shoot.days import Calendar, DayTerms
from openslate.apps.production.shoot.people import CastMember, Contract, ContractKind, Span
from openslate.apps.production.shoot.places import Location, Move, Set
from openslate.apps.production.shoot.scenes import Element, Interior, Replica, Scene, Shift, usual_shift
from openslate.apps.production.shoot.shoot import Shoot
from openslate.apps.production.written_values import Clock, Count, Day, Minutes, Money, Name, WrittenModel
from openslate.rights.currencies import MINOR_DIGITS
from openslate.storage.toml_lines import Place
from openslate.storage.written_toml import nearest

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
Words = Annotated[str, Field(max_length=2000)]
Weekday = Literal["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
Days = tuple[Annotated[tuple[Day, ...], Field(min_length=1, max_length=2)], ...]
"""Each one day, or a first and a last one."""
MOST = 2000


class WrittenContract(WrittenModel):
    """What a cast member is paid for."""

    kind: ContractKind = "day"
    rate: Money = 0
    drops: Count = 0
    drop_days: Count = 11
    least_days: Count = 0


class WrittenMember(WrittenModel):
    """A cast member."""

    id: Name
    character: Name
    performer: Words = ""
    contract: WrittenContract = WrittenContract()
    away: Days = ()
    available: Days = ()
    born: Day | None = None
    holder: Words = ""
    scan_notice_days: Count | None = None


class WrittenLocation(WrittenModel):
    """A location."""

    name: Name
    fee: Money = 0
    permits: Days = ()
    closed: Days = ()
    latitude: Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)] | None = None


class WrittenSet(WrittenModel):
    """A set."""

    name: Name
    location: Name
    build_days: Count = 0
    strike_days: Count = 0
    stage: Words = ""
    standing: Money = 0


class WrittenMove(WrittenModel):
    """The way between two locations."""

    between: tuple[Name, Name]
    minutes: Minutes = 0
    cost: Money = 0


class WrittenWay(WrittenModel):
    """The way between two locations of which nothing else is said."""

    minutes: Minutes = 45
    cost: Money = 0


class WrittenElement(WrittenModel):
    """Something that a scene needs."""

    name: Name
    category: Name


class WrittenReplica(WrittenModel):
    """A replica that a scene uses, or a scan."""

    person: Name
    use: Literal["replica", "scan", "background"]


class WrittenScene(WrittenModel):
    """A scene."""

    number: Name
    set: Name
    interior: Interior = ""
    time: Words = ""
    eighths: Annotated[int, Field(strict=True, ge=1, le=400)]
    cast: tuple[Name, ...] = ()
    minutes: Annotated[int, Field(strict=True, ge=1, le=1440)] | None = None
    description: Words = ""
    shift: Shift | None = None
    script_page: Words = ""
    script_day: Words = ""
    elements: tuple[WrittenElement, ...] = ()
    replicas: tuple[WrittenReplica, ...] = ()
    after: tuple[Name, ...] = ()
    earliest: Day | None = None
    latest: Day | None = None
    unit: Name = "main"


class WrittenCalendar(WrittenModel):
    """When the crew works."""

    starts: Day
    ends: Day
    week: Annotated[tuple[Weekday, ...], Field(min_length=1)] = ("Mon", "Tue", "Wed", "Thu", "Fri")
    holidays: Days = ()


class WrittenDay(WrittenModel):
    """How long a day is and what it costs."""

    minutes: Annotated[int, Field(strict=True, ge=1, le=1440)] = 600
    overtime_minutes: Minutes = 120
    overtime_cost: Money = 0
    cost: Money = 0
    minutes_per_eighth: Annotated[int, Field(strict=True, ge=1, le=240)] = 20
    locations: Annotated[int, Field(strict=True, ge=1, le=3)] = 2
    day_call: Clock = 7 * 60
    night_call: Clock = 17 * 60
    meal_minutes: Minutes = 60


class WrittenTables(WrittenModel):
    """Tables beside the file, in place of its own rows."""

    scenes: Name | None = None
    cast: Name | None = None


class WrittenShoot(WrittenModel):
    """A shoot."""

    name: Name
    tables: WrittenTables = WrittenTables()
    currency: str = "USD"
    rules: tuple[Name, ...] = ()
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
            for at, number in enumerate(scene.after):
                yield from _known(("scene", row, "after", at), number, numbers, "scene")
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
            "replicas": tuple(Replica(each.person, each.use) for each in one.replicas),
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
