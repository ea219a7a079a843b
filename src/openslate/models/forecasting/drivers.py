"""What a forecast is made of: the simple forecast, what every title gets, and what each family of features adds.

They are associations: 'titles like this one', never 'because of'. They add up to the forecast.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Drivers:
    """Parts of each title's forecast, ln; exp of one is what it multiplies the forecast by.

    Attributes:
        prior: float64 [titles], the simple forecast.
        common: float64 [titles], what the trees add to every title alike; equal for all up to rounding.
        families: float64 [titles, families], what each family of features adds.
    """

    prior: Floats
    common: Floats
    families: Floats

    def total(self) -> Floats:
        """The forecast, float64 [titles]: prior, then common, then the families in order."""
        total = self.prior + self.common
        for part in self.families.T:
            total = total + part
        return total


def by_family(contributions: Floats, families: NDArray[np.int64], n_families: int) -> Floats:
    """Contributions of features summed by family, float64 [titles, families].

    Args:
        contributions: float64 [titles, features].
        families: int64 [features], below `n_families`.
        n_families: how many there are.

    Raises:
        FitError: there is not one family for each feature.

    Example:
        >>> by_family(np.array([[1.0, 2.0, 4.0]]), np.array([0, 1, 0]), 2).tolist()
        [[5.0, 2.0]]
    """
    if contributions.shape[1] != len(families):
        raise FitError(
            f"There are {contributions.shape[1]} features and families of {len(families)}.", "Give each feature one."
        )
    member = (families[:, None] == np.arange(n_families)).astype(np.float64)
    return np.asarray(contributions @ member, dtype=np.float64)
