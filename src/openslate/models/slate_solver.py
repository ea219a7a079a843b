"""The exact solver of slates: the many questions that one choice raises, each an integer program for HiGHS."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import fsum

import numpy as np

from openslate.models.slate_problem import Matrix, NoSlate, SlateProblem
from openslate.models.slate_program import Chosen, Program, Row


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
class Solver:
    """The questions that one choice raises.

    Args:
        problem: to be solved, once or with many questions.
    """

    problem: SlateProblem

    @cached_property
    def program(self) -> Program:
        """Its columns and rows."""
        return Program(self.problem)

    def best(self, question: Question = Question()) -> tuple[Chosen, float] | None:
        """A slate of the largest worth, with the proven upper bound of any slate's; None where there is none."""
        found = self._solve(-self.program.worth, self._rows(question), question)
        if found is None:
            return None
        chosen, bound = found
        return chosen, max(-bound / self.program.factor, self.problem.worth(list(chosen)))

    def cheapest(self, question: Question) -> Chosen | None:
        """A slate of the least cost that is worth at least the question's floor; None where there is none."""
        goal, rows = self.program.zeros(), self._rows(question)
        goal[: self.problem.size] = self._costs(question) / (float(self.problem.costs.max()) or 1.0)
        while (found := self._solve(goal, rows, question)) is not None:
            chosen = found[0]
            if question.floor is None or self.problem.worth(list(chosen)) >= question.floor - self.program.tolerance:
                return chosen
            # Within the solver's tolerance of the floor, and below it.
            rows.append(self.program.other_than(chosen))
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
        return self.problem.worth(list(one)) < self.problem.worth(list(other)) - self.program.tolerance

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
        return self._solve(np.zeros(self.program.columns), rows, question) is not None

    def _solve(self, goal: Matrix, rows: Sequence[Row], question: Question) -> tuple[Chosen, float] | None:
        """The slate that makes a goal least, and its proven bound; one too dear by less than a tolerance is cut off."""
        rows, budget, costs = list(rows), self._budget(question), self._costs(question)
        while (found := self.program.solve(goal, rows)) is not None:
            chosen = found[0]
            if fsum(costs[list(chosen)]) <= budget:
                return found
            rows.append(Row(self.program.ones(chosen), -np.inf, len(chosen) - 1))
        return None

    def _rows(self, question: Question) -> list[Row]:
        program = self.program
        others = map(program.other_than, question.other_than)
        rows = [*self._named_rows(question), *program.breadth_rows(), *others]
        if question.floor is not None:
            rows.append(Row(program.worth, (question.floor - program.tolerance) * program.factor, np.inf))
        return rows

    def _named_rows(self, question: Question) -> list[Row]:
        problem, names, ones = self.problem, self.problem.names, self.program.ones
        budget, most = self._budget(question), float(problem.costs.max()) or 1.0
        costs = self.program.zeros()
        costs[: problem.size] = self._costs(question) / most
        rows = [Row(costs, -np.inf, budget / most, f"a budget of {budget:,.15g}")] if np.isfinite(budget) else []
        for one in dict.fromkeys((*problem.take, *question.take)):
            rows.append(Row(ones((one,)), 1, 1, f"{names[one]!r} must be taken"))
        for one in dict.fromkeys((*problem.leave, *question.leave)):
            rows.append(Row(ones((one,)), 0, 0, f"{names[one]!r} must not be taken"))
        for count in problem.counts:
            if count.least:
                rows.append(Row(ones(count.members), count.least, np.inf, f"at least {count.least} {count.name!r}"))
            if count.most is not None:
                rows.append(Row(ones(count.members), -np.inf, count.most, f"at most {count.most} {count.name!r}"))
        for one, other in problem.apart:
            rows.append(Row(ones((one, other)), -np.inf, 1, f"not both {names[one]!r} and {names[other]!r}"))
        return rows

    def _costs(self, question: Question) -> Matrix:
        return self.problem.costs if question.costs is None else question.costs

    def _budget(self, question: Question) -> float:
        return self.problem.budget if question.budget is None else question.budget
