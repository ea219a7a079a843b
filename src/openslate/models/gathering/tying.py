"""Groups held to evidence: what nothing ties to the rest of its group leaves it."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from openslate.models.gathering.communities import Labels, numbered


def tied(labels: Labels, similarity: NDArray[np.floating], least: float) -> Labels:
    """Groups whose things are each tied to another one of theirs, directly or over others.

    Args:
        labels: int64 (things,), groups.
        similarity: (things, things), the same both ways.
        least: from which two things of a group are tied.

    Returns:
        int64 (things,), numbered from 0 in the order of their first thing.

    Example:
        >>> alike = np.array([[1.0, 0.5, 0.0], [0.5, 1.0, 0.1], [0.0, 0.1, 1.0]])
        >>> one = np.zeros(3, dtype=np.int64)
        >>> tied(one, alike, 0.2).tolist(), tied(one, alike, 0.1).tolist()
        ([0, 0, 1], [0, 0, 0])
    """
    one, other = np.nonzero(np.triu(similarity >= least, 1) & (labels[:, None] == labels[None, :]))
    ties = coo_array((np.ones(len(one), dtype=np.int8), (one, other)), shape=similarity.shape)
    return numbered(connected_components(ties, directed=False)[1].astype(np.int64))
