"""A board from whichever file it is kept in: JSON of ours, or `.uss` of another program."""

from dataclasses import replace
from pathlib import Path

from openslate.apps.production.board.board_checks import MOST_NAMED, check_days
from openslate.apps.production.board.board_file import KeptBoard, read_board
from openslate.apps.production.reading.uss.reader import read_uss
from openslate.apps.production.shoot.shoot import Shoot
from openslate.errors import AdmitError, UsageError

USS = ".uss"


def open_board(path: Path, shoot: Shoot) -> KeptBoard:
    """The board that a file holds, of a shoot of ours: people, pay and terms are the shoot's.

    Args:
        path: of a board's JSON file, or of a `.uss` file, of whose stripboards the first is taken.
        shoot: that the board is of.

    Raises:
        AdmitError: it cannot be read, a value is wrong, or it does not fit the shoot; it says where.
    """
    if path.suffix.lower() != USS:
        return read_board(path, shoot)
    first, *others = read_uss(path, shoot.currency)
    check_days(path.name, [day.date for day in first.board], shoot)
    try:
        board = replace(first.board, shoot=shoot)
    except UsageError as error:
        raise AdmitError(
            f"{path.name}: {error.what}", "Import it with openslate production import, or mend the shoot."
        ) from None
    told = [f"{path.name} says on which day each scene is shot; people, pay and terms are those of {shoot.name!r}."]
    if others:
        names = ", ".join(repr(one.name) for one in (first, *others))
        told.append(f"{path.name} has {1 + len(others)} stripboards, {names}, and the first is taken.")
    otherwise = _otherwise(first.board.shoot, shoot)
    if otherwise:
        told.append(f"The shoot's own word is taken where {path.name} has another: {'; '.join(otherwise)}.")
    return KeptBoard(board, changed=bool(otherwise), notices=tuple(told))


def _otherwise(theirs: Shoot, ours: Shoot) -> list[str]:
    """What their scenes say that ours do not."""
    found = []
    for scene in ours.scenes:
        other = theirs.scene_of[scene.number]
        parts = (("set", other.set, scene.set), ("eighths", other.eighths, scene.eighths))
        said = [f"{name} {then}" for name, then, now in parts if then != now]
        if sorted(other.cast) != sorted(scene.cast):
            said.append(f"cast {', '.join(other.cast) or 'nobody'}")
        if said:
            found.append(f"scene {scene.number} has {', '.join(said)}")
    more = len(found) - MOST_NAMED
    return [*found[:MOST_NAMED], *([f"and {more} more scenes"] if more > 0 else [])]
