"""What the standard does not know of a board, under a private key as it allows: nights, locks and hours."""

from dataclasses import replace
from typing import Any

from openslate.apps.production.board.board import Board
from openslate.apps.production.reading.uss.fields import PRIVATE
from openslate.apps.production.shoot.days import DayTerms
from openslate.apps.production.shoot.shoot import Shoot
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
        and _terms(before.shoot) == _terms(board.shoot)
    ):
        return
    stripboard[PRIVATE] = {
        "nights": [day.date.isoformat() for day in board.days if day.night],
        "locked": [day.date.isoformat() for day in board.days if day.locked],
        "lockedScenes": [[number, day.isoformat()] for number, day in board.locks.scenes],
        "lockedCast": list(board.locks.cast),
        "orders": [list(one) for one in board.locks.orders],
        **_terms(board.shoot),
    }


def _terms(shoot: Shoot) -> dict[str, Any]:
    """How long days and moves are, where they are not as usual: without it a full day would be too long when read."""
    day, found = shoot.day, dict[str, Any]()
    if replace(day, cost=0, overtime_cost=0) != DayTerms():
        found["day"] = {
            "minutes": day.minutes,
            "overtimeMinutes": day.overtime_minutes,
            "minutesPerEighth": day.minutes_per_eighth,
            "locations": day.locations,
            "dayCall": day.day_call,
            "nightCall": day.night_call,
            "mealMinutes": day.meal_minutes,
        }
    if shoot.moves:
        found["moves"] = [[one.one, one.other, one.minutes] for one in shoot.moves]
    if shoot.usual_move.minutes != Shoot.usual_move.minutes:
        found["usualMove"] = shoot.usual_move.minutes
    return found
