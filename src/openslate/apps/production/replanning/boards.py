"""The board of a plan: days that are as they were stay as they were, down to the order of their scenes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from openslate.apps.production.board.board import Board
from openslate.apps.production.replanning.remaining import Remaining
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.boards import board_of
from openslate.apps.production.scheduling.day_order import minors_kept


def planned_board(rest: Remaining, days: Mapping[str, date], rules: Rules) -> Board:
    """The board on which scenes are shot on given days; whatever else is left stays in the boneyard.

    Args:
        rest: the shoot that has begun.
        days: number of each scene that is on a day, to it; those that are shot among them.
        rules: that hold.
    """
    found = minors_kept(board_of(rest.shoot, days, rest.locks, rest.before), rules)
    old = {(day.date, frozenset(day.scenes)): day for day in rest.before}
    kept = tuple(old.get((day.date, frozenset(day.scenes)), day) for day in found)
    # A locked day that has lost a scene stays locked: nothing else joined it, and nothing is to.
    return replace(found, days=tuple(replace(day, locked=day.locked or day.date in rest.closed) for day in kept))
