"""What a call sheet says: of one day the call, its scenes with their times, who is called when, and the day after."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.board.costs import places_of
from openslate.apps.production.board.times import SceneTime, call_of, on_set, times_of, wrap_of
from openslate.apps.production.pages.codes import Code, codes_of
from openslate.apps.production.pages.lengths import clock_words
from openslate.apps.production.pages.tables import Rows, Value
from openslate.apps.production.shoot.people import CastMember
from openslate.apps.production.shoot.scenes import Element, Scene, eighths_in
from openslate.errors import UsageError

CAST_COLUMNS = ("number", "character", "performer", "code", "on_set", "done", "scenes", "age")
SHEET_COLUMNS = (
    "day", "of", "date", "shift", "call", "wrap", "locations", "scenes", "eighths", "cast", "held", "elements",
)  # fmt: skip
SCENE_COLUMNS = (
    "scene", "starts", "ends", "interior", "time", "set", "location", "description", "eighths", "cast", "elements",
)  # fmt: skip
_GROWN_UP = 18


@dataclass(frozen=True)
class CalledScene:
    """A scene of the day and when it is shot; minutes after midnight of the day's date."""

    scene: Scene
    location: str
    times: SceneTime


@dataclass(frozen=True)
class CalledMember:
    """Somebody of the cast who is called.

    Attributes:
        member: who.
        code: of the day-out-of-days.
        on_set, done: minutes after midnight of the day's date, of their first and to their last scene.
        scenes: numbers, in order.
        age: whole years of a minor; None of adults.
    """

    member: CastMember
    code: Code
    on_set: int
    done: int
    scenes: tuple[str, ...]
    age: int | None


@dataclass(frozen=True)
class CallSheet:
    """A call sheet.

    Attributes:
        number: of the shooting day, from 1.
        of: shooting days there are.
        day: of the board.
        call, wrap: minutes after midnight of the date.
        locations: in the order in which the unit is there.
        scenes: in order.
        cast: who is called, in order of the board.
        held: who is paid and not called.
        elements: what the scenes need, each once.
    """

    number: int
    of: int
    day: ShootDay
    call: int
    wrap: int
    locations: tuple[str, ...]
    scenes: tuple[CalledScene, ...]
    cast: tuple[CalledMember, ...]
    held: tuple[CastMember, ...]
    elements: tuple[Element, ...]


def call_sheet(board: Board, on: date) -> CallSheet:
    """The call sheet of a day.

    Args:
        board: that has it.
        on: a shooting day of the board.

    Raises:
        UsageError: nothing is shot on that day.
    """
    shoot = board.shoot
    number = next((place for place, day in enumerate(board, 1) if day.date == on), None)
    if number is None:
        raise UsageError(f"Nothing is shot on {on.isoformat()}.", "Name a shooting day of the board.")
    day = board.days[number - 1]
    times = times_of(shoot, day)
    scenes = [shoot.scene_of[one] for one in day.scenes]
    codes = {one.id: codes_of(one.contract, board.work_days(one.id), shoot.calendar).get(on) for one in shoot.cast}
    return CallSheet(
        number=number,
        of=len(board.days),
        day=day,
        call=call_of(shoot, day),
        wrap=wrap_of(shoot, day),
        locations=tuple(dict.fromkeys(places_of(shoot, day))),
        scenes=tuple(
            CalledScene(one, shoot.place_of(one), when) for one, when in zip(scenes, times, strict=True)
        ),
        cast=tuple(_called(one, code, on, scenes, times) for one in shoot.cast if (code := codes[one.id]) and
                   any(one.id in scene.cast for scene in scenes)),
        held=tuple(one for one in shoot.cast if codes[one.id] == "H"),
        elements=tuple(dict.fromkeys(one for scene in scenes for one in scene.elements)),
    )  # fmt: skip


def sheet_rows(sheets: Sequence[CallSheet]) -> Rows:
    """The heads of call sheets, one row each."""
    return Rows(SHEET_COLUMNS, [_head(one) for one in sheets])


def cast_rows(sheet: CallSheet) -> Rows:
    """Who is called, one row each."""
    rows = [
        (one.member.id, one.member.character, one.member.performer, one.code, clock_words(one.on_set),
         clock_words(one.done), one.scenes, one.age)
        for one in sheet.cast
    ]  # fmt: skip
    return Rows(CAST_COLUMNS, rows)


def scene_rows(sheet: CallSheet) -> Rows:
    """The scenes of the day, one row each."""
    return Rows(
        SCENE_COLUMNS,
        [
            (one.scene.number, clock_words(one.times.starts), clock_words(one.times.ends), one.scene.interior,
             one.scene.time, one.scene.set, one.location, one.scene.description, one.scene.eighths, one.scene.cast,
             tuple(element.name for element in one.scene.elements))
            for one in sheet.scenes
        ],
    )  # fmt: skip


def _head(sheet: CallSheet) -> tuple[Value, ...]:
    scenes = [one.scene for one in sheet.scenes]
    return (
        sheet.number, sheet.of, sheet.day.date, "night" if sheet.day.night else "day", clock_words(sheet.call),
        clock_words(sheet.wrap), sheet.locations, tuple(one.number for one in scenes), eighths_in(scenes),
        tuple(one.member.id for one in sheet.cast), tuple(one.id for one in sheet.held),
        tuple(one.name for one in sheet.elements),
    )  # fmt: skip


def _called(
    member: CastMember, code: Code, on: date, scenes: Sequence[Scene], times: tuple[SceneTime, ...]
) -> CalledMember:
    own = tuple(scene.number for scene in scenes if member.id in scene.cast)
    starts, ends = on_set(times, set(own))
    age = member.age_on(on)
    return CalledMember(member, code, starts, ends, own, int(age) if age is not None and age < _GROWN_UP else None)
