"""Days as sets of scenes: what each costs by itself, and how many days of each payee it takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, permutations

import numpy as np
from numpy.typing import NDArray

from openslate.models.kernels.day_pricing import dearest_days
from openslate.models.shooting.problem import Problem

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class DayColumns:
    """Days that may be shot.

    Attributes:
        scenes: (days, scenes) which each has.
        works: (days, payees) who is in any of them.
        cost: (days,) of the unit, its places and its overtime.
        beyond: (days,) minutes of scenes beyond the day's.
    """

    scenes: Flags
    works: Flags
    cost: Floats
    beyond: Floats

    def __len__(self) -> int:
        return len(self.cost)

    def joined(self, other: "DayColumns") -> "DayColumns":
        """These days and then the other ones."""
        return DayColumns(
            np.concatenate([self.scenes, other.scenes]),
            np.concatenate([self.works, other.works]),
            np.concatenate([self.cost, other.cost]),
            np.concatenate([self.beyond, other.beyond]),
        )


def day_columns(problem: Problem, scenes: Flags) -> DayColumns:
    """The days with some sets of scenes.

    Args:
        problem: of the shoot.
        scenes: (days, scenes); the scenes of each are at no more places than a day may have.
    """
    works = scenes.astype(np.int64) @ problem.needs.T.astype(np.int64) > 0
    cost = np.full(len(scenes), float(problem.day.cost))
    shot = scenes.astype(np.int64) @ problem.minutes
    for row, one in enumerate(scenes):
        places = np.unique(problem.place[one])
        minutes = shot[row] + least_way(problem, places.tolist())
        cost[row] += problem.fee[places].sum()
        cost[row] += problem.day.overtime_cost * max(int(minutes) - problem.day.minutes, 0)
    return DayColumns(scenes, works, cost, np.maximum(shot - problem.day.minutes, 0).astype(np.float64))


@dataclass(frozen=True)
class Worth:
    """What there is to be won by a day, in money.

    Attributes:
        scenes: (scenes,) by having each shot.
        payees: (payees,) that a day with each costs.
        beyond: by a minute beyond the day's.
    """

    scenes: Floats
    payees: Floats
    beyond: float


def best_days(problem: Problem, worth: Worth) -> tuple[float, Flags]:
    """How far a day can be worth more than it costs, and the best days of each choice of places.

    Args:
        problem: of the shoot.
        worth: of scenes and minutes, and what payees cost.

    Returns:
        No day is worth more beyond its cost than the first; the second are (days, scenes) that are worth more.
    """
    terms, day = problem.terms(), problem.day
    places = len(problem.fee)
    at = [chosen for many in range(1, day.places + 1) for chosen in combinations(range(places), many)]
    choices = np.array([[place in chosen for place in range(places)] for chosen in at])
    relief = min(worth.beyond, float(day.overtime_cost))
    found, chosen = dearest_days(
        worth.scenes,
        terms.minutes,
        terms.place,
        terms.shift,
        terms.needs_from,
        terms.needs,
        worth.payees,
        choices,
        choices @ terms.fee,
        np.array([least_way(problem, chosen) for chosen in at], dtype=np.int64),
        np.array([day.minutes, day.overtime_minutes, day.cost], dtype=np.int64),
        float(day.overtime_cost),
        relief,
        False,
    )
    most = float(found.max(initial=0.0)) + (worth.beyond - relief) * day.overtime_minutes
    return max(most, 0.0), chosen[found > 0]


def least_way(problem: Problem, places: Sequence[int]) -> int:
    """Minutes that a day at all of these places loses at least, in whichever order they are."""
    ways = problem.way_minutes
    return min(
        sum(int(ways[one, other]) for one, other in pairwise(order)) for order in permutations(places) if len(order)
    )
