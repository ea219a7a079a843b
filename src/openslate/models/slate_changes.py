"""What would change a choice of slate: at which value, cost or budget a title comes in or falls out, exactly.

Values are moved by the same amount in every scenario. The mean of the worst totals moves with them, so that the worth
of every slate with the title moves by just that much, and of none without it: one more solution gives the threshold.
At a threshold the two slates are worth the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import takewhile

from openslate.models.slate_choice import SlateChoice
from openslate.models.slate_problem import SlateProblem
from openslate.models.slate_program import EQUAL, Chosen
from openslate.models.slate_solver import Question, Solver
from openslate.models.slate_table import solver_of


@dataclass(frozen=True)
class Pick:
    """A title of the choice.

    Attributes:
        candidate: its number.
        adds: what the slate is worth with it, less what the others of the slate are worth without it.
        over_next: what the slate is worth, less the best slate without it; None where it cannot be left out.
        stays_from: its mean value at which it would fall out; None where it cannot be left out.
        instead: a best slate without it; None where there is none.
    """

    candidate: int
    adds: float
    over_next: float | None
    stays_from: float | None
    instead: Chosen | None


@dataclass(frozen=True)
class LeftOut:
    """A title that is not of the choice.

    Attributes:
        candidate: its number.
        value: its mean value from which it would come in, all else equal; None where no value would do.
        cost: to which it would have to fall; None where it would not come in for nothing.
        slate: a best slate with it under the present budget; None where there is none.
    """

    candidate: int
    value: float | None
    cost: float | None
    slate: Chosen | None


@dataclass(frozen=True)
class Changes:
    """What would change a choice.

    Attributes:
        picks: its titles.
        left_out: all others, but those that must not be taken.
        budget_from: the least budget at which the choice stands.
        budget_until: at this budget a better slate can be had; None where none can at any.
        untold: candidates that were not looked at, because there was no time.
    """

    picks: tuple[Pick, ...]
    left_out: tuple[LeftOut, ...]
    budget_from: float
    budget_until: float | None
    untold: Chosen = ()


def what_would_change(problem: SlateProblem, choice: SlateChoice, go_on: Callable[[], bool] = lambda: True) -> Changes:
    """For every title, at which value, cost or budget the choice would change.

    Args:
        problem: that was solved.
        choice: of `choose_slate`.
        go_on: asked before each candidate; those from which on there is no time are `untold`.

    Raises:
        FitError: a question could not be solved in five minutes.

    Example:
        >>> import numpy as np
        >>> from openslate.models.slate_choice import choose_slate
        >>> problem = SlateProblem(("A", "B"), np.array([5.0, 4.0]), 5.0, np.array([[6.0, 5.0]]))
        >>> found = what_would_change(problem, choose_slate(problem))
        >>> found.picks[0].stays_from, found.left_out[0].value, found.left_out[0].cost, found.budget_until
        (5.0, 6.0, 0.0, 9.0)
    """
    solver = solver_of(problem)
    best = choice.best.chosen
    until = _better_from(solver, choice)
    others = tuple(one for one in range(problem.size) if one not in {*best, *problem.leave})
    picks = [_pick(solver, choice, one) for one in takewhile(lambda _: go_on(), best)]
    left_out = [_left_out(solver, choice, one) for one in takewhile(lambda _: go_on(), others)]
    return Changes(
        picks=tuple(picks),
        left_out=tuple(left_out),
        budget_from=choice.best.cost,
        budget_until=until,
        untold=(*best[len(picks) :], *others[len(left_out) :]),
    )


def _pick(solver: Solver, choice: SlateChoice, candidate: int) -> Pick:
    problem, slate = solver.problem, choice.best
    others = [one for one in slate.chosen if one != candidate]
    adds = slate.worth - problem.worth(others)
    found = solver.best(Question(leave=(candidate,)))
    if found is None:
        return Pick(candidate, adds, None, None, None)
    over = max(slate.worth - problem.worth(list(found[0])), 0.0)
    return Pick(candidate, adds, over, float(problem.means[candidate]) - over, found[0])


def _left_out(solver: Solver, choice: SlateChoice, candidate: int) -> LeftOut:
    problem, slate = solver.problem, choice.best
    found = solver.best(Question(take=(candidate,)))
    value, with_it = None, None
    if found is not None:
        with_it = found[0]
        short = max(slate.worth - problem.worth(list(with_it)), 0.0)
        value = float(problem.means[candidate]) + short
    return LeftOut(candidate, value, _cost(solver, choice, candidate), with_it)


def _cost(solver: Solver, choice: SlateChoice, candidate: int) -> float | None:
    """What is left of the budget beside the cheapest others that make the slate worth as much with it."""
    problem = solver.problem
    free = problem.costs.copy()
    free[candidate] = 0.0
    found = solver.cheapest(Question(take=(candidate,), floor=choice.best.worth, costs=free))
    if found is None:
        return None
    rest = problem.cost([one for one in found if one != candidate])
    return min(problem.budget - rest, float(problem.costs[candidate]))


def budget_for(problem: SlateProblem, choice: SlateChoice, candidate: int) -> float | None:
    """The least budget, from the present one on, at which a slate with a title is worth as much as any.

    The best slate without it is bettered by a budget that is found as the least cost of as good a slate with it; at
    that budget the one without it may be better again. The steps only rise, and stop at the least budget that does.

    Args:
        problem: that was solved.
        choice: of `choose_slate`.
        candidate: a title that was left out.

    Returns:
        The budget, or None where none would do.
    """
    solver, budget, floor = solver_of(problem), problem.budget, choice.best.worth
    while True:
        found = solver.cheapest(Question(take=(candidate,), floor=floor, budget=float("inf")))
        if found is None:
            return None
        cost = problem.cost(list(found))
        if cost <= budget:
            return budget
        budget = cost
        without = solver.best(Question(leave=(candidate,), budget=budget))
        assert without is not None
        floor = problem.worth(list(without[0]))


def _better_from(solver: Solver, choice: SlateChoice) -> float | None:
    """What the cheapest slate costs that is worth more than the choice."""
    more = choice.best.worth + 3 * EQUAL * solver.program.unit
    found = solver.cheapest(Question(floor=more, budget=float("inf")))
    return None if found is None else solver.problem.cost(list(found))
