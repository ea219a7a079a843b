"""What a backtest found: every origin, every figure, beside the simple forecasts that must be beaten."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.evaluation.forecasting.differences import Difference
from openslate.evaluation.forecasting.holding import Abstention
from openslate.evaluation.forecasting.intervals import Coverage
from openslate.evaluation.forecasting.scorecard import Scorecard

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Simple:
    """A simple forecast on the same titles.

    Attributes:
        name: such as 'line on the budget', 'median of the kind' or 'nearest comparable titles'.
        r_squared, rmsle, auc_top, within_twice: as in `Scorecard`, of its point forecast.
        auc_double: of outcomes of twice the budget or more; NaN where there are no budgets.
        wis_skill: of the model over it.
    """

    name: str
    r_squared: float
    rmsle: float
    auc_top: float
    within_twice: float
    auc_double: float
    wis_skill: float


@dataclass(frozen=True)
class Ahead:
    """How far the model is ahead of a simple forecast on one figure, with the interval of the paired bootstrap."""

    over: str
    figure: str
    difference: Difference


@dataclass(frozen=True)
class GapFound:
    """How titles were forecast with facts left out that pitches often leave out, by the code that forecasts a pitch.

    Attributes:
        name: of the pattern of gaps, such as 'no budget'.
        lacks: the facts that were left out.
        titles: how many were tested so.
        coverages: of the 50, 80 and 90% intervals.
        wider: mean width of the 80% intervals, ln, over that of the same titles with all that is known of them.
        r_squared: of the point forecast, on ln.
        r_squared_whole: of the same titles with all that is known of them.
        bias: mean of the point forecast less the outcome, ln.
        moved: mean of the point forecast less that of the same titles with all that is known of them, ln; near 0 where
            saying less makes a forecast neither higher nor lower.
        total_bias: sum of the predictive means over the sum of outcomes.
    """

    name: str
    lacks: tuple[str, ...]
    titles: int
    coverages: tuple[Coverage, ...]
    wider: float
    r_squared: float
    r_squared_whole: float
    bias: float
    moved: float
    total_bias: float


@dataclass(frozen=True)
class OriginFound:
    """What one origin gave.

    Attributes:
        day: the origin, first day of the test; empty days for all origins together are the first and the last one.
        until: the first day after the test.
        calibrated_from: first day of the calibration block.
        fitted, calibrated: how many titles each had.
        left_out: titles that were not tested because another row of them was learned from.
        card: every figure of the model.
        auc_double: of outcomes of twice the budget or more; NaN where there are no budgets.
        simple: the simple forecasts.
        ahead: paired differences from them.
        segments: figures by segment, such as 'films' or 'returning series'.
        abstention: whether titles that were abstained from were forecast worse.
        drift: a sentence where intervals did not hold; else empty.
        alarm: a sentence where the result is too good to be true; else empty.
        shares: of the members of the blend, by name.
        gaps: the same titles with facts left out, one pattern of gaps after another.
    """

    day: date
    until: date
    calibrated_from: date
    fitted: int
    calibrated: int
    left_out: int
    card: Scorecard
    auc_double: float
    simple: tuple[Simple, ...]
    ahead: tuple[Ahead, ...]
    segments: Mapping[str, Scorecard]
    abstention: Abstention
    drift: str
    alarm: str
    shares: Mapping[str, float]
    gaps: tuple[GapFound, ...] = ()


@dataclass(frozen=True)
class Tested:
    """Every title that was tested, for plots and tables; arrays are aligned, on the target's own scale.

    Attributes:
        titles: ids.
        names: what they are called.
        released: datetime64[D].
        origin: int64, which origin tested it.
        actual: float64, outcomes.
        quantiles: float64 [titles, 7].
        expected: float64, predictive means.
        abstained: bool.
    """

    titles: tuple[str, ...]
    names: tuple[str, ...]
    released: NDArray[np.datetime64]
    origin: NDArray[np.int64]
    actual: Floats
    quantiles: Floats
    expected: Floats
    abstained: NDArray[np.bool_]


@dataclass(frozen=True)
class Backtest:
    """A whole backtest.

    Attributes:
        measure: what was forecast.
        unit: in words, such as 'views' or 'US dollars'.
        region: '*' for everywhere.
        window: over which days, in words.
        population: which titles were tested, in words, such as 'titles available everywhere at once'.
        knowing: what counted as known at an origin, in words: closed windows, or published reports.
        origins: each, in order.
        pooled: all of them together.
        deciles: float64 [10], mean outcome of each tenth of titles by predicted mean, over the mean of all; the tenth
            with the highest forecasts last.
        tested: every title.
        families: families of features that were learned from.
        refused: features that were refused because they are known only after release, and why.
        left_out: what was left out and how many, such as titles without a release day or texts without permission.
        seed: of the draws.
        snapshot: of the data.
        versions: of the libraries.
    """

    measure: str
    unit: str
    region: str
    window: str
    population: str
    knowing: str
    origins: tuple[OriginFound, ...]
    pooled: OriginFound
    deciles: Floats
    tested: Tested
    families: tuple[str, ...]
    refused: Mapping[str, str]
    left_out: Mapping[str, int]
    seed: int
    snapshot: str
    versions: Mapping[str, str]
