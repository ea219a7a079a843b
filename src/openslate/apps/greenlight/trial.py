"""A trial: what was forecast of the titles of one origin, or of several, beside what came and what is simply said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.features.column import UNKNOWN, Floats
from openslate.apps.greenlight.features.money import priced
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.fitting import Fitted, forecast_of, said_simply, widths_of
from openslate.apps.greenlight.ranges import out_of_range
from openslate.apps.greenlight.segments import segments_of
from openslate.apps.greenlight.works import Work
from openslate.evaluation.forecasting import scores
from openslate.evaluation.forecasting.scorecard import Block, pooled
from openslate.models.forecasting.distribution import Distributions

TWICE = float(np.log(2.0))
MONEY = "revenue"
"""Measures that end so are held against budgets."""


@dataclass(frozen=True)
class Said:
    """What a simple forecast said of the same titles.

    Attributes:
        name: of the forecast.
        point: float64 [titles], ln.
        quantiles: float64 [titles, 7], ln.
    """

    name: str
    point: Floats
    quantiles: Floats


@dataclass(frozen=True)
class Trial:
    """Forecasts and outcomes.

    Attributes:
        rows: int64 [titles], labels that were tested.
        block: what figures are worked out from.
        simple: the simple forecasts.
        budgets: float64 [titles], ln; NaN where unknown, or where the target is not money.
        double: float64 [titles], the probability of twice the budget or more.
        abstained: bool [titles], because their intervals are too wide or their numbers out of range.
        segments: name to bool [titles].
    """

    rows: NDArray[np.int64]
    block: Block
    simple: tuple[Said, ...]
    budgets: Floats
    double: Floats
    abstained: NDArray[np.bool_]
    segments: Mapping[str, NDArray[np.bool_]]

    @property
    def doubled(self) -> NDArray[np.bool_]:
        """Whether each title brought in twice its budget, bool [titles]; of an unknown budget false."""
        hit: NDArray[np.bool_] = self.block.actual - self.budgets >= TWICE
        return hit


def trial(past: Past, fitted: Fitted, rows: NDArray[np.int64]) -> Trial:
    """Try what was fitted.

    Args:
        past: what became of works.
        fitted: at an origin.
        rows: int64, labels that were not known there.
    """
    outcomes = fitted.table.outcomes.rows(rows)
    point, found = forecast_of(fitted, rows)
    priced = past.labels.measure.endswith(MONEY) and fitted.table.encoder.on_budget
    budgets = outcomes.covariate if priced else np.full(len(rows), UNKNOWN)
    twice = np.where(np.isnan(budgets), 0.0, budgets + TWICE)
    return Trial(
        rows=rows,
        block=tried(past, fitted, rows, point, found),
        simple=tuple(
            Said(one.name, said, one.distributions(said).quantiles)
            for one, said in zip(fitted.simple, said_simply(fitted, rows), strict=True)
        ),
        budgets=budgets,
        double=np.where(np.isnan(budgets), UNKNOWN, found.above(twice)),
        abstained=fitted.reach.beyond(widths_of(found)) | out_of_range(_works(past, fitted.known), _works(past, rows)),
        segments=segments_of(past, fitted.table, rows),
    )


def tried(past: Past, fitted: Fitted, rows: NDArray[np.int64], point: Floats, found: Distributions) -> Block:
    """Forecasts of labels beside what came.

    Args:
        past: what became of works.
        fitted: at an origin.
        rows: int64, labels that were not known there.
        point: float64 [rows], ln, of each.
        found: the distribution of each.
    """
    actual = past.labels.logs[rows]
    return Block(
        actual=actual,
        point=point,
        quantiles=found.quantiles,
        expected=found.mean(),
        levels=found.cdf(actual),
        crps=found.crps(actual),
        top=found.above(fitted.top),
        reference=scores.marginal(past.labels.logs[fitted.known], len(rows)),
    )


def _works(past: Past, rows: NDArray[np.int64]) -> list[Work]:
    """Works of labels, with budgets in the currency that is learned from alone."""
    return [priced(past.labels.works[row], past.currency) for row in rows]


def joined(trials: Sequence[Trial]) -> Trial:
    """Several trials as one; the top tenth is then that of all of them.

    Args:
        trials: at least one.
    """
    names = dict.fromkeys(name for one in trials for name in one.segments)
    return Trial(
        rows=np.concatenate([one.rows for one in trials]),
        block=pooled([one.block for one in trials]),
        simple=tuple(
            Said(
                several[0].name,
                np.concatenate([one.point for one in several]),
                np.concatenate([one.quantiles for one in several]),
            )
            for several in zip(*(one.simple for one in trials), strict=True)
        ),
        budgets=np.concatenate([one.budgets for one in trials]),
        double=np.concatenate([one.double for one in trials]),
        abstained=np.concatenate([one.abstained for one in trials]),
        segments={
            name: np.concatenate([one.segments.get(name, np.zeros(len(one.rows), np.bool_)) for one in trials])
            for name in names
        },
    )
