"""The nearest of those whose outcome was known, with weights that say how far to trust each.

What is returned is both shown and used: there is no second list.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.errors import UsageError

Floats = NDArray[np.float64]
Choice = NDArray[np.bool_]

SHARPNESS = 3.0
"""Trust grows with this power of the similarity, so that the tenth that is somewhat alike does not drown the first."""
DOUBT = 0.03
"""What is believed without any neighbour, in the same measure: it takes the share that the weights leave."""


@dataclass(frozen=True)
class Neighbours:
    """The nearest, most trusted first.

    Attributes:
        rows: int64 [queries, many], places among the seen; -1 where there are fewer.
        weights: float64 [queries, many], 0 to 1, together at most 1; what is missing to 1 is trust in none of them.
        nearest: float64 [queries], distance of the nearest allowed one, 0 for the same to 1 for nothing in common or
            nobody there.
    """

    rows: NDArray[np.int64]
    weights: Floats
    nearest: Floats


def neighbours(
    total: Floats, allowed: Choice, many: int = 10, pinned: Choice | None = None, struck: Choice | None = None
) -> Neighbours:
    """Choose neighbours.

    Args:
        total: float64 [queries, seen], similarity from 0 to 1.
        allowed: bool [queries, seen], which outcomes were known on each query's day, the query's own never.
        many: how many at most.
        pinned: bool [queries, seen], those that a person put there: chosen whatever their distance, if their
            outcome was known, and trusted no less than any other.
        struck: bool [queries, seen], those that a person took away.

    Raises:
        UsageError: one is pinned and struck, more are pinned than there may be, or none may be.

    Example:
        >>> found = neighbours(np.array([[0.9, 0.5, 0.6]]), np.array([[True, True, False]]), many=3)
        >>> found.rows.tolist(), found.nearest.round(2).tolist()
        ([[0, 1, -1]], [0.1])
    """
    if many < 1:
        raise UsageError(f"{many} comparable titles are none.", "Ask for 1 or more.")
    pinned = np.zeros_like(allowed) if pinned is None else pinned
    if struck is not None:
        if (pinned & struck).any():
            row = int(np.flatnonzero((pinned & struck).any(axis=0))[0])
            raise UsageError(f"The title at place {row} is pinned and struck at once.", "Pin it or strike it.")
        allowed = allowed & ~struck
    held = pinned & allowed
    if held.sum(axis=1).max(initial=0) > many:
        raise UsageError(
            f"{int(held.sum(axis=1).max())} titles are pinned, and only {many} may be chosen.",
            "Unpin some, or ask for more comparable titles.",
        )
    if not total.shape[1]:
        nobody = np.full((len(total), many), -1, dtype=np.int64)
        return Neighbours(nobody, np.zeros(nobody.shape), np.ones(len(total)))
    usable = np.where(allowed, total, -1.0)
    rows = _nearest_rows(np.where(held, usable + 2, usable), many)
    similarity = np.take_along_axis(usable, np.maximum(rows, 0), axis=1)
    chosen_pin = np.take_along_axis(held, np.maximum(rows, 0), axis=1) & (rows >= 0)
    # Whoever has nothing in common with the query is no neighbour of it.
    rows = np.where((similarity > 0) | chosen_pin, rows, -1)
    trust = np.where(rows >= 0, np.maximum(similarity, 0) ** SHARPNESS, 0.0)
    trust = np.where(chosen_pin, np.maximum(trust.max(axis=1, initial=0, keepdims=True), DOUBT), trust)
    weights = trust / (trust.sum(axis=1, keepdims=True) + DOUBT)
    order = np.lexsort((rows, -weights, ~chosen_pin, rows < 0), axis=1)
    return Neighbours(
        np.take_along_axis(rows, order, axis=1),
        np.take_along_axis(weights, order, axis=1),
        1 - np.clip(usable.max(axis=1, initial=0), 0, 1),
    )


def _nearest_rows(similarity: Floats, many: int) -> NDArray[np.int64]:
    """Places of the greatest, ties by order, int64 [queries, many]; -1 where fewer are allowed (below 0 is not)."""
    queries, seen = similarity.shape
    kept = min(many, seen)
    found = np.full((queries, many), -1, dtype=np.int64)
    for query in range(queries):
        row = similarity[query]
        if seen > 4 * kept:
            # All that reach the least of the greatest, so that ties are cut by order and not by chance.
            least = np.partition(row, seen - kept)[seen - kept]
            places = np.flatnonzero(row >= max(least, 0))
        else:
            places = np.flatnonzero(row >= 0)
        best = places[np.argsort(-row[places], kind="stable")][:kept]
        found[query, : len(best)] = best
    return found
