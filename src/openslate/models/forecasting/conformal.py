"""Conformalised quantile regression: intervals made wider or narrower until they held on titles nobody learned from.

Each group of titles gets margins of its own where it has enough of them, else those of all. The margin is the exact
order statistic number ceil((n + 1) nominal): where calibration titles and new ones could change places, the interval
holds with at least its nominal probability. Source: Y. Romano et al., "Conformalized quantile regression", NeurIPS
2019.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError
from openslate.models.forecasting.levels import CENTRAL, MIDDLE, outwards

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
FEWEST_PER_GROUP = 50


@dataclass(frozen=True)
class Margins:
    """What is added to both ends of each interval, ln.

    Attributes:
        by_group: float64 [groups, 3], for the 50, 80 and 90% intervals; below zero where they were too wide.
        pooled: float64 [3], of all groups together.
        titles: int64 [groups], how many titles each group was calibrated on; those with fewer than
            `FEWEST_PER_GROUP` have the pooled margins.
    """

    by_group: Floats
    pooled: Floats
    titles: Codes

    def applied(self, quantiles: Floats, groups: Codes) -> Floats:
        """Calibrated quantiles, float64 [titles, 7]; the median stays as it is, and nothing crosses.

        Args:
            quantiles: float64 [titles, 7], none crossing another.
            groups: int64 [titles]; one that calibration never had gets the pooled margins.
        """
        known = groups < len(self.by_group)
        margins = np.where(known[:, None], self.by_group[np.where(known, groups, 0)], self.pooled)
        moved = quantiles.copy()
        for step in range(1, len(CENTRAL) + 1):
            moved[:, MIDDLE - step] -= margins[:, step - 1]
            moved[:, MIDDLE + step] += margins[:, step - 1]
        # Only ever wider: an interval inside out reaches to the median, an inner one pushes the outer ones along.
        return outwards(moved)

    def scaled(self, narrower: float, wider: float) -> "Margins":
        """A part of each margin.

        Args:
            narrower: how much of those that make an interval narrower, 0 to 1.
            wider: how much of those that make one wider, 0 to 1.
        """
        by_group, pooled = (each * np.where(each > 0, wider, narrower) for each in (self.by_group, self.pooled))
        return Margins(by_group, pooled, self.titles)


def calibrate(quantiles: Floats, logs: Floats, groups: Codes, n_groups: int) -> Margins:
    """Margins from a calibration block.

    Args:
        quantiles: float64 [titles, 7], from a model that learned from none of these titles.
        logs: float64 [titles], ln of the outcomes. One that is only known to be at most a step goes in as the step: the
            interval then holds what is printed of it.
        groups: int64 [titles], below `n_groups`.
        n_groups: how many there are.

    Raises:
        FitError: there are too few titles for the 90% interval to have a finite margin.
    """
    fewest = int(np.ceil(CENTRAL[-1] / (1 - CENTRAL[-1]) - 1e-9))
    if len(logs) < fewest:
        raise FitError(
            f"{len(logs)} titles are too few to calibrate a 90% interval.", f"Calibrate on {fewest} titles or more."
        )
    pooled = _margins(quantiles, logs)
    titles = np.bincount(groups, minlength=n_groups).astype(np.int64)
    by_group = np.tile(pooled, (n_groups, 1))
    for group in np.flatnonzero(titles >= FEWEST_PER_GROUP):
        inside = groups == group
        by_group[group] = _margins(quantiles[inside], logs[inside])
    return Margins(by_group, pooled, titles)


def stacked(several: Sequence[Margins]) -> Margins:
    """Margins of several kinds of forecast as one: groups of the first, then groups of the second, and so on.

    Args:
        several: at least one; the first one's pooled margins stand for groups that are none.
    """
    return Margins(
        np.concatenate([one.by_group for one in several]),
        several[0].pooled,
        np.concatenate([one.titles for one in several]),
    )


def order_statistic(scores: Floats, nominal: float) -> float:
    """The score number ceil((n + 1) nominal) from below; infinite where there are fewer scores than that.

    Args:
        scores: float64 [titles].
        nominal: the share of new scores that shall lie at or below it.

    Example:
        >>> order_statistic(np.arange(1.0, 10.0), 0.8), order_statistic(np.arange(3.0), 0.8)
        (8.0, inf)
    """
    # A little below, so that 10 times .8 is 8 and not 9 for want of one bit.
    place = int(np.ceil((len(scores) + 1) * nominal - 1e-9))
    return float(np.sort(scores)[place - 1]) if place <= len(scores) else float("inf")


def _margins(quantiles: Floats, logs: Floats) -> Floats:
    found = []
    for step, nominal in enumerate(CENTRAL, start=1):
        outside = np.maximum(quantiles[:, MIDDLE - step] - logs, logs - quantiles[:, MIDDLE + step])
        found.append(order_statistic(outside, nominal))
    return np.array(found)
