"""What a board holds that the standard does not know, under a private key as the standard allows: nights and locks."""

from openslate.apps.production.board.board import Board
from openslate.apps.production.reading.uss.fields import PRIVATE
from openslate.apps.production.writing.uss.rows import Row


def own_days(stripboard: Row, before: Board | None, board: Board) -> None:
    """Write them on a stripboard, where they are not what is read from it anyway.

    Args:
        stripboard: as a plain object.
        before: the board as it was read; None for a new one.
        board: as it is to be.
    """
    if (
        before is not None
        and (before.days, before.locks) == (board.days, board.locks)
        and before.shoot.scenes == board.shoot.scenes
    ):
        return
    stripboard[PRIVATE] = {
        "nights": [day.date.isoformat() for day in board.days if day.night],
        "locked": [day.date.isoformat() for day in board.days if day.locked],
        "lockedScenes": [[number, day.isoformat()] for number, day in board.locks.scenes],
        "lockedCast": list(board.locks.cast),
        "orders": [list(one) for one in board.locks.orders],
    }
