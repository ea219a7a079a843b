"""Groups by average linkage: two groups are joined while their members are alike enough on average."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.models.gathering.communities import Labels, numbered
from openslate.models.kernels.linking import groups_below, join_nearest

ROUNDED = 1e-6
"""What single precision may add to a distance that is just near enough."""


def linked(similarity: NDArray[np.floating], least: float) -> Labels:
    """The group of each thing.

    Args:
        similarity: (things, things), the same both ways, at most 1.
        least: how alike the members of two groups are on average that are joined.

    Returns:
        int64 (things,), numbered from 0 in the order of their first thing.

    Example:
        >>> import numpy as np
        >>> alike = np.array([[1.0, 0.9, 0.1], [0.9, 1.0, 0.3], [0.1, 0.3, 1.0]])
        >>> linked(alike, 0.5).tolist(), linked(alike, 0.2).tolist()
        ([0, 0, 1], [0, 0, 0])
    """
    return cut(tree(similarity), (least,))[0]


def tree(similarity: NDArray[np.floating]) -> "Tree":
    """The joins of groups, each of the nearest; for `cut`.

    Args:
        similarity: as in `linked`.
    """
    many = max(len(similarity) - 1, 0)
    pairs, heights = np.empty((many, 2), np.int64), np.empty(many, np.float32)
    if many:
        apart = np.subtract(1.0, similarity, dtype=np.float32)
        np.fill_diagonal(apart, np.inf)
        join_nearest(apart, pairs, heights)
    return Tree(pairs, heights)


def cut(joins: "Tree", least: tuple[float, ...]) -> list[Labels]:
    """The groups that are there at each of some similarities.

    Args:
        joins: by `tree`.
        least: how alike the members of two groups are on average that are joined.
    """
    return [numbered(groups_below(joins.pairs, joins.heights, 1.0 - one + ROUNDED)) for one in least]


@dataclass(frozen=True)
class Tree:
    """Joins, in no order.

    Attributes:
        pairs: int64 (things - 1, 2), a thing of each of the two groups.
        heights: float32 (things - 1,), how unlike their members are on average.
    """

    pairs: NDArray[np.int64]
    heights: NDArray[np.float32]
