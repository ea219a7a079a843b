"""Small problems, drawn at random, and the best board of each by looking at every one."""

from itertools import product

import numpy as np

from openslate.models.kernels.shoot_search import BROKEN, COST, assess, tally
from openslate.models.shooting.annealing import weight_of
from openslate.models.shooting.problem import Day, Payees, Problem


def drawn_problem(seed: int, scenes: int = 6, slots: int = 4, places_a_day: int = 2) -> Problem:
    """A problem that can be looked through."""
    drawn = np.random.default_rng(seed)
    payees, places = 4, 3
    needs = drawn.random((payees, scenes)) < 0.5
    needs[0, ~needs.any(axis=0)] = True
    ways = drawn.integers(0, 400, (places, places))
    ways = np.triu(ways, 1) + np.triu(ways, 1).T
    rate = drawn.integers(50, 500, payees)
    return Problem(
        minutes=drawn.integers(5, 25, scenes) * 10,
        place=drawn.integers(0, places, scenes),
        shift=drawn.choice([0, 0, 1, 2], scenes),
        allowed=drawn.random((scenes, slots)) < 0.9,
        needs=needs,
        dates=np.array([0, 1, 4, 5, 6, 20][:slots]),
        payees=Payees.of(
            rate,
            kind=drawn.choice([0, 0, 1, 2], payees),
            drops=drawn.choice([0, 0, 1], payees),
            drop_days=np.full(payees, 2),
            least=drawn.choice([0, 0, 2], payees),
            rest_cost=rate,
        ),
        day=Day(
            300,
            60,
            3,
            int(drawn.integers(100, 900)),
            places_a_day,
            crew_rest=600,
            paid_crew_rest=700,
            crew_rest_cost=55,
            paid_cast_rest=1000,
            premiums=(0, 0, 40),
        ),
        fee=drawn.integers(0, 200, places),
        way_minutes=ways // 10,
        way_cost=ways,
        after=np.array([[0, 1, 1]]),
    )


def cheapest(problem: Problem) -> int | None:
    """The cost of the cheapest board that breaks nothing; None where there is none."""
    terms, weight = problem.terms(), weight_of(problem)
    least: int | None = None
    for slots in product(range(len(problem.dates)), repeat=len(problem.minutes)):
        slot = np.array(slots, dtype=np.int64)
        if not problem.allowed[np.arange(len(slot)), slot].all():
            continue
        found = assess(terms, tally(terms, slot), weight)
        if found[BROKEN] == 0 and (least is None or found[COST] < least):
            least = int(found[COST])
    return least
