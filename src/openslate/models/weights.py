"""How much each watched title says about a member: whole numbers, between the histories and the item-item models."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from openslate.models.histories import ENGAGEMENT_STEPS, Histories

WEIGHT_STEPS = 32
"""Weights are whole numbers of 1/32 steps; no title of a member weighs more than one, however often watched."""


@dataclass(frozen=True)
class WeightSettings:
    """How engagement and recency turn an event into a weight between zero and one.

    Recency counts a member's own later events, never the calendar, so that a member's weights depend on nothing
    but that member's history and can be subtracted exactly when the member leaves.

    Stability: provisional.

    Attributes:
        engagement_share: how far engagement matters: with 0 every event weighs the same, with 1 an event's weight
            is its engagement.
        half_life: later events after which an event weighs half; None for weights that never fall.
    """

    engagement_share: float = 0.0
    half_life: float | None = None


def event_weights(histories: Histories, settings: WeightSettings) -> NDArray[np.int32]:
    """The weight of every event, in steps of 1/WEIGHT_STEPS.

    Args:
        histories: members' events.
        settings: how engagement and recency count.

    Returns:
        int32 [events], 0 to WEIGHT_STEPS.

    Example:
        >>> watched = Histories.from_lists([[0, 1, 2]], n_titles=3)
        >>> event_weights(watched, WeightSettings(half_life=1)).tolist()
        [8, 16, 32]
    """
    engaged = histories.engagement / ENGAGEMENT_STEPS
    weights = 1.0 - settings.engagement_share * (1.0 - engaged)
    if settings.half_life is not None:
        weights = weights * 0.5 ** (events_since(histories) / settings.half_life)
    return np.rint(WEIGHT_STEPS * weights).astype(np.int32)


def events_since(histories: Histories) -> NDArray[np.int64]:
    """How many later events the same member has, int64 [events]; 0 marks each member's latest."""
    return np.repeat(histories.offsets[1:] - 1, histories.lengths()) - np.arange(histories.n_events)


def title_weights(histories: Histories, settings: WeightSettings) -> csr_array:
    """What each member's events say about each title: summed over repeats and clipped to WEIGHT_STEPS.

    Args:
        histories: members' events.
        settings: how engagement and recency count.

    Returns:
        Sparse int32 [members, titles], titles in ascending order, zero weights left out.

    Example:
        >>> watched = Histories.from_lists([[0, 2, 0], []], n_titles=3)
        >>> title_weights(watched, WeightSettings(half_life=1)).toarray().tolist()
        [[32, 0, 16], [0, 0, 0]]
    """
    events = csr_array(
        (event_weights(histories, settings), histories.titles, histories.offsets),
        shape=(histories.n_members, histories.n_titles),
    )
    # Turned over twice, each row comes back in order of titles: a third of the time that sorting it takes.
    weights = csr_array(events.tocsc().tocsr())
    weights.sum_duplicates()
    np.minimum(weights.data, WEIGHT_STEPS, out=weights.data)
    weights.eliminate_zeros()
    return weights


def taste_rows(histories: Histories, settings: WeightSettings) -> csr_array:
    """`title_weights` as float32 between zero and one: the rows that models multiply when they score."""
    weights = title_weights(histories, settings)
    return csr_array(
        (weights.data.astype(np.float32) / WEIGHT_STEPS, weights.indices, weights.indptr), shape=weights.shape
    )


def event_shares(histories: Histories, settings: WeightSettings) -> NDArray[np.float32]:
    """Each event's part in its title's entry of `taste_rows`, float32 [events].

    The events of a title watched several times share the title's clipped weight in proportion to their own.

    Example:
        >>> watched = Histories.from_lists([[0, 1, 0]], n_titles=2)
        >>> event_shares(watched, WeightSettings()).tolist()
        [0.5, 1.0, 0.5]
    """
    weights = event_weights(histories, settings)
    place = histories.members_of_events() * histories.n_titles + histories.titles
    _, watched, counts = np.unique(place, return_inverse=True, return_counts=True)
    total = np.bincount(watched, weights, minlength=len(counts))[watched]
    clipped = np.minimum(total, WEIGHT_STEPS) / WEIGHT_STEPS
    return (weights * clipped / np.maximum(total, 1)).astype(np.float32)


def rows_of_events(histories: Histories, weights: NDArray[np.float32]) -> csr_array:
    """One sparse row a member, an entry for every event.

    Args:
        histories: members' events.
        weights: float32 [events].

    Returns:
        Sparse float32 [members, titles]; a title watched several times has several entries, which products add up.
    """
    # The copy keeps SciPy from ever sorting the histories' own arrays in place.
    return csr_array(
        (weights, histories.titles, histories.offsets),
        shape=(histories.n_members, histories.n_titles),
        copy=True,
    )
