"""A board that no longer holds, repaired: what has lost its day is put where it costs least, then a short annealing.

Begun from a board that was good, it needs far fewer turns than a search from nothing; the usual repair of local
search (S. Minton and others, "Minimizing conflicts", Artificial Intelligence 58, 1992).
"""

from collections.abc import Callable

import numpy as np

from openslate.models.kernels.shoot_search import BROKEN, COST, ENERGY, Numbers, Terms, anneal, assess, tally
from openslate.models.shooting.annealing import COLD_MENDING, SOFT, Placed, weight_of
from openslate.models.shooting.problem import Problem

HOT, COLD = 0.005, 0.0002
"""Temperatures at the first and the last turn, as shares of the cost of a usual day. A hotter start forgets the board
that it was given, and was measured to end dearer for the same turns."""
STEPS, SHORTEST = 20, 1_000
"""In how many steps broken rules come to weigh more than anything, and the fewest turns of each."""
PASSES = 3
"""How often each scene that has lost its day is looked at anew, at most."""


def repaired(problem: Problem, lost: Numbers) -> Numbers:
    """Slots of every scene, of which those that have lost theirs are put where the board comes to least.

    Args:
        problem: whose `preferred` has the slots of the board before; every scene may be on some slot.
        lost: (scenes,) a number for each scene that may not be on that slot any more, the same for those that were on
            one day together; -1 for the others.
    """
    terms, weight = problem.terms(), weight_of(problem)
    allowed = problem.allowed
    # From a slot where a scene may be, no turn of the search takes it to one where it may not.
    slot = np.where(lost >= 0, allowed.argmax(axis=1), problem.preferred).astype(np.int64)
    for group in np.unique(lost[lost >= 0]):
        together = np.flatnonzero(lost == group)
        slot = _best(terms, slot, together, np.flatnonzero(allowed[together].all(axis=0)), weight)
    homeless = np.flatnonzero(lost >= 0)
    largest_first = homeless[np.argsort(-problem.minutes[homeless], kind="stable")]
    for _ in range(PASSES):
        before = slot.copy()
        for scene in largest_first:
            slot = _best(terms, slot, np.array([scene]), np.flatnonzero(allowed[scene]), weight)
        if np.array_equal(before, slot):
            break
    return slot


def _best(terms: Terms, slot: Numbers, scenes: Numbers, choices: Numbers, weight: int) -> Numbers:
    """The same with some scenes on that one slot of several, or where they are, on which it comes to least."""
    best, least = slot, assess(terms, tally(terms, slot), weight)[ENERGY]
    for choice in choices:
        tried = slot.copy()
        tried[scenes] = choice
        found = assess(terms, tally(terms, tried), weight)[ENERGY]
        if found < least:
            best, least = tried, found
    return best


def mended(problem: Problem, start: Numbers, seed: int, turns: int, stop: Callable[[], bool]) -> Placed:
    """The best board of an annealing that looks for one that breaks no rule, wherever that is.

    Args:
        problem: with what changes cost.
        start: (scenes,) slots to begin with.
        seed, turns, stop: as in `reannealed`.
    """
    terms, weight = problem.terms(), weight_of(problem)
    best = start.astype(np.int64).copy()
    board = tally(terms, best)
    least, done = assess(terms, board, weight), 0
    state = np.array([(seed * 0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D) % 2**64 or 1], dtype=np.uint64)
    steps = min(max(turns // SHORTEST, 1), STEPS)
    for step in range(steps if turns else 0):
        if stop():
            break
        # As hot as a broken rule weighs, so that one may be broken elsewhere on the way.
        hot, cold = (weight * COLD_MENDING ** (at / steps) for at in (step, step + 1))
        least = anneal(terms, board, best, state, turns // steps, hot, cold, weight, weight)
        done += turns // steps
    return Placed(best, int(least[COST]), int(least[BROKEN]), int(least[ENERGY]), done)


def reannealed(problem: Problem, start: Numbers, seed: int, turns: int, stop: Callable[[], bool]) -> Placed:
    """The best board of a short annealing that does not go far from where it begins.

    Args:
        problem: with what changes cost.
        start: (scenes,) slots to begin with.
        seed: of the random numbers.
        turns: changes that are tried; the same ones and the same seed give the same board, unless it is stopped.
        stop: asked now and then whether to end.
    """
    terms, weight = problem.terms(), weight_of(problem)
    best = start.astype(np.int64).copy()
    board = tally(terms, best)
    least, done = assess(terms, board, weight), 0
    state = np.array([(seed * 0x9E3779B97F4A7C15 + 0x2545F4914F6CDD1D) % 2**64 or 1], dtype=np.uint64)
    usual = float(max(problem.payees.rate.sum() + problem.day.cost, 1))
    steps = min(max(turns // SHORTEST, 1), STEPS)
    for step in range(steps if turns else 0):
        if stop():
            break
        hot, cold = (usual * HOT * (COLD / HOT) ** (at / steps) for at in (step, step + 1))
        soft = min(int(usual * SOFT * (weight / usual / SOFT) ** (step / steps)) + 1, weight)
        least = anneal(terms, board, best, state, turns // steps, hot, cold, weight, soft)
        done += turns // steps
    return Placed(best, int(least[COST]), int(least[BROKEN]), int(least[ENERGY]), done)
