import numpy as np
import pytest

from openslate.errors import FitError
from openslate.evaluation.forecasting import ranking
from openslate.evaluation.forecasting.differences import paired
from openslate.evaluation.forecasting.point import r_squared, rmsle


def test_it_is_the_plain_resampling_of_titles() -> None:
    random = np.random.default_rng(1)
    actual = random.normal(size=60)
    ours, theirs = actual + random.normal(size=(2, 60))
    found = paired(rmsle, actual, ours, theirs, seed=4, resamples=200)
    drawn = np.random.default_rng(4)
    by_hand = []
    for _ in range(200):
        rows = drawn.integers(60, size=60)
        by_hand.append(rmsle(actual[rows], ours[rows]) - rmsle(actual[rows], theirs[rows]))
    assert (found.low, found.high) == tuple(np.percentile(by_hand, [2.5, 97.5]))
    assert found.difference == rmsle(actual, ours) - rmsle(actual, theirs)


def test_a_true_difference_is_seen_and_chance_is_not() -> None:
    random = np.random.default_rng(2)
    actual = random.normal(size=400)
    noise = random.normal(size=400)
    assert paired(r_squared, actual, actual + 0.5 * noise, actual + noise, seed=0).excludes_zero
    alike = [
        paired(
            rmsle, actual[:80], *(actual[:80] + np.random.default_rng(k).normal(size=(2, 80))), seed=k, resamples=200
        ).excludes_zero
        for k in range(40)
    ]
    assert sum(alike) <= 7


def test_nothing_is_claimed_from_few_titles() -> None:
    actual = np.arange(10.0)
    found = paired(rmsle, actual, actual, actual + 1, seed=0)
    assert found.high < 0 and not found.excludes_zero
    with pytest.raises(FitError, match="from 1 titles"):
        paired(rmsle, actual[:1], actual[:1], actual[:1], seed=0)


def test_a_figure_that_most_draws_do_not_allow_is_refused() -> None:
    actual = np.zeros(40)
    actual[0] = 1.0

    def of_the_one(outcomes: np.ndarray, forecast: np.ndarray) -> float:
        if not outcomes.any():
            raise FitError("None.", "More.")
        return ranking.auc(outcomes > 0, forecast)

    found = paired(of_the_one, actual, actual, -actual, seed=0)
    assert found.difference == 1
    with pytest.raises(FitError, match=r"for 0 of 20 draws"):
        paired(r_squared, np.zeros(40), actual, actual, seed=0, resamples=20)
