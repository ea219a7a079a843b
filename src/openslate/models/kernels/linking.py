"""Average linkage: two groups that are each other's nearest are joined, until one is left."""

import numpy as np
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled


@compiled
def join_nearest(apart: NDArray[np.float32], pairs: NDArray[np.int64], heights: NDArray[np.float32]) -> None:
    """Which things' groups are joined, and how far apart they are on average. Not in the order of distance.

    Args:
        apart: (things, things) distances, infinite on the diagonal; used up.
        pairs: (things - 1, 2) a thing of each of the two groups; filled.
        heights: (things - 1,) filled.

    Source: F. Murtagh, "A survey of recent advances in hierarchical clustering algorithms", Computer Journal 26, 1983.
    """
    n = len(apart)
    sizes = np.ones(n, np.float32)
    alive = np.ones(n, np.bool_)
    chain = np.empty(n, np.int64)
    long, start = 0, 0
    for step in range(n - 1):
        if long == 0:
            while not alive[start]:
                start += 1
            chain[0] = start
            long = 1
        while True:
            here = chain[long - 1]
            # The one before wins ties, or the chain might run in a circle.
            nearest = chain[long - 2] if long > 1 else -1
            least = apart[here, nearest] if long > 1 else np.float32(np.inf)
            for other in range(n):
                if apart[here, other] < least and alive[other]:
                    nearest, least = other, apart[here, other]
            if long > 1 and nearest == chain[long - 2]:
                break
            chain[long] = nearest
            long += 1
        kept, gone = chain[long - 1], chain[long - 2]
        long -= 2
        pairs[step, 0], pairs[step, 1] = kept, gone
        heights[step] = apart[kept, gone]
        share = sizes[kept] / (sizes[kept] + sizes[gone])
        sizes[kept] += sizes[gone]
        alive[gone] = False
        for other in range(n):
            if alive[other] and other != kept:
                value = share * apart[kept, other] + (np.float32(1.0) - share) * apart[gone, other]
                apart[kept, other] = value
                apart[other, kept] = value


@compiled
def groups_below(pairs: NDArray[np.int64], heights: NDArray[np.float32], most: float) -> NDArray[np.int64]:
    """The first thing of each thing's group, of joins at most some distance apart.

    Args:
        pairs, heights: by `join_nearest`.
        most: distance.
    """
    first = np.arange(len(pairs) + 1)
    for step in range(len(pairs)):
        if heights[step] > most:
            continue
        ends = np.empty(2, np.int64)
        for side in range(2):
            at = pairs[step, side]
            while first[at] != at:
                first[at] = first[first[at]]
                at = first[at]
            ends[side] = at
        first[ends.max()] = ends.min()
    for at in range(len(first)):
        first[at] = first[first[at]]
    return first
