"""The fields of a shoot as somebody writes them in TOML; see docs/production-shoots.md for what they mean."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from openslate.apps.production.shoot.people import ContractKind
from openslate.apps.production.shoot.scenes import Interior, Shift
from openslate.apps.production.written_values import Clock, Count, Day, Minutes, Money, Name, WrittenModel

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
    request: Words = ""
    asked: Day | None = None


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


def _uss(value: object) -> object:
    if not isinstance(value, str) or not value.lower().endswith(".uss") or "/" in value or "\\" in value:
        raise ValueError("it is no .uss file in the shoot's own folder")
    return value


class WrittenReadFrom(WrittenModel):
    """The schedule of another program that the shoot was read from."""

    file: Annotated[Name, BeforeValidator(_uss)]
    stripboard: Words = ""


class WrittenTables(WrittenModel):
    """Tables beside the file, in place of its own rows."""

    scenes: Name | None = None
    cast: Name | None = None
