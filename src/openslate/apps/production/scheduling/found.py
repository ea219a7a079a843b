"""The board that a search finds, searched again where the order of days shows that it breaks minors' hours."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from openslate.apps.production.board.board import Board, Locks
from openslate.apps.production.board.clash import Clash, impossible, penalties
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.costs import costs_of
from openslate.apps.production.scheduling.arrays import Arranged
from openslate.apps.production.scheduling.boards import board_of
from openslate.apps.production.scheduling.day_order import minors_kept
from openslate.apps.production.scheduling.minors import BY_ORDER, minors_of, with_less_work, with_scenes_elsewhere
from openslate.models.kernels.shoot_search import Numbers
from openslate.models.shooting.annealing import ROUND, Placed, annealed
from openslate.models.shooting.problem import Problem

AGAIN = 4
"""How often it is searched again at most, in each of two ways."""
SHARE = 0.2
"""Of the turns and seconds of a search, for each time that it is searched again."""

LEAST_AGAIN = 3 * ROUND
"""Turns of each of these times at least: below, a board that breaks a rule anew is hardly mended."""


@dataclass(frozen=True)
class Search:
    """How is searched.

    Attributes:
        seed: of the random numbers.
        turns: changes that are tried.
        over: asked now and then, with the share of the time that may be over by then, whether to end.
        tell: told each better board.
    """

    seed: int
    turns: int
    over: Callable[[float], bool]
    tell: Callable[[Placed], None] = lambda _: None


@dataclass(frozen=True)
class FoundBoard:
    """A board, everything that clashes on it, and the changes that were tried until then."""

    board: Board
    clashes: tuple[Clash, ...]
    turns: int

    @property
    def worth(self) -> tuple[int, int]:
        """Hard rules that are broken, and the cost: less is better."""
        return len(impossible(self.clashes)), costs_of(self.board).total + penalties(self.clashes)


def found_board(
    arrays: Arranged, search: Search, first: Numbers | None, locks: Locks, held: Board | None
) -> FoundBoard:
    """Search the arrays of a shoot for a board.

    Args:
        arrays: of the shoot.
        search: how.
        first: (scenes,) slots to begin with; None for a plain board.
        locks: that the board keeps.
        held: the board before, whose locked days stay as they are; None where there is none.
    """
    again = AGAIN if minors_of(arrays.shoot, arrays.rules) else 0
    share = 1 - SHARE if again else 1.0
    best = _best(arrays.problem, search, int(search.turns * share), first, share)
    found = begun = _on_board(arrays, best, locks, held)
    turns = best.turns
    for elsewhere in (True, False):
        problem, slot, last = arrays.problem, best.slot, begun
        for _ in range(again):
            if search.over(1.0) or not any(clash.kind in BY_ORDER for clash in last.clashes):
                break
            if elsewhere:
                problem = with_scenes_elsewhere(arrays, problem, last.board, last.clashes)
            else:
                problem = with_less_work(arrays, problem, last.clashes)
            placed = _best(problem, search, max(int(search.turns * SHARE), LEAST_AGAIN), slot, 1.0)
            last, slot, turns = _on_board(arrays, placed, locks, held), placed.slot, turns + placed.turns
            found = min(found, last, key=lambda one: one.worth)
    return replace(found, turns=turns)


def _best(problem: Problem, search: Search, turns: int, first: Numbers | None, share: float) -> Placed:
    """The last, and so the best, of the boards that annealing comes upon."""
    best: Placed | None = None
    for best in annealed(problem, search.seed, max(turns, 1), lambda: search.over(share), first):
        search.tell(best)
    assert best is not None
    return best


def _on_board(arrays: Arranged, best: Placed, locks: Locks, held: Board | None) -> FoundBoard:
    days = {scene.number: arrays.dates[at] for scene, at in zip(arrays.scenes, best.slot.tolist(), strict=True)}
    board = minors_kept(board_of(arrays.shoot, days, locks, held), arrays.rules)
    return FoundBoard(board, clashes_of(board, arrays.rules, held), best.turns)
