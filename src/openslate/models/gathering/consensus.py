"""Groups on which many ways of grouping agree.

Each way is weak by itself: linkage of few dimensions mixes neighbouring subjects, communities of rare words fall apart.
How often two things are put together by all ways is a similarity of its own, and a far steadier one. Source: A. Fred,
A. Jain, "Combining multiple clusterings using evidence accumulation", IEEE TPAMI 27, 2005.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.models.gathering.communities import Labels, communities, nearest_graphs
from openslate.models.gathering.linking import cut, linked, tree

Similarity = NDArray[np.floating]


@dataclass(frozen=True)
class Ways:
    """The ways of grouping, and how alike things are that are joined in the end.

    Attributes:
        least: similarities at which linkage is cut.
        nearest: neighbours of the graphs.
        resolutions: of their communities.
        rounds: orders in which nodes are looked at, for each graph and resolution: by one alone luck decides too much.
        joined: how far all ways agree on average of two groups that are joined.
    """

    least: tuple[float, ...] = (0.15, 0.1)
    nearest: tuple[int, ...] = (20, 30, 40)
    resolutions: tuple[float, ...] = (0.75, 1.0, 1.5)
    rounds: int = 3
    joined: float = 0.4


def agreed(smooth: Sequence[Similarity], sharp: Similarity, ways: Ways = Ways(), seed: int = 0) -> Labels:
    """The group of each thing.

    Args:
        smooth: (things, things) each, similarities by subject: linkage is cut on each, and they count as well.
        sharp: (things, things), similarity by rare words: communities are sought in its graphs.
        ways: of grouping.
        seed: of the order in which nodes are looked at.

    Returns:
        int64 (things,), numbered from 0 in the order of their first thing.
    """
    if len(sharp) < 2:
        return np.zeros(len(sharp), dtype=np.int64)
    by_subject = [labels for one in smooth for labels in cut(tree(one), ways.least)]
    graphs = nearest_graphs(sharp, ways.nearest)
    seeds = range(seed * ways.rounds, (seed + 1) * ways.rounds)
    by_words = [communities(graph, one, each) for graph in graphs for one in ways.resolutions for each in seeds]
    agreeing = together(by_subject) + together(by_words)
    for one in smooth:
        agreeing += one / np.float32(len(smooth))
    return linked(agreeing / np.float32(3.0), ways.joined)


def together(groupings: Sequence[Labels]) -> Similarity:
    """How often two things are in one group.

    Args:
        groupings: int64 (things,) each.

    Returns:
        float32 (things, things), 0 to 1.
    """
    found = np.zeros((len(groupings[0]), len(groupings[0])), dtype=np.uint16)
    for labels in groupings:
        short = labels.astype(np.int32)
        found += short[:, None] == short[None, :]
    return found.astype(np.float32) / np.float32(len(groupings))
