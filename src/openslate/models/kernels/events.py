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


@dataclass(frozen=True)
class TimedEvents:
    """Members' events, each with what the events before it weigh as its sources.

    Attributes:
        titles: int32 [events], member after member, oldest first.
        later: int64 [events], how many later events the same member has.
        member_weights: int64 [events], the weight of each event's member.
        target_weights: int64 [events], what the event weighs as a target.
        source_weights: int32 [events, past]; entry (t, k - 1) is what the event k before t weighs as a source of t,
            zero where there is none.
        n_titles: size of the catalogue.
    """

    titles: NDArray[np.int32]
    later: NDArray[np.int64]
    member_weights: NDArray[np.int64]
    target_weights: NDArray[np.int64]
    source_weights: NDArray[np.int32]
    n_titles: int


@dataclass(frozen=True)
class Witnesses:
    """The members who vote, and where each title stands in their histories.

    Attributes:
        titles: int32 [events], member after member, oldest first.
        engagement: int8 [events].
        offsets: int64 [members + 1], where each member's events begin.
        members: int32 [events], whose event it is.
        title_offsets: int64 [n_titles + 1], where each title's places begin.
        places: int32 [events], the events of each title, in order.
        audience: int32 [events], the member of each of `places`.
        audience_engagement: int8 [events], the engagement of each of `places`.
        believed: float32 [members], divides out that long histories share more titles with anybody.
    """

    titles: NDArray[np.int32]
    engagement: NDArray[np.int8]
    offsets: NDArray[np.int64]
    members: NDArray[np.int32]
    title_offsets: NDArray[np.int64]
    places: NDArray[np.int32]
    audience: NDArray[np.int32]
    audience_engagement: NDArray[np.int8]
    believed: NDArray[np.float32]


@dataclass(frozen=True)
class VoteWeights:
    """What a vote weighs; `plain.votes` says where each enters.

    Attributes:
        shared: float32 [events looked back], by how many events ago a shared title was watched.
        latest: float32 [latest events], the same for the titles whose places vote.
        ahead: float32 [places ahead], by how far after the place the title voted for was watched.
        behind: float32 [places behind], by how far before it.
        nearby: how many places on either side strengthen a place when they hold other latest titles.
        similarity_power: what members with more in common count more.
        nearby_power: what places with more latest titles around them count more.
        disagreement: what a full difference in engagement takes from a shared title, 0 to 1 and in 1/32 of that.
        nearest: so many members with the most in common vote, and those who have hardly less than the last of them.
    """

    shared: NDArray[np.float32]
    latest: NDArray[np.float32]
    ahead: NDArray[np.float32]
    behind: NDArray[np.float32]
    nearby: int
    similarity_power: float
    nearby_power: float
    disagreement: float
    nearest: int
