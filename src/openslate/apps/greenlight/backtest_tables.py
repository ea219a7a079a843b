"""The tables of a backtest's report: every origin, the simple forecasts beside it, segments, and the widest misses."""

from collections.abc import Iterator

import numpy as np

from openslate.apps.greenlight.backtest_figures import (
    ABSENT,
    FIGURES,
    compared,
    difference_told,
    key_of,
    outcome,
    share,
    told,
    width,
)
from openslate.apps.greenlight.backtest_types import Ahead, Backtest, OriginFound
from openslate.drawing.sheet import Cell, Table, Tone
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
    """The headline figures of every origin."""
    keys = [key for key in HEADLINE if key != "auc_double" or has_budgets(backtest)]
    rows: list[tuple[str | Cell, ...]] = [
        (
            label,
            f"{origin.card.titles:,}",
            *(told(key, value_of(origin, key)) for key in keys),
            covered(eighty(origin.card)),
            width(eighty(origin.card).width),
        )
        for label, origin in labelled(backtest)
    ]
    headings = ("Origin", "tested", *(FIGURES[key].label for key in keys), "80% held", "80% width")
    return Table("How good the model was at every origin", headings, rows, range(1, len(headings)))


def learned_table(backtest: Backtest) -> Table:
    """What every origin learned from, and what it was tested on."""
    rows: list[tuple[str | Cell, ...]] = [
        (
            origin.day.isoformat(),
            f"{origin.fitted:,}",
            Cell(f"{origin.calibrated:,}", f"released from {origin.calibrated_from.isoformat()}"),
            Cell(f"{origin.card.titles:,}", f"released before {origin.until.isoformat()}"),
            f"{origin.left_out:,}",
        )
        for origin in backtest.origins
    ]
    return Table(
        "Titles that each origin fitted on, calibrated on and was tested on; left out are those that it had learned "
        "from through another row, such as another region",
        ("Origin", "fitted", "calibrated", "tested", "left out"),
        rows,
        range(1, 5),
    )


def coverage_table(backtest: Backtest) -> Table:
    """Coverage of every origin beside what chance explains, and how wide the intervals are."""
    rows = [(label, *coverage_cells(origin.card)) for label, origin in labelled(backtest)]
    headings = ("Origin", *coverage_headings(backtest.pooled.card))
    caption = (
        "Share of outcomes inside each interval, with the band in which chance leaves a true one 95 times in 100; "
        "width is the median of high end over low end"
    )
    return Table(caption, headings, rows, range(1, len(headings)))


def coverage_headings(card: Scorecard) -> list[str]:
    """Headings of `coverage_cells`."""
    nominal = [share(one.nominal) for one in card.coverages]
    return ["tested", *(f"{one} held" for one in nominal), *(f"{one} width" for one in nominal)]


def coverage_cells(card: Scorecard) -> list[str | Cell]:
    """How many were tested, what each interval held, and how wide it is."""
    return [
        f"{card.titles:,}",
        *(covered(one) for one in card.coverages),
        *(width(one.width) for one in card.coverages),
    ]


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
        *("model's WIS skill over it" if one == "wis_skill" else FIGURES[one].label for one in keys),
    )
    return Table(
        "The model and the simple forecasts on the same titles, by origin", headings, rows, range(1, len(headings))
    )


def differences_table(backtest: Backtest) -> Table:
    """How far the model is ahead at every origin, with the interval of the paired bootstrap."""
    origins = list(labelled(backtest))
    keys = list(dict.fromkeys(key for _, origin in origins for key in compared(origin)))
    rows: list[tuple[str | Cell, ...]] = []
    for over in dict.fromkeys(one.over for _, origin in origins for one in origin.ahead):
        for label, origin in origins:
            found = {key_of(one.figure): one for one in origin.ahead if one.over == over}
            cells = [_difference(found[key]) if key in found else Cell(ABSENT) for key in keys]
            rows.append((Cell(f"over the {over}", label), *cells))
    return Table(
        "The model's figure less that of the simple forecast on the same titles, with its 95% interval",
        ("Forecast", *(FIGURES[key].label for key in keys)),
        rows,
        range(1, len(keys) + 1),
    )


def compares(backtest: Backtest) -> bool:
    """Whether there is anything to compare with."""
    return bool(compared(backtest.pooled))


def covered(one: Coverage) -> Cell:
    """A coverage with its mark and the band below it."""
    mark = "inside" if one.holds else "outside"
    return Cell(f"{share(one.share)} {mark}", f"{share(one.low)} to {share(one.high)}", "" if one.holds else "worse")


def eighty(card: Scorecard) -> Coverage:
    """The coverage of the 80% interval."""
    return next(one for one in card.coverages if abs(one.nominal - 0.8) < 1e-9)


def _difference(one: Ahead) -> Cell:
    value, interval = difference_told(key_of(one.figure), one.difference)
    word = outcome(one)
    return Cell(f"{value} {word}", interval, TONES[word])
