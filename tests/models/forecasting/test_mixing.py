"""Mixtures of ways in which a title may be meant: exact, and no wider for being told in more of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.models.forecasting.distribution import through
from openslate.models.forecasting.levels import LEVELS
from openslate.models.forecasting.mixing import mixture


def drawn(seed: int, ways: int) -> np.ndarray:
    return np.sort(np.random.default_rng(seed).normal(0, 2, (ways, len(LEVELS))), axis=1)


@settings(deadline=None)
@given(st.integers(0, 999), st.integers(2, 12))
def test_each_quantile_has_its_level_in_the_mean_of_the_ways(seed: int, ways: int) -> None:
    each = through(drawn(seed, ways))
    found = mixture(each, np.zeros(ways, dtype=np.int64)).quantiles[0]
    levels = each.cdf(np.tile(found, (ways, 1))).mean(axis=0)
    assert levels == pytest.approx(LEVELS, abs=1e-6)


@pytest.mark.parametrize("ways", [2, 10, 40])
def test_the_same_way_told_often_is_that_way(ways: int) -> None:
    one = through(drawn(3, 1))
    same = mixture(through(np.repeat(one.quantiles, ways, axis=0)), np.zeros(ways, dtype=np.int64))
    assert same.quantiles == pytest.approx(one.quantiles, abs=1e-6)


def test_titles_of_different_numbers_of_ways_stand_side_by_side() -> None:
    each = through(drawn(5, 6))
    found = mixture(each, np.array([0, 1, 1, 2, 2, 2]))
    assert found.quantiles[0] == pytest.approx(each.quantiles[0])
    alone = mixture(through(each.quantiles[3:]), np.zeros(3, dtype=np.int64))
    assert found.quantiles[2] == pytest.approx(alone.quantiles[0])
