"""Forecasts of titles that may be meant in several ways: the mixture of what is forecast of each way."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.models.forecasting.distribution import Distributions, through
from openslate.models.forecasting.levels import LEVELS
from openslate.models.forecasting.rows import Codes, Floats, Pitches

HALVINGS = 40
"""Of the distance between two ways: what is left of it is no more than is lost in rounding."""


@dataclass(frozen=True)
class Meant:
    """Titles, each of which may be meant in several ways, all as likely.

    Attributes:
        ways: every way of every title, those of one title together, in the order of titles.
        comparable: float64 [ways], what comparable titles were beyond their simple forecast, ln; NaN without any.
        title: int64 [ways], the title that each is a way of, rising from 0 without a gap.
        groups: int64 [titles], which titles are calibrated together.
    """

    ways: Pitches
    comparable: Floats
    title: Codes
    groups: Codes

    def mean(self, values: Floats) -> Floats:
        """The mean of a value over the ways of each title, float64 [titles].

        Args:
            values: float64 [ways].
        """
        count = np.bincount(self.title, minlength=len(self.groups))
        found: Floats = np.bincount(self.title, values, minlength=len(self.groups)) / count
        return found


def mixture(each: Distributions, title: NDArray[np.int64]) -> Distributions:
    """The distribution of each title that may be any of several.

    Args:
        each: one for each way in which a title may be meant.
        title: int64 [ways], rising from 0 without a gap; all ways of one are as likely.

    Example:
        >>> one = through(np.array([[-2.0, -1.5, -0.5, 0.0, 0.5, 1.5, 2.0]]))
        >>> two = Distributions(np.concatenate([one.quantiles, one.quantiles + 2]))
        >>> wide = mixture(two, np.array([0, 0]))
        >>> bool(np.ptp(wide.quantiles) > np.ptp(one.quantiles)), mixture(one, np.array([0])) is one
        (True, True)
        >>> same = mixture(Distributions(np.repeat(one.quantiles, 40, axis=0)), np.zeros(40, dtype=np.int64))
        >>> bool(np.abs(same.quantiles - one.quantiles).max() < 1e-6)
        True
    """
    many = np.bincount(title)
    if (many == 1).all():
        return each
    first = np.cumsum(many) - many
    found = each.quantiles[first].copy()
    for count in np.unique(many[many > 1]):
        mine = np.flatnonzero(many == count)
        ways = Distributions(each.quantiles[(first[mine][:, None] + np.arange(count)).ravel()])
        found[mine] = _halved(ways, count)
    return through(found)


def _halved(ways: Distributions, count: int) -> Floats:
    """The quantiles of mixtures of so many ways each, float64 [titles, 7]: sought between those of the ways."""
    each = ways.quantiles.reshape(-1, count, len(LEVELS))
    low, high = each.min(axis=1), each.max(axis=1)
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        # The level of a value in a mixture is the mean of its levels in the ways.
        level = ways.cdf(np.repeat(middle, count, axis=0)).reshape(each.shape).mean(axis=1)
        under = level < np.asarray(LEVELS)
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    found: Floats = (low + high) / 2
    return found
