"""How sure a mean over members is: the same members resampled for every model, so that differences are paired."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError

FEWEST_MEMBERS = 30
"""Below this many members a percentile interval is too narrow, and says so."""

DRAWS_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class Interval:
    """A mean over members, with the range in which 95% of its bootstrap resamples lie.

    Stability: stable.

    Attributes:
        mean: the mean over the members themselves.
        low: 2.5th percentile of the resampled means.
        high: 97.5th percentile.
        n_members: how many members it rests on.
    """

    mean: float
    low: float
    high: float
    n_members: int

    @property
    def caution(self) -> str:
        """A sentence when the members are too few for the interval to be trusted, else empty."""
        if self.n_members >= FEWEST_MEMBERS:
            return ""
        return f"It rests on {self.n_members} members; intervals from fewer than {FEWEST_MEMBERS} are too narrow."

    @property
    def excludes_zero(self) -> bool:
        """Whether zero lies outside; never claimed from too few members."""
        return self.n_members >= FEWEST_MEMBERS and (self.low > 0 or self.high < 0)


def bootstrap(values: NDArray[np.float64], seed: int, resamples: int = 1000) -> list[Interval]:
    """The mean of every column with its percentile interval (Efron 1979).

    All columns share the same resampled members. The interval of a difference is therefore the paired one when
    the column holds each member's difference.

    Args:
        values: float64 [members, columns].
        seed: of the draws; the same seed and members give the same intervals.
        resamples: how many times the members are drawn anew.

    Raises:
        FitError: there are fewer than two members.

    Example:
        >>> [sure] = bootstrap(np.ones((40, 1)), seed=0)
        >>> sure.mean, sure.low, sure.high, sure.excludes_zero
        (1.0, 1.0, 1.0, True)
    """
    n_members = len(values)
    if n_members < 2:
        raise FitError(
            f"An interval cannot be drawn from {n_members} scored member{'s' * (n_members != 1)}.",
            "Bring in more members, or move the cut so that more of them have something to predict.",
        )
    means = values.mean(axis=0)
    low, high = np.percentile(_resampled_means(values - means, seed, resamples), [2.5, 97.5], axis=0) + means
    return [
        Interval(float(mean), float(least), float(most), n_members)
        for mean, least, most in zip(means, low, high, strict=True)
    ]


def paired_difference(
    ours: NDArray[np.float64], theirs: NDArray[np.float64], seed: int, resamples: int = 1000
) -> Interval:
    """Mean of `ours - theirs` over the same members, with its paired interval.

    Args:
        ours: float64 [members], one metric of one model.
        theirs: float64 [members], the same metric of another, members in the same order.
        seed: of the draws.
        resamples: how many times the members are drawn anew.

    Raises:
        FitError: there are fewer than two members.
    """
    return bootstrap((ours - theirs)[:, None], seed, resamples)[0]


def estimate(values: NDArray[np.float64], seed: int) -> Interval:
    """The mean of one figure per member with its interval, a single point where one member alone was scored.

    Args:
        values: float64 [members], at least one.
        seed: of the draws.

    Example:
        >>> estimate(np.array([0.5]), seed=0)
        Interval(mean=0.5, low=0.5, high=0.5, n_members=1)
    """
    if len(values) == 1:
        return Interval(float(values[0]), float(values[0]), float(values[0]), 1)
    return bootstrap(values[:, None], seed)[0]


def ratio(ours: NDArray[np.float64], theirs: NDArray[np.float64], seed: int, resamples: int = 1000) -> Interval | None:
    """How many times their mean ours is, over the same members, with its interval; None where theirs may be zero.

    Args:
        ours: float64 [members], one metric of one model.
        theirs: float64 [members], the same metric of another, members in the same order.
        seed: of the draws.
        resamples: how many times the members are drawn anew.

    Example:
        >>> twice = ratio(np.full(40, 0.5), np.full(40, 0.25), seed=0)
        >>> (twice.mean, twice.low, twice.high) if twice else None
        (2.0, 2.0, 2.0)
    """
    means = _resampled_means(np.column_stack([ours, theirs]), seed, resamples)
    if theirs.mean() <= 0 or means[:, 1].min() <= 0:
        return None
    low, high = np.percentile(means[:, 0] / means[:, 1], [2.5, 97.5])
    return Interval(float(ours.mean() / theirs.mean()), float(low), float(high), len(ours))


def _resampled_means(values: NDArray[np.float64], seed: int, resamples: int) -> NDArray[np.float64]:
    """Means over members drawn with replacement, float64 [resamples, columns]: counts times values, in blocks."""
    n_members = len(values)
    random = np.random.Generator(np.random.PCG64(seed))
    at_once = max(1, DRAWS_AT_ONCE // n_members)
    blocks = []
    for start in range(0, resamples, at_once):
        size = min(at_once, resamples - start)
        drawn = random.integers(n_members, size=(size, n_members)) + np.arange(size)[:, None] * n_members
        counts = np.bincount(drawn.ravel(), minlength=size * n_members).reshape(size, n_members)
        blocks.append(counts.astype(np.float64) @ values / n_members)
    return np.concatenate(blocks)
