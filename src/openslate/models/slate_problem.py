"""What a slate is chosen from: candidates with costs and joint outcomes, what binds the choice, and what it is worth.

The worth of a slate is (1 - risk.weight) x the mean of its total over the scenarios, plus risk.weight x the mean of its
worst totals (conditional value at risk), plus what its breadth is worth. The mean is that of the distribution, never
the exponential of a mean logarithm, which falls short of it.
"""

from dataclasses import dataclass
from functools import cached_property
from math import fsum

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError

Matrix = NDArray[np.float64]


class NoSlate(FitError):
    """Constraints leave no slate at all.

    Args:
        clash: constraints of which any one could go, so that the others could be met.
    """

    def __init__(self, clash: tuple[str, ...]) -> None:
        super().__init__(f"No slate meets all of these: {'; '.join(clash)}.", "Loosen one of them.")
        self.clash = clash


@dataclass(frozen=True)
class Risk:
    """How bad outcomes count.

    Attributes:
        weight: of the worst outcomes against the mean of all, from 0 (none) to 1 (they alone).
        tail: share of the scenarios that are the worst ones.
    """

    weight: float = 0.0
    tail: float = 0.1


@dataclass(frozen=True)
class Breadth:
    """What it is worth to serve many segments of members: each less, the more it is served already.

    Attributes:
        coverage: how much of a segment a candidate serves [candidates, segments], at least 0.
        weights: worth of one unit of a segment at a slope of 1, in the unit of the values [segments].
        steps: (width, slope) one after the other, slopes falling and not below 0: ((1, 1),) counts all up to 1 and
            nothing beyond, ((1, 1), (2, 0.25)) two more units at a quarter.
    """

    coverage: Matrix
    weights: Matrix
    steps: tuple[tuple[float, float], ...] = ((1.0, 1.0),)

    def worth(self, chosen: list[int]) -> float:
        """What the breadth of some candidates together is worth."""
        served = self.coverage[chosen].sum(axis=0)
        worth, start = np.zeros(len(self.weights)), 0.0
        for width, slope in self.steps:
            worth += slope * np.clip(served - start, 0.0, width)
            start += width
        return float(worth @ self.weights)


@dataclass(frozen=True)
class Count:
    """How many of some candidates a slate may hold.

    Attributes:
        name: what they have in common, such as 'crime'.
        members: their numbers.
        least: at least so many.
        most: at most so many; None for any number.
    """

    name: str
    members: tuple[int, ...]
    least: int = 0
    most: int | None = None


@dataclass(frozen=True, eq=False)
class SlateProblem:
    """A choice to be made. Candidates are numbered from 0 in the order given.

    Attributes:
        names: of the candidates, each once.
        costs: in whole units of one currency, at least 0 [candidates].
        budget: that costs together may not exceed, in the same units.
        values: what each candidate is worth in each scenario [scenarios, candidates]; a row is one joint outcome.
        risk: how bad outcomes count.
        breadth: what serving many segments is worth; None for nothing.
        counts: at least or at most so many of some.
        take: numbers of candidates that must be chosen.
        leave: numbers of candidates that must not be.
        apart: pairs of which at most one may be chosen.

    Raises:
        FitError: the parts do not fit together.
    """

    names: tuple[str, ...]
    costs: Matrix
    budget: float
    values: Matrix
    risk: Risk = Risk()
    breadth: Breadth | None = None
    counts: tuple[Count, ...] = ()
    take: tuple[int, ...] = ()
    leave: tuple[int, ...] = ()
    apart: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        for wrong, what, way_out in _flaws(self):
            if wrong:
                raise FitError(what, way_out)

    @property
    def size(self) -> int:
        """How many candidates there are."""
        return len(self.names)

    @cached_property
    def means(self) -> Matrix:
        """The mean outcome of each candidate [candidates]."""
        means: Matrix = self.values.mean(axis=0)
        return means

    def totals(self, chosen: list[int]) -> Matrix:
        """The total of some candidates in every scenario [scenarios]."""
        totals: Matrix = self.values[:, chosen].sum(axis=1)
        return totals

    def cost(self, chosen: list[int]) -> float:
        """What some candidates cost together, rounded once."""
        return fsum(self.costs[chosen])

    def worth(self, chosen: list[int]) -> float:
        """What some candidates are worth together: what a choice makes as large as it can be."""
        totals = self.totals(chosen)
        worst = float(tail_weights(totals, self.risk.tail) @ totals)
        breadth = 0.0 if self.breadth is None else self.breadth.worth(chosen)
        return (1 - self.risk.weight) * float(totals.mean()) + self.risk.weight * worst + breadth


