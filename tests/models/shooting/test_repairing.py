"""What has lost its slot is put elsewhere, changes are counted as they are, and nothing goes where it may not be."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.models.kernels.shoot_search import COST, ENERGY, anneal, assess, tally
from openslate.models.shooting.annealing import annealed, weight_of
from openslate.models.shooting.problem import Problem
from openslate.models.shooting.repairing import reannealed, repaired
from tests.models.shooting.drawn import drawn_problem


def never() -> bool:
    return False


def kept(seed: int) -> Problem:
    """A problem with a board before, on which every scene is where it may be, and with costs of changes."""
    problem = drawn_problem(seed, scenes=10, slots=6)
    allowed = problem.allowed | ~problem.allowed.any(axis=1, keepdims=True)
    *_, before = annealed(replace(problem, allowed=allowed), seed, 20_000, never)
    works = np.zeros((4, 6), dtype=np.bool_)
    for scene, slot in enumerate(before.slot.tolist()):
        works[:, slot] |= problem.needs[:, scene]
    allowed[np.arange(10), before.slot] = True
    return replace(problem, allowed=allowed, preferred=before.slot, change_cost=70, usual=works, call_cost=30)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 5), st.lists(st.integers(0, 5), min_size=10, max_size=10))
def test_changes_are_counted_as_they_are(seed: int, slots: list[int]) -> None:
    problem, slot = kept(seed), np.array(slots, dtype=np.int64)
    free = replace(problem, change_cost=0, call_cost=0)
    works = np.zeros((4, 6), dtype=np.bool_)
    for scene, at in enumerate(slots):
        works[:, at] |= problem.needs[:, scene]
    changes = 70 * int((slot != problem.preferred).sum()) + 30 * int((works != problem.usual).sum())
    found, plain = (assess(one.terms(), tally(one.terms(), slot), 1_000) for one in (problem, free))
    assert found[ENERGY] - plain[ENERGY] == changes and found[COST] == plain[COST]


def test_counts_of_changes_hold_while_a_board_changes() -> None:
    problem = kept(1)
    terms = problem.terms()
    board, best = tally(terms, problem.preferred), problem.preferred.copy()
    anneal(terms, board, best, np.array([5], dtype=np.uint64), 3_000, 1e6, 1e5, weight_of(problem), 10)
    assert np.array_equal(board.changes, tally(terms, board.slot).changes)


@pytest.mark.parametrize("seed", range(6))
def test_a_scene_without_a_slot_gets_one_and_stays_where_it_may_be(seed: int) -> None:
    problem = kept(seed)
    lost = np.where(problem.preferred == problem.preferred[0], 0, -1)
    allowed = problem.allowed.copy()
    allowed[:, problem.preferred[0]] = False
    allowed |= ~allowed.any(axis=1, keepdims=True)
    problem = replace(problem, allowed=allowed)
    slot = repaired(problem, lost)
    assert np.array_equal(slot[lost < 0], problem.preferred[lost < 0])
    found = reannealed(problem, slot, 0, 5_000, never)
    again = reannealed(problem, slot, 0, 5_000, never)
    assert np.array_equal(found.slot, again.slot)
    assert problem.allowed[np.arange(10), slot].all() and problem.allowed[np.arange(10), found.slot].all()
    terms, weight = problem.terms(), weight_of(problem)
    assert found.energy <= assess(terms, tally(terms, slot), weight)[ENERGY]


def test_usual_days_that_do_not_fit_are_refused() -> None:
    problem = drawn_problem(0)
    with pytest.raises(ValueError, match="usual has a row"):
        replace(problem, usual=np.zeros((2, 3), dtype=np.bool_))
