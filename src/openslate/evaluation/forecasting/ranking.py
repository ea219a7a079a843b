"""Does the forecast put first what came first? Ties are broken at random, because file order is often the answer.

Published tables are sorted by outcome: with a stable sort, a constant forecast would find every hit.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError
from openslate.evaluation.forecasting.point import checked, middle_ranks

Values = NDArray[np.float64]
TOP = 0.1
SEEDS = 50


def auc(hit: NDArray[np.bool_], forecast: Values) -> float:
    """The chance that a hit is forecast above one that is none, ties counting one half (Mann-Whitney).

    Args:
        hit: bool [titles].
        forecast: float64 [titles], of anything that orders them.

    Raises:
        FitError: there are no hits, or nothing else.

    Example:
        >>> auc(np.array([True, False, True]), np.array([3.0, 2.0, 1.0]))
        0.5
    """
    hits = int(hit.sum())
    others = len(hit) - hits
    if not hits or not others:
        raise FitError(
            f"AUC needs hits and others, and {hits} of {len(hit)} are hits.", "Score more titles, or set another mark."
        )
    return float((middle_ranks(forecast)[hit].sum() - hits * (hits + 1) / 2) / (hits * others))


def auc_top(actual: Values, forecast: Values, share: float = TOP, seeds: int = SEEDS) -> float:
    """AUC of belonging to the top of the block; the mean over random orders of titles with equal outcomes.

    Args:
        actual: float64 [titles], outcomes or their logarithms.
        forecast: float64 [titles].
        share: of the titles that are the top, rounded up.
        seeds: how many random orders.
    """
    return _over_orders(actual, forecast, share, seeds, lambda top, _chosen: auc(top, forecast))


def precision_top(actual: Values, forecast: Values, share: float = TOP, seeds: int = SEEDS) -> float:
    """Share of the titles forecast to be the top that were; a constant forecast gets what chance gets.

    Args:
        actual: float64 [titles], outcomes or their logarithms.
        forecast: float64 [titles].
        share: of the titles that are the top, rounded up.
        seeds: how many random orders of equals.

    Example:
        >>> precision_top(np.arange(20.0), np.arange(20.0))
        1.0
    """
    return _over_orders(actual, forecast, share, seeds, lambda top, chosen: float(top[chosen].mean()))


def slate_lift(outcomes: Values, forecast: Values, share: float = TOP, seeds: int = SEEDS) -> float:
    """Mean outcome of the titles forecast to be the top over the mean of all.

    On gross it is nearly free, because money spent is money earned: where there are budgets, give multiples of them.

    Args:
        outcomes: float64 [titles], in views, money or multiples; not logarithms.
        forecast: float64 [titles].
        share: of the titles that are chosen, rounded up.
        seeds: how many random orders of equals.

    Raises:
        FitError: the outcomes sum to nothing.

    Example:
        >>> slate_lift(np.array([1.0, 1.0, 1.0, 5.0]), np.array([0.0, 0.0, 0.0, 1.0]), share=0.25)
        2.5
    """
    if outcomes.sum() <= 0:
        raise FitError("The outcomes sum to nothing.", "Score a block of titles that somebody watched or paid for.")
    mean = outcomes.mean()
    return _over_orders(outcomes, forecast, share, seeds, lambda _top, chosen: float(outcomes[chosen].mean() / mean))


def _over_orders(
    actual: Values,
    forecast: Values,
    share: float,
    seeds: int,
    measure: Callable[[NDArray[np.bool_], NDArray[np.int64]], float],
) -> float:
    """The mean of a measure of (the true top, the chosen ones) over orders that break ties at random."""
    checked(actual, forecast)
    # A little below, so that a tenth of 20 is 2 and not 3 for want of one bit.
    size = int(np.ceil(share * len(actual) - 1e-9))
    found = []
    for seed in range(seeds):
        random = np.random.default_rng(seed)
        top = np.zeros(len(actual), dtype=np.bool_)
        top[np.lexsort((random.random(len(actual)), -actual))[:size]] = True
        found.append(measure(top, np.lexsort((random.random(len(actual)), -forecast))[:size]))
    return float(np.mean(found))
