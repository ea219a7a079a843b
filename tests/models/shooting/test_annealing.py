"""Annealing finds what looking at every board finds, and says the same each time."""

import numpy as np
import pytest

from openslate.models.kernels.shoot_search import BROKEN, COST, anneal, assess, tally
from openslate.models.shooting.annealing import annealed, first_board, weight_of
from openslate.models.shooting.bounding import bounds
from openslate.models.shooting.problem import Problem
from tests.models.shooting.drawn import cheapest, drawn_problem


def never() -> bool:
    return False


@pytest.mark.parametrize("seed", range(12))
def test_the_cheapest_board_is_found_and_no_bound_is_above_it(seed: int) -> None:
    problem = drawn_problem(seed, places_a_day=2 + seed % 2)
    wanted = cheapest(problem)
    *_, found = annealed(problem, 0, 60_000, never)
    told = [one.bound for one in bounds(problem, never)]
    if wanted is None:
        assert found.broken > 0
        return
    assert (found.broken, found.cost) == (0, wanted)
    assert told[0] > 0 and told == sorted(told) and told[-1] <= wanted


def test_bounds_are_worth_something() -> None:
    shares = []
    for seed in range(12):
        problem, wanted = drawn_problem(seed), cheapest(drawn_problem(seed))
        if wanted is not None:
            *_, bound = bounds(problem, never)
            shares.append(bound.bound / wanted)
    assert len(shares) > 5 and np.mean(shares) > 0.7


def test_the_same_seed_gives_the_same_board_and_what_is_kept_is_what_is_counted() -> None:
    problem = drawn_problem(3, scenes=20, slots=6)
    one, other = (list(annealed(problem, 5, 200_000, never)) for _ in range(2))
    assert [board.cost for board in one] == [board.cost for board in other]
    assert np.array_equal(one[-1].slot, other[-1].slot)
    assert [board.energy for board in one] == sorted((board.energy for board in one), reverse=True)
    terms = problem.terms()
    counted = assess(terms, tally(terms, one[-1].slot), weight_of(problem))
    assert (counted[COST], counted[BROKEN]) == (one[-1].cost, one[-1].broken)


def test_a_board_that_was_changed_many_times_is_still_counted_right() -> None:
    problem = drawn_problem(8, scenes=20, slots=6)
    terms, slot = problem.terms(), first_board(problem)
    board, best, state = tally(terms, slot), slot.copy(), np.array([7], dtype=np.uint64)
    anneal(terms, board, best, state, 5_000, 1e6, 1e5, weight_of(problem), 10)
    anew = tally(terms, board.slot)
    for kept, counted in zip(board, anew, strict=True):
        assert np.array_equal(kept, counted) or kept is board.own
    days = board.scenes > 0
    assert np.array_equal(board.own[days][:, :3], anew.own[days][:, :3])


def test_scenes_stay_where_they_were_if_that_costs_little() -> None:
    problem = drawn_problem(3, scenes=12, slots=6)
    *_, free = annealed(problem, 0, 100_000, never)
    where = np.roll(free.slot, 1)
    where = np.where(problem.allowed[np.arange(12), where], where, free.slot)
    loyal = Problem(**{**vars(problem), "preferred": where, "change_cost": 10_000})
    *_, kept = annealed(loyal, 0, 100_000, never)
    assert (kept.slot != where).sum() < (free.slot != where).sum()


def test_shapes_that_do_not_fit_are_refused() -> None:
    problem = drawn_problem(0)
    with pytest.raises(ValueError, match="place has the shape"):
        Problem(**{**vars(problem), "place": problem.place[:-1]})
