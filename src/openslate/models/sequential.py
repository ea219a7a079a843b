"""The closed-form sequential model: what comes next after the latest titles, by one ridge regression.

Every step of every member's history is one row of the regression. Its sources are the events before the step,
weighted down with their lag; its targets are the events from the step on, weighted down likewise. Because both
weights depend on the lag alone, the sums S'DS and S'DT need each pair of events once, not once per row: pairs of
events `lag` apart share one factor. That makes the sums some forty times cheaper than the sparse products.

Sources: M. Choi et al., "Session-aware linear item-item models", WWW 2021 (SLIST, SLIT); S. Park et al.,
"Temporal linear item-item model", arXiv 2412.07382 (TALE). The sum over pairs is our own.
"""

from dataclasses import dataclass
from math import isqrt

import numpy as np
from numpy.typing import NDArray

from openslate.errors import UsageError
from openslate.models import one_member
from openslate.models.histories import Histories
from openslate.models.kernels import plain
from openslate.models.kernels.events import LagWeights, WeighedEvents
from openslate.models.packed import diagonal, half_size, rearranged, unpacked
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

WORTH_COMPILING = 2**20
"""Pairs of events below which NumPy is done before the compiled loop is even loaded."""


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
        if histories.n_members == 1:
            recent = one_member.latest_events(histories, self.settings.past)
            return one_member.scores(recent.titles, source_weights(recent, self.settings), self.transition_weights)
        weights = source_weights(histories, self.settings)
        rows = rows_of_events(histories.keep(weights != 0), weights[weights != 0])
        scores: NDArray[np.float32] = rows @ self.transition_weights
        return scores

    def contributions(self, histories: Histories, title: int) -> NDArray[np.float32]:
        """What each event adds to the score of `title`, float32 [events]; for each member they sum to the score."""
        added: NDArray[np.float32] = (
            source_weights(histories, self.settings) * self.transition_weights[histories.titles, title]
        )
        return added


def source_weights(histories: Histories, settings: SequentialSettings) -> NDArray[np.float32]:
    """What each event weighs when its member is scored, float32 [events]; zero beyond the `past` latest."""
    lag_weights = np.append(_past_weights(settings), 0)[np.minimum(events_since(histories), settings.past)]
    steps = lag_weights * _engagement(histories, settings)
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

    Only titles that something was watched after are in the system; the others' rows are zero. Beside the sums it takes
    two float32 matrices of n_titles * n_titles (3.2 GB at 20,000).

    Args:
        sums: int64 [n (n + 1) / 2 + n * n] for n titles, the sum of `pair_sums_of_part` over all shards, counted
            with `settings`; left as they are.
        settings: lags, weights and ridge.

    Raises:
        FitError: the system cannot be solved in single precision.
    """
    return Sequential(transition_solution(sums, settings.l2), settings)


def transition_solution(sums: NDArray[np.int64], l2: float) -> NDArray[np.float32]:
    """The ridge regression itself, float32 [n_titles, n_titles], from a past title (row) to the next one (column).

    Args:
        sums: S'DS in its packed half and S'DT, in steps of 1/SUM_STEPS; left as they are.
        l2: ridge.

    Raises:
        FitError: the system cannot be solved in single precision.
    """
    half, full = halves_of_sums(sums)
    sources = np.flatnonzero(diagonal(half))
    system = unpacked(half, sources, 1 / SUM_STEPS)
    np.einsum("ii->i", system)[:] += np.float32(l2)
    right = np.empty((len(sources), len(full)), dtype=np.float32)
    for row, title in enumerate(sources):
        right[row] = full[title]
        right[row] *= np.float32(1 / SUM_STEPS)
    solution = solve(system, right)
    if len(sources) == len(full):
        return solution
    del system  # it is done with, and the wider rows need its room
    transition_weights = np.zeros(full.shape, dtype=np.float32)
    transition_weights[sources] = solution
    return transition_weights


def pair_sums_of_part(histories: Histories, settings: SequentialSettings) -> NDArray[np.int64]:
    """S'DS and S'DT over the members of one shard, in steps of 1/SUM_STEPS.

    Takes 12 n^2 bytes for n titles, 4.8 GB at 20,000, and some 80 bytes an event.

    Args:
        histories: the members of the shard.
        settings: lags and weights.

    Returns:
        int64 [n (n + 1) / 2 + n * n]: sources with sources, symmetric and so in its packed lower half, then sources
        with targets, row after row.
    """
    n_titles = histories.n_titles
    sums = np.zeros(half_size(n_titles) + n_titles**2, dtype=np.int64)
    add_pair_sums(sums, histories, settings)
    return sums


def add_pair_sums(sums: NDArray[np.int64], histories: Histories, settings: SequentialSettings, sign: int = 1) -> None:
    """Add members to the sums in place, or take them out as exactly as if they had never been in them.

    Args:
        sums: int64 [n (n + 1) / 2 + n * n], from `pair_sums_of_part` with the same settings.
        histories: the members.
        settings: lags and weights.
        sign: 1 to add them, -1 to take them out.
    """
    events = WeighedEvents(
        histories.titles,
        histories.offsets,
        _engagement(histories, settings),
        member_weights(histories, settings.member_power),
        histories.n_titles,
    )
    add_weighed_pairs(sums, events, _lag_weights(settings), sign)


def add_weighed_pairs(sums: NDArray[np.int64], events: WeighedEvents, lags: LagWeights, sign: int) -> None:
    """Add what pairs of events give to S'DS and S'DT, in place; `kernels.plain.add_pairs` says what that is.

    Args:
        sums: int64 [n (n + 1) / 2 + n * n].
        events: the members' events.
        lags: what lags weigh.
        sign: 1 to add members, -1 to take them out.
    """
    half, full = halves_of_sums(sums)
    if len(events.titles) * (lags.past + len(lags.source_target)) < WORTH_COMPILING:
        plain.add_pairs(half, full, events, lags, sign)
    else:
        from openslate.models.kernels import pairs

        pairs.add_pairs(half, full, events, lags, sign)


def halves_of_sums(sums: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The two parts of the sums, as views: S'DS in its packed half, and S'DT [n_titles, n_titles].

    Raises:
        UsageError: the sums are of no whole number of titles.

    Example:
        >>> [part.shape for part in halves_of_sums(np.zeros(7, dtype=np.int64))]
        [(3,), (2, 2)]
    """
    n_titles = (isqrt(24 * len(sums) + 1) - 1) // 6
    border = half_size(n_titles)
    if border + n_titles**2 != len(sums):
        raise UsageError(f"{len(sums)} numbers are no pair sums.", "Give it those of pair_sums_of_part.")
    return sums[:border], sums[border:].reshape(n_titles, n_titles)


