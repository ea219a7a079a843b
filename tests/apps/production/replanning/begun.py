"""A shoot that is under way, small enough for every plan of the rest to be looked at."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product

import numpy as np

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import penalties
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.costs import costs_of
from openslate.apps.production.invented.shoots import ShootSettings, invented_shoot
from openslate.apps.production.replanning.boards import planned_board
from openslate.apps.production.replanning.plans import Effort
from openslate.apps.production.replanning.remaining import Remaining
from openslate.apps.production.replanning.remaining_arrays import arrays_of
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.arrays import arranged
from openslate.apps.production.scheduling.schedule import schedule
from openslate.apps.production.scheduling.schedules import Effort as Searched
from openslate.models.kernels.shoot_search import BROKEN, COST, assess, tally
from openslate.models.shooting.annealing import weight_of

QUICK = Effort(turns=4_000, boards=6_000, rounds=3)
SEEDS = {7: (0, 1, 2, 3), 9: (0, 1, 2, 3)}
"""Of shoots with so many scenes, those that can be scheduled in short days."""


@cache
def begun(which: int, scenes: int = 9) -> Board:
    """A good board of an invented shoot: one of four with 7 scenes, or one of four with 9."""
    seed = SEEDS[scenes][which]
    shoot = invented_shoot(ShootSettings(scenes, cast=5, places=2, seed=seed))
    # Short days, so that there are several of them; permits are for days that would be longer.
    open_places = tuple(replace(one, permits=(), closed=()) for one in shoot.locations)
    shoot = replace(shoot, day=replace(shoot.day, minutes=300), locations=open_places)
    found = schedule(shoot, effort=Searched(turns=40_000, seed=seed))
    assert not found.broken and len(found.board.days) > 2
    return found.board


def days_of(board: Board) -> list[date]:
    """The days of a board."""
    return [day.date for day in board]


def cheapest(rest: Remaining) -> int | None:
    """What the cheapest plan of all costs, by looking at every one; None where each breaks a rule."""
    return min(_costs(rest), default=None)


def _costs(rest: Remaining) -> Iterator[int]:
    arrays = arrays_of(rest, Rules())
    problem = arrays.problem
    terms, weight = problem.terms(), weight_of(problem)
    found = []
    # A scene that may be nowhere is planned somewhere: here there is no plan then.
    may = problem.allowed & arranged(rest.searched).problem.allowed
    for slots in product(*(np.flatnonzero(row).tolist() for row in may)):
        counted = assess(terms, tally(terms, np.array(slots, dtype=np.int64)), weight)
        if not counted[BROKEN]:
            found.append((int(counted[COST]), slots))
    # The search may put the places of shot days in a better order than they were shot in, so it counts too little.
    least: int | None = None
    for counted_cost, slots in sorted(found):
        if least is not None and counted_cost > least:
            return
        days = {one.number: arrays.dates[at] for one, at in zip(arrays.scenes, slots, strict=True)}
        board = planned_board(rest, days, Rules())
        cost = costs_of(board).total + penalties(clashes_of(board))
        least = cost if least is None else min(least, cost)
        yield cost
