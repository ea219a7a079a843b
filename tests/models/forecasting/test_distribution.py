from itertools import pairwise

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.stats import norm

from openslate.models.forecasting.distribution import Distributions, through
from openslate.models.forecasting.levels import LEVELS

NORMAL = through(np.array([norm.ppf(LEVELS)]))
QUANTILES = st.lists(st.floats(-3, 3), min_size=7, max_size=7).map(sorted)
UNEVEN = through(np.array([[-2.0, -1.9, -0.3, 0.1, 0.2, 1.0, 3.0]]))


def _cdf(found: Distributions, log: float) -> float:
    return float(found.cdf(np.array([log]))[0])


@given(QUANTILES)
def test_it_goes_through_its_quantiles_and_its_levels_rise(quantiles: list[float]) -> None:
    found = through(np.array([quantiles]))
    np.testing.assert_allclose(found.cdf(found.quantiles)[0], LEVELS, atol=1e-6)
    grid = np.linspace(-8, 8, 200)[None]
    levels = found.cdf(grid)[0]
    assert (np.diff(levels) >= 0).all() and levels[0] >= 0 and levels[-1] <= 1


@given(QUANTILES, st.floats(0.001, 0.999))
def test_quantiles_undo_levels(quantiles: list[float], level: float) -> None:
    found = through(np.array([quantiles]))
    log = found.quantile(np.array([level]))
    assert _cdf(found, float(log[0])) == pytest.approx(level, abs=1e-6)


def test_tails_of_a_normal_are_its_own() -> None:
    for level in (0.001, 0.02, 0.98, 0.999):
        assert NORMAL.quantile(np.array([level]))[0] == pytest.approx(norm.ppf(level), abs=1e-6)


@settings(max_examples=10, deadline=None)
@given(QUANTILES)
@example([-2.0, -2.0, -2.0, -2.0, 0.0, 0.0, 3.0])
def test_the_mean_is_the_integral_of_exp(quantiles: list[float]) -> None:
    found = through(np.array([quantiles]))
    # By scores of a normal, not by levels: a long tail has much of the mean in few of the levels.
    scores = np.linspace(-8, 8, 200_001)
    by_hand = (np.exp(found.quantile(norm.cdf(scores)[None])) * norm.pdf(scores)).sum() * (scores[1] - scores[0])
    assert found.mean()[0] == pytest.approx(by_hand, rel=0.01)


def test_the_mean_lies_far_above_exp_of_the_mean_log() -> None:
    wide = through(np.array([14 + 1.5 * norm.ppf(LEVELS)]))
    assert wide.mean()[0] == pytest.approx(np.exp(14 + 1.5**2 / 2), rel=0.05)
    assert wide.mean()[0] > 2.5 * np.exp(14)


@pytest.mark.parametrize("found", [NORMAL, UNEVEN])
@pytest.mark.parametrize("log", [-5.0, -2.0, -1.0, 0.05, 0.7, 2.9, 6.0])
def test_crps_is_the_integral_of_the_squared_difference(found: Distributions, log: float) -> None:
    edges = np.unique([-40.0, *found.quantiles[0], log, 40.0])
    by_hand = sum(
        quad(lambda x: (_cdf(found, x) - (x >= log)) ** 2, low, high, limit=200)[0]
        for low, high in pairwise(edges)
        if high - low > 1e-6
    )
    assert found.crps(np.array([log]))[0] == pytest.approx(by_hand, abs=1e-5)


def test_draws_are_of_the_distribution_and_of_the_seed() -> None:
    both = Distributions(np.concatenate([NORMAL.quantiles, UNEVEN.quantiles]))
    drawn = both.samples(40_000, seed=3)
    assert drawn.shape == (2, 40_000)
    below = (drawn[:, :, None] <= both.quantiles[:, None, :]).mean(axis=1)
    np.testing.assert_allclose(below, [LEVELS, LEVELS], atol=0.01)
    assert (drawn == both.samples(40_000, seed=3)).all() and (drawn != both.samples(40_000, seed=4)).any()
    np.testing.assert_allclose(np.exp(drawn).mean(axis=1), both.mean(), rtol=0.05)


def test_the_probability_of_more_than_a_value_and_the_ends_of_intervals() -> None:
    assert NORMAL.above(float(norm.ppf(0.9)))[0] == pytest.approx(0.1, abs=1e-6)
    both = Distributions(np.concatenate([NORMAL.quantiles, UNEVEN.quantiles]))
    np.testing.assert_allclose(both.above(np.array([0.0, 1.0])), [0.5, 0.1], atol=1e-6)
    assert NORMAL.above(-60.0)[0] == 1 and NORMAL.above(60.0)[0] == 0
    np.testing.assert_allclose(NORMAL.interval(2)[0], norm.ppf([0.1, 0.9]), atol=1e-6)


def test_equal_quantiles_are_a_point_that_can_still_be_asked() -> None:
    point = through(np.full((1, 7), 2.0))
    assert point.mean()[0] == pytest.approx(np.exp(2.0), rel=1e-6)
    assert _cdf(point, 1.9) == 0 and _cdf(point, 2.1) == 1
    assert point.crps(np.array([3.0]))[0] == pytest.approx(1.0, abs=1e-6)
