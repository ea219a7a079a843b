"""Every figure of one forecast on one block of titles, overall and by segment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError
from openslate.evaluation.forecasting import intervals, point, ranking, scores
from openslate.evaluation.forecasting.intervals import Coverage

Logs = NDArray[np.float64]
CENTRAL = (0.5, 0.8, 0.9)
"""What the three intervals promise; their ends are the second, third and fourth quantile from the middle outwards."""
FEWEST_TITLES = 10


@dataclass(frozen=True)
class Block:
    """Forecasts of some titles, and what came.

    Attributes:
        actual: float64 [titles], ln of the outcomes.
        point: float64 [titles], ln of the point forecasts.
        quantiles: float64 [titles, 7], ln, at `scores.LEVELS`.
        expected: float64 [titles], predictive means in natural units.
        levels: float64 [titles], the forecast CDF at each outcome.
        crps: float64 [titles], of each outcome.
        top: float64 [titles], the forecast probability of being among the best, which ranks them for that.
        reference: float64 [titles, 7], quantiles of the forecast that is to be beaten, such as the marginal.
    """

    actual: Logs
    point: Logs
    quantiles: NDArray[np.float64]
    expected: NDArray[np.float64]
    levels: NDArray[np.float64]
    crps: NDArray[np.float64]
    top: NDArray[np.float64]
    reference: NDArray[np.float64]

    def rows(self, chosen: NDArray[np.bool_]) -> "Block":
        """The same of some of the titles.

        Args:
            chosen: bool [titles].
        """
        return Block(*(getattr(self, field.name)[chosen] for field in fields(self)))


@dataclass(frozen=True)
class Scorecard:
    """The figures of one block.

    Attributes:
        titles: how many were scored.
        r_squared: on ln.
        rmsle: on ln.
        mae_log10: mean absolute error of the decimal logarithm.
        median_relative_error: MdAPE.
        within_twice: share within a factor of two.
        spearman: rank correlation.
        auc_top: of the block's top tenth, ranked by its forecast probability.
        precision_top: share of the top tenth found by it.
        slate_lift: mean outcome of the tenth with the highest predictive means over the mean of all.
        total_bias: sum of predictive means over sum of outcomes.
        wis: mean weighted interval score.
        wis_skill: over the reference.
        crps: mean continuous ranked probability score.
        coverages: of the 50, 80 and 90% intervals.
        below: one-sided coverage at each level.
        pit: shares of outcomes in tenths of their forecast distribution.
    """

    titles: int
    r_squared: float
    rmsle: float
    mae_log10: float
    median_relative_error: float
    within_twice: float
    spearman: float
    auc_top: float
    precision_top: float
    slate_lift: float
    total_bias: float
    wis: float
    wis_skill: float
    crps: float
    coverages: tuple[Coverage, ...]
    below: tuple[float, ...]
    pit: tuple[float, ...]


def score(block: Block) -> Scorecard:
    """Every figure of a block.

    Args:
        block: of at least `FEWEST_TITLES` titles.

    Raises:
        FitError: there are too few, or their outcomes are all equal.
    """
    if len(block.actual) < FEWEST_TITLES:
        raise FitError(
            f"{len(block.actual)} titles are too few to have a top tenth.", f"Score {FEWEST_TITLES} titles or more."
        )
    actual, outcomes = block.actual, np.exp(block.actual)
    losses = scores.weighted_interval_score(actual, block.quantiles)
    return Scorecard(
        titles=len(actual),
        r_squared=point.r_squared(actual, block.point),
        rmsle=point.rmsle(actual, block.point),
        mae_log10=point.mae_log10(actual, block.point),
        median_relative_error=point.median_relative_error(actual, block.point),
        within_twice=point.within_twice(actual, block.point),
        spearman=point.spearman(actual, block.point),
        auc_top=ranking.auc_top(actual, block.top),
        precision_top=ranking.precision_top(actual, block.top),
        slate_lift=ranking.slate_lift(outcomes, block.expected),
        total_bias=point.total_bias(outcomes, block.expected),
        wis=float(losses.mean()),
        wis_skill=scores.skill(losses, scores.weighted_interval_score(actual, block.reference)),
        crps=float(block.crps.mean()),
        coverages=central_coverages(actual, block.quantiles),
        below=tuple(intervals.below(actual, block.quantiles).tolist()),
        pit=tuple(intervals.pit_histogram(block.levels).tolist()),
    )


def central_coverages(actual: Logs, quantiles: NDArray[np.float64]) -> tuple[Coverage, ...]:
    """Coverage of the 50, 80 and 90% intervals.

    Args:
        actual: float64 [titles].
        quantiles: float64 [titles, 7], at `scores.LEVELS`.
    """
    middle = quantiles.shape[1] // 2
    return tuple(
        intervals.coverage(actual, quantiles[:, middle - step], quantiles[:, middle + step], nominal)
        for step, nominal in enumerate(CENTRAL, start=1)
    )


def score_segments(block: Block, segments: Mapping[str, NDArray[np.bool_]]) -> dict[str, Scorecard]:
    """The figures of each segment, in the order given; those of too few titles are left out.

    The top tenth of a segment is its own, not that of the whole block.

    Args:
        block: the titles.
        segments: name to bool [titles], such as 'films', 'returning' or 'smallest budgets'.
    """
    cards = {}
    for name, chosen in segments.items():
        part = block.rows(chosen)
        if len(part.actual) >= FEWEST_TITLES and len(np.unique(part.actual)) > 1:
            cards[name] = score(part)
    return cards


def pooled(blocks: Sequence[Block]) -> Block:
    """Several blocks as one, such as those of every origin.

    Args:
        blocks: at least one.
    """
    return Block(*(np.concatenate([getattr(one, field.name) for one in blocks]) for field in fields(Block)))
