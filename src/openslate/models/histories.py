"""What members watched, as arrays: the one input every model is fitted on and scores from."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

ENGAGEMENT_STEPS = 32
"""Engagement is a whole number of 1/32 steps, so that every accumulator built from it is an exact integer."""


@dataclass(frozen=True)
class Histories:
    """Viewing histories of many members, member after member, each member's events from oldest to latest.

    Stability: stable.

    Attributes:
        offsets: int64 [members + 1]; member m's events are `offsets[m]` up to, not including, `offsets[m + 1]`.
        titles: int32 [events], indices into the catalogue, 0 to n_titles - 1.
        times: int64 [events], microseconds since 1970-01-01 UTC, never falling within a member.
        engagement: int32 [events], 0 to ENGAGEMENT_STEPS (a title watched to the end or rated highest).
        n_titles: size of the catalogue.

    Example:
        >>> two = Histories.from_lists([[0, 2], [1]], n_titles=3)
        >>> two.n_members, two.lengths().tolist(), two.part(1, 2).titles.tolist()
        (2, [2, 1], [1])
    """

    offsets: NDArray[np.int64]
    titles: NDArray[np.int32]
    times: NDArray[np.int64]
    engagement: NDArray[np.int32]
    n_titles: int

    def __post_init__(self) -> None:
        # SciPy sorts the arrays it is given in place, and the order of events is meaning: let it fail instead.
        for name in ("offsets", "titles", "times", "engagement"):
            view = getattr(self, name).view()
            view.flags.writeable = False
            object.__setattr__(self, name, view)

    @classmethod
    def from_lists(cls, watched: list[list[int]], n_titles: int) -> "Histories":
        """Histories from plain lists of title indices, fully engaged, one microsecond apart.

        Args:
            watched: for each member, the titles from first to latest.
            n_titles: size of the catalogue.
        """
        lengths = [len(titles) for titles in watched]
        return cls(
            offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            titles=np.array([title for titles in watched for title in titles], dtype=np.int32),
            times=np.array([step for length in lengths for step in range(length)], dtype=np.int64),
            engagement=np.full(sum(lengths), ENGAGEMENT_STEPS, dtype=np.int32),
            n_titles=n_titles,
        )

    @property
    def n_members(self) -> int:
        """How many members, those without events included."""
        return len(self.offsets) - 1

    @property
    def n_events(self) -> int:
        """How many events in all."""
        return len(self.titles)

    def lengths(self) -> NDArray[np.int64]:
        """Events per member, int64 [members]."""
        return np.diff(self.offsets)

    def members_of_events(self) -> NDArray[np.int64]:
        """The member index of every event, int64 [events]."""
        return np.repeat(np.arange(self.n_members), self.lengths())

    def part(self, start: int, stop: int) -> "Histories":
        """Members `start` up to, not including, `stop`, as views: the unit of work of a shard."""
        first, last = self.offsets[start], self.offsets[stop]
        return Histories(
            self.offsets[start : stop + 1] - first,
            self.titles[first:last],
            self.times[first:last],
            self.engagement[first:last],
            self.n_titles,
        )

    def parts(self, members_per_part: int) -> Iterator["Histories"]:
        """All members in order, `members_per_part` at a time."""
        for start in range(0, self.n_members, members_per_part):
            yield self.part(start, min(start + members_per_part, self.n_members))

    def blocks(self, most_events: int) -> Iterator[tuple[int, int]]:
        """Ranges of members, from the first up to, not including, the last, of at most so many events each.

        A member with more is a block alone.

        Example:
            >>> list(Histories.from_lists([[0], [0, 1], [1]], n_titles=2).blocks(most_events=3))
            [(0, 2), (2, 3)]
        """
        start = 0
        while start < self.n_members:
            end = int(np.searchsorted(self.offsets, self.offsets[start] + most_events, side="right")) - 1
            stop = max(end, start + 1)
            yield start, stop
            start = stop

    def take(self, members: NDArray[np.int64]) -> "Histories":
        """The named members, in the given order, as copies."""
        lengths = self.lengths()[members]
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        events = np.repeat(self.offsets[members] - offsets[:-1], lengths) + np.arange(offsets[-1])
        return self._with_events(events, offsets)

    def keep(self, wanted: NDArray[np.bool_]) -> "Histories":
        """The events marked true; members stay, with fewer events.

        Args:
            wanted: bool [events].
        """
        kept = np.concatenate([[0], np.cumsum(wanted)]).astype(np.int64)
        return self._with_events(wanted, kept[self.offsets])

    @classmethod
    def stacked(cls, parts: Sequence["Histories"]) -> "Histories":
        """The members of several histories over one catalogue, one part after the other.

        Example:
            >>> one = Histories.from_lists([[0, 2]], n_titles=3)
            >>> Histories.stacked([one, one]).offsets.tolist()
            [0, 2, 4]
        """
        starts = np.cumsum([0, *(part.n_events for part in parts[:-1])])
        offsets = [part.offsets[1:] + start for part, start in zip(parts, starts, strict=True)]
        return cls(
            np.concatenate([np.zeros(1, dtype=np.int64), *offsets]),
            np.concatenate([part.titles for part in parts]),
            np.concatenate([part.times for part in parts]),
            np.concatenate([part.engagement for part in parts]),
            parts[0].n_titles,
        )

    def _with_events(self, events: NDArray[np.int64] | NDArray[np.bool_], offsets: NDArray[np.int64]) -> "Histories":
        return Histories(offsets, self.titles[events], self.times[events], self.engagement[events], self.n_titles)
