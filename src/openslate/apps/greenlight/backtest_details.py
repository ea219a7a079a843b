"""The smaller tables of a backtest's report: segments, the blend, the widest misses, and what was left out."""

from collections.abc import Mapping

import numpy as np

from openslate.apps.greenlight.backtest_figures import ABSENT, FIGURES, share, shown, told
from openslate.apps.greenlight.backtest_tables import coverage_cells, coverage_headings, labelled
from openslate.apps.greenlight.backtest_types import Backtest
from openslate.apps.greenlight.backtest_words import FEWEST_TO_JUDGE
from openslate.apps.greenlight.forecast_types import INTERVALS
from openslate.drawing.sheet import Block, Cell, Facts, Prose, Table
from openslate.drawing.spreads import figure
from openslate.drawing.words import shortened

MISSES = 12
LONGEST_NAME = 44


def segments_table(backtest: Backtest) -> Table:
    """Figures by segment over all origins; a segment of few titles says so."""
    keys = ("r_squared", "rmsle", "auc_top", "within_twice", "wis_skill", "total_bias")
    rows: list[tuple[str | Cell, ...]] = []
    for name, card in backtest.pooled.segments.items():
        aside = "" if card.titles >= FEWEST_TO_JUDGE else f"fewer than {FEWEST_TO_JUDGE}: no verdict"
        rows.append((Cell(name, aside), f"{card.titles:,}", *(told(key, getattr(card, key)) for key in keys)))
    headings = ("Segment", "tested", *(FIGURES[key].label for key in keys))
    return Table("Figures by segment, over all origins", headings, rows, range(1, len(headings)))


def segment_coverage_table(backtest: Backtest) -> Table:
    """Coverage and width by segment over all origins."""
    rows = [(name, *coverage_cells(card)) for name, card in backtest.pooled.segments.items()]
    headings = ("Segment", *coverage_headings(backtest.pooled.card))
    return Table("Intervals by segment, over all origins", headings, rows, range(1, len(headings)))


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


def left_out_blocks(counts: Mapping[str, int]) -> list[Block]:
    """What was left out, and how many."""
    pairs = [(name, f"{count:,}") for name, count in counts.items() if count]
    return [Prose("Left out:"), Facts(pairs)] if pairs else [Prose("Nothing was left out.")]


def _times(ratio: float) -> str:
    return f"×{shown(ratio, 0 if ratio >= 9.95 else 1 if ratio >= 0.95 else 3 if ratio < 0.095 else 2)}"
