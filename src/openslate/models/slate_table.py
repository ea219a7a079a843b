"""The same questions as of the exact solver, answered from a table of every slate there is: for a few candidates.

Twenty candidates make a million slates. What is linear in them costs a table of so many sums, which takes milliseconds;
the mean of the worst totals does not, so it is bounded: weights of scenarios that bind at one slate bound every other
one from above. The best by the bounds are worked out in full, and each that falls short tightens the bounds, until one
stands that no bound exceeds. Nothing is left out, so what stands is proven. The bounds serve all later questions.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import fsum

import numpy as np
from numpy.typing import NDArray

from openslate.models.slate_problem import Matrix, SlateProblem, tail_weights
from openslate.models.slate_program import Chosen
from openslate.models.slate_solver import Question, Solver

MOST_CANDIDATES = 20
ROUND = 32
"""Slates that are worked out in full at a time."""
ROUNDING = 1e-12
"""More than sums of twenty numbers can be off by, as a share of them."""
EXACT_BELOW = 2.0**53
"""Sums of whole numbers are exact below it."""


def solver_of(problem: SlateProblem) -> Solver:
    """What answers the questions about a problem: a table where it is small enough, and else HiGHS."""
    return Table(problem) if problem.size <= MOST_CANDIDATES else Solver(problem)


@dataclass(frozen=True)
class Table(Solver):
    """A solver that looks at every slate. A slate is the number whose bits are its candidates.

    Args:
        problem: to be solved, with at most `MOST_CANDIDATES` candidates.
    """

    def best(self, question: Question = Question()) -> tuple[Chosen, float] | None:
        """A slate of the largest worth, and that worth, which is its own proof; None where there is none."""
        allowed = np.flatnonzero(self._allowed(question))
        if not len(allowed):
            return None
        while True:
            bounds = self._bounds[allowed]
            first = allowed[np.argpartition(-bounds, min(ROUND, len(bounds)) - 1)[:ROUND]]
            self._work_out(first)
            # Of equal ones the first by number, so that the same question has the same answer.
            first = np.sort(first)
            found = int(first[np.argmax(np.where(self._exact[first], self._bounds[first], -np.inf))])
            if self._bounds[found] >= self._bounds[allowed].max():
                return self._chosen(found), self.problem.worth(list(self._chosen(found)))

    def cheapest(self, question: Question) -> Chosen | None:
        """A slate of the least cost that is worth at least the question's floor; None where there is none."""
        floor = -np.inf if question.floor is None else question.floor - self.program.tolerance
        allowed = np.flatnonzero(self._allowed(question) & (self._bounds >= floor))
        costs = self._sums(self._costs(question))[allowed]
        for part in _in_rounds(allowed[np.argsort(costs, kind="stable")]):
            good = part[self._bounds[part] >= floor]
            if question.floor is not None:
                self._work_out(good)
                good = good[self._bounds[good] >= floor]
            if len(good):
                return self._chosen(int(good[0]))
        return None

    def _allowed(self, question: Question) -> NDArray[np.bool_]:
        """Which slates meet the constraints of a problem and of a question."""
        allowed = self._meets.copy()
        for one in question.take:
            allowed &= self._has(one)
        for one in question.leave:
            allowed &= ~self._has(one)
        for chosen in question.other_than:
            allowed[self._number(chosen)] = False
        budget, costs = self._budget(question), self._costs(question)
        if np.isfinite(budget):
            sums = self._sums(costs)
            allowed &= sums <= budget * (1 + ROUNDING)
            if (costs % 1).any() or costs.sum() >= EXACT_BELOW:
                # Where rounding may decide, the exact sum does.
                for slate in np.flatnonzero(allowed & (sums >= budget * (1 - ROUNDING))).tolist():
                    allowed[slate] = fsum(costs[list(self._chosen(slate))]) <= budget
            else:
                allowed &= sums <= budget
        return allowed

    @cached_property
    def _meets(self) -> NDArray[np.bool_]:
        problem = self.problem
        meets = np.ones(1 << problem.size, dtype=np.bool_)
        for one in problem.take:
            meets &= self._has(one)
        for one in problem.leave:
            meets &= ~self._has(one)
        for one, other in problem.apart:
            meets &= ~(self._has(one) & self._has(other))
        for count in problem.counts:
            held = self._sums(np.isin(np.arange(problem.size), count.members).astype(np.float64))
            meets &= (held >= count.least) & (held <= (np.inf if count.most is None else count.most))
        return meets

    @cached_property
    def _exact(self) -> NDArray[np.bool_]:
        """Whose bound is its worth."""
        return np.full(1 << self.problem.size, self.problem.risk.weight == 0)

    @cached_property
    def _bounds(self) -> Matrix:
        """What no slate is worth more than; at first, as if its worst totals were its mean."""
        return self._sums(self.problem.means) + self._breadth

    @cached_property
    def _breadth(self) -> Matrix:
        worth = np.zeros(1 << self.problem.size)
        if (breadth := self.problem.breadth) is not None:
            once = np.isin(breadth.coverage, (0.0, 1.0)).all(axis=0) & (breadth.steps == ((1.0, 1.0),))
            if once.any():
                worth += self._served_once(breadth.coverage[:, once] > 0, breadth.weights[once])
            for segment in np.flatnonzero(~once):
                weight = breadth.weights[segment]
                served, start = self._sums(breadth.coverage[:, segment]), 0.0
                for width, slope in breadth.steps:
                    worth += weight * slope * np.clip(served - start, 0.0, width)
                    start += width
        return worth

    def _served_once(self, serves: NDArray[np.bool_], weights: Matrix) -> Matrix:
        """What segments are worth that one candidate serves altogether: all of them less those that none serves.

        However many segments there are, one pass over every slate for each candidate adds up, for each set of
        candidates, the segments that no other candidate serves (a zeta transform over subsets).
        """
        missed = np.zeros(1 << self.problem.size)
        np.add.at(missed, (1 << np.arange(self.problem.size)) @ serves, weights)
        for place in range(self.problem.size):
            halves = missed.reshape(-1, 2, 1 << place)
            halves[:, 1] += halves[:, 0]
        # Segments whose candidates all lie in the complement of a slate are missed by it.
        worth: Matrix = weights.sum() - missed[::-1]
        return worth

    def _work_out(self, slates: NDArray[np.int64]) -> None:
        """Put worth in the place of bounds, and bound all others by the weights of the best of them."""
        slates = slates[~self._exact[slates]]
        if not len(slates):
            return
        worth = np.array([self.problem.worth(list(self._chosen(int(one)))) for one in slates])
        problem, risk = self.problem, self.problem.risk
        best = list(self._chosen(int(slates[np.argmax(worth)])))
        weights = risk.weight * tail_weights(problem.totals(best), risk.tail) @ problem.values
        bound = self._sums((1 - risk.weight) * problem.means + weights) + self._breadth
        np.minimum(self._bounds, bound, out=self._bounds, where=~self._exact)
        self._bounds[slates], self._exact[slates] = worth, True

    def _sums(self, weights: Matrix) -> Matrix:
        """For every slate, the sum of its candidates' weights."""
        sums = np.zeros(1 << self.problem.size)
        for place, weight in enumerate(weights):
            half = 1 << place
            np.add(sums[:half], weight, out=sums[half : 2 * half])
        return sums

    def _has(self, candidate: int) -> NDArray[np.bool_]:
        has = np.zeros((1 << self.problem.size - candidate - 1, 2, 1 << candidate), dtype=np.bool_)
        has[:, 1] = True
        return has.ravel()

    def _chosen(self, slate: int) -> Chosen:
        return tuple(one for one in range(self.problem.size) if slate >> one & 1)

    def _number(self, chosen: Chosen) -> int:
        return sum(1 << one for one in chosen)


def _in_rounds(slates: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Few at first, then ever more, because the first often does."""
    start, size = 0, 1
    while start < len(slates):
        yield slates[start : start + size]
        start, size = start + size, min(2 * size, ROUND)
