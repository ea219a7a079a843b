"""Which few demands of a shoot cannot be kept together: an irreducible set, found by leaving out one after another.

Scenes are put on slots by a mixed-integer program that knows lengths of days, places, light, order, who is away and
what is closed. Moves and rests are not in it, so a shoot that they alone make impossible is not shown to be. Source:
J. Chinneck, E. Dravnieks, "Locating minimal infeasible constraint sets in linear programs", ORSA Journal on Computing
3, 1991 (the deletion filter).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array, vstack

from openslate.models.shooting.demands import After, Demand, Forbids, Length, Light, Places, Work, Works
from openslate.models.shooting.problem import Problem

INFEASIBLE = 2
"""What the solver says of a program that has no solution at all."""
SECONDS = 5.0
"""For one program; one that is not decided by then counts as possible, so that what is named does clash."""


def clashing(problem: Problem, demands: Sequence[Demand]) -> tuple[int, ...]:
    """Places of demands that cannot be kept together, none of which may be left out of that; empty where none is shown.

    Args:
        problem: of the shoot; its `allowed` and `after` are not looked at, demands say the same one by one.
        demands: all of them.
    """
    program = _Program(problem)
    kept = list(range(len(demands)))
    if not program.impossible(demands):
        return ()
    for place in range(len(demands)):
        fewer = [one for one in kept if one != place]
        if program.impossible([demands[one] for one in fewer]):
            kept = fewer
    return tuple(kept)


class _Program:
    """Scenes on slots, places in use and nights: variables [scenes, slots], then [places, slots], then [slots]."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.scenes, self.slots, self.places = len(problem.minutes), len(problem.dates), len(problem.fee)
        self.size = (self.scenes + self.places + 1) * self.slots

    def impossible(self, demands: Sequence[Demand]) -> bool:
        """Whether no board keeps the demands."""
        upper = np.ones(self.size)
        rows: list[csr_array] = []
        high: list[NDArray[np.float64]] = []
        for demand in demands:
            if isinstance(demand, Forbids):
                upper[: self.scenes * self.slots][demand.where.ravel()] = 0.0
                continue
            matrix, limit = self._rows(demand)
            rows.append(matrix)
            high.append(limit)
        each = self._matrix(
            np.repeat(np.arange(self.scenes), self.slots), np.arange(self.scenes * self.slots), self.scenes
        )
        constraints = [LinearConstraint(each, 1.0, 1.0)]
        if rows:
            constraints.append(LinearConstraint(vstack(rows, format="csr"), -np.inf, np.concatenate(high)))
        found = milp(
            np.zeros(self.size),
            integrality=np.ones(self.size),
            bounds=Bounds(np.zeros(self.size), upper),
            constraints=constraints,
            options={"time_limit": SECONDS},
        )
        return bool(found.status == INFEASIBLE)

    def _rows(self, demand: Demand) -> tuple[csr_array, NDArray[np.float64]]:
        scenes, slots, problem = np.arange(self.scenes), np.arange(self.slots), self.problem
        scene, slot = (grid.ravel() for grid in np.meshgrid(scenes, slots, indexing="ij"))
        at = scene * self.slots + slot
        if isinstance(demand, Length):
            limits = np.full(self.slots, float(problem.day.longest))
            return self._matrix(slot, at, self.slots, problem.minutes[scene].astype(np.float64)), limits
        if isinstance(demand, Work):
            mine = problem.needs[demand.payee][scene]
            limits = np.full(self.slots, float(problem.payees.work_limit[demand.payee]))
            return self._matrix(
                slot[mine], at[mine], self.slots, problem.minutes[scene[mine]].astype(np.float64)
            ), limits
        if isinstance(demand, Places):
            in_use = (self.scenes + problem.place[scene]) * self.slots + slot
            uses = self._matrix(np.tile(np.arange(len(at)), 2), np.concatenate([at, in_use]), len(at), _signs(len(at)))
            place, day = (grid.ravel() for grid in np.meshgrid(np.arange(self.places), slots, indexing="ij"))
            counts = self._matrix(day, (self.scenes + place) * self.slots + day, self.slots)
            limits = np.concatenate([np.zeros(len(at)), np.full(self.slots, float(problem.day.places))])
            return vstack([uses, counts], format="csr"), limits
        if isinstance(demand, Light):
            lit = problem.shift[scene] > 0
            dark = problem.shift[scene[lit]] == 2
            night = (self.scenes + self.places) * self.slots + slot[lit]
            values = np.concatenate([np.ones(int(lit.sum())), np.where(dark, -1.0, 1.0)])
            matrix = self._matrix(
                np.tile(np.arange(len(night)), 2), np.concatenate([at[lit], night]), len(night), values
            )
            return matrix, np.where(dark, 0.0, 1.0)
        if isinstance(demand, Works):
            mine = problem.needs[demand.payee][scene]
            on = np.isin(slots, demand.slots)
            values = np.where(on[slot[mine]], -1.0, 1.0)
            return self._matrix(slot[mine], at[mine], self.slots, values), np.where(on, -1.0, 0.0)
        assert isinstance(demand, After)
        columns = np.concatenate([demand.one * self.slots + slots, demand.other * self.slots + slots])
        values = np.concatenate([slots, -slots]).astype(np.float64)
        return self._matrix(np.zeros(len(columns), np.int64), columns, 1, values), np.array([-float(demand.by)])

    def _matrix(
        self,
        rows: NDArray[np.int64],
        columns: NDArray[np.int64],
        n_rows: int,
        values: NDArray[np.float64] | None = None,
    ) -> csr_array:
        told = np.ones(len(rows)) if values is None else values
        return csr_array(coo_array((told, (rows, columns)), shape=(n_rows, self.size)))


def _signs(many: int) -> NDArray[np.float64]:
    return np.concatenate([np.ones(many), -np.ones(many)])
