"""Slates against every slate there is: values and costs are whole numbers, so that ties are ties."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import combinations
from math import isclose

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.clock import stopwatch
from openslate.errors import FitError
from openslate.models import slate_table
from openslate.models.slate_changes import budget_for, what_would_change
from openslate.models.slate_choice import Breadth, Count, NoSlate, Risk, SlateProblem, choose_slate
from openslate.models.slate_problem import tail_weights
from openslate.models.slate_solver import Solver

FEW = settings(max_examples=40, deadline=None, derandomize=True)


def every_slate(problem: SlateProblem, budget: float | None = None) -> list[tuple[int, ...]]:
    """All slates that meet the constraints, best first, by the rule for ties."""
    limit = problem.budget if budget is None else budget
    found = []
    for size in range(problem.size + 1):
        for slate in combinations(range(problem.size), size):
            taken = set(slate)
            good = problem.cost(list(slate)) <= limit and taken >= set(problem.take) and not taken & set(problem.leave)
            for count in problem.counts:
                held = len(taken & set(count.members))
                good = good and held >= count.least and (count.most is None or held <= count.most)
            if good and not any(taken >= set(pair) for pair in problem.apart):
                found.append(slate)
    return sorted(
        found, key=lambda slate: (-round(problem.worth(list(slate)), 6), problem.cost(list(slate)), places(slate))
    )


def places(slate: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(0 if one in slate else 1 for one in range(64))


@st.composite
def problems(draw: st.DrawFn, most: int = 7) -> SlateProblem:
    size, scenarios = draw(st.integers(1, most)), draw(st.integers(1, 6))
    numbers = st.integers(0, size - 1)
    seed = np.random.default_rng(draw(st.integers(0, 10**6)))
    largest = draw(st.sampled_from([2, 9, 1000]))
    costs = seed.integers(0, largest + 1, size).astype(float)
    breadth = None
    if draw(st.booleans()):
        steps = draw(st.sampled_from([((1.0, 1.0),), ((2.0, 1.0), (3.0, 0.5)), ((1.0, 2.0), (1.0, 0.5), (9.0, 0.25))]))
        breadth = Breadth(
            seed.integers(0, 4, (size, 3)).astype(float), seed.integers(0, largest, 3).astype(float), steps
        )
    counts = draw(
        st.lists(st.tuples(st.sets(numbers, min_size=1), st.integers(0, 2), st.none() | st.integers(0, 3)), max_size=2)
    )
    pairs = st.tuples(numbers, numbers).filter(lambda pair: pair[0] != pair[1])
    return SlateProblem(
        names=tuple(f"t{one}" for one in range(size)),
        costs=costs,
        budget=float(draw(st.integers(0, int(costs.sum()) + 1))),
        values=seed.integers(-largest // 3, largest + 1, (scenarios, size)).astype(float),
        risk=Risk(draw(st.sampled_from([0.0, 0.0, 0.5, 1.0])), draw(st.sampled_from([0.25, 0.5, 1.0]))),
        breadth=breadth,
        counts=tuple(
            Count(f"c{at}", tuple(sorted(members)), least, most) for at, (members, least, most) in enumerate(counts)
        ),
        take=tuple(draw(st.sets(numbers, max_size=1))),
        leave=tuple(draw(st.sets(numbers, max_size=1))),
        apart=tuple(draw(st.lists(pairs, max_size=2))) if size > 1 else (),
    )


@contextmanager
def tabled(most: int) -> Iterator[None]:
    """So many candidates are answered from a table, more of them by HiGHS."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slate_table, "MOST_CANDIDATES", most)
        yield


BOTH = pytest.mark.parametrize("most", [20, 0], ids=["table", "highs"])


@BOTH
@FEW
@given(problem=problems())
def test_the_choice_and_the_runners_up_are_the_first_of_all_slates(problem: SlateProblem, most: int) -> None:
    wanted = every_slate(problem)
    with tabled(most):
        if not wanted:
            with pytest.raises(NoSlate):
                choose_slate(problem)
            return
        found = choose_slate(problem, 4)
    assert [found.best.chosen, *(one.chosen for one in found.runners_up)] == wanted[:5]
    assert found.bound >= found.best.worth
    assert found.gap <= 1e-6


@BOTH
@settings(max_examples=4, deadline=None, derandomize=True)
@given(problem=problems(12).filter(lambda problem: problem.size >= 10))
def test_a_dozen_candidates(problem: SlateProblem, most: int) -> None:
    wanted = every_slate(problem)
    with tabled(most):
        if wanted:
            assert choose_slate(problem, 0).best.chosen == wanted[0]


