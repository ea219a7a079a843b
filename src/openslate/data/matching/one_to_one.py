"""How sure a pair is once its rivals are heard: every source lists a title once, so that one pair rules out others.

Of all ways to pair the titles of two sources, each counts by the product of its pairs' odds; a pair is as sure as the
ways that hold it weigh among all. Two equal rivals get less than half each, so that a tie is never guessed; and no two
pairs of one title can both be surer than a half, so that what is taken is one to one without choosing.
"""

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

FAINT_ODDS = 1e-3
"""Pairs with lower odds than this bind nothing together; they cannot change a rival by more than this."""
MOST_EXACT = 10
"""Titles on the smaller side of a knot, up to which all ways of pairing it are counted."""

Places = NDArray[np.int64]
Odds = NDArray[np.float64]


def among_rivals(left: Places, right: Places, odds: Odds) -> NDArray[np.float64]:
    """Probability of each pair when every title has at most one partner.

    Args:
        left: int64 [pairs], title of one source.
        right: int64 [pairs], title of the other.
        odds: float64 [pairs], by itself, as p / (1 - p).

    Example:
        >>> tie = among_rivals(np.array([0, 0]), np.array([0, 1]), np.array([20.0, 20.0]))
        >>> tie.round(2).tolist()
        [0.49, 0.49]
    """
    alone = odds / (1 + odds)
    bound = np.flatnonzero(odds >= FAINT_ODDS)
    if not len(bound):
        return alone
    width, height = int(left.max()) + 1, int(right.max()) + 1
    nodes = width + height
    edges = (np.ones(len(bound)), (left[bound], width + right[bound]))
    _, component = connected_components(sparse.coo_array(edges, shape=(nodes, nodes)), directed=False)
    knots: dict[int, list[int]] = defaultdict(list)
    for pair in bound.tolist():
        knots[int(component[left[pair]])].append(pair)
    for knot in knots.values():
        if len(knot) > 1:
            pairs = np.array(knot)
            alone[pairs] = _knot(left[pairs], right[pairs], odds[pairs])
    return alone


def _knot(left: Places, right: Places, odds: Odds) -> NDArray[np.float64]:
    rows, row = np.unique(left, return_inverse=True)
    columns, column = np.unique(right, return_inverse=True)
    if min(len(rows), len(columns)) > MOST_EXACT:
        return _from_below(row, column, odds)
    if len(columns) > len(rows):
        row, column, rows, columns = column, row, columns, rows
    return _exact(row, column, odds, len(rows), len(columns))


def _from_below(row: Places, column: Places, odds: Odds) -> NDArray[np.float64]:
    """As if none of a pair's rivals were ruled out by others in turn: never surer than it is."""
    beside = np.bincount(row, odds)[row] + np.bincount(column, odds)[column] - odds
    return np.asarray(odds / (1 + beside))


def _exact(row: Places, column: Places, odds: Odds, rows: int, columns: int) -> NDArray[np.float64]:
    """All ways, row by row, over every set of columns that are taken (a bit each)."""
    sets = np.arange(1 << columns)
    pairs_of = [np.flatnonzero(row == place) for place in range(rows)]
    before = [np.zeros(len(sets)) for _ in range(rows + 1)]
    before[0][0] = 1.0
    for place, pairs in enumerate(pairs_of):
        total = before[place].copy()
        for pair in pairs.tolist():
            free = sets[(sets >> column[pair]) & 1 == 0]
            total[free | (1 << column[pair])] += odds[pair] * before[place][free]
        # Only proportions count, and products of odds grow without end.
        before[place + 1] = total / total.max()
    after = np.ones(len(sets))
    found = np.empty(len(odds))
    for place in range(rows - 1, -1, -1):
        weights = {}
        earlier = after.copy()
        for pair in pairs_of[place].tolist():
            free = sets[(sets >> column[pair]) & 1 == 0]
            taken = free | (1 << column[pair])
            weights[pair] = odds[pair] * float(before[place][free] @ after[taken])
            earlier[free] += odds[pair] * after[taken]
        whole = float(before[place] @ after) + sum(weights.values())
        for pair, weight in weights.items():
            found[pair] = weight / whole
        after = earlier / earlier.max()
    return found
