"""One member's answer without the detour over sparse matrices, whose making takes longer than their product.

Bit for bit what the models compute for many members at once. A loop is used where it is loaded already: a process that
answers one question is done before it has loaded them.
"""

import sys
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from openslate.models.histories import Histories
from openslate.models.kernels import plain
from openslate.models.sparse_rows import SparseRows
from openslate.models.weights import WEIGHT_STEPS, WeightSettings, event_weights


def loaded(loop: str) -> bool:
    """Whether a compiled loop, by its file's name, costs nothing to use any more."""
    return f"openslate.models.kernels.{loop}" in sys.modules


def latest_events(history: Histories, count: int) -> Histories:
    """One member's latest events.

    Args:
        history: one member.
        count: how many at most.

    Example:
        >>> latest_events(Histories.from_lists([[4, 2, 3]], n_titles=5), 2).titles.tolist()
        [2, 3]
    """
    if history.n_events <= count:
        return history
    tail = slice(history.n_events - count, history.n_events)
    return replace(
        history,
        offsets=np.array([0, count]),
        titles=history.titles[tail],
        times=history.times[tail],
        engagement=history.engagement[tail],
    )


def taste_row(history: Histories, settings: WeightSettings) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The one row of `weights.taste_rows`: titles in ascending order, int64, and what they weigh, float32.

    Example:
        >>> titles, weights = taste_row(Histories.from_lists([[2, 0, 2]], n_titles=3), WeightSettings(half_life=1))
        >>> titles.tolist(), weights.tolist()
        ([0, 2], [0.5, 1.0])
    """
    totals = np.bincount(history.titles, event_weights(history, settings))
    titles = np.flatnonzero(totals)
    return titles, np.minimum(totals[titles], WEIGHT_STEPS).astype(np.float32) / np.float32(WEIGHT_STEPS)


def scores(
    rows: NDArray[np.integer], weights: NDArray[np.float32], matrix: NDArray[np.float32] | SparseRows
) -> NDArray[np.float32]:
    """The weighted sum of some rows of a model, float32 [1, n_titles].

    Args:
        rows: integers [named]; one may be named twice.
        weights: float32 [named]; rows that weigh nothing are not read.
        matrix: from watched titles to scored ones.
    """
    heavy = weights != 0
    if not heavy.all():
        rows, weights = rows[heavy], weights[heavy]
    places = rows.astype(np.int64, copy=False)
    if not loaded("adding"):
        return plain.sum_of_rows(places, weights, matrix)[None]
    from openslate.models.kernels import adding

    if isinstance(matrix, SparseRows):
        return adding.sum_of_sparse_rows(places, weights, matrix)[None]
    return adding.sum_of_rows(places, weights, matrix)[None]
