"""Communities of a graph of nearest neighbours: by modularity, level upon level."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from openslate.models.kernels.communities import settle

Labels = NDArray[np.int64]


def nearest_graph(similarity: NDArray[np.floating], many: int) -> csr_array:
    """Everything beside the things nearest to it, the same both ways.

    Args:
        similarity: (things, things), the same both ways.
        many: how many of the nearest count; below 0 nothing is near.

    Returns:
        (things, things) with half the similarity where one is near the other, and all of it where both are.
    """
    return nearest_graphs(similarity, (many,))[0]


def nearest_graphs(similarity: NDArray[np.floating], counts: Sequence[int]) -> list[csr_array]:
    """The graph of nearest things for each of some counts; `nearest_graph` says what that is."""
    n = len(similarity)
    most = min(max(counts), n - 1)
    if most < 1:
        return [csr_array((n, n), dtype=np.float64) for _ in counts]
    others = np.negative(similarity)
    np.fill_diagonal(others, np.inf)
    near = np.argpartition(others, most - 1, axis=1)[:, :most]
    near = np.take_along_axis(near, np.argsort(np.take_along_axis(others, near, axis=1), axis=1, kind="stable"), axis=1)
    values = np.clip(-np.take_along_axis(others, near, axis=1), 0.0, None).astype(np.float64)
    return [_both_ways(near[:, : max(many, 0)], values[:, : max(many, 0)]) for many in counts]


def _both_ways(near: NDArray[np.int64], values: NDArray[np.float64]) -> csr_array:
    n, many = near.shape
    rows = np.repeat(np.arange(n), many)
    graph = csr_array((values.ravel(), (rows, near.ravel())), shape=(n, n))
    return csr_array((graph + graph.T) / 2.0)


def communities(graph: csr_array, resolution: float = 1.0, seed: int = 0) -> Labels:
    """The community of each node.

    Args:
        graph: (nodes, nodes), the same both ways, no weight below 0.
        resolution: from 1 on smaller communities, below it larger ones.
        seed: of the order in which nodes are looked at.

    Returns:
        int64 (nodes,), numbered from 0 in the order of their first node.

    Example:
        >>> import numpy as np
        >>> edges = np.array([[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]], dtype=float)
        >>> communities(csr_array(edges)).tolist()
        [0, 0, 1, 1]
    """
    drawn = np.random.default_rng(seed)
    found, level = np.arange(graph.shape[0], dtype=np.int64), csr_array(graph)
    while level.shape[0] > 1:
        community = np.arange(level.shape[0], dtype=np.int64)
        order = drawn.permutation(level.shape[0]).astype(np.int64)
        starts, neighbours = level.indptr.astype(np.int64), level.indices.astype(np.int64)
        if not settle(starts, neighbours, level.data.astype(np.float64), resolution, order, community):
            break
        _, community = np.unique(community, return_inverse=True)
        found = community[found]
        joined = csr_array((np.ones(len(community)), (community, np.arange(len(community)))))
        level = csr_array(joined @ level @ joined.T)
    return numbered(found)


def numbered(labels: Labels) -> Labels:
    """Labels numbered from 0 in the order in which they come first.

    Example:
        >>> import numpy as np
        >>> numbered(np.array([7, 3, 7, 5])).tolist()
        [0, 1, 0, 2]
    """
    _, first, inverse = np.unique(labels, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return np.asarray(rank[inverse.reshape(-1)], dtype=np.int64)
