"""The exact solver of slates: one integer program for HiGHS, asked the many questions that a choice raises.

The mean of the worst totals is a linear program over the scenarios: a threshold, less what the totals fall short of it
by. Its columns stand in the program only where risk counts.

Source: Rockafellar and Uryasev, Optimization of conditional value-at-risk, Journal of Risk 2 (2000), theorem 10.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, eye_array, hstack, vstack

from openslate.errors import FitError
from openslate.models.slate_problem import Matrix, NoSlate, SlateProblem
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
class Question:
    """What is asked of the solver, beside the problem itself.

    Attributes:
        take: further candidates that must be chosen.
        leave: further candidates that must not be.
        other_than: slates that are not wanted again.
        floor: the least worth; None for any.
        budget: None for the problem's.
        costs: None for the problem's.
    """

    take: Chosen = ()
    leave: Chosen = ()
    other_than: tuple[Chosen, ...] = ()
    floor: float | None = None
    budget: float | None = None
    costs: Matrix | None = None


@dataclass(frozen=True)
class Row:
    """One linear constraint on the columns; its name in words where somebody asked for it."""

    weights: Matrix
    low: float
    high: float
    name: str = ""


@dataclass(frozen=True)
class Solver:
    """One problem as columns and rows: candidates, then breadth's steps, then the threshold and what falls short of it.

    Args:
        problem: to be solved, once or with many questions.
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

    def best(self, question: Question = Question()) -> tuple[Chosen, float] | None:
        """A slate of the largest worth, with the proven upper bound of any slate's; None where there is none."""
        found = self._solve(-self._worth, self._rows(question), question)
        if found is None:
            return None
        chosen, bound = found
        return chosen, max(-bound / self._factor, self.problem.worth(list(chosen)))

    def cheapest(self, question: Question) -> Chosen | None:
        """A slate of the least cost that is worth at least the question's floor; None where there is none."""
        goal, rows = self._zeros(), self._rows(question)
        goal[: self.problem.size] = self._costs(question) / (float(self.problem.costs.max()) or 1.0)
        while (found := self._solve(goal, rows, question)) is not None:
            chosen = found[0]
            if question.floor is None or self.problem.worth(list(chosen)) >= question.floor - self.tolerance:
                return chosen
            # Within the solver's tolerance of the floor, and below it.
            rows.append(self._other_than(chosen))
        return None

    def ranked(self) -> Iterator[tuple[Chosen, float]]:
        """Every slate from the best on, each with the bound proven for it and all after it.

        Of slates that are worth the same the cheapest comes first; of equally cheap ones that with the first candidate,
        then that with the second, and so on.
        """
        before: tuple[Chosen, ...] = ()
        found = self.best()
        while found is not None:
            chosen, bound = found
            rival = self.best(Question(other_than=(*before, chosen)))
            if rival is not None and not self._less(rival[0], chosen):
                chosen, rival = self._settled(chosen, Question(other_than=before)), None
            yield chosen, bound
            before = (*before, chosen)
            found = self.best(Question(other_than=before)) if rival is None else rival

    def _less(self, one: Chosen, other: Chosen) -> bool:
        return self.problem.worth(list(one)) < self.problem.worth(list(other)) - self.tolerance

    def _settled(self, found: Chosen, question: Question) -> Chosen:
        """Of the slates that are worth as much, the one that the rule names."""
        floor = self.problem.worth(list(found))
        equal = replace(question, floor=floor)
        cheapest = self.cheapest(equal)
        assert cheapest is not None
        frugal = replace(equal, budget=self.problem.cost(list(cheapest)))
        return self._first(cheapest, frugal)

    def _first(self, standing: Chosen, question: Question) -> Chosen:
        for candidate in range(self.problem.size):
            if candidate in standing:
                question = replace(question, take=(*question.take, candidate))
                continue
            with_it = self.cheapest(replace(question, take=(*question.take, candidate)))
            if with_it is None:
                question = replace(question, leave=(*question.leave, candidate))
            else:
                standing, question = with_it, replace(question, take=(*question.take, candidate))
        return standing

    def require_some(self) -> None:
        """Refuse constraints that no slate meets.

        Raises:
            NoSlate: with constraints that clash: without any one of them, the rest could be met.
        """
        rows = self._named_rows(Question())
        if self._possible(rows):
            return
        needed = list(rows)
        for row in rows:
            rest = [one for one in needed if one is not row]
            if not self._possible(rest):
                needed = rest
        raise NoSlate(tuple(row.name for row in needed))

    def _possible(self, rows: Sequence[Row]) -> bool:
        bound = any(row.name.startswith("a budget") for row in rows)
        question = Question() if bound else Question(budget=np.inf)
        return self._solve(np.zeros(self._columns), rows, question) is not None

    def _solve(self, goal: Matrix, rows: Sequence[Row], question: Question) -> tuple[Chosen, float] | None:
        """The slate that makes a goal least, and its proven bound; one too dear by less than a tolerance is cut off."""
        rows, budget, costs = list(rows), self._budget(question), self._costs(question)
        while (found := self._program(goal, rows)) is not None:
            chosen = found[0]
            if fsum(costs[list(chosen)]) <= budget:
                return found
            rows.append(Row(self._ones(chosen), -np.inf, len(chosen) - 1))
        return None

    def _program(self, goal: Matrix, rows: Sequence[Row]) -> tuple[Chosen, float] | None:
        size = self.problem.size
        kinds = np.zeros(self._columns)
        kinds[:size] = 1
        own = csr_array(np.array([row.weights for row in rows]).reshape(len(rows), self._columns))
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

    def _rows(self, question: Question) -> list[Row]:
        rows = [*self._named_rows(question), *self._breadth_rows(), *map(self._other_than, question.other_than)]
        if question.floor is not None:
            rows.append(Row(self._worth, (question.floor - self.tolerance) * self._factor, np.inf))
        return rows

    def _named_rows(self, question: Question) -> list[Row]:
        problem, names = self.problem, self.problem.names
        budget, most = self._budget(question), float(problem.costs.max()) or 1.0
        costs = self._zeros()
        costs[: problem.size] = self._costs(question) / most
        rows = [Row(costs, -np.inf, budget / most, f"a budget of {budget:,.15g}")] if np.isfinite(budget) else []
        for one in dict.fromkeys((*problem.take, *question.take)):
            rows.append(Row(self._ones((one,)), 1, 1, f"{names[one]!r} must be taken"))
        for one in dict.fromkeys((*problem.leave, *question.leave)):
            rows.append(Row(self._ones((one,)), 0, 0, f"{names[one]!r} must not be taken"))
        for count in problem.counts:
            if count.least:
                rows.append(
                    Row(self._ones(count.members), count.least, np.inf, f"at least {count.least} {count.name!r}")
                )
            if count.most is not None:
                rows.append(Row(self._ones(count.members), -np.inf, count.most, f"at most {count.most} {count.name!r}"))
        for one, other in problem.apart:
            rows.append(Row(self._ones((one, other)), -np.inf, 1, f"not both {names[one]!r} and {names[other]!r}"))
        return rows

    def _other_than(self, chosen: Chosen) -> Row:
        weights = self._zeros()
        weights[: self.problem.size] = 1
        weights[list(chosen)] = -1
        return Row(weights, 1 - len(chosen), np.inf)

    def _breadth_rows(self) -> list[Row]:
        """Steps of a segment may together be as high as the segment is served."""
        if (breadth := self.problem.breadth) is None:
            return []
        rows, steps = [], len(breadth.steps)
        for segment in range(len(breadth.weights)):
            weights = self._zeros()
            weights[: self.problem.size] = -breadth.coverage[:, segment] / self._largest[segment]
            start = self.problem.size + segment * steps
            weights[start : start + steps] = 1
            rows.append(Row(weights, -np.inf, 0.0))
        return rows

    @cached_property
    def _risky(self) -> int:
        """Columns of the worst totals."""
        return 1 + len(self.problem.values) if self.problem.risk.weight else 0

    @cached_property
    def _steps(self) -> int:
        breadth = self.problem.breadth
        return 0 if breadth is None else len(breadth.weights) * len(breadth.steps)

    @cached_property
    def _columns(self) -> int:
        return self.problem.size + self._steps + self._risky

    @cached_property
    def _factor(self) -> float:
        return SCALE / self.unit

    @cached_property
    def _largest(self) -> Matrix:
        """The most that one candidate serves of each segment: a step's column counts in units of it."""
        assert self.problem.breadth is not None
        largest: Matrix = self.problem.breadth.coverage.max(axis=0)
        return np.where(largest == 0, 1.0, largest)

    @cached_property
    def _worth(self) -> Matrix:
        problem, weights, risk = self.problem, self._zeros(), self.problem.risk
        weights[: problem.size] = (1 - risk.weight) * problem.means * self._factor
        if (breadth := problem.breadth) is not None:
            slopes = np.array([slope for _, slope in breadth.steps])
            steps = np.outer(breadth.weights * self._largest, slopes).ravel() * self._factor
            weights[problem.size : problem.size + self._steps] = steps
        if self._risky:
            weights[-self._risky] = risk.weight
            weights[1 - self._risky :] = -risk.weight / (risk.tail * len(problem.values))
        return weights

    @cached_property
    def _bounds(self) -> Bounds:
        problem, lower, upper = self.problem, self._zeros(), np.ones(self._columns)
        if (breadth := problem.breadth) is not None:
            widths = np.array([width for width, _ in breadth.steps])
            most = (breadth.coverage.sum(axis=0) / self._largest)[:, None]
            steps = np.minimum(widths[None, :] / self._largest[:, None], most).ravel()
            upper[problem.size : problem.size + self._steps] = steps
        if self._risky:
            widest = float(np.abs(problem.values).sum(axis=1).max()) * self._factor
            lower[-self._risky], upper[-self._risky] = -widest, widest
            upper[1 - self._risky :] = 2 * widest
        return Bounds(lower, upper)

    @cached_property
    def _short(self) -> csr_array | None:
        if not self._risky:
            return None
        scenarios = len(self.problem.values)
        between = csr_array((scenarios, self._steps))
        parts = [self.problem.values * self._factor, between, -np.ones((scenarios, 1)), eye_array(scenarios)]
        return hstack([csr_array(part) for part in parts], format="csr")

    def _costs(self, question: Question) -> Matrix:
        return self.problem.costs if question.costs is None else question.costs

    def _budget(self, question: Question) -> float:
        return self.problem.budget if question.budget is None else question.budget

    def _zeros(self) -> Matrix:
        return np.zeros(self._columns)

    def _ones(self, members: Iterable[int]) -> Matrix:
        weights = self._zeros()
        weights[list(members)] = 1
        return weights
