"""The board of a stripboard: which scenes lie on which day, and what is not scheduled."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from openslate.apps.production.board.board import Board, Locks, ShootDay
from openslate.apps.production.reading.uss.calendars import Dates
from openslate.apps.production.reading.uss.fields import BoardList, Stripboard
from openslate.apps.production.reading.uss.links import ids_on
from openslate.apps.production.reading.uss.notices import Notice
from openslate.apps.production.reading.uss.own_fields import OwnDays
from openslate.apps.production.reading.uss.sheet import Sheet
from openslate.apps.production.shoot.scenes import Scene
from openslate.apps.production.shoot.shoot import Shoot

MAIN = "stripboard"
BONEYARD = "boneyard"


@dataclass(frozen=True)
class Laid:
    """Where scenes lie.

    Attributes:
        days: numbers of scenes by day; days on which nothing is shot are not among them.
        last: the last day that a list stands for; None where there is none.
        boneyard: numbers of scenes that lie on no day.
    """

    days: tuple[tuple[date, tuple[str, ...]], ...]
    last: date | None
    boneyard: tuple[str, ...]


def main_board(stripboard: Stripboard) -> BoardList | None:
    """The board that is shot from: the one that is called so, else the first that is no boneyard."""
    named = next((one for one in stripboard.boards if one.name.strip().lower() == MAIN), None)
    return named or next((one for one in stripboard.boards if one.name.strip().lower() != BONEYARD), None)


def other_units(stripboard: Stripboard | None, tell: Callable[[Notice], None]) -> dict[str, str]:
    """The unit of breakdowns on further boards, by id: the name of the board."""
    if stripboard is None:
        return {}
    main = main_board(stripboard)
    found: dict[str, str] = {}
    for board in stripboard.boards:
        name = board.name.strip()
        if board is main or name.lower() in (BONEYARD, MAIN, ""):
            continue
        for item in board.breakdown_ids:
            found.update(dict.fromkeys((item,) if isinstance(item, str) else item, name))
        said = f"The board {name!r} is of a unit that is not scheduled here; its scenes lie in the boneyard."
        tell(Notice(f"stripboard {stripboard.name!r}", said))
    return found


def laid(sheet: Sheet, stripboard: Stripboard | None, dates: Dates, tell: Callable[[Notice], None]) -> Laid:
    """Where the scenes of a stripboard lie."""
    numbers = sheet.numbers
    main = None if stripboard is None else main_board(stripboard)
    days: list[tuple[date, tuple[str, ...]]] = []
    last: date | None = None
    working = dates.working()
    loose = 0
    for item in () if main is None else main.breakdown_ids:
        if isinstance(item, str):
            loose += item in numbers
            continue
        last = next(working)
        scenes = tuple(numbers[one] for one in item if one in numbers)
        if scenes:
            days.append((last, scenes))
        elif not item:
            tell(Notice("stripboards", "A day is empty; nothing is shot then."))
    if loose and stripboard is not None:
        said = f"{loose} scenes stand outside of the days; they lie in the boneyard here."
        tell(Notice(f"stripboard {stripboard.name!r}", said))
    there = {number for _, scenes in days for number in scenes}
    order = [one for one, _ in ids_on(stripboard)] if stripboard is not None else []
    rest = dict.fromkeys(numbers[one] for one in (*order, *numbers) if one in numbers)
    return Laid(tuple(days), last, tuple(number for number in rest if number not in there))


def board_of(shoot: Shoot, found: Laid, own: OwnDays | None, tell: Callable[[Notice], None]) -> Board:
    """The board of a shoot.

    Args:
        shoot: with the same scenes.
        found: where they lie.
        own: what Openslate wrote beside the days; None where it did not.
        tell: is told of what no longer fits the days.
    """
    kept = own or OwnDays()
    dates = {day for day, _ in found.days}
    nights = kept.nights if own is not None else tuple(_nights(found, shoot.scene_of))
    gone = [str(day) for day in (*kept.nights, *kept.locked) if day not in dates]
    scenes = tuple((number, day) for number, day in kept.locked_scenes if number in shoot.scene_of)
    orders = tuple(one for one in kept.orders if all(number in shoot.scene_of for number in one))
    cast = tuple(one for one in kept.locked_cast if one in shoot.member_of)
    gone += [number for number, _ in kept.locked_scenes if number not in shoot.scene_of]
    gone += [one for one in kept.locked_cast if one not in shoot.member_of]
    gone += [", ".join(one) for one in kept.orders if one not in orders]
    for one in gone:
        tell(Notice("_openslate", f"What is said of {one!r} no longer fits the board and counts for nothing."))
    return Board(
        shoot,
        tuple(ShootDay(day, numbers, day in nights, day in kept.locked) for day, numbers in found.days),
        found.boneyard,
        Locks(scenes, cast, orders),
    )


def _nights(found: Laid, scene_of: dict[str, Scene]) -> Iterable[date]:
    """Days whose scenes ask for the night alone."""
    for day, numbers in found.days:
        shifts = {scene_of[number].shift for number in numbers} - {"any"}
        if shifts == {"night"}:
            yield day
