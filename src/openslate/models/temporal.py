"""The temporal model: what comes next after what was watched not long before, by time and not by count.

One ridge regression like the sequential model's, except that a source weighs by the time between it and its target:
two films of one evening belong together, and one of last winter says little. Scores are raised for titles that are
watched more lately than they used to be.

Source: S. Park et al., "Temporal linear item-item model for sequential recommendation", arXiv 2412.07382 (TALE): one
target a row, weights by time gap with a floor, and normalisation by trend. There trends divide the training targets;
here they multiply the scores, so that the sums depend on a member's history alone.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.models.histories import Histories
from openslate.models.kernels import plain
from openslate.models.kernels.events import TimedEvents
from openslate.models.packed import half_size
from openslate.models.popularity import DAY
from openslate.models.sequential import LAG_STEPS, MEMBER_STEPS, halves_of_sums, transition_solution
from openslate.models.weights import WEIGHT_STEPS, WeightSettings, event_weights, events_since, rows_of_events

WORTH_COMPILING = 2**20
"""Pairs of sources below which NumPy is done before the compiled loop is even loaded."""

SMOOTHING = 10.0
"""Plays added to a title's recent and to its expected ones: a trend is believed when there are more."""


@dataclass(frozen=True)
class TemporalSettings:
    """What the temporal model is fitted with.

    Stability: provisional.

    Attributes:
        past: how many earlier events a row's sources hold.
        past_power: a source k events back weighs k^-past_power, on top of what time takes.
        half_life_days: time between source and target at which a source weighs half.
        floor: what a source weighs at least, however long ago.
        member_power: all rows of a member with n events weigh n^-member_power.
        engagement_share: how far engagement matters, see `WeightSettings`.
        trend_days: plays of so many last days are compared with a title's usual ones.
        trend_power: scores are multiplied by that trend to this power; 0 leaves trends out.
        l2: ridge.
    """

    past: int = 20
    past_power: float = 1.0
    half_life_days: float = 0.02
    floor: float = 0.1
    member_power: float = 0.5
    engagement_share: float = 0.5
    trend_days: float = 30.0
    trend_power: float = 0.0
    l2: float = 20.0


@dataclass(frozen=True)
class Temporal:
    """A fitted temporal model.

    Stability: provisional.

    Attributes:
        transition_weights: float32 [n_titles, n_titles], from a past title (row) to the next one (column).
        trends: float32 [n_titles], what scores are multiplied by.
        settings: what it was fitted with.
    """

    transition_weights: NDArray[np.float32]
    trends: NDArray[np.float32]
    settings: TemporalSettings

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """Every title's score for every member, float32 [members, n_titles]; any member, seen in training or not.

        The member's latest event stands for the moment of asking.
        """
        rows = rows_of_events(histories, self._source_weights(histories))
        scores: NDArray[np.float32] = rows @ self.transition_weights
        scores *= self.trends
        return scores

    def contributions(self, histories: Histories, title: int) -> NDArray[np.float32]:
        """What each event adds to the score of `title`, float32 [events]; for each member they sum to the score."""
        weights = self._source_weights(histories) * self.transition_weights[histories.titles, title]
        added: NDArray[np.float32] = weights * self.trends[title]
        return added

    def _source_weights(self, histories: Histories) -> NDArray[np.float32]:
        since = events_since(histories)
        latest = histories.times[np.arange(histories.n_events) + since]
        weights = _source_weights(since + 1, latest - histories.times, self.settings)
        weights *= _engagement(histories, self.settings)
        weights[since >= self.settings.past] = 0
        return weights.astype(np.float32) / np.float32(LAG_STEPS * WEIGHT_STEPS)


def fit_temporal(histories: Histories, as_of: int, settings: TemporalSettings = TemporalSettings()) -> Temporal:
    """Count the sums over all members in this process, then solve.

    Args:
        histories: training members.
        as_of: microseconds since 1970-01-01 UTC, the moment trends are seen from.
        settings: gaps, weights, trend and ridge.

    Raises:
        FitError: the system cannot be solved in single precision.

    Example:
        >>> watched = Histories.from_lists([[0, 1, 2], [0, 1], [2, 0, 1]], n_titles=3)
        >>> model = fit_temporal(watched, as_of=10, settings=TemporalSettings(l2=0.1))
        >>> int(model.score(Histories.from_lists([[0]], n_titles=3)).argmax())
        1
    """
    return temporal_from_sums(
        temporal_sums_of_part(histories, settings), trends_of(histories, as_of, settings), settings
    )


