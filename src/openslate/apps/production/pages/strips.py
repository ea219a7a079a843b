"""The strips of a board: one a scene, in the order in which they hang, with banners where the unit moves."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.board.costs import minutes_of_day, places_of
from openslate.apps.production.board.times import call_of, wrap_of
from openslate.apps.production.board.words import lasting
from openslate.apps.production.pages.tables import Rows, Value
from openslate.apps.production.shoot.scenes import TIMES_OF_NIGHT, Scene, eighths_in, pages
from openslate.apps.production.shoot.shoot import Shoot

Light = Literal["int-day", "ext-day", "int-night", "ext-night", "unsaid"]
COLUMNS = (
    "day", "date", "scene", "interior", "time", "set", "location", "description", "pages", "eighths", "minutes", "cast",
)  # fmt: skip


@dataclass(frozen=True)
class Strip:
    """A strip.

    Attributes:
        scene: that it stands for.
        light: which colour it has.
        minutes: that shooting it takes.
        banner: of the move that comes before it; empty where the unit stays.
    """

    scene: Scene
    light: Light
    minutes: int
    banner: str = ""


@dataclass(frozen=True)
class StripDay:
    """The strips of a day, and what its day break says.

    Attributes:
        number: of the shooting day, from 1.
        day: of the board.
        strips: in order.
        eighths: of pages.
        minutes: of shooting and of moves within the day.
        call, wrap: minutes after midnight of the date.
    """

    number: int
    day: ShootDay
    strips: tuple[Strip, ...]
    eighths: int
    minutes: int
    call: int
    wrap: int


def light_of(scene: Scene) -> Light:
    """Which colour a strip has: outdoors wins, dawn and dusk count as night.

    Example:
        >>> light_of(Scene("3", "QUAY", "INT/EXT", "dusk", 5, ())), light_of(Scene("4", "QUAY", "INT", "", 5, ()))
        ('ext-night', 'unsaid')
    """
    if not scene.interior or not scene.time:
        return "unsaid"
    outdoors, night = "EXT" in scene.interior, scene.time in TIMES_OF_NIGHT
    if outdoors:
        return "ext-night" if night else "ext-day"
    return "int-night" if night else "int-day"


def strip_days(board: Board) -> tuple[StripDay, ...]:
    """The days of a board with their strips."""
    found, before = [], ""
    for number, day in enumerate(board, 1):
        found.append(_strip_day(board.shoot, number, day, before))
        before = places_of(board.shoot, day)[-1]
    return tuple(found)


def boneyard(board: Board) -> tuple[Strip, ...]:
    """The strips that hang nowhere."""
    return tuple(_strip(board.shoot, number, "") for number in board.boneyard)


def strip_rows(board: Board) -> Rows:
    """One row a strip, in the order of the board; those of the boneyard at the end, without day and date."""
    rows = [_row(board.shoot, strip, one.number, one.day.date) for one in strip_days(board) for strip in one.strips]
    return Rows(COLUMNS, [*rows, *(_row(board.shoot, strip, None, None) for strip in boneyard(board))])


def _strip_day(shoot: Shoot, number: int, day: ShootDay, before: str) -> StripDay:
    strips: list[Strip] = []
    for scene in day.scenes:
        place = shoot.place_of(shoot.scene_of[scene])
        strips.append(_strip(shoot, scene, _banner(shoot, before, place, bool(strips))))
        before = place
    eighths = eighths_in([strip.scene for strip in strips])
    return StripDay(
        number, day, tuple(strips), eighths, minutes_of_day(shoot, day), call_of(shoot, day), wrap_of(shoot, day)
    )


def _strip(shoot: Shoot, number: str, banner: str) -> Strip:
    scene = shoot.scene_of[number]
    return Strip(scene, light_of(scene), shoot.minutes_of(scene), banner)


def _banner(shoot: Shoot, before: str, place: str, within: bool) -> str:
    if not before or before == place:
        return ""
    minutes = shoot.move_between(before, place).minutes
    return f"Company move: {before} to {place}, {lasting(minutes)}" if within else f"Unit moves to {place} before call"


def _row(shoot: Shoot, strip: Strip, number: int | None, on: date | None) -> tuple[Value, ...]:
    one = strip.scene
    what = (one.number, one.interior, one.time, one.set, shoot.place_of(one), one.description)
    return (number, on, *what, pages(one.eighths), one.eighths, strip.minutes, one.cast)
