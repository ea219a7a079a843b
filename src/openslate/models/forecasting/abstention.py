"""When a pitch is unlike what was seen, or too little follows from it, a forecast says so instead of guessing.

A limit is what 90 of 100 calibration titles stay within: of the width of their 80% intervals, as those were before
anything was learned from them, or of the mean distance to the nearest comps. Which of the two earns its place is for
the backtest to say: distance finds strangers, some of which are easy to forecast, and width finds titles that are hard
to. What else was tried stands in docs/greenlight.md.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError
from openslate.models.forecasting.conformal import order_statistic

Floats = NDArray[np.float64]
WITHIN = 0.9


@dataclass(frozen=True)
class Reach:
    """How far from its comps a title may lie, or how wide its interval may be.

    Attributes:
        farthest: the limit; beyond it the model abstains. Infinite after a calibration of fewer than 9 titles.
        titles: how many it was taken from.
    """

    farthest: float
    titles: int

    def beyond(self, distances: Floats) -> NDArray[np.bool_]:
        """Which titles lie too far away, bool [titles]; a title without comps does.

        Args:
            distances: float64 [titles], or widths; NaN where a title has no comps.
        """
        return ~(distances <= self.farthest)


def reach(distances: Floats, within: float = WITHIN) -> Reach:
    """The distance, or width, that a share of calibration titles stay within.

    Args:
        distances: float64 [titles], of calibration titles to comps that were known when their forecast was made, or
            the widths of their intervals, ln.
        within: the share, exact as in `conformal`.

    Raises:
        FitError: there are none.

    Example:
        >>> found = reach(np.arange(1.0, 100.0))
        >>> found.farthest, found.beyond(np.array([90.0, 90.5])).tolist()
        (90.0, [False, True])
    """
    if not len(distances):
        raise FitError("No calibration title has a distance to its comps.", "Calibrate on at least one title.")
    return Reach(order_statistic(np.where(np.isnan(distances), np.inf, distances), within), len(distances))


def nearest(queries: Floats, seen: Floats, comps: int = 5) -> Floats:
    """Mean distance of each title to its nearest comps, float64 [titles].

    A feature counts by the spread it has among the seen; two unknowns agree, one unknown is a whole spread away.

    Args:
        queries: float64 [titles, features], NaN where unknown.
        seen: float64 [seen titles, features].
        comps: how many are looked at; of fewer seen titles, all.

    Raises:
        FitError: nothing was seen.
    """
    if not len(seen):
        raise FitError("There are no titles to be near to.", "Import outcomes first.")
    spread = np.array([np.std(column[np.isfinite(column)]) if np.isfinite(column).any() else 0.0 for column in seen.T])
    scale = np.where(spread > 0, spread, 1.0)
    there, known = seen / scale, ~np.isnan(seen)
    many = min(comps, len(seen))
    found = np.empty(len(queries))
    for place, query in enumerate(queries / scale):
        apart = np.where(known & ~np.isnan(query), there - query, (known != ~np.isnan(query)).astype(np.float64))
        distances = np.sqrt((np.nan_to_num(apart) ** 2).mean(axis=1))
        found[place] = np.partition(distances, many - 1)[:many].mean()
    return found
