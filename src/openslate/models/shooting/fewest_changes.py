"""The fewest scenes that have to leave their day: none beside those that must, then one more, then two, and so on.

All scenes but a few stay where they were, these few are put on days in every way (`placing`), and the first number with
which some board keeps the rules is the fewest. It deepens step by step (R. Korf, "Depth-first iterative-deepening",
Artificial Intelligence 27, 1985), over scenes that are lifted off their days.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from openslate.models.kernels.shoot_search import Numbers
from openslate.models.shooting.placing import Budget, Placing
from openslate.models.shooting.problem import Flags, Problem

CALL = 200
"""What asking once for all ways takes, as boards that are looked at in the same time."""
KEPT = 64
"""Boards of one number of changes that are kept."""


@dataclass(frozen=True)
class Near:
    """Boards on which so many scenes are on another slot.

    Attributes:
        changes: how many.
        slots: (boards, scenes) those that keep the rules, the cheapest first; some of them where there are many.
        all_seen: whether every way was looked at: without any board, none changes so few.
        every: whether these boards are all that there are.
    """

    changes: int
    slots: Numbers
    all_seen: bool
    every: bool


def must_change(problem: Problem) -> Flags:
    """(scenes,) those that cannot stay on the slot that they are preferred on, or are preferred on none."""
    kept = np.where(problem.preferred >= 0, problem.preferred, 0)
    return ~((problem.preferred >= 0) & problem.allowed[np.arange(len(kept)), kept])


def may_change(problem: Problem) -> list[int]:
    """Scenes that can stay on the slot that they are preferred on, and may be on another as well."""
    return [int(one) for one in np.flatnonzero(~must_change(problem)) if problem.allowed[one].sum() > 1]


def near_boards(placing: Placing, most: int, budget: Budget, stop: Callable[[], bool]) -> Iterator[Near]:
    """Boards with ever more scenes on another slot, until so many or until the effort is spent.

    Args:
        placing: of a problem whose `preferred` has the slots of the board before.
        most: changes that are looked at.
        budget: boards that may be looked at; the same ones find the same, unless it is stopped.
        stop: asked now and then whether to end.
    """
    problem = placing.problem
    must = must_change(problem)
    elsewhere = problem.allowed.copy()
    stays = np.flatnonzero(~must)
    elsewhere[stays, problem.preferred[stays]] = False
    # Whatever has no other slot stays: what is shot, and what is locked.
    free = may_change(problem)
    base = np.where(must, -1, problem.preferred)
    for more in range(len(free) + 1):
        changes = int(must.sum()) + more
        if changes > most or budget.boards <= 0 or stop():
            return
        yield _near(placing, base, must, combinations(free, more), elsewhere, changes, budget, stop)


def _near(
    placing: Placing,
    base: Numbers,
    must: Flags,
    further: Iterator[tuple[int, ...]],
    elsewhere: Flags,
    changes: int,
    budget: Budget,
    stop: Callable[[], bool],
) -> Near:
    """Boards with one number of changes."""
    slots, energy = np.empty((0, len(base)), np.int64), np.empty(0, np.int64)
    all_seen, every = True, True
    for others in further:
        if budget.boards <= 0 or stop():
            all_seen = every = False
            break
        budget.boards -= CALL
        lifted = np.append(np.flatnonzero(must), np.array(others, dtype=np.int64))
        found = placing.ways(base, lifted, elsewhere, budget)
        all_seen &= found.all_seen
        slots, energy = np.vstack([slots, found.slots]), np.append(energy, found.energy)
        every &= len(slots) <= KEPT
        best = np.argsort(energy, kind="stable")[:KEPT]
        slots, energy = slots[best], energy[best]
    return Near(changes, slots, all_seen, every and all_seen)
