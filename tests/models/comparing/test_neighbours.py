from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from openslate.errors import UsageError
from openslate.models.comparing.neighbours import DOUBT, SHARPNESS, neighbours


@st.composite
def cases(draw: st.DrawFn) -> tuple[Any, ...]:
    shape = draw(st.tuples(st.integers(0, 3), st.integers(0, 60)))
    total = draw(arrays(np.float64, shape, elements=st.sampled_from([0.0, 0.1, 0.2, 0.5, 0.50001, 1.0])))
    allowed = draw(arrays(np.bool_, shape))
    struck = draw(arrays(np.bool_, shape))
    pinned = np.zeros(shape, dtype=np.bool_)
    if shape[1]:
        pinned[:, draw(st.integers(0, shape[1] - 1))] = draw(st.booleans())
    return total, allowed, draw(st.integers(1, 12)), pinned & ~struck, struck


@given(cases())
@settings(max_examples=150, deadline=None)
def test_neighbours_equal_a_plain_choice(case: tuple[Any, ...]) -> None:
    total, allowed, many, pinned, struck = case
    found = neighbours(total, allowed, many, pinned, struck)
    for query in range(len(total)):
        usable = [row for row in range(total.shape[1]) if allowed[query, row] and not struck[query, row]]
        pins = [row for row in usable if pinned[query, row]]
        others = sorted(
            (row for row in usable if row not in pins and total[query, row] > 0), key=lambda row: -total[query, row]
        )
        expected = (pins + others)[:many]
        assert found.rows[query].tolist() == expected + [-1] * (many - len(expected))
        weights = found.weights[query]
        assert weights.sum() <= 1 and (weights >= 0).all() and not weights[len(expected) :].any()
        if pins:
            assert weights[0] == weights.max() > 0
        assert found.nearest[query] == 1 - max((total[query, row] for row in usable), default=0.0)


def test_weights_are_as_documented() -> None:
    found = neighbours(np.array([[0.5, 0.25]]), np.ones((1, 2), dtype=np.bool_), 2)
    trust = np.array([0.5, 0.25]) ** SHARPNESS
    assert found.weights[0] == pytest.approx(trust / (trust.sum() + DOUBT))


def test_ties_are_kept_in_order_however_many_there_are() -> None:
    total = np.full((1, 1000), 0.5)
    total[0, 700] = 0.6
    assert neighbours(total, np.ones_like(total, dtype=np.bool_), 4).rows[0].tolist() == [700, 0, 1, 2]


def test_a_pin_is_chosen_whatever_its_distance_and_trusted_no_less_than_any() -> None:
    total = np.array([[0.9, 0.8, 0.0, 0.7]])
    pinned = np.array([[False, False, True, False]])
    found = neighbours(total, np.ones_like(pinned), 2, pinned)
    assert found.rows.tolist() == [[2, 0]]
    assert found.weights[0, 0] == found.weights[0, 1]
    alone = neighbours(total[:, 2:3], np.ones((1, 1), dtype=np.bool_), 2, pinned[:, 2:3])
    assert alone.weights[0].tolist() == [0.5, 0.0]


def test_a_pin_whose_outcome_was_not_known_is_not_used() -> None:
    pinned = np.array([[True, False]])
    assert neighbours(np.array([[0.9, 0.8]]), ~pinned, 2, pinned).rows.tolist() == [[1, -1]]


def test_what_makes_no_sense_is_refused() -> None:
    one = np.ones((1, 3), dtype=np.bool_)
    with pytest.raises(UsageError, match="pinned and struck"):
        neighbours(np.zeros((1, 3)), one, 2, one, one)
    with pytest.raises(UsageError, match="3 titles are pinned"):
        neighbours(np.zeros((1, 3)), one, 2, one)
    with pytest.raises(UsageError, match="1 or more"):
        neighbours(np.zeros((1, 3)), one, 0)
