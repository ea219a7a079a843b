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
        locks: of the new board; every scene that stays has its day there.
        days: of which nothing changes.
        start: number of a scene to its day, to begin with; None without a board to begin with.
    """

    locks: "Locks"
    days: frozenset[date] = frozenset()
    start: Mapping[str, date] | None = None

    @property
    def fixed(self) -> dict[str, date]:
        """Number of a scene to the day on which it stays."""
        return dict(self.locks.scenes)


def locked_by(
    shoot: "Shoot", start: Path | None, scenes: Sequence[str], days: Sequence[str], cast: Sequence[str]
) -> Kept:
    """What the options of a command keep.

    Args:
        shoot: that is scheduled.
        start: file of the board to begin with; what is locked on it stays locked.
        scenes: each as 'SCENE=DATE'.
        days: of the board to begin with, as dates.
        cast: ids of cast members, whose scenes stay on their days.

    Raises:
        UsageError: a lock names what is not there, two locks say two days of one scene, or a day or cast member is
            locked without a board to begin with.
        AdmitError: the board cannot be read.
    """
    from openslate.apps.production.board.board import Locks
    from openslate.apps.production.board.board_file import read_board

    board = None if start is None else read_board(start, shoot).board
    if board is None and (days or cast):
        raise UsageError("There is no board whose days or cast could be locked.", "Name it with --start BOARD.json.")
    held = Locks() if board is None else board.locks
    fixed = dict(held.scenes)
    for number, day in map(_scene_lock, scenes):
        if number not in shoot.scene_of:
            raise UsageError(f"--lock names scene {number!r}, which the shoot does not have.", "Name one that it has.")
        unit = shoot.scene_of[number].unit
        if unit != "main":
            said = f"--lock names scene {number}, which is of the unit {unit!r} and is not scheduled."
            raise UsageError(said, "Lock scenes of the main unit.")
        if not (shoot.calendar.starts <= day <= shoot.calendar.ends and shoot.calendar.works(day)):
            said = f"--lock keeps scene {number} on {day}, on which the crew does not work."
            raise UsageError(said, "Lock it to a working day of the calendar.")
        _fix(fixed, number, day)
    if board is None:
        return Kept(Locks(tuple(fixed.items())))
    kept = _days(board, days)
    for shot in board:
        if shot.date in kept:
            for number in shot.scenes:
                _fix(fixed, number, shot.date)
    who = tuple(dict.fromkeys((*held.cast, *cast)))
    for number, day in _scenes_of(board, who):
        _fix(fixed, number, day)
    begun = {number: shot.date for shot in board for number in shot.scenes}
    main = {one.number for one in shoot.scenes if one.unit == "main"}
    return Kept(Locks(tuple(fixed.items()), who, held.orders), kept, begun if main <= set(begun) else None)


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


def _days(board: "Board", days: Sequence[str]) -> frozenset[date]:
    wanted = [_date("--lock-day", text) for text in days]
    shot = {day.date for day in board}
    missing = next((day for day in wanted if day not in shot), None)
    if missing is not None:
        raise UsageError(f"Nothing is shot on {missing} of the board to begin with.", "Lock one of its shooting days.")
    return frozenset((*wanted, *(day.date for day in board if day.locked)))


def _scenes_of(board: "Board", who: Sequence[str]) -> list[tuple[str, date]]:
    unknown = next((one for one in who if one not in board.shoot.member_of), None)
    if unknown is not None:
        raise UsageError(f"--lock-cast names {unknown!r}, whom the shoot does not have.", "Name an id of its cast.")
    scenes = board.shoot.scene_of
    return [
        (number, day.date) for day in board for number in day.scenes if any(one in scenes[number].cast for one in who)
    ]


def _fix(fixed: dict[str, date], number: str, day: date) -> None:
    if fixed.setdefault(number, day) != day:
        raise UsageError(
            f"Scene {number} is locked to {fixed[number]} and to {day}.", "Lock it to one of the two alone."
        )
