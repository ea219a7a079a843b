"""Popularity that fades: the baseline every model must beat, and the answer for members nothing is known about.

A play of age a days counts 2^-(a / half_life), or fully within a window and not at all outside. Each play is rounded
to whole steps, so that sums over shards are exact and a member's part can be subtracted.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.models.histories import Histories
from openslate.models.weights import WEIGHT_STEPS, WeightSettings, event_weights

DAY = 86_400_000_000
"""Microseconds in a day."""

PLAY_STEPS = 2**20
"""A full play, in its integer steps: still counted after 20 half-lives."""


@dataclass(frozen=True)
class PopularitySettings:
    """How plays count.

    Stability: provisional.

    Attributes:
        half_life_days: age at which a play counts half; None for plays that never fade.
        window_days: plays of this age and older do not count; None for all.
        engagement_share: how far engagement matters, see `WeightSettings`.
        shrinkage: for popularity by group: how many plays the popularity among everyone is worth.
    """

    half_life_days: float | None = 7.0
    window_days: float | None = None
    engagement_share: float = 0.0
    shrinkage: float = 100.0


@dataclass(frozen=True)
class Popularity:
    """One popularity for everyone.

    Stability: provisional.

    Attributes:
        title_scores: float32 [n_titles], logarithm of the plays of each title, with half a play added.
        settings: how plays counted.
    """

    title_scores: NDArray[np.float32]
    settings: PopularitySettings

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """The same scores for every member, float32 [members, n_titles], as a read-only view."""
        return np.broadcast_to(self.title_scores, (histories.n_members, len(self.title_scores)))


@dataclass(frozen=True)
class GroupPopularity:
    """A popularity for each group of members, such as a country, drawn towards that among everyone.

    Stability: provisional.

    Attributes:
        group_scores: float32 [groups + 1, n_titles], logarithm of each title's share of the group's plays; the last
            row is everyone's, for members of no known group.
        settings: how plays counted.
    """

    group_scores: NDArray[np.float32]
    settings: PopularitySettings

    def score_groups(self, groups: NDArray[np.int32]) -> NDArray[np.float32]:
        """Scores for members of the given groups, float32 [members, n_titles].

        Args:
            groups: int32 [members], -1 for no known group.
        """
        return self.group_scores[groups]


def popularity_7_days() -> PopularitySettings:
    """The plain window of the last seven days, the baseline of every evaluation."""
    return PopularitySettings(half_life_days=None, window_days=7.0)


def fit_popularity(histories: Histories, as_of: int, settings: PopularitySettings = PopularitySettings()) -> Popularity:
    """Popularity as it stood at a moment.

    Args:
        histories: training members.
        as_of: microseconds since 1970-01-01 UTC; later plays do not count.
        settings: how plays count.

    Example:
        >>> watched = Histories.from_lists([[0, 1], [1]], n_titles=3)
        >>> model = fit_popularity(watched, as_of=10)
        >>> model.score(watched).argmax(axis=1).tolist()
        [1, 1]
    """
    everyone = np.zeros(histories.n_members, dtype=np.int32)
    return popularity_from_plays(plays_of_part(histories, everyone, 1, as_of, settings)[0], settings)


def popularity_from_plays(plays: NDArray[np.int64], settings: PopularitySettings = PopularitySettings()) -> Popularity:
    """Popularity from counted plays, int64 [n_titles] in steps of 1/PLAY_STEPS."""
    return Popularity(np.log(plays / PLAY_STEPS + 0.5).astype(np.float32), settings)


def group_popularity_from_plays(
    plays: NDArray[np.int64], settings: PopularitySettings = PopularitySettings()
) -> GroupPopularity:
    """Popularity by group from counted plays.

    Args:
        plays: int64 [groups, n_titles], the sum of `plays_of_part` over all shards.
        settings: shrinkage, in plays.

    Example:
        >>> plays = np.array([[9, 0], [0, 0]]) * PLAY_STEPS
        >>> model = group_popularity_from_plays(plays)
        >>> model.score_groups(np.array([1, -1])).argmax(axis=1).tolist()  # both as among everyone
        [0, 0]
    """
    counts = plays / PLAY_STEPS
    everyone = counts.sum(axis=0) + 0.5
    share = everyone / everyone.sum()
    drawn = (counts + settings.shrinkage * share) / (counts.sum(axis=1, keepdims=True) + settings.shrinkage)
    return GroupPopularity(np.log(np.vstack([drawn, share])).astype(np.float32), settings)


def plays_of_part(
    histories: Histories, groups: NDArray[np.int32], n_groups: int, as_of: int, settings: PopularitySettings
) -> NDArray[np.int64]:
    """Counted plays of each group of the members of one shard, in steps of 1/PLAY_STEPS.

    Args:
        histories: the members of the shard.
        groups: int32 [members], each member's group; members with -1 are left out.
        n_groups: how many groups there are in all.
        as_of: microseconds since 1970-01-01 UTC.
        settings: how plays count.

    Returns:
        int64 [n_groups, n_titles].
    """
    age = (as_of - histories.times) / DAY
    group = np.repeat(groups, histories.lengths()).astype(np.int64)
    counted = (age >= 0) & (group >= 0)
    if settings.window_days is not None:
        counted &= age < settings.window_days
    engaged = event_weights(histories, WeightSettings(settings.engagement_share))[counted] / WEIGHT_STEPS
    faded = 1.0 if settings.half_life_days is None else 0.5 ** (age[counted] / settings.half_life_days)
    plays = np.zeros((n_groups, histories.n_titles), dtype=np.int64)
    steps = np.rint(PLAY_STEPS * engaged * faded).astype(np.int64)
    np.add.at(plays, (group[counted], histories.titles[counted]), steps)
    return plays
