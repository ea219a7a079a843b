"""Histories cut into pieces that fit side by side: what both the training and the scoring of a transformer read.

Times are only ever seen as the time between two events, in half-octaves of seconds, counted here in whole numbers;
so training and scoring, and any two machines, put every pair of events into the same bucket.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.models.histories import Histories

BUCKETS = 64
"""Half-octaves: the last but one holds everything over a century of seconds, the last means 'nothing before'."""
SECOND = 1_000_000

Indices = NDArray[np.int64]


@dataclass(frozen=True)
class Pieces:
    """Stretches of members' histories, each from its first event on, filled up at the end to the longest.

    Attributes:
        present: bool [pieces, longest], false where a piece has been filled up.
        events: int64 [pieces, longest], index of each event in the histories; a piece's own first one where filled up.
        titles: int64 [pieces, longest].
        engagement: int64 [pieces, longest].
        gaps: int64 [pieces, longest], bucket of the time since the member's event before.
        ages: int64 [pieces, longest], bucket of how many events the member had before.
        elapsed: int64 [pieces, longest, longest], bucket of the time from the second event to the first; 0 where the
            second comes later.
    """

    present: NDArray[np.bool_]
    events: Indices
    titles: Indices
    engagement: Indices
    gaps: Indices
    ages: Indices
    elapsed: Indices


@dataclass(frozen=True)
class Stretches:
    """Where pieces lie in the histories.

    Attributes:
        starts: int64 [pieces], index of each piece's first event.
        stops: int64 [pieces], one past its last.
        members: int64 [pieces], whose events they are.
    """

    starts: Indices
    stops: Indices
    members: Indices

    def take(self, chosen: Indices) -> "Stretches":
        """Those pieces, in that order."""
        return Stretches(self.starts[chosen], self.stops[chosen], self.members[chosen])


def half_octaves(numbers: NDArray[np.int64]) -> Indices:
    """The bucket floor(2 log2(number + 1)) of whole numbers from 0 on, at most BUCKETS - 2.

    Example:
        >>> half_octaves(np.array([0, 1, 2, 3, 4, 60, 86_400])).tolist()
        [0, 2, 3, 4, 4, 11, 32]
    """
    fraction, octave = np.frexp(numbers + 1.0)
    buckets: Indices = 2 * (octave.astype(np.int64) - 1) + (fraction > np.sqrt(0.5))
    return np.minimum(buckets, BUCKETS - 2)


def latest(histories: Histories, context: int) -> Stretches:
    """Each member's last `context` events, for those who have any.

    Example:
        >>> found = latest(Histories.from_lists([[0, 1, 2], [], [1]], n_titles=3), 2)
        >>> found.starts.tolist(), found.stops.tolist(), found.members.tolist()
        ([1, 3], [3, 4], [0, 2])
    """
    members = np.flatnonzero(histories.lengths())
    stops = histories.offsets[members + 1]
    return Stretches(np.maximum(histories.offsets[members], stops - context), stops, members)


def cut(histories: Histories, context: int, rng: np.random.Generator) -> Stretches:
    """Every event that has a later one, in pieces of `context`; each member's first piece has a random length.

    So that the same event stands now early, now late in its piece.

    Example:
        >>> watched = Histories.from_lists([[0, 1, 2, 3], [2]], n_titles=4)
        >>> whole = cut(watched, 1, np.random.default_rng(1))
        >>> whole.starts.tolist(), whole.stops.tolist()
        ([0, 1, 2], [1, 2, 3])
    """
    inputs = np.maximum(histories.lengths() - 1, 0)
    first = np.minimum(rng.integers(1, context + 1, histories.n_members), inputs)
    counts = np.where(inputs > 0, 1 + -(-(inputs - first) // context), 0)
    members = np.repeat(np.arange(histories.n_members), counts)
    place = np.arange(len(members)) - np.repeat(np.cumsum(counts) - counts, counts)
    begin = histories.offsets[:-1][members]
    stops = begin + np.minimum(first[members] + place * context, inputs[members])
    starts = np.where(place == 0, begin, begin + first[members] + (place - 1) * context)
    return Stretches(starts, stops, members)


def side_by_side(stretches: Stretches, events: int, rng: np.random.Generator | None = None) -> list[Stretches]:
    """Pieces of like length together, about `events` events at a time, filling up included.

    Args:
        stretches: all pieces.
        events: how many at a time; a longer piece stands alone.
        rng: shuffles what lies together and in which order; None keeps the order of length.
    """
    lengths = stretches.stops - stretches.starts
    jitter = rng.random(len(lengths)) if rng else np.zeros(len(lengths))
    order = np.argsort(lengths + jitter, kind="stable")
    groups, begin = [], 0
    for end in range(1, len(order) + 1):
        if end == len(order) or (end - begin + 1) * lengths[order[end]] > events:
            groups.append(stretches.take(order[begin:end]))
            begin = end
    if rng:
        rng.shuffle(groups)
    return groups


def read(histories: Histories, stretches: Stretches) -> Pieces:
    """The events of some pieces, as the network takes them."""
    lengths = stretches.stops - stretches.starts
    places = np.arange(lengths.max(initial=0))
    present = places < lengths[:, None]
    events = np.where(present, stretches.starts[:, None] + places, stretches.starts[:, None])
    before = events - histories.offsets[stretches.members][:, None]
    seconds = histories.times // SECOND
    times = seconds[events]
    gaps = half_octaves(times - seconds[np.maximum(events - 1, 0)] * (before > 0))
    return Pieces(
        present=present,
        events=events,
        titles=histories.titles[events].astype(np.int64),
        engagement=histories.engagement[events].astype(np.int64),
        gaps=np.where(before > 0, gaps, BUCKETS - 1),
        ages=half_octaves(before),
        elapsed=half_octaves(np.maximum(times[:, :, None] - times[:, None, :], 0)),
    )


def first_seen(histories: Histories, stretches: Stretches) -> NDArray[np.int16]:
    """When each title was first watched, as a place in the piece: int16 [pieces, n_titles].

    Returns:
        -1 for a title watched before the piece, and more than any place for one not watched by its end.
    """
    begin = histories.offsets[stretches.members]
    counts = stretches.stops - begin
    pieces = np.repeat(np.arange(len(counts)), counts)
    since = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    places = np.maximum(since - (stretches.starts - begin)[pieces], -1)
    titles = histories.titles[begin[pieces] + since]
    seen = np.full((len(counts), histories.n_titles), np.iinfo(np.int16).max, dtype=np.int16)
    np.minimum.at(seen, (pieces, titles), places.astype(np.int16))
    return seen
