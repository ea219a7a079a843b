"""The simple forecasts that every other one must beat, each with the spread that it left on titles it was drawn on."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.features.column import Floats
from openslate.models.forecasting.distribution import Distributions, through
from openslate.models.forecasting.levels import LEVELS
from openslate.models.forecasting.prior import Prior

LINE_ON_BUDGET = "line on the budget"
LINE_ON_DAYS = "line on the days available"
MEDIAN = "median of the kind"
COMPARABLES = "line and nearest comparable titles"


@dataclass(frozen=True)
class SimpleForecast:
    """A simple forecast.

    Attributes:
        name: what it is.
        spread: float64 [7], ln, quantiles of what it left.
    """

    name: str
    spread: Floats

    def distributions(self, point: Floats) -> Distributions:
        """Its distribution of each title.

        Args:
            point: float64 [titles], ln, what it says of each.
        """
        return through(point[:, None] + self.spread)


def with_spread(name: str, left: Floats) -> SimpleForecast:
    """A simple forecast whose spread is that of what it left.

    Args:
        name: what it is.
        left: float64 [titles], ln of the outcome less ln of the forecast; NaN where it said nothing.
    """
    return SimpleForecast(name, np.quantile(left[np.isfinite(left)], LEVELS))


def medians(prior: Prior, kinds: NDArray[np.int64]) -> Floats:
    """The median of each title's kind, float64 [titles]."""
    return prior.unknown[kinds]
