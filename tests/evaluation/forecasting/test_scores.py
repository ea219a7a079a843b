import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm

from openslate.errors import FitError
from openslate.evaluation.forecasting import scores

LEVELS = np.array(scores.LEVELS)
VALUES = st.floats(-50, 50)


def _interval_form(actual: float, quantiles: np.ndarray) -> float:
    """WIS as Bracher et al. write it: |y - m| / 2 and the interval scores, each weighing half its alpha."""
    total = abs(actual - quantiles[3]) / 2
    for low, high, alpha in ((0, 6, 0.1), (1, 5, 0.2), (2, 4, 0.5)):
        width = quantiles[high] - quantiles[low]
        under = 2 / alpha * max(quantiles[low] - actual, 0)
        over = 2 / alpha * max(actual - quantiles[high], 0)
        total += alpha / 2 * (width + under + over)
    return total / 3.5


@given(VALUES, st.lists(VALUES, min_size=7, max_size=7))
def test_it_is_the_interval_form_of_the_source(actual: float, drawn: list[float]) -> None:
    quantiles = np.sort(drawn)
    ours = scores.weighted_interval_score(np.array([actual]), quantiles[None])[0]
    assert ours == pytest.approx(_interval_form(actual, quantiles), rel=1e-9, abs=1e-9)


@given(VALUES, st.lists(VALUES, min_size=7, max_size=7))
def test_it_is_the_mean_of_twice_the_pinball_losses(actual: float, quantiles: list[float]) -> None:
    by_hand = np.mean(
        [
            2 * (level * (actual - q) if actual >= q else (1 - level) * (q - actual))
            for level, q in zip(LEVELS, quantiles, strict=True)
        ]
    )
    ours = scores.weighted_interval_score(np.array([actual]), np.array([quantiles]))[0]
    assert ours == pytest.approx(by_hand, rel=1e-9, abs=1e-9)


@settings(max_examples=30)
@given(st.floats(-1.5, 1.5), st.floats(0.4, 2.5))
def test_the_truth_scores_best(shift: float, stretch: float) -> None:
    """Proper scoring, on a fine grid of outcomes in place of chance."""
    actual = norm.ppf((np.arange(4000) + 0.5) / 4000)
    truth = np.tile(norm.ppf(LEVELS), (len(actual), 1))
    told = truth * stretch + shift
    best = scores.weighted_interval_score(actual, truth).mean()
    assert scores.weighted_interval_score(actual, told).mean() >= best - 1e-4


def test_crps_from_draws_is_the_closed_form_of_a_normal() -> None:
    actual = np.array([-1.0, 0.0, 2.5])
    samples = np.random.default_rng(1).normal(size=(3, 40_000))
    known = actual * (2 * norm.cdf(actual) - 1) + 2 * norm.pdf(actual) - 1 / np.sqrt(np.pi)
    np.testing.assert_allclose(scores.crps(actual, samples), known, atol=0.02)


@given(st.lists(VALUES, min_size=2, max_size=12), VALUES)
def test_crps_from_draws_is_that_of_every_pair(draws: list[float], actual: float) -> None:
    x = np.array(draws)
    pairs = np.abs(x[:, None] - x).sum() / (len(x) * (len(x) - 1))
    expected = np.abs(x - actual).mean() - pairs / 2
    assert scores.crps(np.array([actual]), x[None])[0] == pytest.approx(expected, abs=1e-9)


def test_skill_over_the_marginal() -> None:
    training = np.random.default_rng(1).normal(size=5000)
    actual = np.random.default_rng(2).normal(size=3000)
    reference = scores.weighted_interval_score(actual, scores.marginal(training, 3000))
    assert scores.skill(reference, reference) == 0
    knowing = scores.weighted_interval_score(actual, actual[:, None] + 0.1 * norm.ppf(LEVELS))
    assert scores.skill(knowing, reference) > 0.8


def test_what_cannot_be_scored_is_refused() -> None:
    with pytest.raises(FitError, match=r"shape \(2, 6\) for 2 titles and 7"):
        scores.pinball(np.zeros(2), np.zeros((2, 6)))
    with pytest.raises(FitError, match="One draw"):
        scores.crps(np.zeros(2), np.zeros((2, 1)))
    with pytest.raises(FitError, match="no error"):
        scores.skill(np.ones(2), np.zeros(2))
