"""What a person keeps of a board when it is scheduled anew: scenes, days, and the days of cast members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from openslate.errors import UsageError

if TYPE_CHECKING:
    from openslate.apps.production.board.board import Board, Locks
    from openslate.apps.production.shoot.shoot import Shoot


@dataclass(frozen=True)
class Kept:
    """What is kept.

    Attributes:
        locks: of the new board.
        held: the board to begin with, whose locked days and cast hold; None without one.
        start: number of a scene to its day, to begin with; None without a board that has all of them.
    """

    locks: "Locks"
    held: "Board | None" = None
    start: Mapping[str, date] | None = None


@dataclass(frozen=True)
class Asked:
    """What the options of a command ask to be kept.

    Attributes:
        scenes: each as 'SCENE=DATE'.
        days: of the board to begin with, as dates.
        cast: ids or characters of cast members, who work when they do on the board to begin with.
        orders: each as 'SCENE,SCENE,...', the first before the second and so on.
    """

    scenes: Sequence[str] = ()
    days: Sequence[str] = ()
    cast: Sequence[str] = ()
    orders: Sequence[str] = ()


def locked_by(shoot: "Shoot", start: Path | None, asked: Asked) -> Kept:
    """What the options of a command keep, beside what is locked on the board to begin with.

    Args:
        shoot: that is scheduled.
        start: file of the board to begin with; None for none.
        asked: the options.

    Raises:
        UsageError: a lock names what is not there, two locks say two days of one scene, orders contradict one another,
            or a day or cast member is locked without a board to begin with.
        AdmitError: the board cannot be read.
    """
    from openslate.apps.production.board.board import Locks
    from openslate.apps.production.board.holding import locked, pinned
    from openslate.apps.production.reading.any_board import open_board

    board = None if start is None else open_board(start, shoot).board
    if board is None and (asked.days or asked.cast):
        raise UsageError("There is no board whose days or cast could be locked.", "Name it with --start BOARD.")
    fixed = {} if board is None else dict(board.locks.scenes)
    for number, day in map(_scene_lock, asked.scenes):
        _check_scene(shoot, "--lock", number)
        if not (shoot.calendar.starts <= day <= shoot.calendar.ends and shoot.calendar.works(day)):
            said = f"--lock keeps scene {number} on {day}, on which the crew does not work."
            raise UsageError(said, "Lock it to a working day of the calendar.")
        _fix(fixed, number, day)
    cast = tuple(_member(shoot, text) for text in asked.cast)
    orders = tuple(_order(shoot, text) for text in asked.orders)
    new = Locks(tuple(fixed.items()), cast, orders)
    if board is None:
        pinned(orders, shoot.scene_of)
        return Kept(new)
    held = locked(board, new, [_date("--lock-day", text) for text in asked.days])
    pinned(held.locks.orders, shoot.scene_of)
    begun = {number: shot.date for shot in board for number in shot.scenes}
    main = {one.number for one in shoot.scenes if one.unit == "main"}
    return Kept(held.locks, held, begun if main <= set(begun) else None)


def _check_scene(shoot: "Shoot", option: str, number: str) -> None:
    if number not in shoot.scene_of:
        raise UsageError(f"{option} names scene {number!r}, which the shoot does not have.", "Name one that it has.")
    unit = shoot.scene_of[number].unit
    if unit != "main":
        said = f"{option} names scene {number}, which is of the unit {unit!r} and is not scheduled."
        raise UsageError(said, "Name scenes of the main unit.")


def _member(shoot: "Shoot", text: str) -> str:
    """The id of a cast member who is named by it or by their character."""
    found = [one.id for one in shoot.cast if one.id == text] or [
        one.id for one in shoot.cast if one.character.casefold() == text.casefold()
    ]
    if len(found) != 1:
        said = "of whom the shoot has several" if found else "whom the shoot does not have"
        raise UsageError(f"--lock-cast names {text!r}, {said}.", "Name an id of its cast.")
    return found[0]


def _order(shoot: "Shoot", text: str) -> tuple[str, ...]:
    order = tuple(number.strip() for number in text.split(","))
    for number in order:
        _check_scene(shoot, "--order", number)
    if len(order) < 2:
        raise UsageError(f"--order {text!r} names one scene alone.", "Name two or more, as 3,5,7.")
    return order


def _scene_lock(text: str) -> tuple[str, date]:
    number, _, day = text.partition("=")
    if not number or not day:
        raise UsageError(f"--lock {text!r} is no lock of a scene.", "Write it as 12A=2027-03-09.")
    return number, _date("--lock", day)


def _date(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{option} {text!r} names no day.", "Write days as 2027-03-09.") from None


def _fix(fixed: dict[str, date], number: str, day: date) -> None:
    if fixed.setdefault(number, day) != day:
        raise UsageError(
            f"Scene {number} is locked to {fixed[number]} and to {day}.", "Lock it to one of the two alone."
        )
