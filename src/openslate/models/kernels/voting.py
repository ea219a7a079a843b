"""Votes of members for what comes next: each place where another member watched a title of yours speaks for what
that member watched right after it."""

import threading

import numpy as np
from numba import uint64
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled
from openslate.models.kernels.events import VoteWeights, Witnesses
from openslate.models.kernels.sharing import share_rows

_kept = threading.local()


def votes(
    witnesses: Witnesses,
    offsets: NDArray[np.int64],
    titles: NDArray[np.int32],
    engagement: NDArray[np.int32],
    weights: VoteWeights,
    most_threads: int | None = None,
) -> NDArray[np.float32]:
    """The votes for every title, for members given by their events.

    Args:
        witnesses: who votes.
        offsets: int64 [members + 1], where each asking member's events begin.
        titles: int32 [events].
        engagement: int32 [events].
        weights: what a vote weighs.
        most_threads: None for all there are; the result does not depend on it.

    Returns:
        float32 [members, n_titles].
    """
    found = np.zeros((len(offsets) - 1, len(witnesses.title_offsets) - 1), dtype=np.float32)
    audience = np.diff(witnesses.title_offsets)
    work = np.diff(np.concatenate([[0], np.cumsum(audience[titles])])[offsets]) + len(witnesses.believed)
    felt = engagement.astype(np.int8)

    def add(first: int, last: int) -> None:
        strength, common = _room_for(len(witnesses.titles), len(witnesses.believed))
        _add_votes(
            found, strength, common, witnesses.titles, witnesses.engagement, witnesses.offsets, witnesses.members,
            witnesses.title_offsets, witnesses.places, witnesses.believed, offsets, titles,
            felt, weights.shared, weights.latest, weights.ahead, weights.behind, weights.nearby,
            np.float32(weights.similarity_power), np.float32(weights.nearby_power),
            np.float32(weights.disagreement), first, last,
        )  # fmt: skip

    share_rows(work, add, 1 if len(offsets) == 2 else most_threads)
    return found


def _room_for(events: int, members: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Two arrays of this thread's own, all zero: clearing megabytes anew would take longer than one answer."""
    if getattr(_kept, "sizes", None) != (events, members):
        _kept.sizes = events, members
        _kept.room = np.zeros(events, np.float32), np.zeros(members, np.float32)
    room: tuple[NDArray[np.float32], NDArray[np.float32]] = _kept.room
    return room


@compiled
def _add_votes(
    found: NDArray[np.float32],
    strength: NDArray[np.float32],
    common: NDArray[np.float32],
    witness_titles: NDArray[np.int32],
    witness_engagement: NDArray[np.int8],
    witness_offsets: NDArray[np.int64],
    witness_members: NDArray[np.int32],
    title_offsets: NDArray[np.int64],
    places: NDArray[np.int64],
    believed: NDArray[np.float32],
    offsets: NDArray[np.int64],
    titles: NDArray[np.int32],
    engagement: NDArray[np.int8],
    shared: NDArray[np.float32],
    latest: NDArray[np.float32],
    ahead: NDArray[np.float32],
    behind: NDArray[np.float32],
    nearby: int,
    similarity_power: np.float32,
    nearby_power: np.float32,
    disagreement: np.float32,
    first: int,
    last: int,
) -> None:
    for member in range(first, last):
        row, begin, end = found[member], offsets[member], offsets[member + 1]
        common[:] = 0
        for back in range(min(len(shared), end - begin)):
            event = end - 1 - back
            title = titles[event]
            for place in places[title_offsets[title] : title_offsets[title + 1]]:
                agreement = np.float32(1) - disagreement * np.float32(
                    abs(witness_engagement[place] - engagement[event])
                )
                common[witness_members[place]] += shared[back] * agreement
                if back < len(latest):
                    strength[place] += latest[back] * agreement
        for witness in range(len(common)):
            if common[witness] > 0:
                common[witness] = (common[witness] * believed[witness]) ** similarity_power
        for back in range(min(len(latest), end - begin)):
            title = titles[end - 1 - back]
            for place in places[title_offsets[title] : title_offsets[title + 1]]:
                witness = witness_members[place]
                start, stop = witness_offsets[witness], witness_offsets[witness + 1]
                around = np.float32(0)
                for near in range(max(start, place - nearby), min(stop, place + nearby + 1)):
                    around += strength[uint64(near)]
                vote = strength[place] * common[witness] * around**nearby_power
                for ahead_by in range(min(len(ahead), stop - 1 - place)):
                    row[uint64(witness_titles[uint64(place + 1 + ahead_by)])] += vote * ahead[uint64(ahead_by)]
                for behind_by in range(min(len(behind), place - start)):
                    row[uint64(witness_titles[uint64(place - 1 - behind_by)])] += vote * behind[uint64(behind_by)]
        for back in range(min(len(latest), end - begin)):
            title = titles[end - 1 - back]
            for place in places[title_offsets[title] : title_offsets[title + 1]]:
                strength[place] = 0
