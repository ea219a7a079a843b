"""The tables of a backtest's report: every origin, the simple forecasts beside it, segments, and the widest misses."""

from collections.abc import Iterator, Sequence

import numpy as np

from openslate.apps.greenlight.backtest_figures import (
    ABSENT,
    FIGURES,
    compared,
    difference_told,
    key_of,
    outcome,
    share,
    shown,
    told,
    width,
)
from openslate.apps.greenlight.backtest_types import Backtest, OriginFound
from openslate.apps.greenlight.backtest_words import FEWEST_TO_JUDGE
from openslate.apps.greenlight.forecast_types import INTERVALS
from openslate.drawing.sheet import Cell, Table, Tone
from openslate.drawing.spreads import figure
from openslate.drawing.words import shortened
from openslate.evaluation.forecasting.intervals import Coverage
from openslate.evaluation.forecasting.scorecard import Scorecard

HEADLINE = ("r_squared", "rmsle", "auc_top", "auc_double", "wis_skill", "total_bias")
FURTHER = (
    *("within_twice", "spearman", "precision_top", "slate_lift"),
    *("mae_log10", "median_relative_error", "wis", "crps"),
)
BESIDE = ("r_squared", "rmsle", "auc_top", "auc_double", "within_twice", "wis_skill")
ALL = "All origins"
TONES: dict[str, Tone] = {"better": "better", "worse": "worse", "unclear": ""}
MISSES = 12
LONGEST_NAME = 44


def has_budgets(backtest: Backtest) -> bool:
    """Whether twice the budget could be worked out anywhere."""
    return any(np.isfinite(one.auc_double) for _, one in labelled(backtest))


def labelled(backtest: Backtest) -> Iterator[tuple[str, OriginFound]]:
    """Every origin by its day, and all of them together at the end."""
    for origin in backtest.origins:
        yield origin.day.isoformat(), origin
    yield ALL, backtest.pooled


def value_of(origin: OriginFound, key: str) -> float:
    """A figure of an origin."""
    return float(origin.auc_double if key == "auc_double" else getattr(origin.card, key))


def origins_table(backtest: Backtest) -> Table:
    """The headline figures of every origin, with how many titles they rest on."""
    keys = [key for key in HEADLINE if key != "auc_double" or has_budgets(backtest)]
    rows = [
        (
            _origin_cell(label, origin),
            *(f"{count:,}" for count in (origin.fitted, origin.calibrated, origin.card.titles, origin.left_out)),
            *(told(key, value_of(origin, key)) for key in keys),
        )
        for label, origin in labelled(backtest)
    ]
    headings = ("Origin", "fitted", "calibrated", "tested", "left out", *(FIGURES[key].label for key in keys))
    return Table(
        "Every origin: what it learned from, what it was tested on, and how good it was. Left out: titles on both sides",
        headings,
        rows,
        range(1, len(headings)),
    )


def coverage_table(backtest: Backtest) -> Table:
    """Coverage of every origin beside what chance explains, and how wide the intervals are."""
    nominal = [one.nominal for one in backtest.pooled.card.coverages]
    rows = [
        (
            label,
            f"{origin.card.titles:,}",
            *(covered(one) for one in origin.card.coverages),
            *(width(one.width) for one in origin.card.coverages),
        )
        for label, origin in labelled(backtest)
    ]
    headings = (
        *("Origin", "tested"),
        *(f"{share(one)} held" for one in nominal),
        *(f"{share(one)} width" for one in nominal),
    )
    caption = (
        "Share of outcomes inside each interval, with the band in which chance leaves a true one 95 times in 100; "
        "width is the median of high end over low end"
    )
    return Table(caption, headings, rows, range(1, len(headings)))


def further_table(backtest: Backtest) -> Table:
    """The other figures of every origin."""
    rows = [(label, *(told(key, value_of(origin, key)) for key in FURTHER)) for label, origin in labelled(backtest)]
    headings = ("Origin", *(FIGURES[key].label for key in FURTHER))
    return Table("Further figures of the model", headings, rows, range(1, len(headings)))


def simple_table(backtest: Backtest) -> Table:
    """The model above the simple forecasts at every origin, the same titles for all."""
    keys = [key for key in BESIDE if key != "auc_double" or has_budgets(backtest)]
    rows: list[tuple[str | Cell, ...]] = []
    for label, origin in labelled(backtest):
        given = [key for key in keys if key != "wis_skill"]
        rows.append((Cell("model", label), *(told(key, value_of(origin, key)) for key in given), ABSENT))
        for one in origin.simple:
            rows.append((Cell(one.name, label), *(told(key, getattr(one, key)) for key in keys)))
    headings = (
        "Forecast",
        *("WIS skill of the model over it" if one == "wis_skill" else FIGURES[one].label for one in keys),
    )
    return Table(
        "The model and the simple forecasts on the same titles, by origin", headings, rows, range(1, len(headings))
    )


