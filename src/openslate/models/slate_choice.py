"""The slate under a budget, solved exactly: the best one, proof that it is, and the runners-up.

A slate is proposed to whoever decides; nothing is decided here.
"""

from dataclasses import dataclass
from itertools import islice

import numpy as np

from openslate.models.slate_problem import Breadth, Count, Matrix, NoSlate, Risk, SlateProblem, tail_weights
from openslate.models.slate_program import Chosen
from openslate.models.slate_table import solver_of

__all__ = ["Breadth", "Count", "NoSlate", "Risk", "Slate", "SlateChoice", "SlateProblem", "choose_slate"]


@dataclass(frozen=True, eq=False)
class Slate:
    """Candidates chosen together.

    Attributes:
        chosen: their numbers, rising.
        cost: of all of them.
        worth: by which slates are compared; see `slate_problem`.
        expected: the mean of the total.
        worst: the mean of the worst totals.
        breadth: what their breadth is worth.
        totals: the total in every scenario [scenarios]: its distribution.
    """

    chosen: Chosen
    cost: float
    worth: float
    expected: float
    worst: float
    breadth: float
    totals: Matrix

    def quantile(self, level: float) -> float:
        """The total that is not exceeded with a probability of `level`."""
        return float(np.quantile(self.totals, level))


@dataclass(frozen=True, eq=False)
class SlateChoice:
    """A choice with its proof.

    Attributes:
        best: the slate of the largest worth; see `Solver.ranked` for how ties are broken.
        bound: no slate is worth more, as the solver has proven.
        gap: between that and the best, as a share of the largest single contribution; a ten-millionth or less.
        runners_up: the next best slates, each different from all before.
    """

    best: Slate
    bound: float
    gap: float
    runners_up: tuple[Slate, ...]


def choose_slate(problem: SlateProblem, runners_up: int = 3) -> SlateChoice:
    """The best slate under a problem's constraints, and the next best ones.

    Args:
        problem: what to choose from.
        runners_up: how many others to look for; fewer come where there are fewer.

    Raises:
        NoSlate: constraints clash.
        FitError: it could not be solved in five minutes.

    Source: every slate there is, for up to twenty candidates (`slate_table`); for more scipy.optimize.milp (HiGHS),
        without a relative gap. The worst totals as in `slate_problem.tail_weights`.

    Example:
        >>> values = np.array([[4.0, 3.0, 3.0], [2.0, 3.0, 3.0]])
        >>> found = choose_slate(SlateProblem(("A", "B", "C"), np.array([5.0, 4.0, 4.0]), 8.0, values))
        >>> found.best.chosen, found.best.expected, [one.chosen for one in found.runners_up]
        ((1, 2), 6.0, [(1,), (2,), (0,)])
    """
    solver = solver_of(problem)
    solver.require_some()
    ranked = list(islice(solver.ranked(), 1 + runners_up))
    best, *others = (slate_of(problem, chosen) for chosen, _ in ranked)
    bound = max(ranked[0][1], best.worth)
    return SlateChoice(best, bound, (bound - best.worth) / solver.program.unit, tuple(others))


def slate_of(problem: SlateProblem, chosen: Chosen) -> Slate:
    """Some candidates as a slate, whether they meet the constraints or not."""
    numbers = sorted(chosen)
    totals = problem.totals(numbers)
    return Slate(
        chosen=tuple(numbers),
        cost=problem.cost(numbers),
        worth=problem.worth(numbers),
        expected=float(totals.mean()),
        worst=float(tail_weights(totals, problem.risk.tail) @ totals),
        breadth=0.0 if problem.breadth is None else problem.breadth.worth(numbers),
        totals=totals,
    )
