"""The exact solver of slates: integer programs for HiGHS, with the worst outcomes added as they matter.

The mean of the worst totals is a linear program over scenarios. Its dual says that it is the smallest of endlessly many
weighted means, so one column and a row for each weighting that binds stand for all scenarios (Benders' decomposition).
A row once found holds for every slate, under any budget: the many questions about one choice share them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import fsum

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from openslate.errors import FitError
from openslate.models.slate_problem import Matrix, NoSlate, SlateProblem, tail_weights

SCALE = 1e2
"""What the largest single contribution is scaled to, so that the solver's absolute tolerances are small beside it."""
INFEASIBLE = 2
"""What `milp` says where nothing meets all constraints."""
EQUAL = 1e-7
"""Slates whose worth differs by less than this share of the largest single contribution count as equal."""
MOST_ROUNDS = 2000
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


@dataclass
class Solver:
    """One problem as columns and rows: candidates, then breadth's steps, then the mean of the worst totals.

    Args:
        problem: to be solved, once or with many questions.
    """

    problem: SlateProblem
    cuts: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        problem = self.problem
        steps = 0 if problem.breadth is None else len(problem.breadth.weights) * len(problem.breadth.steps)
        self._columns = problem.size + steps + 1
        self.unit = max(float(np.abs(problem.values).max()), _largest_breadth(problem)) or 1.0
        self._factor = SCALE / self.unit
        self._tolerance = EQUAL * self.unit
        self._worth = self._worth_of_columns()
        self._upper = self._upper_bounds()
        self._breadth = self._breadth_rows()
        if problem.risk.weight:
            self.cuts.append(self._cut(np.full(len(problem.values), 1 / len(problem.values))))

    def best(self, question: Question = Question()) -> tuple[Chosen, float] | None:
        """A slate of the largest worth, with the proven upper bound of any slate's; None where there is none."""
        goal, rows = -self._worth, self._rows(question)
        found = self._converged(goal, rows, question)
        if found is None:
            return None
        chosen, _, bound = found
        return chosen, max(-bound / self._factor, self.problem.worth(list(chosen)))

    def cheapest(self, question: Question) -> Chosen | None:
        """A slate of the least cost that is worth at least the question's floor; None where there is none."""
        goal, rows = self._zeros(), self._rows(question)
        goal[: self.problem.size] = self._costs(question) / (float(self.problem.costs.max()) or 1.0)
        while (found := self._converged(goal, rows, question)) is not None:
            chosen = found[0]
            if question.floor is None or self.problem.worth(list(chosen)) >= question.floor - self._tolerance:
                return chosen
            # Within the solver's tolerance of the floor, and below it.
            rows.append(self._other_than(chosen))
        return None

    def _converged(self, goal: Matrix, rows: Sequence[Row], question: Question) -> tuple[Chosen, Matrix, float] | None:
        """The columns that make a goal least, once no weighting of scenarios is missing.

        Weightings are looked for first where they cost least to find: where parts of candidates may be chosen.
        """
        if self.problem.risk.weight:
            while (loose := self._columns_of(goal, [*rows, *self.cuts], whole=False)) is not None:
                if not self._refined(loose[0]):
                    break
        for _ in range(MOST_ROUNDS):
            found = self._solve(goal, [*rows, *self.cuts], question)
            if found is None or not self._refined(found[1]):
                return found
        raise FitError("The slate's worst outcomes could not be bounded.", "Give fewer scenarios.")

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
        return self.problem.worth(list(one)) < self.problem.worth(list(other)) - self._tolerance

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

    def _solve(self, goal: Matrix, rows: Sequence[Row], question: Question) -> tuple[Chosen, Matrix, float] | None:
        """The columns that make a goal least; a slate that is too dear by less than a tolerance is cut off."""
        rows, budget, costs = list(rows), self._budget(question), self._costs(question)
        while (found := self._columns_of(goal, rows, whole=True)) is not None:
            columns, bound = found
            chosen = tuple(int(one) for one in np.flatnonzero(columns[: self.problem.size]))
            if fsum(costs[list(chosen)]) <= budget:
                return chosen, columns, bound
            weights = self._zeros()
            weights[list(chosen)] = 1
            rows.append(Row(weights, -np.inf, len(chosen) - 1))
        return None

    def _columns_of(self, goal: Matrix, rows: Sequence[Row], whole: bool) -> tuple[Matrix, float] | None:
        """One program for HiGHS: its columns and the bound it proves."""
        size, lower = self.problem.size, np.zeros(self._columns)
        lower[-1] = -self._upper[-1]
        kinds = np.zeros(self._columns)
        kinds[:size] = whole
        constraints = LinearConstraint(
            np.array([row.weights for row in rows]).reshape(len(rows), self._columns),
            np.array([row.low for row in rows]),
            np.array([row.high for row in rows]),
        )
        found = milp(
            goal,
            integrality=kinds,
            bounds=Bounds(lower, self._upper),
            constraints=constraints,
            options={"mip_rel_gap": 0.0, "time_limit": SECONDS},
        )
        if found.status == INFEASIBLE:
            return None
        if found.status != 0:
            raise FitError(f"The slate was not solved: {found.message}", "Give fewer candidates or scenarios.")
        columns = found.x
        if whole:
            columns[:size] = np.round(columns[:size])
        return columns, float(found.mip_dual_bound if whole else found.fun)

    def _refined(self, columns: Matrix) -> bool:
        """Add the weighting of scenarios that the worst totals ask for; False where none is missing."""
        if self.problem.risk.weight == 0:
            return False
        totals = self.problem.values @ columns[: self.problem.size]
        weights = tail_weights(totals, self.problem.risk.tail)
        if columns[-1] / self._factor - float(weights @ totals) <= self._tolerance / 10:
            return False
        cut = self._cut(weights)
        if any(np.array_equal(cut.weights, one.weights) for one in self.cuts):
            return False
        self.cuts.append(cut)
        return True

    def _cut(self, scenarios: Matrix) -> Row:
        weights = self._zeros()
        weights[: self.problem.size] = -(scenarios @ self.problem.values) * self._factor
        weights[-1] = 1
        return Row(weights, -np.inf, 0.0)

    def _rows(self, question: Question) -> list[Row]:
        rows = [*self._named_rows(question), *self._breadth, *map(self._other_than, question.other_than)]
        if question.floor is not None:
            rows.append(Row(self._worth, (question.floor - self._tolerance) * self._factor, np.inf))
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
            largest = float(breadth.coverage[:, segment].max()) or 1.0
            weights[: self.problem.size] = -breadth.coverage[:, segment] / largest
            start = self.problem.size + segment * steps
            weights[start : start + steps] = 1
            rows.append(Row(weights, -np.inf, 0.0))
        return rows

    def _worth_of_columns(self) -> Matrix:
        problem, weights = self.problem, self._zeros()
        weights[: problem.size] = (1 - problem.risk.weight) * problem.means * self._factor
        if (breadth := problem.breadth) is not None:
            # A step's column counts in units of the most that one candidate serves of its segment.
            largest = breadth.coverage.max(axis=0)
            largest[largest == 0] = 1.0
            slopes = np.array([slope for _, slope in breadth.steps])
            weights[problem.size : -1] = np.outer(breadth.weights * largest, slopes).ravel() * self._factor
        weights[-1] = problem.risk.weight
        return weights

    def _upper_bounds(self) -> Matrix:
        problem, upper = self.problem, np.ones(self._columns)
        if (breadth := problem.breadth) is not None:
            largest = breadth.coverage.max(axis=0)
            largest[largest == 0] = 1.0
            widths = np.array([width for width, _ in breadth.steps])
            most = (breadth.coverage.sum(axis=0) / largest)[:, None]
            upper[problem.size : -1] = np.minimum(widths[None, :] / largest[:, None], most).ravel()
        upper[-1] = SCALE * (problem.size + 1) if problem.risk.weight else 0.0
        return upper

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


def _largest_breadth(problem: SlateProblem) -> float:
    breadth = problem.breadth
    if breadth is None:
        return 0.0
    return max(breadth.worth([one]) for one in range(problem.size))
