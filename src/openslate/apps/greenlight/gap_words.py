"""How incomplete pitches are forecast: what a backtest says of it, as sentences, a table and a drawing."""

import math
from collections.abc import Sequence

from openslate.apps.greenlight.backtest_figures import FIGURES, listed, share, shown
from openslate.apps.greenlight.backtest_tables import covered
from openslate.apps.greenlight.backtest_types import GapFound
from openslate.drawing.bands import Row, Share, banded_shares
from openslate.drawing.sheet import Block, Cell, Figure, Prose, Table

NONE = "No pattern of gaps takes away anything that was learned from."
HOW = (
    "The tested titles once more, with facts left out that pitches often leave out; they are forecast as a pitch is. "
    "Beside the same titles with all that is known of them: wider is the mean width of the 80% intervals, on ln; "
    "moved is by how much forecasts are higher or lower for saying less. Error is the mean of forecast less outcome, "
    "on ln."
)


def gap_alarms(gaps: Sequence[GapFound]) -> list[str]:
    """One sentence where intervals of incomplete pitches lie outside what chance explains; none where all hold."""
    missed = []
    for gap in gaps:
        each = [
            f"the {share(one.nominal)} one held {share(one.share)} (chance explains {share(one.low)} to"
            f" {share(one.high)})"
            for one in gap.coverages
            if not one.holds
        ]
        if each:
            missed.append(f"{gap.name}, of {gap.titles:,} titles {listed(each)}")
    return [f"Intervals of pitches with gaps do not all hold: {'; '.join(missed)}."] if missed else []


def gap_finding(gaps: Sequence[GapFound]) -> list[str]:
    """In a sentence how much less is known of a pitch that says least; none where nothing was tested."""
    if not gaps:
        return []
    least = min(gaps, key=lambda one: one.r_squared)
    label = FIGURES["r_squared"].label
    return [
        f"Of pitches with gaps the forecast knows least from those with {least.name}: {label}"
        f" {shown(least.r_squared)} where the same titles whole have {shown(least.r_squared_whole)}, and an 80%"
        f" interval {shown(least.wider)} times as wide on ln."
    ]


def gaps_table(gaps: Sequence[GapFound]) -> Table:
    """Figures by pattern of gaps."""
    nominal = [share(one.nominal) for one in gaps[0].coverages]
    label = FIGURES["r_squared"].label
    headings = (
        *("Pitch with", "tested", *(f"{one} held" for one in nominal), "wider"),
        *(label, f"{label} whole", "mean error, ln", "moved", FIGURES["total_bias"].label),
    )
    rows: list[tuple[str | Cell, ...]] = [
        (
            gap.name,
            f"{gap.titles:,}",
            *(covered(one) for one in gap.coverages),
            f"×{shown(gap.wider)}",
            *map(shown, (gap.r_squared, gap.r_squared_whole, gap.bias)),
            f"×{shown(math.exp(gap.moved))}",
            shown(gap.total_bias),
        )
        for gap in gaps
    ]
    return Table("Titles with facts left out, over all origins", headings, rows, range(1, len(headings)))


def coverage_by_gap(gaps: Sequence[GapFound]) -> Figure:
    """The three intervals by pattern of gaps."""
    rows = [
        Row(f"{gap.name} ({gap.titles:,})", [Share(one.nominal, one.share, one.low, one.high) for one in gap.coverages])
        for gap in gaps
    ]
    return Figure(
        "What the intervals of incomplete pitches promised and held, over all origins.",
        banded_shares(rows, title="Coverage by what a pitch leaves out", axis="share of outcomes inside the interval"),
    )


def gap_blocks(gaps: Sequence[GapFound]) -> list[Block]:
    """All of it for a page."""
    return [Prose(HOW), coverage_by_gap(gaps), gaps_table(gaps)] if gaps else [Prose(NONE)]
