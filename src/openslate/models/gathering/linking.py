"""Groups by average linkage: two groups are joined while their members are alike enough on average."""

import numpy as np
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from openslate.models.gathering.communities import Labels, numbered


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


def tree(similarity: NDArray[np.floating]) -> NDArray[np.float64]:
    """The order in which groups are joined, as SciPy writes it; for `cut`.

    Args:
        similarity: as in `linked`.
    """
    if len(similarity) < 2:
        return np.empty((0, 4))
    apart = np.clip(1.0 - (similarity + similarity.T) / 2.0, 0.0, None)
    np.fill_diagonal(apart, 0.0)
    return np.asarray(linkage(squareform(apart, checks=False), "average"))


def cut(joins: NDArray[np.float64], least: tuple[float, ...]) -> list[Labels]:
    """The groups that are there at each of some similarities.

    Args:
        joins: by `tree`, of two things at least.
        least: how alike the members of two groups are on average that are joined.
    """
    if not len(joins):
        return [np.zeros(1, dtype=np.int64) for _ in least]
    return [numbered(fcluster(joins, 1.0 - one, "distance").astype(np.int64)) for one in least]
