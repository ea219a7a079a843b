"""Scenes put on slots in every way: what breaks rules is cut off, nothing else is, and the fewest is the fewest."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.models.kernels.shoot_search import BROKEN, COST, assess, assess_parts, tally
from openslate.models.shooting.annealing import annealed, weight_of
from openslate.models.shooting.fewest_changes import must_change, near_boards
from openslate.models.shooting.placing import Budget, Placing
from openslate.models.shooting.problem import Problem
from tests.models.shooting.drawn import cheapest, drawn_problem

SLOTS = st.lists(st.integers(0, 3), min_size=6, max_size=6)


def never() -> bool:
    return False


def none_shot(problem: Problem) -> Placing:
    return Placing(problem, np.full(len(problem.minutes), -1))


def by_light(problem: Problem) -> Problem:
    """The same where every scene asks for one light, so that no call is left to choose."""
    return replace(problem, shift=np.where(problem.shift == 0, 1, problem.shift))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 30), SLOTS, st.integers(0, 6))
def test_whole_boards_count_as_they_do_elsewhere_and_a_scene_less_breaks_no_more(
    seed: int, slots: list[int], put: int
) -> None:
    problem = by_light(drawn_problem(seed, places_a_day=3))
    problem = replace(problem, way_minutes=np.full_like(problem.way_minutes, 20))
    terms, weight = problem.terms(), weight_of(problem)
    slot, lifted = np.array(slots, dtype=np.int64), np.arange(6)
    base = np.full(6, -1, dtype=np.int64)
    whole = assess_parts(terms, base, lifted, slot[None], weight)[0]
    counted = assess(terms, tally(terms, slot), weight)
    assert whole[BROKEN] == counted[BROKEN] and whole[COST] == counted[COST]
    part = assess_parts(terms, base, lifted, slot[None, :put].copy(), weight)[0]
    assert part[BROKEN] <= whole[BROKEN]


def breaks(problem: Problem, *slots: int) -> int:
    """By how far a board of the first scenes breaks rules."""
    base = np.full(6, -1, dtype=np.int64)
    base[: len(slots)] = slots
    none = np.arange(0)
    return int(assess_parts(problem.terms(), base, none, np.empty((1, 0), np.int64), weight_of(problem))[0, BROKEN])


def test_a_day_for_any_light_is_called_for_the_night_where_the_rest_asks_for_it() -> None:
    problem = replace(drawn_problem(0), minutes=np.full(6, 240), allowed=np.ones((6, 4), dtype=np.bool_))
    assert breaks(replace(problem, shift=np.array([2, 0, 0, 0, 0, 0])), 0, 1) == 0
    # Called for the day, the rest after the night would be too short; and so would it be the day after.
    assert breaks(replace(problem, shift=np.array([2, 1, 0, 0, 0, 0])), 0, 1) > 0
    nights = replace(problem, shift=np.array([2, 0, 1, 0, 0, 0]), dates=np.array([0, 1, 2, 9]))
    assert breaks(nights, 0, 1, 2) > 0
    # Whoever never works at night is not called for it.
    children = replace(problem.payees, no_night=np.ones(4, dtype=np.int64))
    assert breaks(replace(problem, shift=np.array([2, 0, 0, 0, 0, 0]), payees=children), 0, 1) > 0


@pytest.mark.parametrize("seed", range(8))
def test_the_cheapest_of_all_boards_is_seen(seed: int) -> None:
    problem = by_light(drawn_problem(seed))
    found = none_shot(problem).ways(np.full(6, -1), np.arange(6), problem.allowed, Budget(100_000))
    least = cheapest(problem)
    assert found.all_seen and (least is None) == (not len(found.slots))
    assert least is None or found.energy[0] == least


def test_with_little_effort_it_is_said_that_not_every_way_was_seen() -> None:
    problem = by_light(drawn_problem(3))
    found = none_shot(problem).ways(np.full(6, -1), np.arange(6), problem.allowed, Budget(40))
    assert not found.all_seen


def fewest(problem: Problem) -> int | None:
    """The fewest changes of any board, by looking at all of them."""
    terms, weight = problem.terms(), weight_of(problem)
    found = []
    for slots in product(*(np.flatnonzero(row) for row in problem.allowed)):
        slot = np.array(slots, dtype=np.int64)
        if assess(terms, tally(terms, slot), weight)[BROKEN] == 0:
            found.append(int((slot != problem.preferred).sum()))
    return min(found, default=None)


@pytest.mark.parametrize("seed", range(12))
def test_the_fewest_changes_are_the_fewest(seed: int) -> None:
    problem = by_light(drawn_problem(seed))
    *_, before = annealed(problem, seed, 5_000, never)
    allowed = problem.allowed.copy()
    allowed[:, before.slot[0]] = False
    problem = replace(problem, allowed=allowed, preferred=before.slot, change_cost=10)
    found = list(near_boards(none_shot(problem), 6, Budget(500_000), never))
    assert found[0].changes == must_change(problem).sum()
    assert all(one.all_seen for one in found)
    assert next((one.changes for one in found if len(one.slots)), None) == fewest(problem)
