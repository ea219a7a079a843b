"""What is fitted at an origin: features, forecaster, simple forecasts and limits, from what was known then alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.comps.audience import AudienceMap
from openslate.apps.greenlight.features.column import Floats
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.following import Following, fit_following
from openslate.apps.greenlight.gap_calibration import gaps_of
from openslate.apps.greenlight.imputing import Lenders
from openslate.apps.greenlight.meant import Encoding
from openslate.apps.greenlight.simple import (
    COMPARABLES,
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
from openslate.models.forecasting.forecaster import WIDE, Forecaster, Settings, fit_forecaster
from openslate.progress import Progress, silent

TOP = 0.9


@dataclass(frozen=True)
class Fitted:
    """What was fitted at an origin.

    Attributes:
        table: every label as a row, encoded as of the origin.
        forecaster: of the outcomes.
        following: the map of comparable titles, and how far these alone say what a title does.
        beyond: float64 [labels], what the comparable titles of each were beyond their simple forecast; NaN without any.
        simple: the simple forecasts, the line first.
        reach: how wide an 80% interval may be, ln, before the forecaster abstains.
        top: ln of where the top decile of what was known begins.
        known: int64, labels of the population that were known, whose quantiles are the marginal.
        encoding: of works with facts missing, which known titles of the population lend.
    """

    table: Table
    forecaster: Forecaster
    following: Following
    beyond: Floats
    simple: tuple[SimpleForecast, ...]
    reach: Reach
    top: float
    known: NDArray[np.int64]
    encoding: Encoding


def fit_at(
    past: Past,
    as_of: Sequence[date],
    origin: Origin,
    population: NDArray[np.bool_],
    settings: Settings = Settings(),
    audience: AudienceMap | None = None,
    progress: Progress = silent,
) -> Fitted:
    """Fit everything at an origin.

    Args:
        past: what became of works.
        as_of: of each label, the first day of its block.
        origin: which labels play which part.
        population: bool [labels], those that forecasts are made for; they calibrate, and all of them are learned from.
        settings: of the forecaster.
        audience: as of the origin; None where comparable titles are chosen by theme alone, as every forecaster does
            that is trained: `benchmarks.greenlight_audience` measures that the map is of no help to it.
        progress: told what is done.

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
    progress(f"Reading what was known on {origin.day}", 0.0)
    known = origin.known[population[origin.known]]
    table = encoded(past, as_of, origin.known, calibration, known)
    settings = settings if table.encoder.line.slope else _without_line(settings)
    outcomes, line = table.outcomes, table.encoder.line
    progress(f"Comparing titles as of {origin.day}", 0.15)
    following, beyond = fit_following(past, as_of, origin.known, table.encoder.beyond(past), audience)
    last = np.setdiff1d(origin.known, np.union1d(origin.fit, calibration))
    theirs = (beyond[origin.fit], beyond[calibration], beyond[last])
    progress(f"Fitting as of {origin.day}", 0.55)
    earlier = _encoding(past, table, following, origin.known, origin.fit[population[origin.fit]])
    forecaster = fit_forecaster(
        outcomes.rows(origin.fit),
        outcomes.rows(calibration),
        N_KINDS,
        N_GROUPS,
        settings,
        theirs,
        outcomes.rows(last),
        gaps_of(past, as_of, calibration, earlier, following),
    )
    encoding = _encoding(past, table, following, origin.known, known)
    comparable = line.center(outcomes.covariate, outcomes.kinds) + following.moved(beyond)
    top = float(np.quantile(past.labels.logs[known], TOP))
    simple = _simple(table, known, comparable)
    return Fitted(table, forecaster, following, beyond, simple, reach(forecaster.widths), top, known, encoding)


def forecast_of(fitted: Fitted, rows: NDArray[np.int64]) -> tuple[Floats, Distributions]:
    """Point forecasts, float64 [rows], ln, and distributions of labels.

    Args:
        fitted: at an origin.
        rows: int64, labels.
    """
    outcomes = fitted.table.outcomes.rows(rows)
    theirs = fitted.beyond[rows]
    return fitted.forecaster.point(outcomes, theirs), fitted.forecaster.distributions(outcomes, theirs)


def widths_of(distributions: Distributions) -> Floats:
    """The widths of the 80% intervals, ln, float64 [titles]."""
    return distributions.widths(WIDE)


def said_simply(fitted: Fitted, rows: NDArray[np.int64]) -> tuple[Floats, ...]:
    """What the simple forecasts say of labels, each float64 [rows], ln."""
    prior, outcomes = fitted.table.encoder.line, fitted.table.outcomes.rows(rows)
    line = prior.center(outcomes.covariate, outcomes.kinds)
    return line, medians(prior, outcomes.kinds), line + fitted.following.moved(fitted.beyond[rows])


def _simple(table: Table, known: NDArray[np.int64], comparable: Floats) -> tuple[SimpleForecast, ...]:
    prior, outcomes = table.encoder.line, table.outcomes.rows(known)
    name = LINE_ON_BUDGET if table.encoder.on_budget else LINE_ON_DAYS
    return (
        with_spread(name, outcomes.logs - prior.center(outcomes.covariate, outcomes.kinds)),
        with_spread(MEDIAN, outcomes.logs - medians(prior, outcomes.kinds)),
        with_spread(COMPARABLES, outcomes.logs - comparable[known]),
    )


def _encoding(
    past: Past, table: Table, following: Following, known: NDArray[np.int64], lending: NDArray[np.int64]
) -> Encoding:
    """What encodes works with gaps, and which of the known labels lend them what they lack."""
    places = np.flatnonzero(np.isin(known, lending))
    return Encoding(table.encoder, table.cuts, past, Lenders(following.theme, following.seen, places, past.currency))


def _without_line(settings: Settings) -> Settings:
    return replace(settings, line=False)