@settings(max_examples=25, deadline=None, derandomize=True)
@given(problems(6))
def test_a_clash_is_one_that_any_constraint_alone_would_end(problem: SlateProblem) -> None:
    if every_slate(problem):
        return
    with pytest.raises(NoSlate) as raised:
        choose_slate(problem)
    clash = raised.value.clash

    def loosened(without: str) -> SlateProblem:
        kept = [name for name in clash if name != without]
        counts = []
        for count in problem.counts:
            least = count.least if f"at least {count.least} {count.name!r}" in kept else 0
            most = count.most if f"at most {count.most} {count.name!r}" in kept else None
            counts.append(replace(count, least=least, most=most))
        return replace(
            problem,
            budget=problem.budget if any(name.startswith("a budget") for name in kept) else 1e9,
            take=tuple(one for one in problem.take if f"'t{one}' must be taken" in kept),
            leave=tuple(one for one in problem.leave if f"'t{one}' must not be taken" in kept),
            counts=tuple(counts),
            apart=tuple((a, b) for a, b in problem.apart if f"not both 't{a}' and 't{b}'" in kept),
        )

    assert not every_slate(loosened("nothing"))
    assert all(every_slate(loosened(name)) for name in clash)


def best_worth(
    problem: SlateProblem, needed: int | None = None, barred: int | None = None, budget: float | None = None
):
    slates = [
        slate
        for slate in every_slate(problem, budget)
        if (needed is None or needed in slate) and (barred is None or barred not in slate)
    ]
    return problem.worth(list(slates[0])) if slates else None


@BOTH
@settings(max_examples=25, deadline=None, derandomize=True)
@given(problem=problems(6))
def test_what_would_change_the_choice_is_what_every_slate_says(problem: SlateProblem, most: int) -> None:
    with tabled(most):
        changes_are_those_of_every_slate(problem)


def changes_are_those_of_every_slate(problem: SlateProblem) -> None:
    if not every_slate(problem):
        return
    choice = choose_slate(problem, 0)
    best, changes = choice.best, what_would_change(problem, choice)
    assert {one.candidate for one in changes.picks} == set(best.chosen)
    for pick in changes.picks:
        without = best_worth(problem, barred=pick.candidate)
        assert (pick.over_next is None) is (without is None)
        if without is not None and pick.over_next is not None and pick.stays_from is not None:
            assert isclose(pick.over_next, best.worth - without, abs_tol=1e-6)
            assert isclose(pick.stays_from, problem.means[pick.candidate] - pick.over_next, abs_tol=1e-6)
            # Below it, the choice is another; above, it stands.
            assert (
                pick.candidate
                not in choose_slate(moved(problem, pick.candidate, -pick.over_next - 0.01), 0).best.chosen
            )
            if pick.over_next > 0.01:
                assert choose_slate(moved(problem, pick.candidate, 0.01 - pick.over_next), 0).best.chosen == best.chosen
    for out in changes.left_out:
        short = None if out.value is None else out.value - problem.means[out.candidate]
        with_it = best_worth(problem, needed=out.candidate)
        assert (short is None) is (with_it is None)
        if short is not None and with_it is not None:
            assert isclose(short, best.worth - with_it, abs_tol=1e-6)
            assert out.candidate in choose_slate(moved(problem, out.candidate, short + 0.01), 0).best.chosen
        costs = [one for one in range(int(problem.costs[out.candidate]) + 1) if as_good(problem, out.candidate, one)]
        assert out.cost == (float(max(costs)) if costs else None)
        # Between what two slates cost, nothing changes.
        steps = {problem.budget, *(problem.cost(list(slate)) for slate in every_slate(problem, 1e9))}
        budgets = [one for one in sorted(steps) if one >= problem.budget and as_good_at(problem, one, out.candidate)]
        assert budget_for(problem, choice, out.candidate) == (float(min(budgets)) if budgets else None)
    better = [
        problem.cost(list(one)) for one in every_slate(problem, 1e9) if problem.worth(list(one)) > best.worth + 1e-3
    ]
    assert changes.budget_until == (min(better) if better else None)
    assert changes.budget_from == best.cost
    assert problem.worth(list(every_slate(problem, best.cost)[0])) == best.worth


