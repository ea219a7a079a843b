"""Member neighbours: what other members watched right after the titles a member watched lately.

A model without fitting: it remembers histories, and asks in all of them at once. Places where a member's latest
titles stand vote for what stands after them; the vote of a member with more in common weighs more than in proportion,
and so does a place that other latest titles stand around. The two powers are what no item-item model can express.

Since it holds members' histories, an artifact that contains it is data about people, and a member is forgotten by
leaving the history out.

Sources: M. Ludewig and D. Jannach, "Evaluation of session-based recommendation algorithms", 2018, arXiv 1803.09587
(vector multiplication session-based kNN); votes for places ahead, agreement in engagement, and the strength of
places nearby are our own.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from openslate.models.histories import ENGAGEMENT_STEPS, Histories
from openslate.models.kernels.events import VoteWeights, Witnesses

RARELY_WATCHED = 10
"""Plays added to each title's when votes are divided by popularity: one vote for a rare title proves little."""
HARDLY_ANY = 1e-3
"""A share of the highest votes below which titles are hardly told apart."""


@dataclass(frozen=True)
class MemberNeighbourSettings:
    """What votes weigh.

    Stability: provisional.

    Attributes:
        shared: how many latest events are looked through for what members have in common.
        shared_power: a shared title watched k events ago weighs k^-shared_power.
        latest: how many of them vote, by the places where others watched the same title.
        latest_power: the k-th latest weighs k^-latest_power.
        ahead: how many places after such a place are voted for.
        ahead_power: the k-th weighs k^-ahead_power.
        behind: how many places before it are voted for, with the same power: for completing a history, not for
            continuing it.
        similarity_power: to which power what members have in common is raised.
        length_power: what they have in common is divided by the length of the other's history to this power.
        nearby: how many places on either side are looked at for other latest titles.
        nearby_power: to which power their strength is raised.
        engagement_share: how far a difference in engagement takes from a shared title, 0 to 1.
        popularity_power: votes are divided by the title's plays to this power.
        nearest: how many members, those with the most in common, vote; a few more where the last ones have as much.
        most_events: events remembered, of whole members spread evenly over all; time and space of an answer grow with
            them.
    """

    shared: int = 100
    shared_power: float = 0.7
    latest: int = 12
    latest_power: float = 1.0
    ahead: int = 20
    ahead_power: float = 1.0
    behind: int = 0
    similarity_power: float = 2.0
    length_power: float = 0.5
    nearby: int = 15
    nearby_power: float = 1.0
    engagement_share: float = 0.5
    popularity_power: float = 0.3
    nearest: int = 1000
    most_events: int = 2_000_000


@dataclass(frozen=True)
class MemberNeighbours:
    """Remembered histories.

    Stability: provisional.

    Attributes:
        titles: int32 [events], member after member, oldest first.
        engagement: int8 [events].
        offsets: int64 [members + 1], where each member's events begin.
        plays: int64 [n_titles], events of each title in training.
        settings: what votes weigh.
    """

    titles: NDArray[np.int32]
    engagement: NDArray[np.int8]
    offsets: NDArray[np.int64]
    plays: NDArray[np.int64]
    settings: MemberNeighbourSettings

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """Every title's score for every member, float32 [members, n_titles]; any member, seen in training or not.

        It is the logarithm of the votes as a share of the member's highest, because they range over many powers of
        ten. A member who is remembered too only votes for titles watched already.
        """
        from openslate.models.kernels.voting import votes

        found = votes(
            self._witnesses, histories.offsets, histories.titles, histories.engagement, _vote_weights(self.settings)
        )
        found *= self._rarity
        highest = found.max(axis=1, keepdims=True, initial=0)
        found /= np.where(highest > 0, highest, 1)
        found += np.float32(HARDLY_ANY)
        np.log(found, out=found)
        return found

    @cached_property
    def _witnesses(self) -> Witnesses:
        from openslate.models.kernels.grouping import by_title

        title_offsets, places = by_title(self.titles, len(self.plays))
        lengths = np.diff(self.offsets)
        members = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        return Witnesses(
            titles=self.titles,
            engagement=self.engagement,
            offsets=self.offsets,
            members=members,
            title_offsets=title_offsets,
            places=places.astype(np.int32),
            audience=members[places],
            audience_engagement=self.engagement[places],
            believed=(np.maximum(lengths, 1) ** -self.settings.length_power).astype(np.float32),
        )

    @cached_property
    def _rarity(self) -> NDArray[np.float32]:
        rarity: NDArray[np.float32] = (self.plays + RARELY_WATCHED) ** np.float32(-self.settings.popularity_power)
        return rarity.astype(np.float32)


def fit_member_neighbours(
    histories: Histories, settings: MemberNeighbourSettings = MemberNeighbourSettings()
) -> MemberNeighbours:
    """Remember histories.

    Args:
        histories: training members.
        settings: what votes weigh, and how much is remembered.

    Example:
        >>> watched = Histories.from_lists([[0, 1, 2], [0, 1, 2], [3, 1]], n_titles=4)
        >>> model = fit_member_neighbours(watched)
        >>> int(model.score(Histories.from_lists([[0, 1]], n_titles=4)).argmax())
        2
    """
    remembered = _spread_evenly(histories, settings.most_events)
    return MemberNeighbours(
        remembered.titles,
        remembered.engagement.astype(np.int8),
        remembered.offsets,
        np.bincount(histories.titles, minlength=histories.n_titles),
        settings,
    )


def _spread_evenly(histories: Histories, most_events: int) -> Histories:
    """Whole members with events, every so many of them, who have about `most_events` together."""
    if histories.n_events <= most_events:
        return histories
    active = np.flatnonzero(histories.lengths())
    wanted = max(1, int(len(active) * most_events / histories.n_events))
    return histories.take(active[np.linspace(0, len(active) - 1, wanted).astype(np.int64)])


def _vote_weights(settings: MemberNeighbourSettings) -> VoteWeights:
    def falling(count: int, power: float) -> NDArray[np.float32]:
        return (np.arange(1.0, count + 1) ** -power).astype(np.float32)

    return VoteWeights(
        shared=falling(settings.shared, settings.shared_power),
        latest=falling(min(settings.latest, settings.shared), settings.latest_power),
        ahead=falling(settings.ahead, settings.ahead_power),
        behind=falling(settings.behind, settings.ahead_power),
        nearby=settings.nearby,
        similarity_power=settings.similarity_power,
        nearby_power=settings.nearby_power,
        disagreement=settings.engagement_share / ENGAGEMENT_STEPS,
        nearest=settings.nearest,
    )