def temporal_from_sums(
    sums: NDArray[np.int64], trends: NDArray[np.float32], settings: TemporalSettings = TemporalSettings()
) -> Temporal:
    """Solve (S'DS + l2 I) W = S'DT.

    Args:
        sums: int64 [n (n + 1) / 2 + n * n], the sum of `temporal_sums_of_part` over all shards.
        trends: float32 [n_titles], of `trends_of`.
        settings: what the sums were counted with.

    Raises:
        FitError: the system cannot be solved in single precision.
    """
    return Temporal(transition_solution(sums, settings.l2), trends, settings)


def temporal_sums_of_part(histories: Histories, settings: TemporalSettings) -> NDArray[np.int64]:
    """S'DS, in its packed lower half, and S'DT over the members of one shard, in the steps of the sequential model.

    Takes 12 n^2 bytes for n titles, and 4 bytes for each of the `past` sources of each event.

    Args:
        histories: the members of the shard.
        settings: gaps and weights.

    Returns:
        int64 [n (n + 1) / 2 + n * n].
    """
    sums = np.zeros(half_size(histories.n_titles) + histories.n_titles**2, dtype=np.int64)
    add_temporal_sums(sums, histories, settings)
    return sums


def add_temporal_sums(sums: NDArray[np.int64], histories: Histories, settings: TemporalSettings, sign: int = 1) -> None:
    """Add members to the sums in place, or take them out as exactly as if they had never been in them.

    Args:
        sums: int64 [n (n + 1) / 2 + n * n], from `temporal_sums_of_part` with the same settings.
        histories: the members.
        settings: gaps and weights.
        sign: 1 to add them, -1 to take them out.
    """
    half, full = halves_of_sums(sums)
    events = _timed(histories, settings)
    if histories.n_events * settings.past**2 < WORTH_COMPILING:
        plain.add_gaps(half, full, events, sign)
    else:
        from openslate.models.kernels import gaps

        gaps.add_gaps(half, full, events, sign)


def trends_of(histories: Histories, as_of: int, settings: TemporalSettings) -> NDArray[np.float32]:
    """What scores are multiplied by: recent plays over those the title's share of all plays would give.

    Args:
        histories: all training members.
        as_of: microseconds since 1970-01-01 UTC.
        settings: days and power.

    Returns:
        float32 [n_titles], one for a title watched as ever.
    """
    recent = (histories.times <= as_of) & (histories.times > as_of - settings.trend_days * DAY)
    plays = np.bincount(histories.titles, minlength=histories.n_titles)
    lately = np.bincount(histories.titles[recent], minlength=histories.n_titles)
    expected = plays * (lately.sum() / max(histories.n_events, 1))
    trends: NDArray[np.float64] = ((lately + SMOOTHING) / (expected + SMOOTHING)) ** settings.trend_power
    return trends.astype(np.float32)


def _timed(histories: Histories, settings: TemporalSettings) -> TimedEvents:
    engagement = _engagement(histories, settings)
    earlier = np.arange(histories.n_events) - np.repeat(histories.offsets[:-1], histories.lengths())
    sources = np.zeros((histories.n_events, settings.past), dtype=np.int32)
    for lag in range(1, settings.past + 1):
        target = np.flatnonzero(earlier >= lag)
        gaps = histories.times[target] - histories.times[target - lag]
        sources[target, lag - 1] = _source_weights(np.float64(lag), gaps, settings) * engagement[target - lag]
    member_weights = np.rint(MEMBER_STEPS * np.maximum(histories.lengths(), 1) ** -settings.member_power)
    return TimedEvents(
        titles=histories.titles,
        later=events_since(histories),
        member_weights=np.repeat(np.maximum(member_weights, 1).astype(np.int64), histories.lengths()),
        target_weights=engagement * LAG_STEPS,
        source_weights=sources,
        n_titles=histories.n_titles,
    )


def _source_weights(
    lags: NDArray[np.int64] | np.float64, gaps: NDArray[np.int64], settings: TemporalSettings
) -> NDArray[np.int64]:
    """What a source weighs by how many events and how much time ago it was, in whole steps of 1/LAG_STEPS."""
    faded = np.maximum(0.5 ** (gaps / (settings.half_life_days * DAY)), settings.floor)
    weights: NDArray[np.int64] = np.rint(LAG_STEPS * faded * lags**-settings.past_power).astype(np.int64)
    return weights


def _engagement(histories: Histories, settings: TemporalSettings) -> NDArray[np.int64]:
    return event_weights(histories, WeightSettings(settings.engagement_share)).astype(np.int64)
