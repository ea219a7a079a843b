"""The drawings of a backtest's report."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.backtest_figures import FIGURES, compared, key_of, outcome, share
from openslate.apps.greenlight.backtest_tables import eighty, labelled
from openslate.apps.greenlight.backtest_types import Backtest
from openslate.apps.greenlight.backtest_words import FEWEST_TO_JUDGE
from openslate.apps.greenlight.forecast_types import INTERVALS, LEVELS
from openslate.drawing.agreement import Forecast, agreement
from openslate.drawing.bands import Row, Share, banded_shares
from openslate.drawing.charts import Estimate, forest
from openslate.drawing.columns import columns
from openslate.drawing.sheet import Figure
from openslate.evaluation.forecasting.intervals import Coverage, binomial_band

MOST_DRAWN = 500
"""Titles in the scatter: more hide one another, and make the page slow."""


def differences(backtest: Backtest) -> Iterator[Figure]:
    """For each figure compared, how far the model is ahead of the simple forecasts over all origins."""
    for key in compared(backtest.pooled):
        # One that could not be worked out stands in the table as a dash, and has no place on an axis.
        known = [
            one
            for one in backtest.pooled.ahead
            if key_of(one.figure) == key and np.isfinite([one.difference.low, one.difference.high]).all()
        ]
        if not known:
            continue
        rows = [
            Estimate(f"over the {one.over}", one.difference.difference, one.difference.low, one.difference.high)
            for one in known
        ]
        words = FIGURES[key]
        better = "right" if words.more else "left"
        ahead = sum(outcome(one) == "better" for one in known)
        yield Figure(
            f"{words.label} of the model less that of each simple forecast, the same titles drawn anew in pairs. The "
            f"model is better to the {better} of the dashed line; clearly so over {ahead} of {len(rows)}.",
            forest(
                rows,
                title=f"Difference in {words.label} to the simple forecasts",
                axis=f"difference in {words.label}",
                reference=0.0,
                reference_label="no difference",
            ),
        )


def coverage_by_origin(backtest: Backtest) -> Figure:
    """The three intervals at every origin."""
    rows = [Row(label, [_share(one) for one in origin.card.coverages]) for label, origin in labelled(backtest)]
    return Figure(
        "What each interval promised and held at every origin. A dot in its grey band is what chance does to true "
        "intervals: no failure, and no success, is claimed there.",
        banded_shares(rows, title="Coverage by origin", axis="share of outcomes inside the interval"),
    )


def coverage_by_segment(backtest: Backtest) -> Figure:
    """The 80% interval of every segment."""
    rows = [
        Row(f"{name} ({card.titles:,})", [_share(eighty(card))], card.titles >= FEWEST_TO_JUDGE)
        for name, card in backtest.pooled.segments.items()
    ]
    return Figure(
        f"The 80% interval by segment, over all origins. In bold: {FEWEST_TO_JUDGE} titles or more, enough to judge.",
        banded_shares(rows, title="Coverage of the 80% interval by segment", axis="share of outcomes inside it"),
    )


def one_sided(backtest: Backtest) -> Figure:
    """How many outcomes lay below each quantile."""
    card = backtest.pooled.card
    rows = [
        Row(f"{share(level)} quantile", [Share(level, found, *binomial_band(card.titles, level))])
        for level, found in zip(LEVELS, card.below, strict=True)
    ]
    return Figure(
        "How many outcomes lay below each quantile. Left of the stroke the quantile is too low, right of it too high.",
        banded_shares(rows, title="Calibration of each quantile", axis="share of outcomes below the quantile"),
    )


def pit(backtest: Backtest) -> Figure:
    """The histogram of where outcomes fell in their own forecast distribution."""
    card = backtest.pooled.card
    parts = len(card.pit)
    return Figure(
        "Where outcomes fell in their own forecast distribution. True forecasts fill every part alike; a bowl means "
        "intervals too narrow, a hill too wide, a slope forecasts too low or too high.",
        columns(
            card.pit,
            [f"{100 * place // parts}–{100 * (place + 1) // parts}%" for place in range(parts)],
            title="Histogram of forecast distributions at the outcomes",
            x_axis="part of the forecast distribution",
            written=share,
            reference=1 / parts,
            reference_label="all parts alike",
            band=binomial_band(card.titles, 1 / parts),
        ),
    )


def lift(backtest: Backtest) -> Figure:
    """What titles brought by tenth of their forecast."""
    tenths = [f"{place + 1}" for place in range(len(backtest.deciles))]
    tenths[0], tenths[-1] = "lowest", "highest"
    return Figure(
        "Mean outcome of each tenth of titles by forecast, over the mean of all. Where money is what is forecast, much "
        "of the lift is that what costs more takes in more.",
        columns(
            backtest.deciles.tolist(),
            tenths,
            title="Mean outcome by tenth of the forecast",
            x_axis="tenth of titles by predictive mean",
            written=lambda height: f"×{height:.2f}" if height < 0.995 else f"×{height:.1f}",
            reference=1.0,
            reference_label="mean of all titles",
        ),
    )


def scatter(backtest: Backtest) -> Figure:
    """Every forecast over its outcome, or as many as can be told apart."""
    tested = backtest.tested
    low, high = INTERVALS[80]
    chosen = thinned(tested.actual, tested.titles, tested.abstained)
    forecasts = [
        Forecast(
            tested.names[row],
            float(tested.actual[row]),
            float(tested.quantiles[row, low]),
            float(tested.quantiles[row, LEVELS.index(0.5)]),
            float(tested.quantiles[row, high]),
            bool(tested.abstained[row]),
        )
        for row in chosen
    ]
    many = len(tested.titles)
    drawn = (
        f"All {many:,} titles."
        if len(chosen) == many
        else f"{len(chosen):,} of {many:,} titles, evenly chosen by rank of outcome, abstained ones and others alike."
    )
    return Figure(
        f"Each title's forecast over its outcome. {drawn} A stroke that crosses the diagonal is an interval that held.",
        agreement(forecasts, title="Forecast against outcome", unit=backtest.unit, doubted="abstained from"),
    )


def thinned(
    actual: NDArray[np.float64], titles: tuple[str, ...], abstained: NDArray[np.bool_], most: int = MOST_DRAWN
) -> list[int]:
    """Rows that stand for all: evenly chosen by rank of outcome, the same share of abstained ones and of others.

    Args:
        actual: float64 [titles], outcomes.
        titles: ids, which order equal outcomes.
        abstained: bool [titles].
        most: how many are chosen at most, and one more.

    Example:
        >>> thinned(np.arange(10.0), tuple("abcdefghij"), np.arange(10) >= 8, most=5)
        [0, 2, 5, 7, 8]
    """
    if len(actual) <= most:
        return list(range(len(actual)))
    order = np.lexsort((np.array(titles), actual))
    chosen: list[int] = []
    for strange in (False, True):
        group = order[abstained[order] == strange]
        # At least one where there are any, so that nothing vanishes.
        size = max(round(most * len(group) / len(actual)), 1) if len(group) else 0
        chosen += [int(group[place]) for place in np.linspace(0, len(group) - 1, size).round().astype(int)]
    return sorted(chosen)


def _share(one: Coverage) -> Share:
    return Share(one.nominal, one.share, one.low, one.high)
