"""The seven quantiles that every forecast has, and how they are kept from crossing."""

import numpy as np
from numpy.typing import NDArray

LEVELS = (0.05, 0.10, 0.25, 0.50, 0.75, 0.90, 0.95)
"""The ends of the 50, 80 and 90% intervals, and the median."""
CENTRAL = (0.5, 0.8, 0.9)
"""What the intervals promise, from the inner one outwards."""
MIDDLE = LEVELS.index(0.5)


def outwards(quantiles: NDArray[np.float64]) -> NDArray[np.float64]:
    """Quantiles that do not cross: from the median outwards, each lies at least as far out as the one before.

    Args:
        quantiles: float64 [titles, 7].

    Example:
        >>> outwards(np.array([[0.0, -1.0, 2.0, 1.0, 3.0, 2.5, 4.0]])).tolist()
        [[-1.0, -1.0, 1.0, 1.0, 3.0, 3.0, 4.0]]
    """
    lower = np.minimum.accumulate(quantiles[:, MIDDLE::-1], axis=1)[:, ::-1]
    upper = np.maximum.accumulate(quantiles[:, MIDDLE:], axis=1)
    return np.concatenate([lower, upper[:, 1:]], axis=1)
