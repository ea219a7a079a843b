"""The rows of the window put into groups when an hour's items have come."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.apps.press.stories.settling import WHOLE, settled
from openslate.apps.press.stories.window import Window, likenesses, telling_terms
from openslate.models.kernels.joining import join_in_turn

AT_ONCE = 1_000
"""Items that are put to stories before neighbourhoods are grouped: a backlog is worked off as if it came in hours."""
LEAST = 0.15
"""Worth of a story for an item below which the item begins its own; docs/press-stories.md says what a worth is."""


@dataclass(frozen=True)
class Groups:
    """Groups of rows.

    Attributes:
        window: the rows.
        labels: int64 (rows,), any numbers.
        fresh: bool (rows,), what came since its neighbourhood was grouped last.
    """

    window: Window
    labels: NDArray[np.int64]
    fresh: NDArray[np.bool_]


def with_arrivals(before: Groups, titles: list[str], ids: Sequence[str], arrived: Sequence[str]) -> Groups:
    """Groups after items arrived.

    Args:
        before: groups.
        titles: of the rows before.
        ids, arrived: ids and titles of what arrived, in an order that does not depend on when within the hour.
    """
    found, known = before, list(titles)
    at = 0
    while at < len(ids):
        end = at + max(AT_ONCE, WHOLE - len(known))
        known += arrived[at:end]
        found = _with_some(found, known, ids[at:end])
        at = end
    return found


def _with_some(before: Groups, titles: list[str], ids: Sequence[str]) -> Groups:
    first = len(before.labels)
    window = before.window.with_more(ids, titles[first:])
    names, old = np.unique(before.labels, return_inverse=True)
    labels = np.concatenate([old.reshape(-1), np.full(len(ids), -1)]).astype(np.int64)
    sizes = np.bincount(old.reshape(-1), minlength=len(names) + len(ids)).astype(np.int64)
    terms = telling_terms(window)
    near = likenesses(terms, np.arange(first, len(labels)))
    join_in_turn(
        near.indptr.astype(np.int64), near.indices.astype(np.int64), near.data, labels, sizes, first, len(names), LEAST
    )
    done = settled(titles, labels, np.concatenate([before.fresh, np.ones(len(ids), np.bool_)]), near, terms)
    return Groups(window, done.labels, done.fresh)
