"""The simple forecast that every other one must beat: a line that anybody can draw, with its residual spread.

On the logarithm of the budget where there are budgets; on the logarithm of the days available, with a level for each
kind and reach, where there are none; else the median of what was seen.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]

HUBER = 1.345
"""Residuals beyond so many spreads count less than their square (P. Huber, "Robust estimation of a location", 1964)."""
TO_DEVIATION = 1.4826
"""Median absolute deviation to standard deviation, for a normal distribution."""
ROUNDS = 50


@dataclass(frozen=True)
class Prior:
    """A line with one slope, and one level for each kind of title.

    Attributes:
        levels: float64 [kinds], where the covariate is zero.
        slope: of the logarithm of the outcome on the covariate; 0 for the median alone.
        unknown: float64 [kinds], the forecast where the covariate is unknown: the median of what was seen.
        spread: of the residuals, as a standard deviation that outliers do not move.
        rows: how many titles it was drawn through.
    """

    levels: Floats
    slope: float
    unknown: Floats
    spread: float
    rows: int

    def center(self, covariate: Floats, kinds: Codes) -> Floats:
        """The forecast of each title, ln, float64 [titles].

        Args:
            covariate: float64 [titles], ln of the budget or of the days available; NaN where unknown.
            kinds: int64 [titles].
        """
        line = self.levels[kinds] + self.slope * covariate
        return np.where(np.isnan(covariate), self.unknown[kinds], line)


def fit_line(logs: Floats, covariate: Floats, kinds: Codes, n_kinds: int) -> Prior:
    """A robust line: least squares, with residuals beyond `HUBER` spreads counting less (iterated to rest).

    Args:
        logs: float64 [titles], ln of the outcomes.
        covariate: float64 [titles], NaN where unknown.
        kinds: int64 [titles], below `n_kinds`; one kind for all where only the covariate counts.
        n_kinds: how many there are. One that no title has gets the level of all.

    Raises:
        FitError: fewer than three titles have a covariate, or it is the same for all.

    Example:
        >>> line = fit_line(np.array([1.0, 2.0, 3.0, 4.0]), np.arange(4.0), np.zeros(4, dtype=np.int64), 1)
        >>> round(line.slope, 6), line.levels.round(6).tolist(), line.rows
        (1.0, [1.0], 4)
    """
    known = np.isfinite(covariate)
    if known.sum() < 3 or np.ptp(covariate[known]) == 0:
        raise FitError(
            f"A line cannot be drawn through {int(known.sum())} titles.",
            "Import outcomes of titles with different budgets or days available, or forecast from the median alone.",
        )
    x, y, kind = covariate[known], logs[known], kinds[known]
    there = np.unique(kind)
    design = np.column_stack([*(kind == one for one in there), x]).astype(np.float64)
    found = _huber(design, y)
    residuals = y - design @ found
    levels = np.full(n_kinds, np.median(y - found[-1] * x))
    levels[there] = found[:-1]
    return Prior(levels, float(found[-1]), _medians(logs, kinds, n_kinds), _spread(residuals), int(known.sum()))


def fit_median(logs: Floats, kinds: Codes, n_kinds: int) -> Prior:
    """The median of each kind, for outcomes that nothing else is known about.

    Args:
        logs: float64 [titles].
        kinds: int64 [titles], below `n_kinds`.
        n_kinds: how many there are. One that no title has gets the median of all.

    Example:
        >>> fit_median(np.array([1.0, 2.0, 6.0]), np.array([0, 0, 0]), 2).levels.tolist()
        [2.0, 2.0]
    """
    if not len(logs):
        raise FitError("There is no outcome to take the median of.", "Import outcomes first.")
    medians = _medians(logs, kinds, n_kinds)
    return Prior(medians, 0.0, medians.copy(), _spread(logs - medians[kinds]), len(logs))


def _huber(design: Floats, y: Floats) -> Floats:
    weights: Floats = np.ones(len(y))
    found: Floats = np.zeros(design.shape[1])
    for _ in range(ROUNDS):
        root = np.sqrt(weights)
        before = found
        found = np.asarray(np.linalg.lstsq(design * root[:, None], y * root, rcond=None)[0], dtype=np.float64)
        if np.abs(found - before).max() < 1e-10:
            break
        residuals = y - design @ found
        scale = _spread(residuals)
        if scale == 0:
            break
        weights = HUBER * scale / np.maximum(np.abs(residuals), HUBER * scale)
    return found


def _medians(logs: Floats, kinds: Codes, n_kinds: int) -> Floats:
    medians = np.full(n_kinds, np.median(logs))
    for kind in np.unique(kinds):
        medians[kind] = np.median(logs[kinds == kind])
    return medians


def _spread(residuals: Floats) -> float:
    return float(TO_DEVIATION * np.median(np.abs(residuals - np.median(residuals))))
