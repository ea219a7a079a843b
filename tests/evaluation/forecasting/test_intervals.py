from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.errors import FitError
from openslate.evaluation.forecasting import intervals


@given(st.integers(1, 60), st.sampled_from([0.5, 0.8, 0.9]))
def test_the_band_is_exact(titles: int, nominal: float) -> None:
    low, high = intervals.binomial_band(titles, nominal)

    def at_most(hits: int) -> float:
        return sum(comb(titles, k) * nominal**k * (1 - nominal) ** (titles - k) for k in range(hits + 1))

    least, most = round(low * titles), round(high * titles)
    # Each end is the first count whose probability of being reached from below passes its level.
    assert at_most(least) >= 0.025 - 1e-12 and (least == 0 or at_most(least - 1) < 0.025 + 1e-12)
    assert at_most(most) >= 0.975 - 1e-12 and (most == 0 or at_most(most - 1) < 0.975 + 1e-12)


def test_the_band_is_that_of_the_published_table() -> None:
    low, high = intervals.binomial_band(250, 0.8)
    assert (high - low) / 2 == pytest.approx(0.05, abs=0.002)
    low, high = intervals.binomial_band(80, 0.8)
    assert (high - low) / 2 == pytest.approx(0.088, abs=0.002)


def test_ends_count_and_width_is_a_ratio() -> None:
    actual = np.array([0.0, 1.0, 2.0, -1.0])
    found = intervals.coverage(actual, np.zeros(4), np.full(4, np.log(3.0)), 0.5)
    assert found.share == 0.5 and found.width == pytest.approx(3) and found.titles == 4


def test_no_failure_is_claimed_inside_what_chance_explains() -> None:
    actual = np.zeros(100)
    low = np.where(np.arange(100) < 75, -1.0, 0.5)
    assert intervals.coverage(actual, low, np.ones(100), 0.8).holds
    low = np.where(np.arange(100) < 60, -1.0, 0.5)
    assert not intervals.coverage(actual, low, np.ones(100), 0.8).holds


def test_one_sided_coverage_is_the_share_at_or_below_each_quantile() -> None:
    quantiles = np.tile([0.0, 1.0], (4, 1))
    assert intervals.below(np.array([-1.0, 0.0, 0.5, 2.0]), quantiles).tolist() == [0.5, 0.75]


def test_pit_of_a_true_forecast_is_flat_and_of_a_narrow_one_is_not() -> None:
    levels = np.random.default_rng(1).random(4000)
    assert intervals.pit_histogram(levels) == pytest.approx(np.full(10, 0.1), abs=0.02)
    narrow = np.random.default_rng(1).beta(0.4, 0.4, 4000)
    assert intervals.pit_histogram(narrow)[[0, -1]].min() > 0.15
    assert intervals.pit_histogram(np.array([0.0, 1.0])).tolist() == [0.5, *[0.0] * 8, 0.5]


def test_what_is_no_level_or_no_title_is_refused() -> None:
    with pytest.raises(FitError, match="outside 0 and 1"):
        intervals.pit_histogram(np.array([1.1]))
    with pytest.raises(FitError, match="no titles"):
        intervals.binomial_band(0, 0.8)
