"""A cheap board by annealing: rounds that grow longer, each from the best so far, until the effort is spent."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from openslate.models.kernels.shoot_search import BROKEN, COST, ENERGY, Numbers, anneal, tally
from openslate.models.shooting.problem import Problem

ROUND = 60_000
"""Turns of the first round."""
CHUNK = 20_000
"""Turns between two questions whether to stop."""
HOT, COLD = 0.02, 0.0002
"""Temperatures, as shares of the cost of a usual board."""
SOFT = 0.25
"""What a broken rule weighs when a round begins, as such a share; at its end it weighs more than anything. Boards that
keep the rules lie apart, and the way from one to a cheaper one may lead through boards that break some."""
COLD_MENDING = 0.01
"""To what share of the weight of a broken rule it cools where the best board still breaks some: such a round, every
other one, looks for a board that keeps all rules, whatever it costs."""


@dataclass(frozen=True)
class Placed:
    """A board in arrays.

    Attributes:
        slot: (scenes,) of each scene.
        cost: in money.
        broken: by how far hard rules are; 0 for a board that keeps all.
        energy: cost, breaks by their weight, and what changes cost.
        turns: changes tried until then.
    """

    slot: Numbers
    cost: int
    broken: int
    energy: int
    turns: int


def weight_of(problem: Problem) -> int:
    """What a broken hard rule weighs: more than anything that breaking one could save."""
    spans = problem.payees.rate * len(problem.dates)
    # Neither is a rule ever broken so that fewer things change.
    changes = problem.change_cost * len(problem.minutes) + problem.call_cost * problem.usual.size
    return int(spans.max(initial=1) + problem.day.cost + problem.way_cost.max(initial=0) + 1 + changes)


def first_board(problem: Problem) -> Numbers:
    """Scenes in order of place, shift and cast, one day after another, each where it may be."""
    order = np.lexsort((np.arange(len(problem.minutes)), problem.shift, problem.place))
    slot = np.zeros(len(problem.minutes), np.int64)
    filled = np.zeros(len(problem.dates), np.int64)
    place_of = np.full(len(problem.dates), -1)
    shift_of = np.zeros(len(problem.dates), np.int64)
    for scene in order:
        room = problem.day.minutes - filled >= problem.minutes[scene]
        like = (place_of == -1) | (place_of == problem.place[scene])
        same = (shift_of == 0) | (shift_of == problem.shift[scene]) | (problem.shift[scene] == 0)
        for choice in (room & like & same, room & same, room, np.ones(len(filled), bool)):
            may = np.flatnonzero(choice & problem.allowed[scene])
            if len(may):
                slot[scene] = may[0]
                break
        at = slot[scene]
        filled[at] += problem.minutes[scene]
        place_of[at] = problem.place[scene]
        shift_of[at] = max(shift_of[at], problem.shift[scene])
    return slot


def annealed(
    problem: Problem, seed: int, turns: int, stop: Callable[[], bool], start: Numbers | None = None
) -> Iterator[Placed]:
    """Better and better boards; the last is the best that was found.

    Args:
        problem: what is to be scheduled.
        seed: of the random numbers.
        turns: changes that are tried in all. The same seed and turns give the same boards, unless it is stopped.
        stop: asked now and then whether to end.
        start: (scenes,) slots to begin with; None for `first_board`.
    """
    terms, weight = problem.terms(), weight_of(problem)
    best = first_board(problem) if start is None else start.astype(np.int64).copy()
    state = np.array([(seed * 0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D) % 2**64 or 1], dtype=np.uint64)
    done, length, mending = 0, ROUND, False
    least = anneal(terms, tally(terms, best), best, state, 0, 1.0, 1.0, weight, weight)
    yield _placed(best, least, 0)
    usual = float(max(problem.payees.rate.sum() + problem.day.cost, 1))
    while done < turns and not stop():
        board = tally(terms, best)
        length = min(length, turns - done)
        steps = max(length // CHUNK, 1)
        for step in range(steps):
            if mending:
                hot, cold = (weight * (COLD_MENDING ** (at / steps)) for at in (step, step + 1))
                soft = weight
            else:
                hot, cold = (usual * HOT * 3 * (COLD / HOT) ** (at / steps) for at in (step, step + 1))
                soft = min(int(usual * SOFT * (weight / usual / SOFT) ** (step / steps)) + 1, weight)
            before = least[ENERGY]
            least = anneal(terms, board, best, state, length // steps, hot, cold, weight, soft)
            done += length // steps
            if least[ENERGY] < before:
                yield _placed(best, least, done)
            if stop():
                return
        mending = least[BROKEN] > 0 and not mending
        length *= 1 if mending else 2


def _placed(best: Numbers, least: Numbers, turns: int) -> Placed:
    return Placed(best.copy(), int(least[COST]), int(least[BROKEN]), int(least[ENERGY]), turns)
