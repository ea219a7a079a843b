"""Groups of payees small enough for the best order of their scenes to be proved, and what their spans come to."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.models.shooting.problem import Problem
from openslate.models.talent.instance import LARGEST, Instance
from openslate.models.talent.reducing import reduce
from openslate.models.talent.solving import solutions

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
MOST_BLOCKS = 36
"""Scenes that stay when those with the same cast are joined, beyond which a group is not taken."""
MOST_IN_GROUP = 12
MOST_STATES = 60_000
FINE = 1_000_000
"""Pay is rounded down to this many steps of the group's highest, so that the bound stays one."""


@dataclass(frozen=True)
class Spanned:
    """The best order of a group's scenes.

    Attributes:
        bound: no order costs the group less, in pay by minutes from the first to the last scene of each.
        minutes: (payees of the group,) from the first to the last scene of each in the order that was found.
    """

    bound: float
    minutes: Floats


def groups_of(problem: Problem, payees: Numbers, weights: Floats, seed: int) -> list[Numbers]:
    """Part payees into groups whose scenes can be ordered exactly; those belong together who wait for one another.

    Args:
        problem: of the shoot.
        payees: that are parted.
        weights: (payees of the problem,) how much each matters; the dearest come first.
        seed: of the order among them; 0 for strictly by weight.
    """
    jitter = np.random.default_rng(seed).lognormal(0.0, 0.7 if seed else 0.0, len(weights))
    left = sorted(payees.tolist(), key=lambda one: (-weights[one] * jitter[one], one))
    shared = (problem.needs * problem.minutes) @ problem.needs.T.astype(np.int64)
    groups = []
    while left:
        group = [left.pop(0)]
        for one in sorted(left, key=lambda one: -float(weights[one] * jitter[one]) * (1 + shared[one, group].sum())):
            if len(group) == MOST_IN_GROUP:
                break
            if _blocks(problem, [*group, one]) <= MOST_BLOCKS:
                group.append(one)
        left = [one for one in left if one not in group]
        groups.append(np.array(sorted(group), dtype=np.int64))
    return groups


def spanned(problem: Problem, group: Numbers, pay: Floats, stop: Callable[[], bool]) -> Spanned:
    """The best order for a group at a pay.

    Args:
        problem: of the shoot.
        group: payees.
        pay: (payees of the group,) for a minute from the first to the last scene.
        stop: asked now and then whether to end; what is known by then is a bound as well.
    """
    step = int(np.gcd.reduce(problem.minutes)) or 1
    days = problem.minutes // step
    unit = max(float(pay.max()) / FINE, float(pay.sum()) * float(days.sum()) / (LARGEST / 4), 1e-12)
    whole = np.floor(pay / unit).astype(np.int64)
    instance = Instance(problem.needs[group], whole, days)
    *_, last = solutions(instance, stop, MOST_STATES)
    minutes = ((instance.waits(last.order) + instance.plays @ days) * step).astype(np.float64)
    return Spanned(last.bound * unit * step, minutes)


def _blocks(problem: Problem, group: list[int]) -> int:
    pay = np.ones(len(group), np.int64)
    return len(reduce(Instance(problem.needs[group], pay, problem.minutes)).blocks)
