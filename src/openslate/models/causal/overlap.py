"""Whether alike titles were chosen for both ways: without them, an effect is a guess beyond the data.

Source: R. Crump et al., "Dealing with limited overlap in estimation of average treatment effects", Biometrika 96, 2009
(whose rule of thumb is .1; small samples with lopsided choices need .05).
"""

from dataclasses import dataclass

import numpy as np

from openslate.models.causal.rows import Flags, Floats
from openslate.models.causal.scores import Estimand

LOW, HIGH = 0.05, 0.95
MOST_OUTSIDE = 0.10
FEWEST_EFFECTIVE = 25.0
DECIDED = 0.98
"""Area under the curve from which confounders all but decide the choice."""


@dataclass(frozen=True)
class Overlap:
    """How far the two sides are alike.

    Attributes:
        outside: share of the titles that count whose propensity is too near to 0 or 1 for the estimand.
        effective: titles on each side that the weights amount to, (treated, not treated).
        propensities: 5th, 50th and 95th percentile of the titles that count.
    """

    outside: float
    effective: tuple[float, float]
    propensities: tuple[float, float, float]

    @property
    def poor(self) -> bool:
        """Whether there is too little of it."""
        return self.outside > MOST_OUTSIDE or min(self.effective) < FEWEST_EFFECTIVE


def overlap(propensity: Floats, treated: Flags, estimand: Estimand) -> Overlap:
    """The overlap that an estimand rests on.

    The effect on the treated needs titles that were not treated and are like the treated ones: a propensity near 0
    does it no harm.

    Args:
        propensity: float64 [titles].
        treated: bool [titles].
        estimand: 'average' or 'on the treated'.

    Example:
        >>> found = overlap(np.full(200, 0.02), np.arange(200) < 40, "average")
        >>> found.outside, found.poor, overlap(np.full(200, 0.02), np.arange(200) < 40, "on the treated").poor
        (1.0, True, False)
    """
    if estimand == "average":
        counted = propensity
        outside = (propensity < LOW) | (propensity > HIGH)
        sides = 1 / propensity[treated], 1 / (1 - propensity[~treated])
    else:
        counted = propensity[treated]
        outside = counted > HIGH
        sides = np.ones(len(counted)), propensity[~treated] / (1 - propensity[~treated])
    low, center, high = (float(one) for one in np.quantile(counted, [0.05, 0.5, 0.95]))
    return Overlap(float(outside.mean()), (effective_size(sides[0]), effective_size(sides[1])), (low, center, high))


def effective_size(weights: Floats) -> float:
    """Equally weighted titles that would tell as much."""
    return float(weights.sum() ** 2 / (weights**2).sum())


def separation(values: Floats, treated: Flags, bins: int = 20) -> float:
    """How well one confounder alone tells the two sides apart, by any rule: area under the curve, .5 to 1.

    Args:
        values: float64 [titles], NaN where unknown, which may tell them apart too.
        treated: bool [titles].
        bins: into how many parts of alike many titles values are put.

    Example:
        >>> month = np.arange(240.0) % 12
        >>> separation(month, (month == 4) | (month == 6)), separation(np.zeros(240), month == 4)
        (1.0, 0.5)
    """
    known = ~np.isnan(values)
    different = np.unique(values[known])
    edges = different if len(different) <= bins else np.unique(np.quantile(values[known], np.arange(1, bins) / bins))
    part = np.where(known, np.searchsorted(edges, np.where(known, values, 0.0), side="left"), len(edges) + 1)
    counts = np.zeros((2, len(edges) + 2))
    np.add.at(counts, (treated.astype(np.int64), part), 1)
    totals = counts.sum(axis=0)
    share = np.divide(counts[1], totals, out=np.zeros_like(totals), where=totals > 0)
    return area(share[part], treated)


def area(scores: Floats, treated: Flags) -> float:
    """Area under the curve: probability that a treated title scores above one that is not, ties counting half."""
    from scipy.stats import rankdata

    ranks = rankdata(scores)
    ones = int(treated.sum())
    return float((ranks[treated].sum() - ones * (ones + 1) / 2) / (ones * (len(treated) - ones)))
