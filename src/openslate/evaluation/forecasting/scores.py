"""Proper scores of whole distributions: what they cost falls lowest, on average, where the forecast is the truth.

Sources: T. Gneiting and A. Raftery, "Strictly proper scoring rules, prediction, and estimation", JASA 102, 2007; J.
Bracher et al., "Evaluating epidemic forecasts in an interval format", PLOS Computational Biology 17(2), 2021.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError
from openslate.evaluation.forecasting.point import checked

Logs = NDArray[np.float64]
LEVELS = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
"""The seven quantiles of a forecast: the ends of its 50, 80 and 90% intervals, and the median."""


def pinball(actual: Logs, quantiles: NDArray[np.float64], levels: Sequence[float] = LEVELS) -> NDArray[np.float64]:
    """The pinball loss of every quantile of every title, float64 [titles, levels].

    Args:
        actual: float64 [titles].
        quantiles: float64 [titles, levels].
        levels: of the quantiles, between 0 and 1.

    Raises:
        FitError: there is not one quantile of each level for each title.

    Example:
        >>> pinball(np.array([1.0]), np.array([[0.0, 3.0]]), (0.25, 0.75)).tolist()
        [[0.25, 0.5]]
    """
    checked(actual, quantiles)
    if quantiles.shape != (len(actual), len(levels)):
        raise FitError(
            f"There are quantiles of shape {quantiles.shape} for {len(actual)} titles and {len(levels)} levels.",
            "Give each title one quantile of each level.",
        )
    error = actual[:, None] - quantiles
    at = np.asarray(levels)
    loss: NDArray[np.float64] = np.maximum(at * error, (at - 1) * error)
    return loss


def weighted_interval_score(
    actual: Logs, quantiles: NDArray[np.float64], levels: Sequence[float] = LEVELS
) -> NDArray[np.float64]:
    """WIS of each title: the mean over its quantiles of twice the pinball loss, float64 [titles]. Lower is better.

    Example:
        >>> weighted_interval_score(np.array([1.0]), np.zeros((1, 1)), (0.5,)).tolist()
        [1.0]
    """
    score: NDArray[np.float64] = 2 * pinball(actual, quantiles, levels).mean(axis=1)
    return score


def skill(ours: Logs, reference: Logs) -> float:
    """1 - ours / reference of a score that is better when lower: 0 is no better, 1 is perfect.

    Args:
        ours: float64 [titles], such as the WIS of each.
        reference: float64 [titles], of the forecast to beat.

    Raises:
        FitError: the reference is perfect already.

    Example:
        >>> skill(np.array([1.0, 2.0]), np.array([3.0, 3.0]))
        0.5
    """
    checked(ours, reference)
    if reference.mean() <= 0:
        raise FitError(
            "The reference makes no error at all.", "Compare with a forecast that does not know the outcome."
        )
    return float(1 - ours.mean() / reference.mean())


def marginal(training: Logs, titles: int, levels: Sequence[float] = LEVELS) -> NDArray[np.float64]:
    """The forecast that knows no title: the quantiles of the training outcomes, for every title alike.

    Args:
        training: float64 [training titles].
        titles: how many to forecast.
        levels: of the quantiles.

    Example:
        >>> marginal(np.array([0.0, 1.0, 2.0]), 2, (0.5,)).tolist()
        [[1.0], [1.0]]
    """
    checked(training, training)
    return np.tile(np.quantile(training, levels), (titles, 1))


def crps(actual: Logs, samples: NDArray[np.float64]) -> NDArray[np.float64]:
    """CRPS of each title from draws of its distribution: E|X - y| - E|X - X'| / 2, pairs drawn without repeats.

    Where the distribution is one of ours, its own `crps` is exact.

    Args:
        actual: float64 [titles].
        samples: float64 [titles, draws], at least two draws.

    Raises:
        FitError: there are fewer than two draws.

    Example:
        >>> crps(np.array([0.0]), np.array([[-1.0, 1.0]])).tolist()
        [0.0]
    """
    checked(actual, samples)
    draws = samples.shape[1]
    if draws < 2:
        raise FitError("One draw says nothing of how far a forecast spreads.", "Draw at least two.")
    distance = np.abs(samples - actual[:, None]).mean(axis=1)
    # Sorted, the sum over all pairs is a weighted sum over draws.
    weights = 2 * np.arange(1, draws + 1) - draws - 1
    spread = (np.sort(samples, axis=1) @ weights) / (draws * (draws - 1))
    score: NDArray[np.float64] = distance - spread
    return score