def as_good_at(problem: SlateProblem, budget: float, candidate: int) -> bool:
    with_it = best_worth(problem, needed=candidate, budget=budget)
    without = best_worth(problem, barred=candidate, budget=budget)
    return with_it is not None and (without is None or with_it >= without - 1e-6)


def moved(problem: SlateProblem, candidate: int, by: float) -> SlateProblem:
    values = problem.values.copy()
    values[:, candidate] += by
    return replace(problem, values=values)


def as_good(problem: SlateProblem, candidate: int, cost: int) -> bool:
    costs = problem.costs.copy()
    costs[candidate] = cost
    cheaper = replace(problem, costs=costs)
    with_it = best_worth(cheaper, needed=candidate)
    without = best_worth(problem, barred=candidate)
    return with_it is not None and without is not None and with_it >= without - 1e-6


def test_the_worst_totals_are_the_linear_programs() -> None:
    """Against the largest over thresholds, as Rockafellar and Uryasev have it."""
    totals = np.random.default_rng(0).normal(size=37)
    for tail in (0.05, 0.1, 0.33, 1.0):
        direct = max(at - np.maximum(at - totals, 0).sum() / (tail * len(totals)) for at in totals)
        assert isclose(float(tail_weights(totals, tail) @ totals), direct, rel_tol=1e-12)


def test_risk_turns_the_choice_and_totals_are_means_not_medians() -> None:
    steady, wild = np.full(100, 3.0), np.r_[np.full(95, 1.0), np.full(5, 60.0)]
    problem = SlateProblem(("steady", "wild"), np.ones(2), 1.0, np.column_stack([steady, wild]))
    assert choose_slate(problem, 0).best.chosen == (1,)
    careful = choose_slate(replace(problem, risk=Risk(0.5, 0.1)), 0).best
    assert careful.chosen == (0,)
    assert isclose(careful.worst, 3.0)
    assert choose_slate(problem, 0).best.expected == wild.mean() > 3.9
    assert choose_slate(problem, 0).best.quantile(0.5) == 1.0


def test_costs_are_held_to_the_last_bit_and_names_are_told() -> None:
    costs = np.array([0.1, 0.2])
    problem = SlateProblem(("a", "b"), costs, 0.3, np.ones((1, 2)))
    assert problem.cost([0, 1]) > 0.3
    assert choose_slate(problem, 0).best.chosen == (0,)
    with pytest.raises(NoSlate, match="'a' must be taken; 'b' must be taken") as raised:
        choose_slate(replace(problem, take=(0, 1)))
    assert raised.value.clash == ("a budget of 0.3", "'a' must be taken", "'b' must be taken")


def test_the_same_problem_has_the_same_answer_and_equal_candidates_go_by_their_order() -> None:
    problem = SlateProblem(tuple("abcdefgh"), np.ones(8), 3.0, np.ones((4, 8)), Risk(0.5, 0.5))
    found = choose_slate(problem, 3)
    assert [found.best.chosen, *(one.chosen for one in found.runners_up)] == [
        (0, 1, 2),
        (0, 1, 3),
        (0, 1, 4),
        (0, 1, 5),
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"names": ("a", "a")},
        {"costs": np.ones(3)},
        {"costs": np.array([-1.0, 1.0])},
        {"budget": -1.0},
        {"budget": float("nan")},
        {"values": np.full((1, 2), np.nan)},
        {"values": np.ones((0, 2))},
        {"take": (2,)},
        {"apart": ((0, 0),)},
        {"risk": Risk(2.0)},
        {"risk": Risk(0.5, 0.0)},
        {"counts": (Count("c", (0,), -1),)},
        {"breadth": Breadth(np.ones((1, 1)), np.ones(1))},
        {"breadth": Breadth(np.ones((2, 1)), np.ones(1), ((1.0, 0.5), (1.0, 1.0)))},
    ],
)
def test_what_is_no_problem_is_refused(wrong: dict[str, object]) -> None:
    good = SlateProblem(("a", "b"), np.ones(2), 1.0, np.ones((1, 2)))
    with pytest.raises(FitError):
        replace(good, **wrong)  # type: ignore[arg-type]


def twenty(scenarios: int) -> SlateProblem:
    drawn = np.random.default_rng(0)
    middle = drawn.normal(1.5, 0.6, 20)
    values = np.exp(middle + 0.4 * drawn.normal(size=(scenarios, 1)) + 0.8 * drawn.normal(size=(scenarios, 20)))
    costs = np.round(np.exp(middle * 0.6 + drawn.normal(0, 0.4, 20) + 1))
    breadth = Breadth(drawn.random((20, 4)), np.full(4, 3.0), ((1.0, 1.0), (1.0, 0.25)))
    counts = (Count("c", (0, 3, 4, 7), 1, 2),)
    names = tuple(map(str, range(20)))
    return SlateProblem(names, costs, float(round(costs.sum() * 0.3)), values, Risk(0.3), breadth, counts)


