"""What the runs say together: percentiles, chances and means, each with what chance alone may make of it."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from openslate.apps.production.risk.events import Flags, Minutes
from openslate.apps.production.risk.simulation import Outcomes

SHARES = (0.5, 0.8, 0.9)
Z = 1.96
"""Standard errors on either side of a 95% interval."""


@dataclass(frozen=True)
class Percentile:
    """A value that a share of the runs does not exceed.

    Attributes:
        share: of the runs.
        value: the least one.
        low, high: a 95% interval of it, by order statistics: what another seed might say.
    """

    share: float
    value: int
    low: int
    high: int


@dataclass(frozen=True)
class Estimate:
    """A mean or a share, with its standard error."""

    value: float
    error: float


@dataclass(frozen=True)
class Summary:
    """What the runs say together.

    Stability: provisional.

    Attributes:
        planned_cost: of the board, penalties among it.
        planned_wrap: ordinal of its last day.
        cost, wrap: percentiles; wraps as ordinals of `datetime.date`.
        mean: cost.
        on_time: chance of wrapping by the planned date.
        contingency: share of the planned cost that is held back.
        within: chance of costing no more than the planned cost and the contingency.
        added_days: mean days of shooting beyond those planned.
        wanting: chance that an added day lacks a place or a person, or lies after the calendar.
    """

    planned_cost: int
    planned_wrap: int
    cost: tuple[Percentile, ...]
    wrap: tuple[Percentile, ...]
    mean: Estimate
    on_time: Estimate
    contingency: float
    within: Estimate
    added_days: Estimate
    wanting: Estimate


def summary(outcomes: Outcomes, planned_cost: int, planned_wrap: int, contingency: float = 0.1) -> Summary:
    """Sum up what the runs come to.

    Args:
        outcomes: of all runs.
        planned_cost: of the board.
        planned_wrap: ordinal of its last day.
        contingency: share of the planned cost that is held back.
    """
    most = planned_cost * (1 + contingency)
    return Summary(
        planned_cost=planned_cost,
        planned_wrap=planned_wrap,
        cost=tuple(percentile(outcomes.cost, share) for share in SHARES),
        wrap=tuple(percentile(outcomes.wrap, share) for share in SHARES),
        mean=estimate(outcomes.cost),
        on_time=chance(outcomes.wrap <= planned_wrap),
        contingency=contingency,
        within=chance(outcomes.cost <= most),
        added_days=estimate(outcomes.added_days),
        wanting=chance(outcomes.wanting),
    )


def percentile(values: Minutes, share: float) -> Percentile:
    """The least value that a share of the runs does not exceed, with its interval.

    Example:
        >>> percentile(np.arange(1, 1001), 0.8)
        Percentile(share=0.8, value=800, low=775, high=825)
    """
    ordered, runs = np.sort(values), len(values)
    wide = Z * math.sqrt(runs * share * (1 - share))
    low, high = math.floor(runs * share - wide), math.ceil(runs * share + wide)
    return Percentile(
        share,
        quantile(values, share),
        int(ordered[max(low - 1, 0)]),
        int(ordered[min(high, runs) - 1]),
    )


def quantile(values: Minutes, share: float) -> int:
    """The least value that a share of the runs does not exceed."""
    place = max(math.ceil(len(values) * share - 1e-9) - 1, 0)
    return int(np.partition(values, place)[place])


def estimate(values: Minutes) -> Estimate:
    """The mean of all runs."""
    return Estimate(float(values.mean()), float(values.std(ddof=1) / math.sqrt(len(values))))


def chance(flags: Flags) -> Estimate:
    """The share of runs in which something holds; its error is never told as none (Agresti and Coull)."""
    share = float(flags.mean())
    held = (flags.sum() + 2) / (len(flags) + 4)
    return Estimate(share, float(math.sqrt(held * (1 - held) / (len(flags) + 4))))


def bootstrap_error(pairs: tuple[Minutes, Minutes], of: Callable[[Minutes], int], seed: int, times: int = 100) -> float:
    """Standard error of the difference of a figure between two lists of the same runs, by drawing runs anew.

    Args:
        pairs: values of the same runs, one way and the other.
        of: the figure.
        seed: of the draws.
        times: runs are drawn anew.
    """
    one, other = pairs
    drawn = np.random.default_rng(seed).integers(0, len(one), (times, len(one)))
    return float(np.std([of(one[rows]) - of(other[rows]) for rows in drawn], ddof=1))
