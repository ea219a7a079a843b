"""Forecasts of the same titles beside ours: every figure, and how far ours is ahead with paired intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.features.column import Floats
from openslate.evaluation.forecasting import point, ranking
from openslate.evaluation.forecasting.differences import Difference, paired

SEED = 0
RESAMPLES = 1000


@dataclass(frozen=True)
class Row:
    """One row of a table.

    Attributes:
        name: of the forecast.
        point: float64 [titles], ln.
        choice: what was chosen for it, in words; empty for nothing.
    """

    name: str
    point: Floats
    choice: str = ""


@dataclass(frozen=True)
class Ours:
    """Our forecast of the same titles.

    Attributes:
        actual: float64 [titles], outcomes, ln.
        point: float64 [titles], ln.
        top: float64 [titles], the probability of being among the best, which ranks them for that.
        budgets: float64 [titles], ln; NaN where unknown, or where outcomes are not money.
        double: float64 [titles], the probability of twice the budget or more.
    """

    actual: Floats
    point: Floats
    top: Floats
    budgets: Floats
    double: Floats

    @property
    def priced(self) -> NDArray[np.bool_]:
        """Which titles have a budget, bool [titles]."""
        return ~np.isnan(self.budgets)

    @property
    def doubled(self) -> Floats:
        """1 where a title brought in twice its budget, float64 [priced titles]."""
        return (self.actual - self.budgets >= point.TWICE)[self.priced].astype(np.float64)


Figure = Callable[[Floats, Floats], float]


def _auc_top(actual: Floats, forecast: Floats) -> float:
    return ranking.auc_top(actual, forecast, seeds=1)


def _precision_top(actual: Floats, forecast: Floats) -> float:
    return ranking.precision_top(actual, forecast, seeds=1)


def _auc(hit: Floats, forecast: Floats) -> float:
    return ranking.auc(hit > 0, forecast)


BY_POINT: dict[str, tuple[Figure, Figure]] = {
    "R2": (point.r_squared, point.r_squared),
    "RMSLE": (point.rmsle, point.rmsle),
    "within 2x": (point.within_twice, point.within_twice),
    "Spearman": (point.spearman, point.spearman),
}
BY_RANK: dict[str, tuple[Figure, Figure]] = {
    "AUC top": (ranking.auc_top, _auc_top),
    "P@10%": (ranking.precision_top, _precision_top),
}
"""Each figure, and the same with one order of equals for titles that are drawn anew already."""
LOWER_IS_BETTER = ("RMSLE",)


def figures_of(ours: Ours, row: Row | None) -> dict[str, float]:
    """Every figure of a row, or of ours.

    Args:
        ours: our forecast.
        row: another; None for ours.
    """
    said = {name: (figure, *arrays) for name, (figure, _, *arrays) in _compared(ours, row or _own(ours)).items()}
    place = 1 if row is None else 2
    return {name: figure(arrays[0], arrays[place]) for name, (figure, *arrays) in said.items()}


def ahead_of(ours: Ours, row: Row, resamples: int = RESAMPLES) -> dict[str, Difference]:
    """Each figure of ours less that of a row, with its interval over titles drawn anew in pairs.

    Args:
        ours: our forecast.
        row: another of the same titles.
        resamples: how many times titles are drawn anew.
    """
    return {
        name: paired(quick, actual, mine, theirs, SEED, resamples)
        for name, (_, quick, actual, mine, theirs) in _compared(ours, row).items()
    }


def compared(ours: Ours, rows: Sequence[Row], resamples: int = RESAMPLES) -> str:
    """A table of all figures, and one of the differences.

    Args:
        ours: our forecast.
        rows: the others.
        resamples: how many times titles are drawn anew.
    """
    mine = figures_of(ours, None)
    names = list(mine)
    wide = max(len(row.name) for row in rows)
    head = f"{'':{wide}} {' '.join(f'{name:>9}' for name in names)}"
    lines = [head, _line("ours", mine, wide), _line("ours, ranked by its point", figures_of(ours, _own(ours)), wide)]
    lines += [f"{_line(row.name, figures_of(ours, row), wide)}  {row.choice}".rstrip() for row in rows]
    lines += ["", "Ours less each, 95% intervals of the paired bootstrap; * excludes 0, ! ours is behind:"]
    for row in rows:
        found = ahead_of(ours, row, resamples)
        lines.append(f"{row.name:{wide}} {'; '.join(_difference(name, one) for name, one in found.items())}")
    return "\n".join(lines)


def behind(name: str, difference: float) -> bool:
    """Whether ours is the worse one of two by a figure."""
    return difference > 0 if name in LOWER_IS_BETTER else difference < 0


def _compared(ours: Ours, row: Row) -> dict[str, tuple[Figure, Figure, Floats, Floats, Floats]]:
    found = {name: (*how, ours.actual, ours.point, row.point) for name, how in BY_POINT.items()}
    found |= {name: (*how, ours.actual, ours.top, row.point) for name, how in BY_RANK.items()}
    if ours.priced.any():
        theirs = (row.point - ours.budgets)[ours.priced]
        found["AUC 2x"] = (_auc, _auc, ours.doubled, ours.double[ours.priced], theirs)
    return found


def _own(ours: Ours) -> Row:
    return Row("ours, ranked by its point", ours.point)


def _line(name: str, figures: dict[str, float], wide: int) -> str:
    return f"{name:{wide}} {' '.join(f'{value:9.3f}' for value in figures.values())}"


def _difference(name: str, one: Difference) -> str:
    marks = ("*" if one.excludes_zero else "") + ("!" if behind(name, one.difference) else "")
    return f"{name} {one.difference:+.3f} ({one.low:+.3f} to {one.high:+.3f}){marks}"
