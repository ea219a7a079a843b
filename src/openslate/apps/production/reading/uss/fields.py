"""The objects of a schedule file, in the spelling of the documentation; keys of others are kept beside them."""

from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    StrictBool,
    StrictStr,
)
from pydantic.alias_generators import to_camel

from openslate.apps.production.reading.uss.own_fields import OwnDays, OwnScene, OwnSpan
from openslate.apps.production.reading.uss.values import (
    CategoryNumber,
    DropDays,
    Id,
    Milliseconds,
    Moment,
    Pages,
    Weekday,
)

MOST_BREAKDOWNS = 5_000
MOST_STRIPBOARDS = 100
MOST_ELEMENTS = 50_000
MOST_DAYS = 3_660
PRIVATE = "_openslate"
"""The key under which Openslate keeps what the standard has no place for."""


def _version(value: str) -> str:
    if value.split(".")[0] != "1":
        raise ValueError("only version 1 of the standard is read")
    return value


def _items(value: object) -> tuple[str | tuple[str, ...], ...]:
    if not isinstance(value, list):
        raise ValueError("it is no list")
    if sum(isinstance(item, list) for item in value) > MOST_DAYS:
        raise ValueError(f"it has more than {MOST_DAYS:,} days")
    for at, item in enumerate(value):
        for one in item if isinstance(item, list) else [item]:
            if not isinstance(one, str):
                raise ValueError(f"its entry {at} holds something other than ids of breakdowns")
    return tuple(tuple(item) if isinstance(item, list) else item for item in value)


def _item_lists(value: tuple[str | tuple[str, ...], ...]) -> list[str | list[str]]:
    return [item if isinstance(item, str) else list(item) for item in value]


class _Object(BaseModel):
    model_config = ConfigDict(extra="allow", frozen=True, alias_generator=to_camel)


class Event(_Object):
    """A day on which something is."""

    id: Id
    date: Moment
    type: Literal["start", "dayOff", "event"]
    name: StrictStr | None = None


class Breakdown(_Object):
    """A scene or a banner."""

    id: Id
    banner_text: StrictStr | None = None
    comments: StrictStr | None = None
    created: Moment | None = None
    description: StrictStr | None = None
    elements: tuple[StrictStr, ...] = ()
    pages: Pages | None = None
    scene: StrictStr | None = None
    script_page: StrictStr | None = None
    duration: Milliseconds | None = None
    type: Literal["scene", "banner"]
    own: OwnScene | None = Field(None, alias="_openslate")


class Category(_Object):
    """A kind of elements, told by its number and never by its name."""

    id: Id
    created: Moment | None = None
    name: StrictStr
    ucid: CategoryNumber


class Element(_Object):
    """A person or a thing, or a scene's set, its time of day and the like."""

    id: Id
    category: StrictStr | None = None
    created: Moment | None = None
    days_off: tuple[Weekday, ...] = ()
    drop_day_count: DropDays | None = None
    element_id: StrictStr | None = None
    events: tuple[Event, ...] = ()
    is_dood: StrictBool = True
    is_drop: StrictBool = True
    is_hold: StrictBool = True
    is_id_lock: StrictBool = False
    linked_elements: tuple[StrictStr, ...] = ()
    name: StrictStr


class BoardList(_Object):
    """A part of a stripboard: entries are ids, or lists of ids, each the strips of a day."""

    id: Id
    name: StrictStr
    breakdown_ids: Annotated[tuple[str | tuple[str, ...], ...], PlainValidator(_items), PlainSerializer(_item_lists)]


class Stripboard(_Object):
    """An arrangement of all breakdowns."""

    id: Id
    boards: tuple[BoardList, ...]
    calendar: StrictStr | None = None
    name: StrictStr
    own: OwnDays | None = Field(None, alias="_openslate")


class CalendarList(_Object):
    """Days off and events of a shoot."""

    id: Id
    days_off: tuple[Weekday, ...] = ()
    events: tuple[Event, ...] = ()
    name: StrictStr
    own: OwnSpan | None = Field(None, alias="_openslate")


class Schedule(_Object):
    """A breakdown, with its stripboards and calendars where it is a schedule."""

    id: Id
    author: StrictStr | None = None
    company: StrictStr | None = None
    created: Moment
    episode: StrictStr | None = None
    episode_name: StrictStr | None = None
    description: StrictStr | None = None
    name: StrictStr
    project: StrictStr | None = None
    sched_color: StrictStr | None = None
    sched_date: Moment | None = None
    script_color: StrictStr | None = None
    script_date: Moment | None = None
    season: StrictStr | None = None
    source: StrictStr
    uss_version: Annotated[StrictStr, AfterValidator(_version)]
    breakdowns: Annotated[tuple[Breakdown, ...], Field(max_length=MOST_BREAKDOWNS)]
    categories: tuple[Category, ...]
    elements: Annotated[tuple[Element, ...], Field(max_length=MOST_ELEMENTS)]
    stripboards: Annotated[tuple[Stripboard, ...], Field(max_length=MOST_STRIPBOARDS)] = ()
    calendars: tuple[CalendarList, ...] = ()


class Document(_Object):
    """All of a file."""

    universal_schedule_standard: Schedule
