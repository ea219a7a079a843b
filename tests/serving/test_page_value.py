from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.errors import UsageError
from openslate.serving.candidates import CandidateRow, Candidates
from openslate.serving.page_value import PageSettings, divergence, row_bonus


def test_the_first_place_is_always_looked_at_and_later_ones_less() -> None:
    settings = PageSettings(titles_per_row=3, row_decay=0.5, column_decay=0.8)
    assert settings.examination(0) == pytest.approx([1.0, 0.8, 0.64])
    assert settings.examination(2) == pytest.approx([0.25, 0.2, 0.16])


def test_divergence_is_the_formula_of_the_paper() -> None:
    tastes, mass, smoothing = np.array([0.7, 0.3, 0.0]), np.array([1.0, 1.0, 2.0]), 0.01
    q = 0.99 * mass / 4.0 + smoothing * tastes
    assert divergence(tastes, mass, 4.0, smoothing) == pytest.approx(
        0.7 * np.log(0.7 / q[0]) + 0.3 * np.log(0.3 / q[1])
    )


@given(
    tastes=st.lists(st.floats(0.01, 1), min_size=3, max_size=3),
    mass=st.lists(st.floats(0, 5), min_size=3, max_size=3),
    unknown=st.floats(0, 5),
)
def test_divergence_is_never_negative_and_zero_only_for_equal_mixes(
    tastes: list[float], mass: list[float], unknown: float
) -> None:
    p = np.array(tastes) / sum(tastes)
    assert divergence(p, np.array(mass), sum(mass) + unknown, 0.01) >= -1e-12
    assert divergence(p, 3.0 * p, 3.0, 0.01) == pytest.approx(0.0, abs=1e-12)


def test_many_mixes_at_once_equal_one_at_a_time() -> None:
    tastes, masses = np.array([0.5, 0.5]), np.array([[1.0, 2.0], [0.0, 3.0]])
    together = divergence(tastes, masses, 3.0, 0.01)
    assert together.tolist() == [float(divergence(tastes, mass, 3.0, 0.01)) for mass in masses]


def test_a_bonus_shrinks_with_each_row_of_the_kind_and_each_place_moved() -> None:
    row = CandidateRow("genre", "Drama", "why", np.array([0], np.int32), np.array([1.0]))
    rest = (np.array([0.5]), np.ones((1, 1)), np.ones(1))
    new, known = Candidates((row,), *rest), Candidates((row,), *rest, last_rows=(("genre", "Drama"),))
    weights = PageSettings(row_decay=1.0, kind_bonus=0.6, stability=0.4)
    assert row_bonus(row, 2, ("new", "because"), new, weights) == pytest.approx(0.6)
    assert row_bonus(row, 2, ("genre", "new"), new, weights) == pytest.approx(0.3)
    assert row_bonus(row, 1, ("new",), known, weights) == pytest.approx(0.6 + 0.4 / 2)
    assert row_bonus(row, 1, ("new",), new, replace(weights, row_decay=0.5)) == pytest.approx(0.3)


def test_an_empty_page_is_as_far_as_smoothing_lets_it_be() -> None:
    assert divergence(np.array([1.0]), np.zeros(1), 0.0, 0.01) == pytest.approx(np.log(100))


@pytest.mark.parametrize(
    ("setting", "value"),
    [("rows", 0), ("pool", 0), ("calibration", 1.5), ("smoothing", 0.0), ("diversity", -1.0)],
)
def test_settings_that_make_no_page_are_refused(setting: str, value: Any) -> None:
    with pytest.raises(UsageError):
        replace(PageSettings(), **{setting: value})
