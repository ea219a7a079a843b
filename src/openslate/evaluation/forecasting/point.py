"""How far point forecasts of natural logarithms are off.

All of them take logarithms, because an outcome of ten thousand and one of a hundred million are forecast by the same
model; `total_bias` and `median_relative_error` say what that means in views or money.
"""

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError

Logs = NDArray[np.float64]
TWICE = float(np.log(2.0))


def r_squared(actual: Logs, forecast: Logs) -> float:
    """1 - SSE/SST on logarithms, the mean of what is scored as reference; below 0 where that mean does better.

    Args:
        actual: float64 [titles], ln of the outcomes.
        forecast: float64 [titles], ln of the forecasts.

    Raises:
        FitError: there are fewer than two titles, or all outcomes are equal.

    Example:
        >>> r_squared(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 4.0]))
        0.5
    """
    checked(actual, forecast)
    total = float(((actual - actual.mean()) ** 2).sum())
    if total == 0:
        raise FitError(
            f"R2 needs outcomes that differ, and all {len(actual)} are equal.", "Score a block with more titles."
        )
    return 1.0 - float(((actual - forecast) ** 2).sum()) / total


def rmsle(actual: Logs, forecast: Logs) -> float:
    """Root mean square error of the natural logarithm, without adding one.

    Example:
        >>> rmsle(np.array([0.0, 0.0]), np.array([1.0, -1.0]))
        1.0
    """
    checked(actual, forecast)
    return float(np.sqrt(((actual - forecast) ** 2).mean()))


def mae_log10(actual: Logs, forecast: Logs) -> float:
    """Mean absolute error of the decimal logarithm.

    Example:
        >>> round(mae_log10(np.log(np.array([100.0])), np.log(np.array([10.0]))), 12)
        1.0
    """
    checked(actual, forecast)
    return float(np.abs(actual - forecast).mean() / np.log(10.0))


def median_relative_error(actual: Logs, forecast: Logs) -> float:
    """Median of |forecast / actual - 1| (MdAPE). Its mean would be ruled by the few that nearly failed.

    Example:
        >>> round(median_relative_error(np.log(np.array([4.0, 4.0, 4.0])), np.log(np.array([5.0, 2.0, 40.0]))), 12)
        0.5
    """
    checked(actual, forecast)
    return float(np.median(np.abs(np.expm1(forecast - actual))))


def within_twice(actual: Logs, forecast: Logs) -> float:
    """Share of titles that got less than twice and more than half of what was forecast.

    Example:
        >>> within_twice(np.log(np.array([3.0, 9.0])), np.log(np.array([2.0, 2.0])))
        0.5
    """
    checked(actual, forecast)
    return float((np.abs(actual - forecast) < TWICE).mean())


def spearman(actual: Logs, forecast: Logs) -> float:
    """Correlation of ranks, ties sharing the middle of theirs; 0 where either side is one value throughout.

    Example:
        >>> spearman(np.array([1.0, 2.0, 3.0]), np.array([10.0, 20.0, 90.0]))
        1.0
    """
    checked(actual, forecast)
    ours, theirs = middle_ranks(actual), middle_ranks(forecast)
    ours, theirs = ours - ours.mean(), theirs - theirs.mean()
    scale = float(np.sqrt((ours @ ours) * (theirs @ theirs)))
    return float(ours @ theirs) / scale if scale else 0.0


def total_bias(actual: NDArray[np.float64], expected: NDArray[np.float64]) -> float:
    """Sum of forecasts over sum of outcomes, in views or money: 1 is right, below 1 promises too little.

    The forecasts are predictive means. exp(mean log) is no mean, and sums to about half of what comes.

    Args:
        actual: float64 [titles], outcomes, not their logarithms.
        expected: float64 [titles], predictive means in the same unit.

    Raises:
        FitError: the outcomes sum to nothing.

    Example:
        >>> total_bias(np.array([1.0, 3.0]), np.array([1.0, 1.0]))
        0.5
    """
    checked(actual, expected)
    if actual.sum() <= 0:
        raise FitError("The outcomes sum to nothing.", "Score a block of titles that somebody watched or paid for.")
    return float(expected.sum() / actual.sum())


def middle_ranks(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Ranks from 1, equal values sharing the middle of theirs."""
    _, place, tied = np.unique(values, return_inverse=True, return_counts=True)
    ranks: NDArray[np.float64] = (np.cumsum(tied) - (tied - 1) / 2)[place]
    return ranks


def checked(actual: NDArray[np.float64], forecast: NDArray[np.float64]) -> None:
    """Refuse what no figure can be worked out from.

    Raises:
        FitError: there are no titles, not as many forecasts as outcomes, or one of either is no number.
    """
    if not len(actual) or len(actual) != len(forecast):
        raise FitError(
            f"There are {len(actual)} outcomes and {len(forecast)} forecasts.",
            "Score at least one title, and give each title one of both.",
        )
    if not (np.isfinite(actual).all() and np.isfinite(forecast).all()):
        raise FitError(
            "An outcome or a forecast is no number, or not a finite one.",
            "Leave out titles without an outcome; an outcome of zero has no logarithm.",
        )
