"""The backtest as one page for whoever is to trust a forecast: alarms, the verdict, every origin, and what it is not.

The page loads nothing and runs no script; equal backtests give equal bytes.
"""

from collections.abc import Sequence

from openslate.apps.greenlight import backtest_charts as charts
from openslate.apps.greenlight import backtest_details as details
from openslate.apps.greenlight import backtest_tables as tables
from openslate.apps.greenlight.backtest_figures import FIGURES, shown
from openslate.apps.greenlight.backtest_types import Backtest
from openslate.apps.greenlight.backtest_words import (
    NOT_THIS,
    abstention_told,
    alarms,
    findings,
    span,
    verdict,
    where,
)
from openslate.apps.greenlight.gap_words import gap_blocks
from openslate.drawing.sheet import Block, Cell, Facts, Points, Prose, Section, Sheet, Table, sheet_document

READING = (
    ("Origin", "A day on which forecasts are made from what was known then. Everything is fitted anew."),
    ("Calibrated", "The latest titles whose outcome was known at the origin set how wide the intervals are."),
    ("Held", "Share of outcomes inside an interval. The band is where a true one lies 95 times in 100."),
    ("Width", "High end over low end of an interval: at ×10 the high end is ten times the low one. Less is better."),
    (
        "Paired difference",
        "Both forecasts are scored on the same titles, drawn anew many times; an interval around zero is no verdict.",
    ),
    (
        "Abstain",
        "The model says that no title it knows is like the pitch; its forecast is shown and not to be relied on.",
    ),
)


def backtest_document(backtest: Backtest) -> str:
    """The whole report as one HTML document.

    Args:
        backtest: what was found.

    Raises:
        FitError: it compares on a figure of which nobody can say whether more of it is better.
    """
    return sheet_document(
        Sheet(
            overline="Openslate backtest",
            heading=f"Forecasts of {where(backtest)}",
            made=f"Rolling origins, {span(backtest.pooled)}; known at an origin: {backtest.knowing}; data "
            f"{backtest.snapshot[:12]}",
            verdict=verdict(backtest),
            findings=findings(backtest),
            sections=_sections(backtest),
            alarms=alarms(backtest),
        )
    )


def _sections(backtest: Backtest) -> list[Section]:
    return [
        Section("Every origin", _origins(backtest)),
        Section("Do the intervals hold?", _intervals(backtest)),
        Section("Beside the simple forecasts", _simple(backtest)),
        Section("By segment", _segments(backtest)),
        Section("What of a pitch that says less?", gap_blocks(backtest.pooled.gaps)),
        Section("Is the whole distribution right?", [charts.pit(backtest), charts.one_sided(backtest)]),
        Section("Does it find the large ones?", [charts.lift(backtest)]),
        Section("Title by title", [charts.scatter(backtest), details.misses_table(backtest)]),
        Section("When it abstains", _abstention(backtest)),
        Section("What it is made of", _made_of(backtest)),
        Section("What was refused and left out", _left_out(backtest)),
        Section("How to read the figures", [Facts(_glossary(backtest))]),
        Section("What this is not", [Points(NOT_THIS)]),
        Section("Where it comes from", [Facts(_provenance(backtest))]),
    ]


def _origins(backtest: Backtest) -> list[Block]:
    return [tables.origins_table(backtest), tables.learned_table(backtest), tables.further_table(backtest)]


def _intervals(backtest: Backtest) -> list[Block]:
    return [charts.coverage_by_origin(backtest), tables.coverage_table(backtest)]


def _simple(backtest: Backtest) -> list[Block]:
    if not tables.compares(backtest):
        return [Prose("No simple forecast was compared, so nobody knows what the model is worth."), *_beside(backtest)]
    return [*charts.differences(backtest), tables.differences_table(backtest), *_beside(backtest)]


def _beside(backtest: Backtest) -> list[Block]:
    return [tables.simple_table(backtest)] if backtest.pooled.simple else []


def _segments(backtest: Backtest) -> list[Block]:
    if not backtest.pooled.segments:
        return [Prose("No segment has enough titles to be scored.")]
    return [
        charts.coverage_by_segment(backtest),
        details.segment_coverage_table(backtest),
        details.segments_table(backtest),
    ]


def _abstention(backtest: Backtest) -> list[Block]:
    rows = []
    for label, origin in tables.labelled(backtest):
        found = origin.abstention
        told = "errs more there" if found.earns else "not shown"
        worse, chance = shown(found.worse_by), "<0.01" if found.chance < 0.01 else shown(found.chance)
        rows.append((label, f"{found.abstained:,}", f"{found.kept:,}", worse, chance, told))
    headings = ("Origin", "abstained", "kept", "error on ln, higher by", "by chance", "verdict")
    caption = "Mean absolute error on ln of titles abstained from, less that of the others (a permutation test)"
    return [Prose(abstention_told(backtest.pooled.abstention)), Table(caption, headings, rows, range(1, 5))]


def _made_of(backtest: Backtest) -> list[Block]:
    blend = [details.shares_table(backtest)] if any(one.shares for one in backtest.origins) else []
    known = "Families of features, each known at the pitch or from outcomes that had closed by then:"
    return [*blend, Prose(known), Points(backtest.families)]


def _left_out(backtest: Backtest) -> list[Block]:
    blocks: list[Block] = []
    if backtest.refused:
        rows: Sequence[tuple[str | Cell, ...]] = list(backtest.refused.items())
        blocks.append(Table("Features that the leakage guard refused", ("Feature", "why"), rows))
    else:
        blocks.append(
            Prose("The leakage guard had nothing to refuse: no feature known only after release was offered.")
        )
    both = sum(origin.left_out for origin in backtest.origins)
    apart = {"titles not tested, because another row of them was learned from": both}
    return [*blocks, *details.left_out_blocks({**backtest.left_out, **apart})]


def _glossary(backtest: Backtest) -> list[tuple[str, str]]:
    direction = {True: " More is better.", False: " Less is better.", None: ""}
    figures = [
        (words.label, f"{words.meaning}{direction[words.more]}")
        for key, words in FIGURES.items()
        if key != "auc_double" or tables.has_budgets(backtest)
    ]
    return [*READING, *figures]


def _provenance(backtest: Backtest) -> list[tuple[str, str]]:
    return [
        ("Forecast", f"{where(backtest)}, in {backtest.unit}"),
        ("Known at an origin", backtest.knowing),
        ("Data snapshot", backtest.snapshot),
        ("Seed", str(backtest.seed)),
        ("Versions", ", ".join(f"{name} {version}" for name, version in backtest.versions.items())),
    ]