def rearranged_sums(sums: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """Pair sums over other titles, or over the same ones in another order.

    Args:
        sums: int64 [n (n + 1) / 2 + n * n]; a view of a file will do.
        places: int64 [m], where each of the new titles stood before; -1 for one that had no place.

    Returns:
        int64 [m (m + 1) / 2 + m * m], zero in rows and columns of titles that had no place.

    Example:
        >>> rearranged_sums(np.array([1, 2, 3, 4, 5, 6, 7]), np.array([1])).tolist()
        [3, 7]
    """
    old_half, old_full = halves_of_sums(sums)
    result = np.zeros(half_size(len(places)) + len(places) ** 2, dtype=np.int64)
    half, full = halves_of_sums(result)
    half[:] = rearranged(old_half, places)
    known = np.flatnonzero(places >= 0)
    for row in known:
        full[row, known] = old_full[places[row], places[known]]
    return result


def _lag_weights(settings: SequentialSettings) -> LagWeights:
    past = _past_weights(settings)
    rows_after = np.arange(settings.past + 1)
    shared = np.stack([_shared_rows(past, lag, rows_after) for lag in range(settings.past)])
    return LagWeights(np.convolve(past, _future_weights(settings)), shared)


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


def member_weights(histories: Histories, member_power: float) -> NDArray[np.int64]:
    """Each member's weight, length^-member_power in steps of 1/MEMBER_STEPS, int64 [members]; at least one step.

    Nobody is left out by rounding.

    Example:
        >>> member_weights(Histories.from_lists([[0], [0, 1, 2, 3]], n_titles=4), 0.5).tolist()
        [256, 128]
    """
    lengths = histories.lengths()
    weights = np.rint(MEMBER_STEPS * np.maximum(lengths, 1) ** -member_power)
    return np.maximum(weights, 1).astype(np.int64)


def _engagement(histories: Histories, settings: SequentialSettings) -> NDArray[np.int64]:
    return event_weights(histories, WeightSettings(settings.engagement_share)).astype(np.int64)
