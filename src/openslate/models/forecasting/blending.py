"""Shares of several forecasts in one: none below zero, together one, with the least squared error.

Source: L. Breiman, "Stacked regressions", Machine Learning 24, 1996.
"""

from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError

MOST = 8
"""Forecasts that can be blended: every subset of them is looked at, so that the answer is exact."""


def shares(forecasts: NDArray[np.float64], actual: NDArray[np.float64], even: float = 0.0) -> NDArray[np.float64]:
    """The shares that make the blend's squared error least, float64 [forecasts].

    Args:
        forecasts: float64 [forecasts, titles], on titles that none of them learned from.
        actual: float64 [titles].
        even: how strongly they are drawn towards equal shares, as so many titles on which they differ as usual.

    Raises:
        FitError: there are none or too many forecasts, or no titles.

    Example:
        >>> shares(np.array([[0.0, 2.0], [2.0, 0.0]]), np.array([0.5, 1.5])).round(3).tolist()
        [0.75, 0.25]
    """
    many, titles = forecasts.shape
    if not 1 <= many <= MOST or not titles:
        raise FitError(
            f"{many} forecasts of {titles} titles cannot be blended.", f"Blend 1 to {MOST} forecasts of some titles."
        )
    errors = forecasts - actual
    # The blend's error is the blend of the errors, because shares sum to one.
    products = errors @ errors.T
    usual = np.trace(np.cov(forecasts, bias=True).reshape(many, many)) / many
    products = products + even * usual * np.eye(many)
    best, least = np.zeros(many), np.inf
    for size in range(1, many + 1):
        for chosen in combinations(range(many), size):
            found = _summing_to_one(products[np.ix_(chosen, chosen)])
            loss = float(found @ products[np.ix_(chosen, chosen)] @ found)
            # Of equals, the smallest and first subset: a larger one must be better by more than rounding.
            if (found >= 0).all() and loss < least * (1 - 1e-12):
                best, least = np.zeros(many), loss
                best[list(chosen)] = found
    return best


def _summing_to_one(products: NDArray[np.float64]) -> NDArray[np.float64]:
    """The minimum of w'Pw with the sum of w one, whatever its signs."""
    many = len(products)
    system = np.block([[products, np.ones((many, 1))], [np.ones((1, many)), np.zeros((1, 1))]])
    right = np.append(np.zeros(many), 1.0)
    found = np.linalg.lstsq(system, right, rcond=None)[0][:many]
    return np.asarray(found / found.sum(), dtype=np.float64)
