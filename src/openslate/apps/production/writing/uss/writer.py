"""Writing a board as a schedule file: a new one, or into one that was read, of which everything else is kept."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from openslate import clock
from openslate.apps.production.board.board import Board
from openslate.apps.production.reading.uss.notices import Notice
from openslate.apps.production.reading.uss.reader import ROOT, ReadBoard
from openslate.apps.production.reading.uss.sheet import Key
from openslate.apps.production.writing.uss.breakdowns import merge_breakdowns
from openslate.apps.production.writing.uss.calendar_rows import merge_calendar
from openslate.apps.production.writing.uss.elements import Elements
from openslate.apps.production.writing.uss.kept import empty, plain, start_of, stripboard_in, taken_ids
from openslate.apps.production.writing.uss.own import own_days
from openslate.apps.production.writing.uss.rows import Ids, Row
from openslate.apps.production.writing.uss.strips import bring_along, merge_strips
from openslate.apps.production.writing.uss.untold import untold
from openslate.apps.production.writing.uss.words import Words, words_of
from openslate.errors import ProjectError
from openslate.storage.files import write_atomically


@dataclass(frozen=True)
class Written:
    """A schedule file that is to be written.

    Attributes:
        text: all of it.
        notices: what of the shoot is not in it.
    """

    text: str
    notices: tuple[Notice, ...]


def uss_of(board: Board, kept: ReadBoard | None = None, name: str = "", created: datetime | None = None) -> Written:
    """A board as a file of the Universal Schedule Standard.

    Args:
        board: with its shoot.
        kept: what was read from a file: its stripboard is brought to the board, and everything else of the file is
            kept; None for a new file.
        name: of the stripboard; empty to keep its name. Another one than it has adds a stripboard to the kept file.
        created: the moment of what is new; None for now.

    Raises:
        UsageError: the board shoots on a day that is none of its calendar.

    Example:
        >>> from datetime import date
        >>> from openslate.apps.production.shoot.days import Calendar
        >>> from openslate.apps.production.shoot.shoot import Shoot
        >>> shoot = Shoot("Lamp", "USD", (), (), (), (), Calendar(date(2027, 3, 1), date(2027, 3, 5)))
        >>> json.loads(uss_of(Board(shoot, ())).text)["universalScheduleStandard"]["ussVersion"]
        '1.0.0'
    """
    moment = (created or clock.now()).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    project = board.shoot.name
    document = empty(name or project, project, moment) if kept is None else plain(kept.document)
    held: Row = document[ROOT]
    ids = Ids(held["id"], set(taken_ids(document)))
    stripboard = stripboard_in(held, kept, name, ids)
    before = None if kept is None else kept.board
    was, will = Words() if before is None else words_of(before), words_of(board)
    keys: dict[str, Key] = {} if kept is None else kept.sheet.keys
    numbers: dict[str, str] = {} if kept is None else kept.sheet.numbers
    elements = Elements(held, keys, ids, moment)
    removed = elements.merge(was, will)
    id_of = merge_breakdowns(held, numbers, elements, removed, was, will, ids, moment)
    gone = set(numbers) - set(id_of.values())
    new = [one for one in id_of.values() if one not in numbers]
    for other in held["stripboards"]:
        if other is not stripboard:
            bring_along(other, gone, new, ids)
    start = board.shoot.calendar.starts if kept is None else start_of(kept)
    dates = merge_calendar(held, stripboard, before, board, start, ids)
    unlaid = kept is None or kept.stripboard is None
    if unlaid or before is None or _lies(before) != _lies(board) or gone or new:
        bring_along(stripboard, gone, [], ids)
        scenes = {row["id"] for row in held["breakdowns"] if row["type"] == "scene"}
        merge_strips(stripboard, board, id_of, scenes, dates, ids)
    own_days(stripboard, before, board)
    if before is None or before.shoot.name != board.shoot.name:
        held["project"] = project
    return Written(json.dumps(document, ensure_ascii=False, indent=2) + "\n", untold(board))


def write_uss(
    path: Path, board: Board, kept: ReadBoard | None = None, name: str = "", created: datetime | None = None
) -> tuple[Notice, ...]:
    """Write a board as a `.uss` file, all of it or nothing.

    Args:
        path: of the file; one of the standard that is there already is replaced, and nothing else.
        board, kept, name, created: as `uss_of` has them.

    Returns:
        What of the shoot is not in the file.

    Raises:
        UsageError: the board shoots on a day that is none of its calendar.
        ProjectError: the name does not end in .uss, or something else is there.
        OSError: it cannot be written.
    """
    if path.suffix.lower() != ".uss":
        raise ProjectError(f"{path} does not end in .uss.", "Name a file that does.")
    if path.exists() and ROOT.encode() not in path.read_bytes():
        raise ProjectError(f"{path} is there already and is no such schedule.", "Name another file.")
    written = uss_of(board, kept, name, created)
    write_atomically(path, written.text.encode())
    return written.notices


def _lies(board: Board) -> object:
    return [(day.date, day.scenes) for day in board.days], board.boneyard, board.shoot.calendar
