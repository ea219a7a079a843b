"""What is fitted at an origin: features, forecaster, simple forecasts and limits, from what was known then alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.features.column import Floats
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.simple import (
    LINE_ON_BUDGET,
    LINE_ON_DAYS,
    MEDIAN,
    SimpleForecast,
    medians,
    with_spread,
)
from openslate.apps.greenlight.table import N_GROUPS, N_KINDS, Table, encoded
from openslate.errors import FitError
from openslate.evaluation.forecasting.leakage import require_closed
from openslate.evaluation.forecasting.origins import FEWEST_TO_CALIBRATE, Origin
from openslate.models.forecasting.abstention import Reach, reach
from openslate.models.forecasting.distribution import Distributions
from openslate.models.forecasting.forecaster import Forecaster, Settings, fit_forecaster

TOP = 0.9
WIDE = 2
"""The 80% interval, whose width says how little follows from a pitch."""


@dataclass(frozen=True)
class Fitted:
    """What was fitted at an origin.

    Attributes:
        table: every label as a row, encoded as of the origin.
        forecaster: of the outcomes.
        simple: the simple forecasts, the line first.
        reach: how wide an 80% interval may be, ln, before the forecaster abstains.
        top: ln of where the top decile of what was known begins.
        known: int64, labels of the population that were known, whose quantiles are the marginal.
    """

    table: Table
    forecaster: Forecaster
    simple: tuple[SimpleForecast, ...]
    reach: Reach
    top: float
    known: NDArray[np.int64]


def fit_at(
    past: Past,
    as_of: Sequence[date],
    origin: Origin,
    population: NDArray[np.bool_],
    settings: Settings = Settings(),
) -> Fitted:
    """Fit everything at an origin.

    Args:
        past: what became of works.
        as_of: of each label, the first day of its block.
        origin: which labels play which part.
        population: bool [labels], those that forecasts are made for; they calibrate, and all of them are learned from.
        settings: of the forecaster.

    Raises:
        FitError: too little was known.
    """
    calibration = origin.calibration[population[origin.calibration]]
    if len(calibration) < FEWEST_TO_CALIBRATE:
        raise FitError(
            f"Before {origin.day} the latest closed block has {len(calibration)} outcomes of the titles asked for.",
            f"{FEWEST_TO_CALIBRATE} or more are needed to calibrate on: begin later, or ask for more titles.",
        )
    require_closed(past.closes, origin.known, origin.day)
    table = encoded(past, as_of, origin.known, calibration)
    settings = settings if table.encoder.line.slope else _without_line(settings)
    forecaster = fit_forecaster(
        table.outcomes.rows(origin.fit), table.outcomes.rows(calibration), N_KINDS, N_GROUPS, settings
    )
    known = origin.known[population[origin.known]]
    widths = widths_of(forecaster.distributions(table.outcomes.rows(calibration)))
    return Fitted(
        table, forecaster, _simple(table, known), reach(widths), float(np.quantile(past.labels.logs[known], TOP)), known
    )


def widths_of(distributions: Distributions) -> Floats:
    """The widths of the 80% intervals, ln, float64 [titles]."""
    ends = distributions.interval(WIDE)
    return ends[:, 1] - ends[:, 0]


def said_simply(fitted: Fitted, rows: NDArray[np.int64]) -> tuple[Floats, ...]:
    """What the simple forecasts say of labels, each float64 [rows], ln."""
    prior, outcomes = fitted.table.encoder.line, fitted.table.outcomes.rows(rows)
    return (prior.center(outcomes.covariate, outcomes.kinds), medians(prior, outcomes.kinds))


def _simple(table: Table, known: NDArray[np.int64]) -> tuple[SimpleForecast, ...]:
    prior, outcomes = table.encoder.line, table.outcomes.rows(known)
    name = LINE_ON_BUDGET if table.encoder.on_budget else LINE_ON_DAYS
    return (
        with_spread(name, outcomes.logs - prior.center(outcomes.covariate, outcomes.kinds)),
        with_spread(MEDIAN, outcomes.logs - medians(prior, outcomes.kinds)),
    )


def _without_line(settings: Settings) -> Settings:
    return replace(settings, line=False)
