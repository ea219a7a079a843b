"""How far the outcomes of titles moved together: what a slate's total cannot shed by holding many titles."""

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from openslate.errors import FitError

EDGE = 0.025
"""No level is taken as nearer to 0 or 1: in the tails a forecast's quantiles say no more."""


def moved_together(levels: NDArray[np.float64], blocks: NDArray[np.int64]) -> float:
    """The correlation, on the normal scale, of outcomes of one block given their forecasts, from 0 to 1.

    Args:
        levels: float64 [titles], the forecast CDF at each outcome.
        blocks: int64 [titles], which ones may have moved together, such as those released in one half-year.

    Raises:
        FitError: there are fewer than two blocks, or none with two titles.

    Source: the intraclass correlation of one-way analysis of variance (Fisher 1925), with blocks of unequal sizes.

    Example:
        >>> moved_together(np.array([0.2, 0.2, 0.8, 0.8]), np.array([0, 0, 1, 1]))
        1.0
    """
    _, block, sizes = np.unique(blocks, return_inverse=True, return_counts=True)
    titles, count = len(levels), len(sizes)
    if count < 2 or titles <= count:
        raise FitError(
            f"{titles} titles in {count} blocks do not tell how far outcomes move together.",
            "Give at least two blocks, with more than one title in some.",
        )
    scores = ndtri(np.clip(levels, EDGE, 1 - EDGE))
    means = np.bincount(block, scores) / sizes
    between = float((sizes * (means - scores.mean()) ** 2).sum()) / (count - 1)
    within = float(((scores - means[block]) ** 2).sum()) / (titles - count)
    size = (titles - float((sizes**2).sum()) / titles) / (count - 1)
    whole = between + (size - 1) * within
    return float(np.clip((between - within) / whole, 0.0, 1.0)) if whole > 0 else 0.0
