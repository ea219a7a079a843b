"""A shoot as a model for CP-SAT, the constraint solver of OR-tools: a peer to be measured against.

Every scene is on one slot; days have places, light, minutes with overtime and a way through their places; payees have
a first and a last slot. The costs are those of the search, and the board it finds is counted by the search's own words.
What is paid grows by steps of a slot, and ways are flows of one unit, for the linear relaxation is tightest like that.

Needs the `ortools` extra. Source: L. Perron, F. Didier, "CP-SAT", part of Google OR-Tools.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from openslate.models.shooting.constraint_days import Days, add_days
from openslate.models.shooting.constraint_pay import add_pay, add_stages
from openslate.models.shooting.constraint_rests import add_rests, add_rows
from openslate.models.shooting.constraint_ways import add_ways
from openslate.models.shooting.problem import Numbers, Problem
from openslate.native import load

WORKERS = 2


@dataclass(frozen=True)
class Constrained:
    """What CP-SAT came to.

    Attributes:
        slot: (scenes,) of its best board; None where it has none.
        cost: of that board by its own model; None likewise.
        bound: no board costs less.
        proved: whether that board is the cheapest, or that there is none.
    """

    slot: Numbers | None
    cost: int | None
    bound: int
    proved: bool


class ConstraintModel:
    """A shoot that CP-SAT can solve.

    Stability: provisional.

    Args:
        problem: to be solved.

    Raises:
        MissingExtra: the `ortools` extra is not installed.
    """

    def __init__(self, problem: Problem) -> None:
        self._solver = load(
            "ortools.sat.python.cp_model", "Solving a shoot with CP-SAT", "pip install 'openslate[ortools]'"
        )
        self._problem = problem
        self._model: Any = self._solver.CpModel()
        self._days: Days = add_days(self._model, problem)
        costs = [
            *self._days.costs,
            *add_ways(self._model, problem, self._days),
            *add_rows(self._model, problem, self._days),
            *add_rests(self._model, problem, self._days),
            *add_pay(self._model, problem, self._days),
            *self._changes(),
        ]
        add_stages(self._model, problem, self._days)
        for one, other, by in problem.after.tolist():
            self._model.add(self._slot(one) + by <= self._slot(other))
        self._model.minimize(sum(weight * variable for weight, variable in costs))

    def solved(
        self,
        seconds: float,
        start: Numbers | None = None,
        workers: int = WORKERS,
        seed: int = 0,
        told: Callable[[int, int], bool] | None = None,
        work: float | None = None,
    ) -> Constrained:
        """Solve it.

        Args:
            seconds: after which it ends.
            start: (scenes,) slots of a board to begin with.
            workers: threads.
            seed: of the random numbers.
            told: each cost and bound as they are found; whether to end.
            work: deterministic seconds of CP-SAT after which it ends; with one worker, what it finds is the same
                on every machine that gets so far within `seconds`.
        """
        solver = self._solver.CpSolver()
        solver.parameters.max_time_in_seconds = max(seconds, 0.01)
        solver.parameters.num_workers = workers
        solver.parameters.random_seed = seed
        if work is not None:
            solver.parameters.max_deterministic_time = work
        self._model.clear_hints()
        if start is not None:
            for (scene, slot), variable in self._days.shot.items():
                self._model.add_hint(variable, int(start[scene] == slot))
        status = solver.solve(self._model, self._listener(told)) if told else solver.solve(self._model)
        proved = status in (self._solver.OPTIMAL, self._solver.INFEASIBLE)
        if status not in (self._solver.OPTIMAL, self._solver.FEASIBLE):
            return Constrained(None, None, _ceiling(solver.best_objective_bound), proved)
        found = np.zeros(len(self._problem.minutes), np.int64)
        for (one, at), variable in self._days.shot.items():
            if solver.boolean_value(variable):
                found[one] = at
        return Constrained(found, round(solver.objective_value), _ceiling(solver.best_objective_bound), proved)

    def _slot(self, scene: int) -> Any:
        return sum(slot * variable for (one, slot), variable in self._days.shot.items() if one == scene)

    def _changes(self) -> list[tuple[int, Any]]:
        """What scenes cost that leave the slot they would rather stay on; the search counts it beside the cost."""
        kept = self._problem.preferred.tolist()
        return [
            (self._problem.change_cost, variable)
            for (scene, slot), variable in self._days.shot.items()
            if kept and kept[scene] not in (-1, slot) and self._problem.change_cost
        ]

    def _listener(self, told: Callable[[int, int], bool]) -> Any:
        callback: Any = self._solver.CpSolverSolutionCallback

        class Listener(callback):  # type: ignore[misc]
            def on_solution_callback(self) -> None:
                if told(round(self.objective_value), _ceiling(self.best_objective_bound)):
                    self.stop_search()

        return Listener()


def _ceiling(bound: float) -> int:
    return int(np.ceil(bound - 1e-6)) if np.isfinite(bound) else 0
