"""A board as a file: JSON that names the shoot it was made of, and is read back beside it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.board_checks import OTHERWISE, VERSION, check_days, check_fit, check_version
from openslate.apps.production.board.board_fields import Fact, WrittenBoard
from openslate.apps.production.board.conditions import Condition
from openslate.apps.production.board.shown_fields import shown_json, shown_values
from openslate.apps.production.pages.shown import Shown, shown, without_names
from openslate.apps.production.reading.uss.json_text import read_json
from openslate.apps.production.reading.uss.refusals import refusal
from openslate.apps.production.shoot.shoot import Shoot
from openslate.apps.production.writing.shoot_file import shoot_digest
from openslate.errors import AdmitError, UsageError
from openslate.storage.files import write_atomically

NOTHING: Mapping[str, Fact] = MappingProxyType({})
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
        shown: what call sheets of it showed when it was written; None where the file does not say it.
    """

    board: Board
    solver: Mapping[str, Fact] = field(default_factory=lambda: NOTHING)
    changed: bool = False
    notices: tuple[str, ...] = ()
    condition: Condition | None = None
    shown: Shown | None = None


def board_json(board: Board, solver: Mapping[str, Fact] = NOTHING, condition: Condition | None = None) -> str:
    """A board as the text of its file.

    Args:
        board: to write. Of its shoot are in the file its name, a digest, and what call sheets show, without names.
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
    days = without_names(shown(board).days)
    try:
        WrittenBoard.model_validate({**held, "shown": shown_values(days)})
    except ValidationError as error:
        refused = refusal("The board", held, error, WAYS_OUT, OTHERWISE)
        raise UsageError(refused.what, refused.way_out) from None
    text = json.dumps(held, indent=1, ensure_ascii=False, allow_nan=False)
    return f'{text[:-2]},\n "shown": {shown_json(days)}\n}}\n'


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
    written = _read(path)
    check_days(path.name, [day.date for day in written.days], shoot)
    changed = written.shoot.sha256 != shoot_digest(shoot)
    check_fit(path.name, written, shoot, changed)
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
        written.call_sheets(),
    )


def read_shown(path: Path) -> Shown | None:
    """What call sheets of a board showed when its file was written; the shoot as it is now plays no part in it.

    Args:
        path: of the file.

    Returns:
        None where the file does not say it, or its days were changed since.

    Raises:
        AdmitError: the file cannot be read, or a field is wrong; it says where.
    """
    return _read(path).call_sheets()


def _read(path: Path) -> WrittenBoard:
    held = read_json(path)
    check_version(path.name, held)
    try:
        return WrittenBoard.model_validate(held)
    except ValidationError as error:
        raise refusal(path.name, held, error, WAYS_OUT, OTHERWISE) from None


def _notices(name: str, written: WrittenBoard, shoot: Shoot, changed: bool) -> tuple[str, ...]:
    if not changed:
        return ()
    of = f" It was written of {written.shoot.name!r}." if written.shoot.name != shoot.name else ""
    facts = " What its solver said, such as cost and bound, was said of the shoot before." if written.solver else ""
    return (f"The shoot {shoot.name!r} has changed since {name} was written.{of}{facts}",)
