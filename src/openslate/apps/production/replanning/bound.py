"""What no plan costs less than, with shot days as they are: their cost, and a bound of what is ahead.

Of each payee the days before the rest begins are known: whoever has worked, and has scenes ahead, is paid through. What
is ahead is a shoot by itself, in which they are paid from its first day on, and it is bounded as any shoot.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import minimum_spanning_tree

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import penalties
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.costs import costs_of, places_of
from openslate.apps.production.replanning.remaining import Remaining
from openslate.apps.production.scheduling.arrays import Arranged
from openslate.models.kernels.shoot_search import SPANNED, WEEKLY
from openslate.models.shooting.bounding import at_once, bounds, per_slot
from openslate.models.shooting.problem import Payees, Problem

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]
FAMILIES = 0
"""Ways in which payees are parted into groups: none. What is ahead has to be bounded in seconds, and whether after the
slots groups were put in order made no difference to the bound of any of the shoots that were tried."""


@dataclass(frozen=True)
class Ahead:
    """What is ahead as a problem by itself.

    Attributes:
        problem: of the scenes and the slots that are left.
        shot: what the days that are shot cost, and pay for days before the rest begins: none of it can be saved.
        moves: what visiting every place that is left costs at least, from where the unit is.
    """

    problem: Problem
    shot: int
    moves: int


def ahead_of(rest: Remaining, arrays: Arranged) -> Ahead:
    """Part what is ahead from what is shot.

    Args:
        rest: the shoot that has begun.
        arrays: of it, as `remaining_arrays.arrays_of` gives them.
    """
    problem, shot = arrays.bounded or arrays.problem, rest.shot_scenes
    scenes = np.array([one.number not in shot for one in arrays.scenes])
    slots = np.array([day >= rest.begins for day in arrays.dates])
    begun = shot_board(rest)
    costs = costs_of(begun)
    exact = [costs.cast[one.id].amount for one in rest.shoot.cast] + [costs.sets[one.name] for one in rest.shoot.sets]
    payees, known = _payees(problem, scenes, slots, np.array(exact, dtype=np.int64), _work(begun, arrays))
    allowed = problem.allowed[np.ix_(scenes, slots)]
    left = replace(
        problem,
        minutes=problem.minutes[scenes],
        place=problem.place[scenes],
        shift=problem.shift[scenes],
        allowed=allowed,
        needs=problem.needs[:, scenes],
        dates=problem.dates[slots],
        payees=payees,
        after=np.empty((0, 3), np.int64),
        preferred=np.empty(0, np.int64),
        usual=np.empty((0, 0), np.bool_),
    )
    days = sum(day.total for day in costs.days) + penalties(clashes_of(begun, arrays.rules))
    names = [one.name for one in rest.shoot.locations]
    stands = names.index(places_of(rest.shoot, rest.shot[-1])[-1]) if rest.shot else -1
    return Ahead(left, days + known, _moves(left, stands))


def counted(ahead: Ahead) -> int:
    """The bound of all by counting alone, at once."""
    days = at_once(ahead.problem, *per_slot(ahead.problem))
    return ahead.shot + int(np.ceil(days - 1e-6)) + ahead.moves


def proved(ahead: Ahead, rounds: int, stop: Callable[[], bool]) -> Iterator[tuple[int, bool]]:
    """Better and better bounds of all, each with whether no more can be said this way.

    Args:
        ahead: what is ahead.
        rounds: of the linear program, at most; the same ones give the same bound, unless it is stopped.
        stop: asked now and then whether to end.
    """
    for one in bounds(ahead.problem, stop, FAMILIES, rounds):
        yield ahead.shot + one.bound - one.moves + ahead.moves, one.closed


def shot_board(rest: Remaining) -> Board:
    """The board of shot days alone."""
    shot = rest.shot_scenes
    return Board(rest.shoot, rest.shot, tuple(one.number for one in rest.shoot.scenes if one.number not in shot))


def _work(begun: Board, arrays: Arranged) -> NDArray[np.bool_]:
    """(payees, slots) on which each has worked: cast, and sets that stood."""
    scenes = begun.shoot.scene_of
    sets = {
        one.name: {day.date for day in begun if any(scenes[number].set == one.name for number in day.scenes)}
        for one in begun.shoot.sets
    }
    work = [set(begun.work_days(one.id)) for one in begun.shoot.cast] + list(sets.values())
    return np.array([[day in mine for day in arrays.dates] for mine in work], dtype=np.bool_).reshape(
        len(work), len(arrays.dates)
    )


def _payees(
    problem: Problem, scenes: NDArray[np.bool_], slots: NDArray[np.bool_], exact: Numbers, work: NDArray[np.bool_]
) -> tuple[Payees, int]:
    """The payees of what is ahead, and what is known of their pay."""
    payees, dates = problem.payees, problem.dates
    week = int((np.searchsorted(dates, dates + 7) - np.arange(len(dates))).max())
    kind, rate, least = payees.kind.copy(), payees.rate.copy(), payees.least.copy()
    begun = np.flatnonzero(work.any(axis=1)).tolist()
    ahead = np.flatnonzero(problem.needs[:, scenes].any(axis=1)).tolist()
    known = 0
    before = int((~slots).sum())
    for one in range(len(payees)):
        if one not in ahead:
            # All that they will ever be paid is known.
            known += int(exact[one])
            rate[one], least[one] = 0, 0
            continue
        if one not in begun:
            continue
        through = kind[one] == WEEKLY or (kind[one] == SPANNED and payees.drops[one] == 0)
        paid = before - int(work[one].argmax()) if through else int(work[one].sum())
        if kind[one] == WEEKLY:
            # A week that is begun is paid whole: each of its days is worth a share of it at least.
            kind[one], rate[one], least[one] = SPANNED, rate[one] // week, max(int(least[one]), 1) * week
        known += int(rate[one]) * paid
        least[one] = max(int(least[one]) - paid, _through(problem, scenes, slots, one) if through else 0)
    return replace(payees, kind=kind, rate=rate, least=least), known


def _through(problem: Problem, scenes: NDArray[np.bool_], slots: NDArray[np.bool_], payee: int) -> int:
    """Slots ahead until somebody can have finished: whoever has begun is paid from the first of them on."""
    mine = problem.allowed[np.ix_(scenes & problem.needs[payee], slots)]
    return int(np.where(mine.any(axis=1), mine.argmax(axis=1), 0).max()) + 1


def _moves(problem: Problem, stands: int) -> int:
    """What joining all places that are left costs at least, with the one where the unit stands; -1 for none."""
    places = np.unique(np.append(problem.place, stands) if stands >= 0 else problem.place)
    ways = problem.way_cost[np.ix_(places, places)] + 1.0
    np.fill_diagonal(ways, 0.0)
    return round(float(minimum_spanning_tree(ways).sum())) - (len(places) - 1)
