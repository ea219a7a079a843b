"""The best boards of what is ahead where it is so little that every board of it, or nearly, can be looked at."""

from collections.abc import Callable

import numpy as np

from openslate.apps.production.replanning.candidates import Candidates
from openslate.apps.production.replanning.nearest import shot_slots
from openslate.apps.production.replanning.remaining import Remaining
from openslate.apps.production.scheduling.arrays import Arranged
from openslate.models.shooting.placing import Budget, Placing
from openslate.models.shooting.problem import Problem

MOST = 14
"""Scenes ahead; with more of them hardly a share of their boards is looked at."""
JUDGED = 24
"""Of its boards, so many are judged as boards, beside the arrays, at most."""


def best_boards(
    rest: Remaining, arrays: Arranged, problem: Problem, candidates: Candidates, boards: int, stop: Callable[[], bool]
) -> None:
    """Look at boards of all that is ahead, the cheapest first, until some keep every rule.

    Args:
        rest: what is left of the shoot.
        arrays: of it.
        problem: of them, with what changes cost.
        candidates: that judge boards.
        boards: that are looked at, as arrays.
        stop: asked whether to end.
    """
    shot = shot_slots(rest, arrays)
    lifted = np.flatnonzero(shot < 0)
    if len(lifted) > MOST or stop():
        return
    found = Placing(problem, shot).ways(shot, lifted, problem.allowed, Budget(boards))
    least: int | None = None
    for slots, energy in zip(found.slots[:JUDGED], found.energy[:JUDGED].tolist(), strict=True):
        if least is not None and energy > least:
            return
        plan = candidates.judged(slots).plan
        if not plan.broken:
            least = plan.cost if least is None else min(plan.cost, least)
