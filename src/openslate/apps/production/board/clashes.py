"""Everything that clashes on a board: with the facts of its shoot, with the rules, and with what a person has fixed."""

from datetime import date

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.cast_clashes import cast_clashes
from openslate.apps.production.board.clash import Clash
from openslate.apps.production.board.day_clashes import day_clashes
from openslate.apps.production.board.lock_clashes import held_clashes, lock_clashes
from openslate.apps.production.board.minor_clashes import minor_clashes
from openslate.apps.production.board.rest_clashes import rest_clashes
from openslate.apps.production.board.row_clashes import row_clashes
from openslate.apps.production.board.scan_clashes import scan_clashes
from openslate.apps.production.board.scene_clashes import scene_clashes
from openslate.apps.production.board.set_clashes import set_clashes
from openslate.apps.production.rules.rules import Rules


def clashes_of(board: Board, rules: Rules = Rules(), before: Board | None = None) -> tuple[Clash, ...]:
    """Everything that clashes on a board.

    Args:
        board: to look at.
        rules: that hold; none if left out.
        before: the board that it was made of, whose locked days and cast hold; None where there is none.

    Returns:
        Hard ones first, each kind of strength by day.
    """
    found = (
        *day_clashes(board),
        *scene_clashes(board),
        *cast_clashes(board),
        *set_clashes(board),
        *rest_clashes(board, rules),
        *row_clashes(board, rules),
        *minor_clashes(board, rules),
        *scan_clashes(board, rules),
        *lock_clashes(board),
        *(() if before is None else held_clashes(before, board)),
    )
    return tuple(sorted(found, key=lambda one: (one.strength, one.dates or (date.max,), one.kind, one.words)))
