"""A board as a file: JSON that names the shoot it was made of, and is read back beside it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.board_fields import Fact, WrittenBoard
from openslate.apps.production.board.conditions import Condition
from openslate.apps.production.reading.uss.json_text import read_json
from openslate.apps.production.reading.uss.refusals import refusal
from openslate.apps.production.shoot.shoot import Shoot
from openslate.apps.production.writing.shoot_file import shoot_digest
from openslate.errors import AdmitError, UsageError
from openslate.storage.files import write_atomically

VERSION = 1
NOTHING: Mapping[str, Fact] = MappingProxyType({})
MOST_NAMED = 10
FAR = 366
"""Days outside a shoot's calendar, within which a board's day is a clash, and beyond which a slip."""
OTHERWISE = "Write it as docs/production-boards.md shows."
WAYS_OUT = {
    "date": 'Write it as "2027-03-01".',
    "scenes": 'Write numbers of scenes as texts, such as ["1", "2A"]; a day has at least one.',
    "boneyard": 'Write numbers of scenes as texts, such as ["1", "2A"].',
    "sha256": "Make the board anew, or put the digest back that was there.",
    "solver": "Write a number, a text, true or false.",
}


@dataclass(frozen=True)
class KeptBoard:
    """A board that was read from a file.

    Stability: provisional.

    Attributes:
        board: of the shoot as it is now.
        solver: what the solver said of it when it was written, such as cost, bound, seed and turns.
        changed: whether the shoot has changed since; what the solver said was of the shoot before.
        notices: what a person should know, each a sentence.
        condition: on which the bound among the solver's facts was proved; None where the file does not say it.
    """

    board: Board
    solver: Mapping[str, Fact] = field(default_factory=lambda: NOTHING)
    changed: bool = False
    notices: tuple[str, ...] = ()
    condition: Condition | None = None


def board_json(board: Board, solver: Mapping[str, Fact] = NOTHING, condition: Condition | None = None) -> str:
    """A board as the text of its file.

    Args:
        board: to write. Of its shoot the name and a digest are in the file, and nothing else.
        solver: what a solver said of it: numbers, texts, true or false, by names of one's own.
        condition: on which its bound was proved; without one the bound is not shown when the file is read.

    Raises:
        UsageError: a fact of the solver's is something else, or a name or number is none that can be read back.
    """
    locks = board.locks
    held: dict[str, Any] = {
        "openslate_board": VERSION,
        "shoot": {"name": board.shoot.name, "sha256": shoot_digest(board.shoot)},
        "days": [
            {"date": day.date.isoformat(), "night": day.night, "locked": day.locked, "scenes": day.scenes}
            for day in board
        ],
        "boneyard": board.boneyard,
        "locks": {
            "scenes": [{"scene": number, "date": day.isoformat()} for number, day in locks.scenes],
            "cast": locks.cast,
            "orders": locks.orders,
        },
        "solver": dict(solver),
    }
    if condition is not None:
        begins = None if condition.begins is None else condition.begins.isoformat()
        held["proved_with"] = {"begins": begins, "stays": condition.stays, "sha256": condition.digest}
    try:
        WrittenBoard.model_validate(held)
    except ValidationError as error:
        refused = refusal("The board", held, error, WAYS_OUT, OTHERWISE)
        raise UsageError(refused.what, refused.way_out) from None
    return json.dumps(held, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def write_board(
    path: Path, board: Board, solver: Mapping[str, Fact] = NOTHING, condition: Condition | None = None
) -> None:
    """Write a board to a file, whole or not at all.

    Args:
        path: of the file.
        board, solver, condition: as in `board_json`.

    Raises:
        UsageError: something of it has no place in a file.
        AdmitError: it cannot be written.
    """
    try:
        write_atomically(path, board_json(board, solver, condition).encode())
    except OSError as error:
        raise AdmitError(
            f"{path} cannot be written: {error.strerror}.", "Name a file in a folder that exists."
        ) from error


def read_board(path: Path, shoot: Shoot) -> KeptBoard:
    """The board that a file holds.

    A shoot that has changed since the file was written is told, and no reason to refuse the board while every scene
    of the shoot has its place on it.

    Args:
        path: of the file.
        shoot: that the board is of, as it is now.

    Raises:
        AdmitError: the file cannot be read, a field is wrong, or the board does not fit the shoot; it says where.
    """
    held = read_json(path)
    _check_version(path.name, held)
    try:
        written = WrittenBoard.model_validate(held)
    except ValidationError as error:
        raise refusal(path.name, held, error, WAYS_OUT, OTHERWISE) from None
    check_days(path.name, [day.date for day in written.days], shoot)
    changed = written.shoot.sha256 != shoot_digest(shoot)
    _check_fit(path.name, written, shoot, changed)
    try:
        board = written.board(shoot)
    except UsageError as error:
        raise AdmitError(f"{path.name}: {error.what}", error.way_out) from None
    return KeptBoard(
        board,
        MappingProxyType(written.solver),
        changed,
        _notices(path.name, written, shoot, changed),
        None if written.proved_with is None else written.proved_with.condition(),
    )


def _check_version(name: str, held: Mapping[str, Any]) -> None:
    version = held.get("openslate_board")
    if version is None:
        raise AdmitError(f"{name} is no board: it has no openslate_board.", "Name a file that a board was written to.")
    if isinstance(version, bool):
        raise AdmitError(f"{name}: openslate_board = {str(version).lower()} is no version.", OTHERWISE)
    if type(version) is int and version > VERSION:
        raise AdmitError(
            f"{name}: openslate_board = {version} is of a later version of Openslate, which knows {VERSION} here.",
            "Read it with that version.",
        )


def check_days(name: str, dates: Iterable[date], shoot: Shoot) -> None:
    """Refuse days so far outside the calendar that they are slips: every page would have all the days between.

    Args:
        name: of the file that they are from.
        dates: on which something is shot.
        shoot: whose calendar it is.

    Raises:
        AdmitError: one is.
    """
    calendar = shoot.calendar
    for day in dates:
        if max((calendar.starts - day).days, (day - calendar.ends).days) > FAR:
            said = f"{name}: the day {day} is more than a year outside the calendar of the shoot"
            raise AdmitError(f"{said}, {calendar.starts} to {calendar.ends}.", "Mend the day, or the calendar.")


def _check_fit(name: str, written: WrittenBoard, shoot: Shoot, changed: bool) -> None:
    there = [number for day in written.days for number in day.scenes] + list(written.boneyard)
    unknown = [number for number in dict.fromkeys(there) if number not in shoot.scene_of]
    missing = [one.number for one in shoot.scenes if one.number not in set(there)]
    if not unknown and not missing:
        return
    what = [f"it has {_named(unknown)}, which the shoot does not have"] if unknown else []
    what += [f"{_named(missing)} of the shoot {'is' if len(missing) == 1 else 'are'} not on it"] if missing else []
    since = f"The shoot {shoot.name!r} has changed since, and the board" if changed else "The board"
    raise AdmitError(
        f"{name}: {since} does not fit the shoot: {', and '.join(what)}.",
        "Schedule the shoot anew, or take out the scenes that are gone and put new ones in the boneyard.",
    )


def _named(numbers: Iterable[str]) -> str:
    listed = list(numbers)
    more = len(listed) - MOST_NAMED
    told = ", ".join(listed[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
    return f"{'scene' if len(listed) == 1 else 'scenes'} {told}"


def _notices(name: str, written: WrittenBoard, shoot: Shoot, changed: bool) -> tuple[str, ...]:
    if not changed:
        return ()
    of = f" It was written of {written.shoot.name!r}." if written.shoot.name != shoot.name else ""
    facts = " What its solver said, such as cost and bound, was said of the shoot before." if written.solver else ""
    return (f"The shoot {shoot.name!r} has changed since {name} was written.{of}{facts}",)
