"""Joint outcomes of several forecasts: what moves all of them together, and what each does by itself.

Every forecast keeps its own distribution: its quantiles, and its mean, which the totals of a slate need. A shock that
all share and a residual of each decide only which outcomes meet.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from openslate.apps.greenlight.forecast_types import LEVELS, Distribution

Matrix = NDArray[np.float64]
STEEPEST = 6.0
"""Of an upper tail, in logs for each standard deviation."""
HALVINGS = 60


def joint_outcomes(forecasts: Sequence[Distribution], together: float, scenarios: int, seed: int = 0) -> Matrix:
    """Outcomes that may come together, float64 [scenarios, forecasts].

    Args:
        forecasts: one for each title.
        together: correlation of any two on the normal scale, from 0 (each by itself) to 1 (all as one).
        scenarios: how many.
        seed: of the draws.

    Example:
        >>> one = Distribution((1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0), 14.0)
        >>> drawn = joint_outcomes([one, one], 0.3, 1000)
        >>> drawn.mean(axis=0).round(6).tolist(), drawn.shape
        ([14.0, 14.0], (1000, 2))
    """
    drawn = np.random.default_rng(seed)
    shock, own = drawn.normal(size=(scenarios, 1)), drawn.normal(size=(scenarios, len(forecasts)))
    ranks = (np.sqrt(together) * shock + np.sqrt(1 - together) * own).argsort(axis=0, kind="stable").argsort(axis=0)
    # Even steps through each distribution, so that no draw of a title is luckier than another's.
    steps = ndtri((np.arange(scenarios) + 0.5) / scenarios)
    return np.column_stack([outcomes(one, steps)[ranks[:, place]] for place, one in enumerate(forecasts)])


def outcomes(forecast: Distribution, steps: Matrix) -> Matrix:
    """The outcomes of a forecast at even steps of the normal scale, whose mean is the forecast's.

    Between quantiles the logarithm is linear on that scale, as below the lowest; above the highest it rises just as
    steeply as the mean asks for. Where no tail can meet the mean, all outcomes are moved by one factor.
    """
    at, logs = ndtri(np.array(LEVELS)), np.log(forecast.quantiles)
    found = np.interp(steps, at, logs)
    below, above = steps < at[0], steps > at[-1]
    found[below] = logs[0] + (steps[below] - at[0]) * (logs[1] - logs[0]) / (at[1] - at[0])
    beyond = steps[above] - at[-1]
    body = float(np.exp(found[~above]).sum())
    low, high = 0.0, STEEPEST
    for _ in range(HALVINGS):
        steep = (low + high) / 2
        total = body + float(np.exp(logs[-1] + steep * beyond).sum())
        low, high = (low, steep) if total > forecast.mean * len(steps) else (steep, high)
    found[above] = logs[-1] + low * beyond
    values = np.exp(found)
    moved: Matrix = values * (forecast.mean / values.mean())
    return moved
