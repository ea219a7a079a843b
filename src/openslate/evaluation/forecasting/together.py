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
    between, within, size, _, _ = _variances(levels, blocks)
    whole = between + (size - 1) * within
    return float(np.clip((between - within) / whole, 0.0, 1.0)) if whole > 0 else 0.0


def moved_together_between(
    levels: NDArray[np.float64], blocks: NDArray[np.int64], probability: float = 0.9
) -> tuple[float, float]:
    """Ends of an interval that holds the correlation of `moved_together` with a probability, each from 0 to 1.

    Few blocks tell little, however many titles they hold: with four of them the interval is wide.

    Args:
        levels: as of `moved_together`.
        blocks: as of `moved_together`.
        probability: that the interval holds it.

    Raises:
        FitError: there are fewer than two blocks, or none with two titles.

    Source: Searle, Linear Models (1971), section 9.9; with blocks of unequal sizes it is an approximation.

    Example:
        >>> levels = np.tile([0.2, 0.3, 0.6, 0.8], 5)
        >>> moved_together_between(levels, np.repeat(np.arange(5), 4))
        (0.0, 0.0)
    """
    # It takes long to import, and few ask.
    from scipy.stats import f

    between, within, size, first, second = _variances(levels, blocks)
    if within <= 0:
        return (1.0, 1.0) if between > 0 else (0.0, 0.0)
    ratio, side = between / within, (1 - probability) / 2
    ends = [ratio / float(f.ppf(level, first, second)) for level in (1 - side, side)]
    low, high = (float(np.clip((one - 1) / (one + size - 1), 0.0, 1.0)) for one in ends)
    return low, high


def _variances(levels: NDArray[np.float64], blocks: NDArray[np.int64]) -> tuple[float, float, float, int, int]:
    """Mean squares between and within blocks, the blocks' size, and the degrees of freedom of both."""
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
    return between, within, size, count - 1, titles - count
