"""What a schedule file keeps besides the board that is written to it: comments, banners, other stripboards, keys."""

from collections.abc import Iterator
from pathlib import Path

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.words import scenes_words
from openslate.apps.production.reading.uss.notices import Notice
from openslate.apps.production.reading.uss.reader import ReadBoard, read_uss
from openslate.apps.production.reading.uss.sheet import Key
from openslate.apps.production.shoot.shoot import Shoot
from openslate.apps.production.writing.uss.words import words_of
from openslate.errors import AdmitError, ProjectError

USS = ".uss"
MOST_NAMED = 10


def schedule_of(shoot: Shoot, folder: Path, board: Path | None) -> ReadBoard | None:
    """The schedule of another program that a board came from.

    Args:
        shoot: of the board.
        folder: of the shoot's file.
        board: the file that the board is read from; None where it is made anew.

    Returns:
        The board's own file where it is such a schedule, else the one that the shoot was read from; None without one.

    Raises:
        AdmitError: it cannot be read.
    """
    if board is not None and board.suffix.lower() == USS:
        return read_uss(board, shoot.currency)[0]
    if shoot.read_from is None:
        return None
    path = folder / shoot.read_from.file
    if not path.is_file():
        raise AdmitError(
            f"{path} is not there, from which the shoot was read and whose notes belong into a file for others.",
            "Put it back beside the shoot, or take [read_from] out of the shoot.",
        )
    return _of(read_uss(path, shoot.currency), shoot.read_from.stripboard)


def there_already(path: Path, shoot: Shoot, source: ReadBoard | None) -> ReadBoard | None:
    """The schedule that a file holds already and that is brought to a board, so that nothing of it is lost.

    Args:
        path: of the file that is to be written.
        shoot: of the board.
        source: the schedule that the board came from; None where it came from none.

    Returns:
        None where there is no such file.

    Raises:
        ProjectError: it cannot be read, is another schedule than the board came from, or has scenes that the shoot
            has not.
    """
    if not path.exists():
        return None
    try:
        boards = read_uss(path, shoot.currency)
    except AdmitError as error:
        what = f"{path} is there already and cannot be read, so that it would be lost: {error.what}"
        raise ProjectError(what, "Name another file.") from None
    there = _of(boards, "" if source is None else source.stripboard or "")
    if source is not None and _id(there) != _id(source):
        said = f"{path} is there already and is another schedule than the one that this board came from"
        raise ProjectError(f"{said}, and one of the two would be lost.", "Name another file.")
    gone = [one.number for one in there.board.shoot.scenes if one.number not in shoot.scene_of]
    if gone:
        more = f" and {len(gone) - MOST_NAMED:,} more" if len(gone) > MOST_NAMED else ""
        said = f"{path} is there already and would lose {scenes_words(gone[:MOST_NAMED])}{more}"
        raise ProjectError(f"{said}, which the shoot does not have.", "Name another file, or move it away.")
    return there


def taken_out(board: Board, kept: ReadBoard | None) -> tuple[Notice, ...]:
    """What a schedule has of scenes, cast and places that the shoot has not, and that is written no more.

    Args:
        board: that the schedule is brought to.
        kept: the schedule; None for a new file.
    """
    names = [] if kept is None else list(dict.fromkeys(_gone(board, kept)))
    if not names:
        return ()
    more = f"; and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else ""
    said = f"The shoot does not have these, and they are taken out: {'; '.join(names[:MOST_NAMED])}{more}."
    return (Notice("", said),)


def _gone(board: Board, kept: ReadBoard) -> Iterator[str]:
    before, after = words_of(kept.board), words_of(board)
    yield from (f"scene {number}" for number in before.scenes if number not in after.scenes)
    yield from (_named(key) for key in before.elements if key.kind in ("set", "location", "cast")
                and key not in after.elements)  # fmt: skip
    for number, keys in before.keys.items():
        left = set(after.keys.get(number, keys))
        yield from (f"{_named(key)} of scene {number}" for key in keys if key.kind == "other" and key not in left)


def _named(key: Key) -> str:
    return f"{key.category or key.kind} {key.name}"


def _of(boards: tuple[ReadBoard, ...], stripboard: str) -> ReadBoard:
    return next((one for one in boards if one.stripboard == stripboard), boards[0])


def _id(one: ReadBoard) -> str:
    return one.document.universal_schedule_standard.id
