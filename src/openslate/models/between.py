"""Between: what belongs between the titles a member watched, by one ridge regression and a look into every gap.

A history is read as a row of places. Each event is predicted from the events on both sides of it, those nearby weighing
most; so the model knows what stands between two titles, where a sequential one knows what comes after them. A member
is scored by asking in every gap of the history what may be missing there. A gap has one vote to share out, so one that
points at a few titles says more about them than one that might hold anything.

It completes a history rather than continuing it: the part to have where titles are missing all along, such as those
watched elsewhere.

The regression is the sequential model's with two-sided sources (`openslate.models.sequential` names its papers); gaps
that share out a vote are our own.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.models.histories import Histories
from openslate.models.kernels import plain
from openslate.models.kernels.events import LagWeights, WeighedEvents
from openslate.models.packed import half_size
from openslate.models.sequential import (
    LAG_STEPS,
    add_weighed_pairs,
    halves_of_sums,
    member_weights,
    transition_solution,
)
from openslate.models.weights import WEIGHT_STEPS

HARDLY_ANY = 1e-6
"""A share of the highest score below which titles are hardly told apart."""
WORTH_COMPILING = 2**23
"""Weights added up below which NumPy is done before the compiled loop is even loaded."""


@dataclass(frozen=True)
class BetweenSettings:
    """What gaps are asked with.

    Stability: provisional.

    Attributes:
        around: how many events on either side of a place speak for it.
        around_power: the k-th nearest weighs k^-around_power.
        member_power: all places of a member with n events weigh n^-member_power in training.
        l2: ridge.
        sharpness: to which whole power what fits a gap is raised before the gap's vote is shared out.
        latest: how many gaps are asked, the latest; time of an answer grows with them.
    """

    around: int = 20
    around_power: float = 0.8
    member_power: float = 0.5
    l2: float = 5.0
    sharpness: int = 3
    latest: int = 1_000


@dataclass(frozen=True)
class Between:
    """A fitted model of what belongs between titles.

    Stability: provisional.

    Attributes:
        nearby_weights: float32 [n_titles, n_titles], from a title nearby (row) to the one in between (column).
        settings: what it was fitted with.
    """

    nearby_weights: NDArray[np.float32]
    settings: BetweenSettings

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """Every title's score for every member, float32 [members, n_titles]; any member, seen in training or not.

        It is the logarithm of the votes as a share of the member's highest, because they range over many powers of
        ten. Titles watched already get no vote.
        """
        nearby = _steps(self.settings).astype(np.float32) / np.float32(LAG_STEPS)
        asked = (histories.offsets, histories.titles, self.nearby_weights, nearby)
        how = (self.settings.sharpness, self.settings.latest)
        if histories.n_events * len(nearby) * histories.n_titles < WORTH_COMPILING:
            votes = plain.votes_of_gaps(*asked, *how)
        else:
            from openslate.models.kernels.between import votes_of_gaps

            votes = votes_of_gaps(*asked, *how)
        highest = votes.max(axis=1, keepdims=True, initial=0)
        votes /= np.where(highest > 0, highest, 1)
        votes += np.float32(HARDLY_ANY)
        np.log(votes, out=votes)
        return votes


def fit_between(histories: Histories, settings: BetweenSettings = BetweenSettings()) -> Between:
    """Count the sums over all members in this process, then solve.

    Args:
        histories: training members.
        settings: weights, ridge and sharpness.

    Raises:
        FitError: the system cannot be solved in single precision.

    Example:
        >>> watched = Histories.from_lists([[0, 1, 2], [0, 1, 2], [3, 0, 1, 2]], n_titles=4)
        >>> model = fit_between(watched, BetweenSettings(l2=0.1))
        >>> int(model.score(Histories.from_lists([[0, 2]], n_titles=4)).argmax())
        1
    """
    sums = np.zeros(half_size(histories.n_titles) + histories.n_titles**2, dtype=np.int64)
    add_between_sums(sums, histories, settings)
    return between_from_sums(sums, settings)


def between_from_sums(sums: NDArray[np.int64], settings: BetweenSettings = BetweenSettings()) -> Between:
    """Solve (S'DS + l2 I) W = S'DT, where a pair of events is source and target of one another.

    Args:
        sums: int64 [n (n + 1) / 2 + n * n] for n titles, from `add_between_sums` with `settings`; left as they are.
        settings: weights, ridge and sharpness.

    Raises:
        FitError: the system cannot be solved in single precision.
    """
    half, later = halves_of_sums(sums)
    both_ways = np.concatenate([half, (later + later.T).ravel()])
    return Between(transition_solution(both_ways, settings.l2), settings)


def add_between_sums(sums: NDArray[np.int64], histories: Histories, settings: BetweenSettings, sign: int = 1) -> None:
    """Add members to the sums in place, or take them out as exactly as if they had never been in them.

    Of S'DT only what an event gives to later ones is kept, the rest is the same turned over. A member's places go on
    for `around` steps beyond both ends of the history, where nothing was watched: so what two sources share depends on
    how far apart they are alone.

    Args:
        sums: int64 [n (n + 1) / 2 + n * n].
        histories: the members.
        settings: weights.
        sign: 1 to add them, -1 to take them out.
    """
    whole = np.full(histories.n_events, WEIGHT_STEPS, dtype=np.int64)
    weights = member_weights(histories, settings.member_power)
    events = WeighedEvents(histories.titles, histories.offsets, whole, weights, histories.n_titles)
    add_weighed_pairs(sums, events, _lag_weights(settings), sign)


def _lag_weights(settings: BetweenSettings) -> LagWeights:
    steps = _steps(settings)
    around = np.concatenate([steps[::-1], [0], steps])
    shared = [int(np.dot(around[lag:], around[: len(around) - lag])) for lag in range(len(around))]
    # The weight of a target is one.
    return LagWeights(steps * LAG_STEPS, np.tile(np.array(shared)[:, None], (1, len(around) + 1)))


def _steps(settings: BetweenSettings) -> NDArray[np.int64]:
    """What the events on one side weigh, nearest first, int64 [around] in steps of 1/LAG_STEPS."""
    weights = np.arange(1.0, settings.around + 1) ** -settings.around_power
    return np.asarray(np.rint(LAG_STEPS * weights), dtype=np.int64)
