"""The backtest for a terminal: the same sentences and the main tables, aligned, in at most 100 columns."""

import math
import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

from openslate.apps.greenlight.backtest_figures import (
    ABSENT,
    FIGURES,
    difference_told,
    key_of,
    outcome,
    share,
    shown,
    told,
    width,
)
from openslate.apps.greenlight.backtest_tables import eighty, has_budgets, labelled, value_of
from openslate.apps.greenlight.backtest_types import Backtest
from openslate.apps.greenlight.backtest_words import alarms, findings, span, verdict, where
from openslate.apps.greenlight.gap_words import HOW
from openslate.drawing.words import printable, shortened
from openslate.evaluation.forecasting.intervals import Coverage
from openslate.evaluation.forecasting.scorecard import Scorecard

WIDTH = 100
LONGEST_LABEL = 27
SHORT = {
    "auc_top": "AUC10%",
    "auc_double": "AUC2×",
    "wis_skill": "skill",
    "total_bias": "bias",
    "within_twice": "in 2×",
}
COLUMNS = ("r_squared", "rmsle", "auc_top", "auc_double", "wis_skill", "total_bias")
LEGEND = (
    "AUC10%: of the top tenth. AUC2×: of twice the budget. Skill: WIS skill over a forecast alike for every title. "
    "Bias: predictive means over outcomes. 50, 80, 90%: share of outcomes held; with ! outside what chance explains. "
    "×80: high end over low end of the 80% interval."
)


def backtest_text(backtest: Backtest) -> str:
    """The backtest as lines of at most `WIDTH` characters.

    Args:
        backtest: what was found.

    Raises:
        FitError: it compares on a figure of which nobody can say whether more of it is better.
    """
    head = [f"Forecasts of {where(backtest)}; {span(backtest.pooled)}; known at an origin: {backtest.knowing}."]
    parts = [
        "\n".join(_wrapped(head)),
        "\n".join(_wrapped([f"ALARM: {one}" for one in alarms(backtest)])),
        "\n".join(_wrapped([verdict(backtest)])),
        "\n".join(_wrapped([f"- {one}" for one in findings(backtest)], "  ")),
        _origins(backtest),
        "\n".join(_wrapped([LEGEND])),
        _simple(backtest),
        _ahead(backtest),
        _segments(backtest),
        _gaps(backtest),
        _left_out(backtest),
    ]
    return "\n\n".join(part for part in parts if part)


def aligned(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table: the first column to the left, the others to the right, two spaces apart.

    Example:
        >>> print(aligned(("Origin", "n"), [("2008-01-01", "1,400")]))
        Origin          n
        2008-01-01  1,400
    """
    held = [[shortened(printable(cell), LONGEST_LABEL) for cell in row] for row in (headings, *rows)]
    widths = [max(_columns(row[place]) for row in held) for place in range(len(headings))]
    lines = []
    for first, *others in held:
        cells = [first + " " * (widths[0] - _columns(first))]
        cells += [" " * (wide - _columns(cell)) + cell for cell, wide in zip(others, widths[1:], strict=True)]
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def _origins(backtest: Backtest) -> str:
    keys = [key for key in COLUMNS if key != "auc_double" or has_budgets(backtest)]
    nominal = [share(one.nominal) for one in backtest.pooled.card.coverages]
    headings = ("Origin", "fitted", "tested", *(SHORT.get(key, FIGURES[key].label) for key in keys), *nominal, "×80")
    rows = []
    for label, origin in labelled(backtest):
        # What all origins fitted together is no number of titles.
        fitted = f"{origin.fitted:,}" if origin is not backtest.pooled else ""
        figures = [told(key, value_of(origin, key)) for key in keys]
        rows.append((label, fitted, f"{origin.card.titles:,}", *figures, *_held(origin.card)))
    return aligned(headings, rows)


def _simple(backtest: Backtest) -> str:
    keys = [key for key in ("r_squared", "rmsle", "auc_top", "auc_double", "within_twice") if _has(backtest, key)]
    pooled = backtest.pooled
    if not pooled.simple:
        return ""
    rows = [("model", *(told(key, value_of(pooled, key)) for key in keys), ABSENT)]
    rows += [(one.name, *(told(key, getattr(one, key)) for key in keys), share(one.wis_skill)) for one in pooled.simple]
    return aligned(
        ("All origins", *(SHORT.get(key, FIGURES[key].label) for key in keys), "model's WIS skill over it"), rows
    )


def _ahead(backtest: Backtest) -> str:
    rows = []
    for one in backtest.pooled.ahead:
        value, interval = difference_told(key_of(one.figure), one.difference)
        rows.append((one.over, FIGURES[key_of(one.figure)].label, value, interval, outcome(one)))
    return aligned(("Model less", "figure", "difference", "95% interval", "verdict"), rows) if rows else ""


def _segments(backtest: Backtest) -> str:
    keys = ("r_squared", "rmsle", "auc_top", "wis_skill", "total_bias")
    nominal = [share(one.nominal) for one in backtest.pooled.card.coverages]
    rows = [
        (name, f"{card.titles:,}", *(told(key, getattr(card, key)) for key in keys), *_held(card))
        for name, card in backtest.pooled.segments.items()
    ]
    headings = ("Segment", "tested", *(SHORT.get(key, FIGURES[key].label) for key in keys), *nominal, "×80")
    return aligned(headings, rows) if rows else ""


def _gaps(backtest: Backtest) -> str:
    gaps = backtest.pooled.gaps
    if not gaps:
        return ""
    nominal = [share(one.nominal) for one in gaps[0].coverages]
    headings = ("Pitch with", "tested", *nominal, "wider", "R²", "R² whole", "error", "moved", SHORT["total_bias"])
    rows = [
        (
            one.name,
            f"{one.titles:,}",
            *(_marked(coverage) for coverage in one.coverages),
            f"×{shown(one.wider)}",
            *map(shown, (one.r_squared, one.r_squared_whole, one.bias)),
            f"×{shown(math.exp(one.moved))}",
            shown(one.total_bias),
        )
        for one in gaps
    ]
    return "\n".join([aligned(headings, rows), *_wrapped([HOW])])


def _left_out(backtest: Backtest) -> str:
    counts = [f"{count:,} {name}" for name, count in backtest.left_out.items() if count]
    said = [f"Left out: {'; '.join(counts)}."] if counts else []
    if backtest.refused:
        refused = "; ".join(f"{name} ({why})" for name, why in backtest.refused.items())
        said.append(f"Refused by the leakage guard: {refused}.")
    return "\n".join(_wrapped(said))


def _held(card: Scorecard) -> list[str]:
    return [*(_marked(one) for one in card.coverages), width(eighty(card).width)]


def _marked(one: Coverage) -> str:
    return f"{'' if one.holds else '!'}{share(one.share)}"


def _has(backtest: Backtest, key: str) -> bool:
    return key != "auc_double" or has_budgets(backtest)


def _wrapped(sentences: Sequence[str], indent: str = "") -> Iterator[str]:
    for one in sentences:
        yield from textwrap.wrap(printable(one), WIDTH, subsequent_indent=indent, break_on_hyphens=False)


def _columns(text: str) -> int:
    """How many columns of a terminal a text takes: those of East Asia take two, marks on letters none."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in text
    )
