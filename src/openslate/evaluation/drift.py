"""How far two spans of time differ in what their events are made of, beside how far chance alone would drive them.

Pure functions over counts, one row per member: events of one member hang together, so members are what is swapped and
resampled. Sources: population stability index, N. Siddiqi, "Credit Risk Scorecards", 2006; J. Lin, "Divergence measures
based on the Shannon entropy", IEEE Transactions on Information Theory 37(1), 1991.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.float64]
SMOOTHING = 0.5
"""Events added to every kind, so that one that is missing from a span has a logarithm."""
CHANCE = 99.0
"""The percentile of what swapping alone gives, above which a difference is more than chance."""


@dataclass(frozen=True)
class Shift:
    """How far the kinds of events differ between two spans.

    Attributes:
        stability: population stability index; by custom below .1 is little and above .25 much.
        divergence: Jensen-Shannon divergence in bits, 0 to 1.
        chance: the index that swapping members' spans at random exceeds once in a hundred times.
        usual: the largest index between neighbouring spans of the same length before, or None where there was one.
        before: share of each kind before.
        now: share of each kind now.
    """

    stability: float
    divergence: float
    chance: float
    usual: float | None
    before: tuple[float, ...]
    now: tuple[float, ...]


def stability_index(before: Counts, now: Counts) -> NDArray[np.float64]:
    """Population stability index: sum of (p - q) ln(p / q) over the kinds, half an event added to each.

    Args:
        before: float64 [..., kinds], counts.
        now: float64 [..., kinds].

    Example:
        >>> round(float(stability_index(np.array([80.0, 20.0]), np.array([60.0, 40.0]))), 3)
        0.191
    """
    p, q = _shares(before), _shares(now)
    found: NDArray[np.float64] = ((p - q) * np.log(p / q)).sum(axis=-1)
    return found


def jensen_shannon(before: Counts, now: Counts) -> float:
    """Jensen-Shannon divergence in bits: 0 for equal shares, 1 for spans that share no kind.

    Args:
        before: float64 [kinds], counts that sum to more than zero.
        now: float64 [kinds].

    Example:
        >>> jensen_shannon(np.array([1.0, 0.0]), np.array([0.0, 1.0]))
        1.0
    """
    p, q = before / before.sum(), now / now.sum()
    middle = (p + q) / 2
    return float((_relative(p, middle) + _relative(q, middle)) / 2)


def shift(past: list[Counts], now: Counts, seed: int, swaps: int = 400) -> Shift:
    """How far `now` differs from the latest span before it, and how far that is from chance and from custom.

    Chance: each member's two spans change places with probability one half (a paired permutation test), which leaves
    everything a member ever watched with that member.

    Args:
        past: float64 [members, kinds] counts for each earlier span, the latest first, at least one.
        now: float64 [members, kinds] counts of the same members.
        seed: of the swaps.
        swaps: how many times members are swapped.
    """
    before = past[0]
    random = np.random.default_rng(seed)
    swapped = random.integers(2, size=(swaps, len(now))).astype(np.float64) @ (before - now)
    by_chance = stability_index(before.sum(axis=0) - swapped, now.sum(axis=0) + swapped)
    totals = [span.sum(axis=0) for span in past]
    neighbours = [float(stability_index(earlier, later)) for later, earlier in pairwise(totals)]
    return Shift(
        stability=float(stability_index(totals[0], now.sum(axis=0))),
        divergence=jensen_shannon(totals[0], now.sum(axis=0)),
        chance=float(np.percentile(by_chance, CHANCE)),
        usual=max(neighbours, default=None),
        before=tuple((totals[0] / totals[0].sum()).tolist()),
        now=tuple((now.sum(axis=0) / now.sum()).tolist()),
    )


def resampled_ratio(parts: NDArray[np.float64], wholes: NDArray[np.float64], seed: int) -> tuple[float, float]:
    """The 95% interval of a sum over members divided by another, members drawn anew with Poisson weights.

    Args:
        parts: float64 [members].
        wholes: float64 [members].
        seed: of the draws.

    Example:
        >>> resampled_ratio(np.ones(50), np.full(50, 2.0), seed=0)
        (0.5, 0.5)
    """
    drawn = np.random.default_rng(seed).poisson(1.0, size=(400, len(parts))).astype(np.float64)
    ratios = (drawn @ parts) / np.maximum(drawn @ wholes, 1e-12)
    low, high = np.percentile(ratios, [2.5, 97.5])
    return float(low), float(high)


def _shares(counts: Counts) -> NDArray[np.float64]:
    smoothed = counts + SMOOTHING
    found: NDArray[np.float64] = smoothed / smoothed.sum(axis=-1, keepdims=True)
    return found


def _relative(p: NDArray[np.float64], middle: NDArray[np.float64]) -> float:
    there = p > 0
    return float((p[there] * np.log2(p[there] / middle[there])).sum())
