"""What the sums over pairs of events are made from: events with their weights, and the weights of lags."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class WeighedEvents:
    """Members' events, with their engagement, and members' weights.

    Attributes:
        titles: int32 [events], member after member, oldest first.
        offsets: int64 [members + 1], where each member's events begin.
        engagement: int64 [events].
        member_weights: int64 [members].
        n_titles: size of the catalogue.
    """

    titles: NDArray[np.int32]
    offsets: NDArray[np.int64]
    engagement: NDArray[np.int64]
    member_weights: NDArray[np.int64]
    n_titles: int

    def weights(self) -> NDArray[np.int64]:
        """Engagement times the member's weight, int64 [events]."""
        return np.repeat(self.member_weights, np.diff(self.offsets)) * self.engagement

    def earlier(self) -> NDArray[np.int64]:
        """How many earlier events the same member has, int64 [events]."""
        return np.arange(len(self.titles)) - np.repeat(self.offsets[:-1], np.diff(self.offsets))

    def later(self) -> NDArray[np.int64]:
        """How many later events the same member has, int64 [events]."""
        return np.repeat(self.offsets[1:] - 1, np.diff(self.offsets)) - np.arange(len(self.titles))


@dataclass(frozen=True)
class LagWeights:
    """What a pair of events gives, by how many events lie between them.

    Attributes:
        source_target: int64 [past + future - 1]; entry `lag - 1` is for a source and a target `lag` events apart.
        shared: int64 [past, past + 1]; entry (lag, e) is for two sources `lag` apart, the later of which has e later
            events, or past where it has more.
    """

    source_target: NDArray[np.int64]
    shared: NDArray[np.int64]

    @property
    def past(self) -> int:
        """How many earlier events count as sources."""
        return len(self.shared)
