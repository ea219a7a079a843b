import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from openslate.errors import FitError
from openslate.evaluation.forecasting import point

ACTUAL = np.log(np.array([1.0, 2.0, 4.0, 8.0]))
FORECAST = np.log(np.array([2.0, 2.0, 2.0, 2.0]))
HALVING = np.log(2.0)


def test_figures_worked_out_by_hand() -> None:
    # In steps of ln 2 the outcomes are 0 1 2 3 and the errors 1 0 -1 -2.
    assert point.rmsle(ACTUAL, FORECAST) == pytest.approx(HALVING * np.sqrt(6 / 4))
    assert point.r_squared(ACTUAL, FORECAST) == pytest.approx(1 - 6 / 5)
    assert point.mae_log10(ACTUAL, FORECAST) == pytest.approx(np.log10(2.0))
    assert point.median_relative_error(ACTUAL, FORECAST) == pytest.approx((0.5 + 0.75) / 2)
    # A factor of exactly two is not within two.
    assert point.within_twice(ACTUAL, FORECAST + 0.01) == 0.5
    assert point.total_bias(np.exp(ACTUAL), np.exp(FORECAST)) == pytest.approx(8 / 15)


def test_r_squared_of_the_mean_is_zero_and_of_the_truth_one() -> None:
    assert point.r_squared(ACTUAL, np.full(4, ACTUAL.mean())) == pytest.approx(0)
    assert point.r_squared(ACTUAL, ACTUAL) == 1


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=3, max_size=30))
def test_rank_correlation_is_that_of_scipy(pairs: list[tuple[int, int]]) -> None:
    ours, theirs = np.array(pairs, dtype=np.float64).T
    if np.ptp(ours) == 0 or np.ptp(theirs) == 0:
        assert point.spearman(ours, theirs) == 0
    else:
        assert point.spearman(ours, theirs) == pytest.approx(stats.spearmanr(ours, theirs).statistic)


def test_what_nothing_can_be_worked_out_from_is_refused() -> None:
    with pytest.raises(FitError, match="4 outcomes and 3 forecasts"):
        point.rmsle(ACTUAL, FORECAST[:3])
    with pytest.raises(FitError, match="no number"):
        point.rmsle(ACTUAL, np.append(FORECAST[:3], np.nan))
    with pytest.raises(FitError, match="all 3 are equal"):
        point.r_squared(np.ones(3), np.ones(3))
    with pytest.raises(FitError, match="sum to nothing"):
        point.total_bias(np.zeros(2), np.ones(2))
