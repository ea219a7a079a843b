"""Moving nodes of a graph to the community that holds most of their weight, until none moves."""

import numpy as np
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled


@compiled
def settle(
    starts: NDArray[np.int64],
    neighbours: NDArray[np.int64],
    weights: NDArray[np.float64],
    resolution: float,
    order: NDArray[np.int64],
    community: NDArray[np.int64],
) -> bool:
    """Move nodes while that raises modularity; says whether any moved.

    Args:
        starts: (nodes + 1,) where the neighbours of each node begin.
        neighbours, weights: of each node; a graph without direction has every edge twice, a node may be its own.
        resolution: how dear large communities are.
        order: in which nodes are looked at.
        community: (nodes,) of each, which is changed; numbers below the number of nodes.

    Source: V. Blondel and others, "Fast unfolding of communities in large networks", J. Stat. Mech., 2008, P10008.
    """
    n = len(starts) - 1
    degree, own = np.zeros(n), np.zeros(n)
    for node in range(n):
        for at in range(starts[node], starts[node + 1]):
            degree[node] += weights[at]
            if neighbours[at] == node:
                own[node] += weights[at]
    total = degree.sum()
    if total <= 0.0:
        return False
    held = np.zeros(n)
    for node in range(n):
        held[community[node]] += degree[node]
    towards = np.zeros(n)
    ever = False
    for _ in range(100):
        moved = False
        for node in order:
            here = community[node]
            for at in range(starts[node], starts[node + 1]):
                towards[community[neighbours[at]]] += weights[at]
            held[here] -= degree[node]
            best = here
            most = towards[here] - own[node] - resolution * degree[node] * held[here] / total
            for at in range(starts[node], starts[node + 1]):
                other = community[neighbours[at]]
                gain = towards[other] - resolution * degree[node] * held[other] / total
                if other != here and gain > most + 1e-12:
                    best, most = other, gain
            held[best] += degree[node]
            if best != here:
                community[node] = best
                moved, ever = True, True
            for at in range(starts[node], starts[node + 1]):
                towards[community[neighbours[at]]] = 0.0
            towards[here] = 0.0
        if not moved:
            break
    return ever
