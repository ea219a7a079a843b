"""Is one forecast better than another? The same titles drawn anew for both, so that the difference is a paired one."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError

Values = NDArray[np.float64]
FEWEST_TITLES = 30
RESAMPLES = 1000


@dataclass(frozen=True)
class Difference:
    """How much higher a figure is for one forecast than for another.

    Attributes:
        difference: on the titles themselves.
        low: 2.5th percentile over resampled titles.
        high: 97.5th percentile.
        titles: how many it rests on.
    """

    difference: float
    low: float
    high: float
    titles: int

    @property
    def excludes_zero(self) -> bool:
        """Whether zero lies outside; never claimed from too few titles."""
        return self.titles >= FEWEST_TITLES and (self.low > 0 or self.high < 0)


def paired(
    figure: Callable[[Values, Values], float],
    actual: Values,
    ours: Values,
    theirs: Values,
    seed: int,
    resamples: int = RESAMPLES,
) -> Difference:
    """A figure's difference between two forecasts of the same titles, with its percentile interval (Efron 1979).

    Args:
        figure: of (outcomes, forecasts), such as `point.rmsle`.
        actual: float64 [titles].
        ours: float64 [titles] or [titles, levels].
        theirs: alike.
        seed: of the draws.
        resamples: how many times titles are drawn anew. A draw of which the figure cannot be worked out, because all
            its outcomes are equal or none is a hit, is left out.

    Raises:
        FitError: there are fewer than two titles, or fewer than half of the draws can be worked out.

    Example:
        >>> from openslate.evaluation.forecasting.point import rmsle
        >>> outcomes = np.arange(40.0)
        >>> paired(rmsle, outcomes, outcomes + 1, outcomes + 3, seed=0)
        Difference(difference=-2.0, low=-2.0, high=-2.0, titles=40)
    """
    titles = len(actual)
    if titles < 2:
        raise FitError(f"A difference cannot be drawn from {titles} titles.", "Score more titles.")
    random = np.random.default_rng(seed)
    drawn = []
    for _ in range(resamples):
        rows = random.integers(titles, size=titles)
        try:
            drawn.append(figure(actual[rows], ours[rows]) - figure(actual[rows], theirs[rows]))
        except FitError:
            continue
    if 2 * len(drawn) < resamples:
        raise FitError(
            f"The figure can be worked out for {len(drawn)} of {resamples} draws of {titles} titles.",
            "Score more titles, or another figure.",
        )
    low, high = np.percentile(drawn, [2.5, 97.5])
    return Difference(figure(actual, ours) - figure(actual, theirs), float(low), float(high), titles)
