"""What was given out before: the call sheets of an earlier board, of the shoot as it was then."""

from pathlib import Path

from openslate.apps.production.board.board_file import read_shown
from openslate.apps.production.pages.shown import Shown, shown
from openslate.apps.production.reading.any_board import USS, open_board
from openslate.apps.production.reading.shoot_file import read_shoot
from openslate.apps.production.shoot.shoot import Shoot
from openslate.errors import UsageError


def shown_before(board: Path | None, old_shoot: Path | None, shoot: Shoot) -> Shown | None:
    """What the call sheets of an earlier board showed.

    Args:
        board: its file; None for none.
        old_shoot: the shoot as it was then; None where the board's own file has to say.
        shoot: as it is now, with which a board is read whose file does not say.

    Raises:
        UsageError: a shoot is named and no board.
        AdmitError: a file cannot be read, or the board does not fit the shoot.
    """
    if board is None:
        if old_shoot is not None:
            raise UsageError("--previous-shoot names a shoot and no board of it.", "Name its board with --previous.")
        return None
    if old_shoot is not None:
        return shown(open_board(board, read_shoot(old_shoot)).board)
    told = None if board.suffix.lower() == USS else read_shown(board)
    if told is not None:
        return told
    kept = open_board(board, shoot)
    return shown(kept.board, known=not kept.changed and board.suffix.lower() != USS)
