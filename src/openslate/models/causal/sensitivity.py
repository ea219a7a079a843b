"""How strong a confounder that nobody recorded would have to be to change an effect, and what it could make of it.

Such a confounder explains a share of what is left of the outcome, and a share of what is left of the choice (of the
variation of the representer). The two bound how far off the effect is; the robustness value is the share, the same for
both, at which the bound reaches no effect. Source: V. Chernozhukov, C. Cinelli, W. Newey, A. Sharma, V. Syrgkanis,
"Long story short: omitted variable bias in causal machine learning", 2022.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from openslate.models.causal.rows import Codes, Floats, standard_error
from openslate.models.causal.scores import Scored

NORMAL = 1.959963984540054
"""Standard errors to each side of a 95% interval."""
MOST = 0.99
"""Shares that a robustness value is looked for among."""


@dataclass(frozen=True)
class Bounds:
    """What the effect may be under a confounder of stated strength.

    Attributes:
        low, high: of the effect.
        surely_low, surely_high: the same with what chance adds: the outer ends of 95% intervals.
    """

    low: float
    high: float
    surely_low: float
    surely_high: float


@dataclass(frozen=True)
class Robustness:
    """Shares of both that a confounder would have to explain, from 0 to `MOST`.

    Attributes:
        value: to bring the effect itself to none (RV).
        surely: to bring an end of its 95% interval to none (RVa); 0 where the interval holds none already.
    """

    value: float
    surely: float


def strength(of_outcome: float, of_choice: float) -> float:
    """What the largest bias is multiplied with.

    Args:
        of_outcome: share of what is left of the outcome, 0 to 1.
        of_choice: share of what is left of the choice, 0 to below 1.
    """
    return math.sqrt(of_outcome * of_choice / (1 - of_choice))


def equal_share(of_outcome: float, of_choice: float) -> float:
    """The share of both, the same one, at which the bias would be as large as at two different shares.

    Args:
        of_outcome: share of what is left of the outcome.
        of_choice: share of what is left of the choice, 0 to below 1.

    Example:
        >>> round(equal_share(0.04, 0.04), 6), equal_share(0.0, 0.3)
        (0.04, 0.0)
    """
    product = strength(of_outcome, of_choice) ** 2
    return (math.sqrt(product**2 + 4 * product) - product) / 2


def middle(estimates: Floats, errors: Floats) -> tuple[float, float]:
    """Estimate and standard error of several partings: the median, and the error with how far partings differ.

    Args:
        estimates: float64 [partings].
        errors: float64 [partings].

    Example:
        >>> middle(np.array([1.0, 2.0, 3.0]), np.array([0.0, 0.0, 0.0]))
        (2.0, 1.0)
    """
    center = float(np.median(estimates))
    return center, math.sqrt(float(np.median(errors**2 + (estimates - center) ** 2)))


def bounds(partings: Sequence[Scored], series: Codes, of_outcome: float, of_choice: float) -> Bounds:
    """What the effect may be under a confounder of stated strength, whichever way it works.

    Args:
        partings: of one estimand.
        series: int64 [titles].
        of_outcome: share of what is left of the outcome that it explains.
        of_choice: share of what is left of the choice.
    """
    factor = strength(of_outcome, of_choice)
    ends = []
    for sign in (-1.0, 1.0):
        estimates, errors = [], []
        for one in partings:
            largest = math.sqrt(max(one.variance * one.norm, 0.0))
            slope = (one.variance * one.norm_influences + one.norm * one.variance_influences) / (
                2 * max(largest, 1e-300)
            )
            estimates.append(one.effect + sign * factor * largest)
            errors.append(float(standard_error(one.influences + sign * factor * slope, series)))
        center, error = middle(np.array(estimates), np.array(errors))
        ends += [center, center + sign * NORMAL * error]
    return Bounds(ends[0], ends[2], ends[1], ends[3])


def robustness(partings: Sequence[Scored], series: Codes) -> Robustness:
    """The shares at which the effect, and the nearer end of its interval, come to none.

    Args:
        partings: of one estimand.
        series: int64 [titles].
    """
    above = bounds(partings, series, 0.0, 0.0).low > 0

    def nearer(share: float, surely: bool) -> float:
        found = bounds(partings, series, share, share)
        low, high = (found.surely_low, found.surely_high) if surely else (found.low, found.high)
        return low if above else -high

    return Robustness(_root(lambda share: nearer(share, False)), _root(lambda share: nearer(share, True)))


def _root(distance: Callable[[float], float]) -> float:
    """Where a falling function comes to 0, between 0 and `MOST`."""
    low, high = 0.0, MOST
    if distance(low) <= 0:
        return low
    if distance(high) > 0:
        return high
    for _ in range(40):
        center = (low + high) / 2
        low, high = (center, high) if distance(center) > 0 else (low, center)
    return (low + high) / 2


@dataclass(frozen=True)
class Gain:
    """What a family of observed confounders explains, as a yardstick for one that was not.

    Attributes:
        of_outcome: share of what is left of the outcome that it explains, 0 to 1.
        of_choice: share of what is left of the choice, 0 to below 1.
        change: of the effect when the family is left out.
    """

    of_outcome: float
    of_choice: float
    change: float


def gain(long: Sequence[Scored], short: Sequence[Scored], outcomes: Floats) -> Gain:
    """How much is lost where a family is left out.

    Args:
        long: partings with all confounders.
        short: partings without the family.
        outcomes: float64 [titles].
    """
    spread = float(outcomes.var())
    unexplained = [float(np.median([one.variance for one in found])) / spread for found in (long, short)]
    norms = [float(np.median([one.norm for one in found])) for found in (long, short)]
    effects = [float(np.median([one.effect for one in found])) for found in (long, short)]
    kept = min(max(norms[1] / norms[0], 1e-9), 1.0) if norms[0] > 0 else 1.0
    return Gain(
        of_outcome=min(max((unexplained[1] - unexplained[0]) / unexplained[0], 0.0), 1.0),
        of_choice=min((1 - kept) / kept, MOST),
        change=effects[1] - effects[0],
    )
