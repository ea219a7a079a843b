"""Boards that are tried: what has lost its day put elsewhere, then with ever cheaper changes."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from openslate.apps.production.replanning.plans import Effort
from openslate.apps.production.replanning.remaining import Remaining
from openslate.apps.production.scheduling.arrays import Arranged
from openslate.apps.production.scheduling.stopping import Over
from openslate.models.shooting.problem import Problem
from openslate.models.shooting.repairing import mended, reannealed, repaired
from openslate.progress import Progress

TURNS_A_SCENE = 3_000
"""For the cheapest plan, which is the hardest to find; the other two take as many together."""


def tried(
    rest: Remaining, arrays: Arranged, asked: int, cost: int, effort: Effort, over: Over, progress: Progress
) -> Iterator[NDArray[np.int64]]:
    """Slots of boards: repaired, then with ever cheaper changes, each from the one before.

    Args:
        rest: what is left of the shoot.
        arrays: of it.
        asked: what a scene on another day may cost.
        cost: of the board before.
        effort: how long is searched.
        over: whether to end.
        progress: told what is being done.
    """
    problem = arrays.problem
    kept = np.where(problem.preferred >= 0, problem.preferred, 0)
    stays = (problem.preferred >= 0) & problem.allowed[np.arange(len(kept)), kept]
    turns = effort.turns
    if turns is None:
        turns = TURNS_A_SCENE * (len(arrays.scenes) - len(rest.shot_scenes))
    # So dear that no change is worth its while, and not so dear that a sum could leave whole numbers.
    dear = replace(_with_changes(problem, asked), change_cost=asked + cost // 10)
    progress("Putting what has lost its day elsewhere", 0.0)
    slots = repaired(dear, _lost(rest, arrays, stays))
    yield slots
    stages = (dear, turns // 2), (_with_changes(problem, asked), turns // 2), (_with_changes(problem, 0), turns)
    for part, (priced, tries) in enumerate(stages):
        progress("Looking for better plans", 0.2 + 0.2 * part)
        placed = reannealed(priced, slots, effort.seed + part, tries, over)
        if placed.broken:
            # Boards that keep the rules may lie far from the one that was good: first any of them, then a near one.
            placed = mended(priced, placed.slot, effort.seed + part, turns, over)
            placed = reannealed(priced, placed.slot, effort.seed + part, tries, over)
        slots = placed.slot
        yield slots


def _with_changes(problem: Problem, cost: int) -> Problem:
    return replace(problem, change_cost=cost, call_cost=cost // 2)


def _lost(rest: Remaining, arrays: Arranged, stays: NDArray[np.bool_]) -> NDArray[np.int64]:
    """A number of its day for each scene that cannot stay on it; -1 for the others."""
    days = {number: day.date for day in rest.before for number in day.scenes}
    return np.array(
        [-1 if stay else days[one.number].toordinal() for one, stay in zip(arrays.scenes, stays, strict=True)],
        dtype=np.int64,
    )