def test_the_table_and_highs_agree_on_twenty_candidates() -> None:
    problem = twenty(100)
    found = {}
    for most in (20, 0):
        with tabled(most):
            choice = choose_slate(problem, 1)
            found[most] = choice, what_would_change(problem, choice)
    (by_table, told), (by_highs, told_too) = found[20], found[0]
    assert by_table.best.chosen == by_highs.best.chosen
    assert by_table.runners_up[0].chosen == by_highs.runners_up[0].chosen
    assert [one.over_next for one in told.picks] == pytest.approx([one.over_next for one in told_too.picks])
    assert [(one.candidate, one.cost) for one in told.left_out] == [
        (one.candidate, one.cost) for one in told_too.left_out
    ]
    assert told.budget_until == told_too.budget_until


def test_twenty_candidates_and_a_thousand_scenarios_are_answered_in_seconds() -> None:
    problem = twenty(1000)
    began = stopwatch()
    choice = choose_slate(problem, 3)
    changes = what_would_change(problem, choice)
    assert stopwatch() - began < 10
    assert len(changes.picks) + len(changes.left_out) == 20
    assert changes.untold == ()


def test_what_there_is_no_time_for_is_named() -> None:
    problem = twenty(50)
    choice = choose_slate(problem, 0)
    asked = iter([True] * 3 + [False] * 99)
    changes = what_would_change(problem, choice, lambda: next(asked))
    told = {one.candidate for one in (*changes.picks, *changes.left_out)}
    assert len(told) == 3
    assert told | set(changes.untold) == set(range(20))
    assert not told & set(changes.untold)


def test_sixty_candidates_and_five_hundred_scenarios_take_seconds() -> None:
    drawn = np.random.default_rng(0)
    costs = np.round(np.exp(drawn.normal(3, 0.8, 60)), 1)
    values = np.exp(drawn.normal(0, 1, (500, 60)) + np.log(costs) * 0.7)
    problem = SlateProblem(tuple(map(str, range(60))), costs, float(round(costs.sum() * 0.3)), values, Risk(0.3, 0.1))
    began = stopwatch()
    found = Solver(problem).best()
    assert stopwatch() - began < 30
    assert found is not None
    chosen, bound = found
    assert problem.cost(list(chosen)) <= problem.budget
    assert isclose(bound, problem.worth(list(chosen)), rel_tol=1e-9)


@BOTH
@settings(max_examples=15, deadline=None, derandomize=True)
@given(problem=problems(6), cells=st.lists(st.tuples(st.integers(0, 63), st.integers(0, 9)), max_size=30))
def test_members_of_many_kinds_each_count_once(problem: SlateProblem, cells: list[tuple[int, int]], most: int) -> None:
    """Coverage of 0 and 1 alone, which the table adds up in another way; beside it a group that is served in part."""
    coverage = np.array([[one >> place & 1 for one, _ in cells] for place in range(problem.size)], dtype=float)
    part = np.linspace(0, 1.5, problem.size)[:, None]
    for extra in (np.empty((problem.size, 0)), part):
        breadth = Breadth(
            np.hstack([coverage, extra]), np.array([*(one for _, one in cells), *(3.0,) * extra.shape[1]])
        )
        changed = replace(problem, breadth=breadth)
        slates = every_slate(changed)
        with tabled(most):
            if not slates:
                with pytest.raises(NoSlate):
                    choose_slate(changed)
                continue
            found = choose_slate(changed, 2)

            assert found.best.chosen == slates[0]
            worths = [round(changed.worth(list(one)), 6) for one in slates[1:3]]
            assert [round(one.worth, 6) for one in found.runners_up] == worths
            for out in what_would_change(changed, found).left_out:
                if out.value is not None:
                    moved = changed.values.copy()
                    moved[:, out.candidate] += out.value - changed.means[out.candidate]
                    even = replace(changed, values=moved)
                    with_it = max(even.worth(list(one)) for one in slates if out.candidate in one)
                    without = max(even.worth(list(one)) for one in slates if out.candidate not in one)
                    assert with_it == pytest.approx(without, abs=1e-6)
