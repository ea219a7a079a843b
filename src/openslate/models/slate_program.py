"""A choice of a slate as columns and rows of one integer program, and HiGHS asked for its best.

The mean of the worst totals is a linear program over the scenarios: a threshold, less what the totals fall short of it
by. Its columns stand in the program only where risk counts.

Source: Rockafellar and Uryasev, Optimization of conditional value-at-risk, Journal of Risk 2 (2000), theorem 10.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from openslate.errors import FitError
from openslate.models.slate_problem import Matrix, SlateProblem
from openslate.models.stray_words import to_stderr

SCALE = 1e2
"""What the largest single contribution is scaled to, so that the solver's absolute tolerances are small beside it."""
INFEASIBLE = 2
"""What `milp` says where nothing meets all constraints."""
EQUAL = 1e-7
"""Slates whose worth differs by less than this share of the largest single contribution count as equal."""
SECONDS = 300.0

Chosen = tuple[int, ...]


@dataclass(frozen=True)
class Row:
    """One linear constraint on the columns; its name in words where somebody asked for it."""

    weights: Matrix
    low: float
    high: float
    name: str = ""


@dataclass(frozen=True)
class Program:
    """One problem as columns: candidates, then breadth's steps, then the threshold and what falls short of it.

    Args:
        problem: to be solved.
    """

    problem: SlateProblem

    @cached_property
    def unit(self) -> float:
        """The largest single contribution to a slate's worth: by it differences are judged."""
        problem = self.problem
        alone = 0.0 if problem.breadth is None else max(problem.breadth.worth([one]) for one in range(problem.size))
        return max(float(np.abs(problem.values).max()), alone) or 1.0

    @property
    def tolerance(self) -> float:
        """The difference below which two slates are worth the same."""
        return EQUAL * self.unit

    @cached_property
    def columns(self) -> int:
        """How many there are."""
        return self.problem.size + self._steps + self._risky

    @cached_property
    def factor(self) -> float:
        """By which worth is scaled."""
        return SCALE / self.unit

    @cached_property
    def worth(self) -> Matrix:
        """What a column adds to the worth, scaled."""
        problem, weights, risk = self.problem, self.zeros(), self.problem.risk
        weights[: problem.size] = (1 - risk.weight) * problem.means * self.factor
        if (breadth := problem.breadth) is not None:
            slopes = np.array([slope for _, slope in breadth.steps])
            steps = np.outer(breadth.weights * self._largest, slopes).ravel() * self.factor
            weights[problem.size : problem.size + self._steps] = steps
        if self._risky:
            weights[-self._risky] = risk.weight
            weights[1 - self._risky :] = -risk.weight / (risk.tail * len(problem.values))
        return weights

    def solve(self, goal: Matrix, rows: Sequence[Row]) -> tuple[Chosen, float] | None:
        """The slate that makes a goal least, and its proven bound; None where nothing meets all rows."""
        size = self.problem.size
        kinds = np.zeros(self.columns)
        kinds[:size] = 1
        own = csr_array(np.array([row.weights for row in rows]).reshape(len(rows), self.columns))
        low, high = np.array([row.low for row in rows]), np.array([row.high for row in rows])
        short = self._short
        if short is not None:
            # A scenario's total and what it falls short by reach the threshold.
            own = vstack([own, short], format="csr")
            low, high = np.r_[low, np.zeros(short.shape[0])], np.r_[high, np.full(short.shape[0], np.inf)]
        with to_stderr():
            found = milp(
                goal,
                integrality=kinds,
                bounds=self._bounds,
                constraints=LinearConstraint(own, low, high),
                options={"mip_rel_gap": 0.0, "time_limit": SECONDS},
            )
        if found.status == INFEASIBLE:
            return None
        if found.status != 0:
            raise FitError(f"The slate was not solved: {found.message}", "Give fewer candidates or scenarios.")
        return tuple(int(one) for one in np.flatnonzero(found.x[:size] > 0.5)), float(found.mip_dual_bound)

    def other_than(self, chosen: Chosen) -> Row:
        """Any slate but one."""
        weights = self.zeros()
        weights[: self.problem.size] = 1
        weights[list(chosen)] = -1
        return Row(weights, 1 - len(chosen), np.inf)

    def breadth_rows(self) -> list[Row]:
        """Steps of a segment may together be as high as the segment is served."""
        if (breadth := self.problem.breadth) is None:
            return []
        rows, steps = [], len(breadth.steps)
        for segment in range(len(breadth.weights)):
            weights = self.zeros()
            weights[: self.problem.size] = -breadth.coverage[:, segment] / self._largest[segment]
            start = self.problem.size + segment * steps
            weights[start : start + steps] = 1
            rows.append(Row(weights, -np.inf, 0.0))
        return rows

    def zeros(self) -> Matrix:
        """A weight of nothing for every column."""
        return np.zeros(self.columns)

    def ones(self, members: Iterable[int]) -> Matrix:
        """A weight of one for some candidates."""
        weights = self.zeros()
        weights[list(members)] = 1
        return weights

    @cached_property
    def _risky(self) -> int:
        """Columns of the worst totals."""
        return 1 + len(self.problem.values) if self.problem.risk.weight else 0

    @cached_property
    def _steps(self) -> int:
        breadth = self.problem.breadth
        return 0 if breadth is None else len(breadth.weights) * len(breadth.steps)

    @cached_property
    def _largest(self) -> Matrix:
        """The most that one candidate serves of each segment: a step's column counts in units of it."""
        assert self.problem.breadth is not None
        largest: Matrix = self.problem.breadth.coverage.max(axis=0)
        return np.where(largest == 0, 1.0, largest)

    @cached_property
    def _bounds(self) -> Bounds:
        problem, lower, upper = self.problem, self.zeros(), np.ones(self.columns)
        if (breadth := problem.breadth) is not None:
            widths = np.array([width for width, _ in breadth.steps])
            most = (breadth.coverage.sum(axis=0) / self._largest)[:, None]
            steps = np.minimum(widths[None, :] / self._largest[:, None], most).ravel()
            upper[problem.size : problem.size + self._steps] = steps
        if self._risky:
            widest = float(np.abs(problem.values).sum(axis=1).max()) * self.factor
            lower[-self._risky], upper[-self._risky] = -widest, widest
            upper[1 - self._risky :] = 2 * widest
        return Bounds(lower, upper)

    @cached_property
    def _short(self) -> csr_array | None:
        if not self._risky:
            return None
        scenarios = len(self.problem.values)
        between = csr_array((scenarios, self._steps))
        parts = [self.problem.values * self.factor, between, -np.ones((scenarios, 1)), eye_array(scenarios)]
        return hstack([csr_array(part) for part in parts], format="csr")
