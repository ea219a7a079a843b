"""What a forecast was worth once its outcome is known, and how well calibrated all of them were.

Scores are on natural logs, so that twice too much and half too little weigh the same, and those of
`evaluation.forecasting`: what is scored when an outcome comes in is what a backtest scores.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.forecast_types import INTERVALS, LEVELS, Distribution
from openslate.errors import UsageError
from openslate.evaluation.forecasting.intervals import binomial_band
from openslate.evaluation.forecasting.scores import pinball, skill, weighted_interval_score

EXPECTED = tuple(high - low for low, high in zip((0.0, *LEVELS), (*LEVELS, 1.0), strict=True))
"""Share of outcomes that belongs between two neighbouring quantiles, the outer ones included."""


@dataclass(frozen=True)
class Score:
    """What one forecast was worth.

    Attributes:
        wis: weighted interval score, the mean of twice the pinball loss at every level; less is better.
        baseline_wis: the same of the baseline.
        pinball: loss at each level.
        inside: for each interval in per cent, whether it held the outcome.
        bin: between which quantiles the outcome lay, 0 (below all) to 7 (above all); None for a censored outcome.
        pit: the forecast's probability of no more than the outcome, between quantiles in a line on the log scale,
            halfway to the end in the tails; None for a censored outcome.
    """

    wis: float
    baseline_wis: float
    pinball: tuple[float, ...]
    inside: tuple[tuple[int, bool], ...]
    bin: int | None
    pit: float | None


@dataclass(frozen=True)
class Calibration:
    """How all scored forecasts did together.

    Attributes:
        scored: how many.
        coverage: (per cent, share of outcomes inside) of each interval.
        bands: (per cent, low, high) of each: between them lies the share of a true interval, in 95 of 100 samples.
        wis: mean.
        skill: 1 - mean WIS / the baseline's; None where the baseline was never wrong.
        bins: how many outcomes lay between which quantiles; `EXPECTED` says what share belongs there.
    """

    scored: int
    coverage: tuple[tuple[int, float], ...]
    bands: tuple[tuple[int, float, float], ...]
    wis: float
    skill: float | None
    bins: tuple[int, ...]


def score(distribution: Distribution, baseline: Distribution, outcome: float, at_most: bool = False) -> Score:
    """Score a forecast and its baseline against an outcome.

    Args:
        distribution: that was forecast.
        baseline: that stood beside it.
        outcome: above 0, on the target's own scale.
        at_most: whether it is only known not to be more; then all that lies below counts as one value.

    Raises:
        UsageError: the outcome is not above 0.

    Source: Bracher and others, Evaluating epidemic forecasts in an interval format, PLOS Computational Biology 17
        (2021); a censored outcome is scored as the censored distribution's, which keeps the score proper.

    Example:
        >>> even = Distribution((1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0), 14.0)
        >>> found = score(even, even, 8.0)
        >>> found.pit, found.bin, dict(found.inside), found.wis == found.baseline_wis
        (0.5, 4, {50: True, 80: True, 90: True}, True)
    """
    if not (math.isfinite(outcome) and outcome > 0):
        raise UsageError(f"The outcome {outcome} is not above 0.", "Give it in whole units, such as 12000000 views.")
    actual = np.array([math.log(outcome)])
    logs, simple = (_logs(one, outcome, at_most) for one in (distribution, baseline))
    return Score(
        wis=float(weighted_interval_score(actual, logs)[0]),
        baseline_wis=float(weighted_interval_score(actual, simple)[0]),
        pinball=tuple(pinball(actual, logs)[0].tolist()),
        inside=tuple(
            (percent, bool(logs[0, low] <= actual[0] <= logs[0, high])) for percent, (low, high) in INTERVALS.items()
        ),
        bin=None if at_most else sum(one <= outcome for one in distribution.quantiles),
        pit=None if at_most else _pit(distribution, outcome),
    )


def calibration(scores: Sequence[Score]) -> Calibration | None:
    """How scored forecasts did together; None where there is none."""
    if not scores:
        return None
    count = len(scores)
    inside = {percent: sum(dict(one.inside)[percent] for one in scores) / count for percent in INTERVALS}
    ours, simple = (np.array(some) for some in zip(*((one.wis, one.baseline_wis) for one in scores), strict=True))
    return Calibration(
        scored=count,
        coverage=tuple(inside.items()),
        bands=tuple((percent, *binomial_band(count, percent / 100)) for percent in INTERVALS),
        wis=float(ours.mean()),
        skill=skill(ours, simple) if simple.any() else None,
        bins=tuple(sum(one.bin == place for one in scores) for place in range(len(EXPECTED))),
    )


def _logs(distribution: Distribution, outcome: float, at_most: bool) -> NDArray[np.float64]:
    """The quantiles as the evaluation has them; below a censored outcome, all values count as one."""
    return np.log([[max(one, outcome) if at_most else one for one in distribution.quantiles]])


def _pit(distribution: Distribution, outcome: float) -> float:
    quantiles = distribution.quantiles
    if outcome < quantiles[0]:
        return LEVELS[0] / 2
    if outcome > quantiles[-1]:
        return (1 + LEVELS[-1]) / 2
    # Of several equal quantiles the middle one.
    equal = [level for level, one in zip(LEVELS, quantiles, strict=True) if one == outcome]
    if equal:
        return (equal[0] + equal[-1]) / 2
    place = sum(one < outcome for one in quantiles)
    low, high = math.log(quantiles[place - 1]), math.log(quantiles[place])
    share = (math.log(outcome) - low) / (high - low)
    return LEVELS[place - 1] + share * (LEVELS[place] - LEVELS[place - 1])
