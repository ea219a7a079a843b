"""No price of any scene or slot proves more than the cheapest board costs, and dates are seen."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.models.shooting.bounding import bounds, least_moves
from openslate.models.shooting.paid_spans import PaidSpans
from openslate.models.shooting.problem import Day, Payees, Problem
from openslate.models.shooting.slot_bound import SlotPricing, slot_bounds
from openslate.models.shooting.slot_program import SlotPrices
from tests.models.shooting.drawn import cheapest, drawn_problem


def _narrow(seed: int) -> Problem:
    """A problem with permits: half of the slots of each scene are gone."""
    problem = drawn_problem(seed, scenes=5)
    may = np.random.default_rng(seed + 1).random(problem.allowed.shape) < 0.5
    may[np.arange(5), seed % 4] = True
    return replace(problem, allowed=may)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 1000), st.floats(0, 3))
def test_no_prices_say_more_than_the_cheapest_board(seed: int, of_prices: int, height: float) -> None:
    problem = _narrow(seed)
    wanted, drawn = cheapest(problem), np.random.default_rng(of_prices)
    shape = (len(problem.payees), len(problem.dates))
    prices = SlotPrices(drawn.random(5) * 900 * height, drawn.random(shape) * problem.payees.rate[:, None] * height)
    block = np.arange(len(problem.dates)) // (1 + seed % 3)
    of_block = prices.works[:, np.unique(block, return_index=True)[1]]
    found, _, _ = SlotPricing(problem).at(SlotPrices(prices.scenes, of_block[:, block]), block)
    assert wanted is None or found + least_moves(problem) <= wanted + 1e-6


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6))
def test_bounds_rise_and_stay_below_the_cheapest_board(seed: int) -> None:
    problem = _narrow(seed)
    wanted = cheapest(problem)
    told = [one.bound for one in bounds(problem, lambda: False)]
    assert told == sorted(told)
    assert wanted is None or told[-1] <= wanted


def test_somebody_who_must_wait_for_a_permit_is_seen_to_be_paid() -> None:
    """One person, two scenes that may be shot on the first day and on the last: ten days are paid, and two worked."""
    allowed = np.zeros((2, 10), np.bool_)
    allowed[0, 0] = allowed[1, 9] = True
    problem = Problem(
        minutes=np.array([60, 60]),
        place=np.array([0, 0]),
        shift=np.array([0, 0]),
        allowed=allowed,
        needs=np.ones((1, 2), np.bool_),
        dates=np.arange(10),
        payees=Payees.of(np.array([100])),
        day=Day(600, cost=50),
        fee=np.array([7]),
        way_minutes=np.zeros((1, 1), np.int64),
        way_cost=np.zeros((1, 1), np.int64),
    )
    assert cheapest_of(problem) == 10 * 100 + 2 * 57


def cheapest_of(problem: Problem) -> int:
    *_, (found, closed) = slot_bounds(problem, SlotPrices(np.zeros(2), np.zeros((1, 10))), [], lambda: False, 100)
    assert closed
    return round(found)


def test_spans_are_paid_where_they_win_back_most() -> None:
    problem = drawn_problem(0, scenes=5)
    problem = replace(
        problem, payees=replace(problem.payees, kind=np.array([0, 1, 2, 0]), drops=np.array([0, 0, 0, 1]))
    )
    prices = np.zeros((4, len(problem.dates)))
    prices[:, 2] = 10_000.0
    paid = PaidSpans(problem).cheapest(prices)
    plays = problem.needs.any(axis=1)
    assert (paid.inside[:, 2] == plays).all()
    assert (paid.won == 10_000.0 * plays).all()
