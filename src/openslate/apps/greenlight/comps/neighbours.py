"""The nearest comparable titles, with what a person pinned or struck: those that are shown are those that are used."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.features.column import Floats

MANY = 10
SHARPNESS = 8.0
"""How much more the nearer count: weights are similarity to this power."""
PINNED = 0.75
"""Pinned titles have at least so much of the weight together: a person who names them means them."""


@dataclass(frozen=True)
class Neighbours:
    """Comparable titles.

    Attributes:
        rows: int64 [queries, many], places among the seen, nearest first; -1 for none.
        weights: float64 [queries, many], 0 for none; they sum to 1 where there is any.
        similarity: float64 [queries, many], 0 to 1.
    """

    rows: NDArray[np.int64]
    weights: Floats
    similarity: Floats

    def mean(self, values: Floats) -> Floats:
        """The weighted mean of a value of the neighbours, float64 [queries]; NaN without any.

        Args:
            values: float64 [seen].
        """
        total = self.weights.sum(axis=1)
        found = (self.weights * values[np.maximum(self.rows, 0)]).sum(axis=1)
        return np.where(total > 0, found, np.nan)


def neighbours(
    total: Floats,
    allowed: NDArray[np.bool_],
    many: int = MANY,
    pinned: Collection[int] = (),
    struck: Collection[int] = (),
) -> Neighbours:
    """The nearest of those that may be used.

    Args:
        total: float64 [queries, seen], similarity.
        allowed: bool [queries, seen], whose outcome was known on the query's own day, and is not its own.
        many: how many.
        pinned: places of titles that are taken whatever their distance, where they are allowed.
        struck: places that are never taken.

    Example:
        >>> found = neighbours(np.array([[0.9, 0.5, 0.1]]), np.ones((1, 3), dtype=bool), 2, pinned=[2], struck=[0])
        >>> found.rows.tolist(), found.weights.round(2).tolist()
        ([[2, 1]], [[0.75, 0.25]])
    """
    order = np.where(allowed, total, -np.inf)
    order[:, list(struck)] = -np.inf
    pins = np.array(sorted(pinned), dtype=np.int64)
    order[:, pins] = np.where(allowed[:, pins], 2 + total[:, pins], -np.inf)
    many = min(max(many, len(pins)), total.shape[1])
    rows = np.argsort(-order, axis=1, kind="stable")[:, :many] if total.shape[1] < 400 else _best(order, many)
    there = np.take_along_axis(order, rows, axis=1) > -np.inf
    similar = np.where(there, np.take_along_axis(total, rows, axis=1), 0.0)
    is_pinned = there & np.isin(rows, pins)
    weights = similar**SHARPNESS
    weights = np.where(is_pinned, PINNED * _shares(np.where(is_pinned, 1.0, 0.0)), 0.0) + np.where(
        is_pinned, 0.0, _rest(is_pinned) * _shares(np.where(is_pinned, 0.0, weights))
    )
    return Neighbours(np.where(there, rows, -1), _shares(weights), similar)


def _best(order: Floats, many: int) -> NDArray[np.int64]:
    rows = np.argpartition(-order, many - 1, axis=1)[:, :many]
    rows.sort(axis=1)
    within = np.argsort(-np.take_along_axis(order, rows, axis=1), axis=1, kind="stable")
    found: NDArray[np.int64] = np.take_along_axis(rows, within, axis=1)
    return found


def _shares(values: Floats) -> Floats:
    total = values.sum(axis=1, keepdims=True)
    return np.where(total > 0, values / np.where(total > 0, total, 1.0), 0.0)


def _rest(is_pinned: NDArray[np.bool_]) -> Floats:
    return np.where(is_pinned.any(axis=1, keepdims=True), 1 - PINNED, 1.0)
