"""The closed-form sequential model: what comes next after the latest titles, by one ridge regression.

Every step of every member's history is one row of the regression. Its sources are the events before the step,
weighted down with their lag; its targets are the events from the step on, weighted down likewise. Because both
weights depend on the lag alone, the sums S'DS and S'DT need each pair of events once, not once per row: pairs of
events `lag` apart share one factor. That makes the sums some forty times cheaper than the sparse products.

Sources: M. Choi et al., "Session-aware linear item-item models", WWW 2021 (SLIST, SLIT); S. Park et al.,
"Temporal linear item-item model", arXiv 2412.07382 (TALE). The sum over pairs is our own.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.models.histories import Histories
from openslate.models.solving import solve
from openslate.models.weights import (
    WEIGHT_STEPS,
    WeightSettings,
    event_weights,
    events_since,
    rows_of_events,
)

LAG_STEPS = 64
MEMBER_STEPS = 256
SUM_STEPS = LAG_STEPS**2 * MEMBER_STEPS * WEIGHT_STEPS**2
"""A sum of one, in its integer steps: two lag weights, a member weight and two engagements."""


@dataclass(frozen=True)
class SequentialSettings:
    """What the sequential model is fitted with.

    Stability: provisional.

    Attributes:
        past: how many earlier events a row's sources hold.
        past_power: a source `lag` events back weighs lag^-past_power.
        past_decay: where given, it weighs past_decay^(lag - 1) instead.
        future: how many events a row's targets hold.
        future_power: the k-th target weighs k^-future_power.
        member_power: all rows of a member with n events weigh n^-member_power, so that long histories do not rule.
        engagement_share: how far engagement matters, see `WeightSettings`.
        l2: ridge.
    """

    past: int = 40
    past_power: float = 0.8
    past_decay: float | None = None
    future: int = 5
    future_power: float = 2.0
    member_power: float = 0.5
    engagement_share: float = 0.5
    l2: float = 20.0


@dataclass(frozen=True)
class Sequential:
    """A fitted sequential model.

    Stability: provisional.

    Attributes:
        transition_weights: float32 [n_titles, n_titles], from a past title (row) to the next one (column).
        settings: what it was fitted with.
    """

    transition_weights: NDArray[np.float32]
    settings: SequentialSettings

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """Every title's score for every member, float32 [members, n_titles]; any member, seen in training or not."""
        rows = rows_of_events(histories, self._source_weights(histories))
        scores: NDArray[np.float32] = rows @ self.transition_weights
        return scores

    def contributions(self, histories: Histories, title: int) -> NDArray[np.float32]:
        """What each event adds to the score of `title`, float32 [events]; for each member they sum to the score."""
        added: NDArray[np.float32] = self._source_weights(histories) * self.transition_weights[histories.titles, title]
        return added

    def _source_weights(self, histories: Histories) -> NDArray[np.float32]:
        lag_weights = np.append(_past_weights(self.settings), 0)[
            np.minimum(events_since(histories), self.settings.past)
        ]
        steps = lag_weights * _engagement(histories, self.settings)
        return steps.astype(np.float32) / np.float32(LAG_STEPS * WEIGHT_STEPS)


def fit_sequential(histories: Histories, settings: SequentialSettings = SequentialSettings()) -> Sequential:
    """Count the sums over all members in this process, then solve.

    Args:
        histories: training members.
        settings: lags, weights and ridge.

    Raises:
        FitError: the system cannot be solved in single precision.

    Example:
        >>> watched = Histories.from_lists([[0, 1, 2], [0, 1], [2, 0, 1]], n_titles=3)
        >>> model = fit_sequential(watched, SequentialSettings(l2=0.1))
        >>> int(model.score(Histories.from_lists([[0]], n_titles=3)).argmax())
        1
    """
    return sequential_from_sums(pair_sums_of_part(histories, settings), settings)


def sequential_from_sums(sums: NDArray[np.int64], settings: SequentialSettings = SequentialSettings()) -> Sequential:
    """Solve (S'DS + l2 I) W = S'DT.

    Args:
        sums: int64 [2, n_titles, n_titles], the sum of `pair_sums_of_part` over all shards, counted with `settings`.
        settings: lags, weights and ridge.

    Raises:
        FitError: the system cannot be solved in single precision.
    """
    system, right = (part.astype(np.float32) * np.float32(1 / SUM_STEPS) for part in sums)
    diagonal = np.einsum("ii->i", system)
    diagonal += np.float32(settings.l2)
    return Sequential(solve(system, right), settings)


def pair_sums_of_part(histories: Histories, settings: SequentialSettings) -> NDArray[np.int64]:
    """S'DS and S'DT over the members of one shard, in steps of 1/SUM_STEPS.

    Args:
        histories: the members of the shard.
        settings: lags and weights.

    Returns:
        int64 [2, n_titles, n_titles]: sources with sources (symmetric), then sources with targets.
    """
    n_titles = histories.n_titles
    titles, later = histories.titles.astype(np.int64), events_since(histories)
    engagement = _engagement(histories, settings)
    member_weights = _member_weights(histories, settings)
    past = _past_weights(settings)
    source_target = np.convolve(past, _future_weights(settings))
    sums = np.zeros((2, n_titles * n_titles), dtype=np.int64)
    for lag in range(1, settings.past + settings.future):
        first = np.flatnonzero(later >= lag)
        second = first + lag
        cells = titles[first] * n_titles + titles[second]
        weights = member_weights[first] * engagement[first] * engagement[second]
        np.add.at(sums[1], cells, weights * source_target[lag - 1])
        if lag < settings.past:
            np.add.at(sums[0], cells, weights * _shared_rows(past, lag, later[second]))
    squares = sums.reshape(2, n_titles, n_titles)
    sources = squares[0]
    sources += sources.T.copy()
    own = member_weights * engagement**2 * _shared_rows(past, 0, later)
    np.add.at(np.einsum("ii->i", sources), titles, own)
    return squares


def _shared_rows(past: NDArray[np.int64], lag: int, later: NDArray[np.int64]) -> NDArray[np.int64]:
    """What all rows give to a pair of sources `lag` apart, the second with `later` events, and so rows, after it."""
    products = past[: len(past) - lag] * past[lag:]
    totals = np.concatenate([[0], np.cumsum(products)])
    return totals[np.minimum(later, len(products))]


def _past_weights(settings: SequentialSettings) -> NDArray[np.int64]:
    lags = np.arange(1.0, settings.past + 1)
    decay = settings.past_decay
    weights = lags**-settings.past_power if decay is None else decay ** (lags - 1)
    return _in_steps(weights)


def _future_weights(settings: SequentialSettings) -> NDArray[np.int64]:
    places = np.arange(1.0, settings.future + 1)
    return _in_steps(places**-settings.future_power)


def _in_steps(weights: NDArray[np.float64]) -> NDArray[np.int64]:
    steps: NDArray[np.int64] = np.rint(LAG_STEPS * weights).astype(np.int64)
    return steps


def _member_weights(histories: Histories, settings: SequentialSettings) -> NDArray[np.int64]:
    """Each event's member weight, int64 [events]; at least one step, so that nobody is left out."""
    lengths = histories.lengths()
    weights = np.rint(MEMBER_STEPS * np.maximum(lengths, 1) ** -settings.member_power)
    return np.repeat(np.maximum(weights, 1).astype(np.int64), lengths)


def _engagement(histories: Histories, settings: SequentialSettings) -> NDArray[np.int64]:
    return event_weights(histories, WeightSettings(settings.engagement_share)).astype(np.int64)
