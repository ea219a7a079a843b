"""The table of a forecaster: labels as rows of features, encoded as on the day each row's block begins."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.features.column import Columns, Floats
from openslate.apps.greenlight.features.encoder import N_KINDS, Encoder, fit_encoder, kinds_of
from openslate.apps.greenlight.features.past import Past, code_of, series_key
from openslate.apps.greenlight.features.series import has_past
from openslate.apps.greenlight.works import Work
from openslate.models.forecasting.rows import Outcomes, Pitches

N_GROUPS = 4
"""Budget terciles and unknown budgets, or returning titles, new series and new films."""
GROUPS_BY_BUDGET = ("smallest budgets", "middle budgets", "largest budgets", "no budget known")
GROUPS_BY_SERIES = ("returning titles", "new series", "new films", "")


@dataclass(frozen=True)
class Table:
    """Labels as rows.

    Attributes:
        encoder: what was learned at the origin.
        columns: names, families and values of the features of every label.
        outcomes: every label as the forecaster learns from it.
        returning: bool [labels], whether something was known of an earlier title of the series.
        cuts: float64 [2], ln of the budgets that part the terciles; NaN where groups are not by budget.
    """

    encoder: Encoder
    columns: Columns
    outcomes: Outcomes
    returning: NDArray[np.bool_]
    cuts: Floats


def encoded(
    past: Past,
    as_of: Sequence[date],
    known: NDArray[np.int64],
    calibration: NDArray[np.int64],
    counted: NDArray[np.int64] | None = None,
) -> Table:
    """Encode every label with what was known at an origin.

    Args:
        past: what became of works.
        as_of: of each label, the first day of its block.
        known: int64, labels that were known at the origin.
        calibration: int64, those of the calibration block, which part the budgets.
        counted: int64, labels that were known and that forecasts are made for; None for all that were known.

    Raises:
        FitError: too little was known.
    """
    labels = past.labels
    encoder = fit_encoder(past, known, known, known if counted is None else counted)
    columns = encoder.encode(labels.works, labels.days.tolist(), as_of, past)
    covariate = encoder.covariate(labels.works, labels.days.tolist(), past.currency)
    returning = np.array([has_past(work, day, past) for work, day in zip(labels.works, as_of, strict=True)])
    cuts = np.full(2, np.nan)
    if encoder.on_budget:
        there = covariate[calibration]
        cuts = np.quantile(there[np.isfinite(there)], [1 / 3, 2 / 3]) if np.isfinite(there).any() else cuts
    outcomes = Outcomes(
        features=columns.values,
        covariate=covariate,
        kinds=kinds_of(labels.works),
        groups=groups_of(labels.works, covariate, returning, cuts),
        logs=labels.logs,
        at_most=labels.at_most,
        series=code_of([series_key(work) or work.id for work in labels.works]),
        weights=np.ones(len(labels)),
        aside=encoder.aside(past),
    )
    return Table(encoder, columns, outcomes, returning, cuts)


def groups_of(
    works: Sequence[Work], covariate: Floats, returning: NDArray[np.bool_], cuts: Floats
) -> NDArray[np.int64]:
    """Which works are calibrated together, below `N_GROUPS`."""
    if np.isfinite(cuts).all():
        return np.where(np.isnan(covariate), 3, np.searchsorted(cuts, covariate)).astype(np.int64)
    film = np.array([work.kind == "film" for work in works], dtype=np.int64)
    return np.where(returning, 0, 1 + film).astype(np.int64)


def pitches_of(
    encoder: Encoder, cuts: Floats, works: Sequence[Work], days: Sequence[float], as_of: Sequence[date], past: Past
) -> Pitches:
    """Works that have no label, encoded as labels were.

    Args:
        encoder: what was learned.
        cuts: that part the budgets.
        works: what is known of each.
        days: from release to the end of the window, of each.
        as_of: the day of each forecast.
        past: what became of works.
    """
    covariate = encoder.covariate(works, days, past.currency)
    returning = np.array([has_past(work, day, past) for work, day in zip(works, as_of, strict=True)])
    return Pitches(
        encoder.encode(works, days, as_of, past).values,
        covariate,
        kinds_of(works),
        groups_of(works, covariate, returning, cuts),
    )


__all__ = ["GROUPS_BY_BUDGET", "GROUPS_BY_SERIES", "N_GROUPS", "N_KINDS", "Table", "encoded", "pitches_of"]
