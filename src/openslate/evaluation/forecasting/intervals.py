"""Do the intervals hold what they promise, and how wide are they?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError
from openslate.evaluation.forecasting.point import checked

Logs = NDArray[np.float64]
BAND = 0.95


@dataclass(frozen=True)
class Coverage:
    """How often the outcome lay inside an interval, beside how often chance lets a true one miss.

    Attributes:
        nominal: what the interval promises, such as .8.
        share: of the titles whose outcome lay inside, ends included.
        low: the share that a true interval stays above in 97.5 of 100 blocks of this size.
        high: the share that it stays below as often.
        width: median ratio of the high end to the low end, in natural units.
        titles: how many were scored.
    """

    nominal: float
    share: float
    low: float
    high: float
    width: float
    titles: int

    @property
    def holds(self) -> bool:
        """Whether the share lies inside what chance explains; no failure and no success is claimed there."""
        return self.low <= self.share <= self.high


def coverage(actual: Logs, low: Logs, high: Logs, nominal: float) -> Coverage:
    """Coverage of intervals, ends included.

    Args:
        actual: float64 [titles], ln of the outcomes. One that is only known to be at most a step goes in as the step:
            it is covered where the interval reaches down to it.
        low: float64 [titles], ln of the low ends.
        high: float64 [titles], ln of the high ends.
        nominal: what the intervals promise, between 0 and 1.

    Example:
        >>> found = coverage(np.zeros(4), np.full(4, -1.0), np.array([1.0, 1.0, 1.0, -0.5]), 0.8)
        >>> found.share, found.holds, round(found.width, 2)
        (0.75, True, 7.39)
    """
    checked(actual, low)
    checked(actual, high)
    inside = int(((low <= actual) & (actual <= high)).sum())
    least, most = binomial_band(len(actual), nominal)
    width = float(np.exp(np.median(high - low)))
    return Coverage(nominal, inside / len(actual), least, most, width, len(actual))


def binomial_band(titles: int, nominal: float, band: float = BAND) -> tuple[float, float]:
    """The shares between which a true interval's coverage lies with probability `band` at least, exactly.

    Args:
        titles: how many are scored.
        nominal: what the interval promises.
        band: how often the share shall lie inside.

    Raises:
        FitError: there are no titles.

    Example:
        >>> tuple(round(share, 3) for share in binomial_band(250, 0.8))
        (0.748, 0.848)
    """
    if titles < 1:
        raise FitError("There are no titles to work out a coverage from.", "Score at least one title.")
    from scipy.stats import binom

    low, high = binom.ppf([(1 - band) / 2, (1 + band) / 2], titles, nominal)
    return float(low) / titles, float(high) / titles


def below(actual: Logs, quantiles: NDArray[np.float64]) -> NDArray[np.float64]:
    """One-sided coverage: for each level the share of outcomes at most its quantile, float64 [levels].

    Args:
        actual: float64 [titles].
        quantiles: float64 [titles, levels].

    Example:
        >>> below(np.array([0.0, 1.0]), np.array([[-1.0, 0.5], [0.0, 1.0]])).tolist()
        [0.0, 1.0]
    """
    shares: NDArray[np.float64] = (actual[:, None] <= quantiles).mean(axis=0)
    return shares


def pit_histogram(levels: NDArray[np.float64], bins: int = 10) -> NDArray[np.float64]:
    """Shares of outcomes in equal parts of their own forecast distribution; a true forecast fills them alike.

    Args:
        levels: float64 [titles], the forecast CDF at each outcome, 0 to 1.
        bins: how many.

    Example:
        >>> pit_histogram(np.array([0.05, 0.15, 0.95, 1.0]), bins=2).tolist()
        [0.5, 0.5]
    """
    if not len(levels) or not ((levels >= 0) & (levels <= 1)).all():
        raise FitError("A level of a forecast distribution lies outside 0 and 1.", "Give the CDF at each outcome.")
    parts = np.minimum((levels * bins).astype(np.int64), bins - 1)
    shares: NDArray[np.float64] = np.bincount(parts, minlength=bins) / len(levels)
    return shares