def differences_table(backtest: Backtest) -> Table:
    """How far the model is ahead at every origin, with the interval of the paired bootstrap."""
    columns = list(labelled(backtest))
    pairs = dict.fromkeys((one.over, key_of(one.figure)) for _, origin in columns for one in origin.ahead)
    rows = []
    for over, key in pairs:
        cells: list[str | Cell] = [Cell(FIGURES[key].label, f"over the {over}")]
        for _, origin in columns:
            one = next((one for one in origin.ahead if (one.over, key_of(one.figure)) == (over, key)), None)
            if one is None:
                cells.append(ABSENT)
                continue
            value, interval = difference_told(key, one.difference)
            word = outcome(one)
            cells.append(Cell(f"{value} {word}", interval, TONES[word]))
        rows.append(tuple(cells))
    return Table(
        "The model's figure less that of the simple forecast, with its 95% interval; of RMSLE and WIS less is better",
        ("Figure", *(label for label, _ in columns)),
        rows,
        range(1, len(columns) + 1),
    )


def segments_table(backtest: Backtest) -> Table:
    """Figures by segment over all origins; a segment of few titles says so."""
    keys = ("r_squared", "rmsle", "auc_top", "wis_skill", "total_bias")
    nominal = [one.nominal for one in backtest.pooled.card.coverages]
    rows = []
    for name, card in backtest.pooled.segments.items():
        aside = "" if card.titles >= FEWEST_TO_JUDGE else f"fewer than {FEWEST_TO_JUDGE}: no verdict"
        rows.append(
            (
                Cell(name, aside),
                f"{card.titles:,}",
                *(told(key, getattr(card, key)) for key in keys),
                *(covered(one) for one in card.coverages),
                width(_eighty(card).width),
            )
        )
    headings = (
        *("Segment", "tested", *(FIGURES[key].label for key in keys)),
        *(f"{share(one)} held" for one in nominal),
        "80% width",
    )
    return Table("By segment, over all origins", headings, rows, range(1, len(headings)))


def shares_table(backtest: Backtest) -> Table:
    """What the blend is made of at every origin."""
    members = list(dict.fromkeys(name for _, origin in labelled(backtest) for name in origin.shares))
    rows = [
        (origin.day.isoformat(), *(share(origin.shares[one]) if one in origin.shares else ABSENT for one in members))
        for origin in backtest.origins
    ]
    caption = "Shares of the members of the blend, weighed anew at every origin on its calibration block"
    return Table(caption, ("Origin", *members), rows, range(1, len(members) + 1))


def misses_table(backtest: Backtest) -> Table:
    """The titles whose outcome lay farthest from the forecast, as a multiple of it."""
    tested = backtest.tested
    low, high = INTERVALS[80]
    error = np.log(tested.actual) - np.log(tested.quantiles[:, 3])
    worst = np.lexsort((np.array(tested.titles), -np.abs(error)))[:MISSES]
    rows = [
        (
            Cell(shortened(tested.names[row], LONGEST_NAME), "abstained from" if tested.abstained[row] else ""),
            str(tested.released[row]),
            figure(float(tested.quantiles[row, 3])),
            f"{figure(float(tested.quantiles[row, low]))} to {figure(float(tested.quantiles[row, high]))}",
            figure(float(tested.actual[row])),
            _times(float(np.exp(error[row]))),
        )
        for row in worst
    ]
    return Table(
        f"The {len(rows)} titles that the forecast missed by most",
        ("Title", "released", "forecast", "80% interval", "outcome", "outcome over forecast"),
        rows,
        range(1, 6),
    )


def counts_table(caption: str, counts: Sequence[tuple[str, int]]) -> Table:
    """What was left out, and how many."""
    return Table(caption, ("What", "how many"), [(name, f"{count:,}") for name, count in counts], (1,))


def covered(one: Coverage) -> Cell:
    """A coverage with its mark and the band below it."""
    mark = "inside" if one.holds else "outside"
    return Cell(f"{share(one.share)} {mark}", f"{share(one.low)} to {share(one.high)}", "" if one.holds else "worse")


def _eighty(card: Scorecard) -> Coverage:
    return next(one for one in card.coverages if abs(one.nominal - 0.8) < 1e-9)


def _origin_cell(label: str, origin: OriginFound) -> Cell:
    return Cell(
        label, f"tested to before {origin.until.isoformat()}, calibrated from {origin.calibrated_from.isoformat()}"
    )


def _times(ratio: float) -> str:
    return f"×{shown(ratio, 0 if ratio >= 9.95 else 1 if ratio >= 0.95 else 3 if ratio < 0.095 else 2)}"


def compares(backtest: Backtest) -> bool:
    """Whether there is anything to compare with."""
    return bool(compared(backtest.pooled))