def tail_weights(totals: Matrix, tail: float) -> Matrix:
    """Weights that make the mean of the worst totals: together 1, spread over the lowest `tail` of the scenarios.

    Args:
        totals: one for each scenario.
        tail: share of the scenarios, which may end within one of them.

    Source: Rockafellar and Uryasev, Optimization of conditional value-at-risk, Journal of Risk 2 (2000), in its dual
        form: the mean of the worst totals is the smallest that weights of at most 1 / (tail x scenarios) can give.

    Example:
        >>> tail_weights(np.array([3.0, 1.0, 2.0, 4.0]), 0.375).round(3).tolist()
        [0.0, 0.667, 0.333, 0.0]
    """
    size = tail * len(totals)
    order = np.argsort(totals, kind="stable")
    weights = np.zeros(len(totals))
    weights[order] = np.clip(size - np.arange(len(totals)), 0.0, 1.0) / size
    return weights


def _flaws(problem: SlateProblem) -> list[tuple[bool, str, str]]:
    size, values, costs = len(problem.names), problem.values, problem.costs
    named = [*problem.take, *problem.leave, *(one for pair in problem.apart for one in pair)]
    named += [one for count in problem.counts for one in count.members]
    risk, breadth = problem.risk, problem.breadth
    found = [
        (
            size == 0 or len(set(problem.names)) < size,
            "There is no candidate, or two have one name.",
            "Name each once.",
        ),
        (
            costs.shape != (size,) or values.ndim != 2 or values.shape[1] != size or not len(values),
            f"{size} candidates have costs {costs.shape} and values {values.shape}.",
            "Give one column for each of them.",
        ),
        (not np.isfinite(values).all(), "A value is no finite number.", "Leave out what has no forecast."),
        (
            not (np.isfinite(costs).all() and (costs >= 0).all()),
            "A cost is below 0 or no number.",
            "Give each its cost.",
        ),
        (not problem.budget >= 0, f"The budget {problem.budget} is below 0.", "Give one of at least 0."),
        (not all(0 <= one < size for one in named), "A constraint names no candidate.", "Number them from 0."),
        (
            not (0 <= risk.weight <= 1 and 0 < risk.tail <= 1),
            f"{risk} is no way to weigh.",
            "Weigh from 0 to 1, with a tail above 0 and at most 1.",
        ),
        (any(one == other for one, other in problem.apart), "A pair is one candidate twice.", "Name two."),
        (any(count.least < 0 for count in problem.counts), "A count is below 0.", "Count from 0."),
    ]
    if breadth is not None:
        slopes = [slope for _, slope in breadth.steps]
        shapes = breadth.coverage.ndim == 2 and breadth.coverage.shape == (size, len(breadth.weights))
        good = shapes and np.isfinite(breadth.coverage).all() and (breadth.coverage >= 0).all()
        good = good and np.isfinite(breadth.weights).all() and (breadth.weights >= 0).all()
        found.append((not good, "The coverage does not fit.", "Give finite numbers of at least 0, a row a candidate."))
        falling = slopes == sorted(slopes, reverse=True) and slopes[-1:] >= [0] and all(w > 0 for w, _ in breadth.steps)
        found.append((not falling, "The steps of breadth do not fall.", "Give widths above 0 and slopes falling to 0."))
    return found
