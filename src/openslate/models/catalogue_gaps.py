"""How much more or less a title of a segment finds than a title of the catalogue, and how sure that is.

A segment's first plays are held against those that titles of the same ages would find at the catalogue's own rates, as
deaths are held against expected ones. The ratio is uncertain for two reasons, and both count: other members might have
been there (groups of members are drawn anew), and other titles might have been (a segment of two titles with one hit is
no gap). What is uncertain is drawn towards the mean of all segments, and segments are ranked by the lower bound.

Source: indirect standardisation, Breslow and Day, Statistical Methods in Cancer Research II (1987); shrinkage by
Paule and Mandel, Consensus values and weighting factors, J. Res. NBS 87 (1982); the bootstrap of groups, Field and
Welsh, Bootstrapping clustered data, JRSS B 69 (2007).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import false_discovery_control, norm

from openslate.errors import FitError

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

DRAWS = 400
TWO_SIDED_90 = 1.6448536269514722
"""So the lower bound has 95% above it."""


@dataclass(frozen=True)
class Demand:
    """Demand for a title of each segment, relative to the catalogue's: 1 is as much as a title of its age finds.

    Attributes:
        observed: float64 [segments], first plays.
        expected: float64 [segments], first plays at the catalogue's rates.
        ratio: float64 [segments], shrunk.
        low, high: float64 [segments], ends of its 90% interval.
        chance: float64 [segments], how often a segment as the catalogue would find as much or more; 1 where there is no
            title to go by. Of many segments some lie low by chance: see `false_gaps`.
        title_spread: how much titles of one segment differ, as a relative variance.
        segment_spread: how much segments differ, as a standard deviation of the logarithm.
    """

    observed: Floats
    expected: Floats
    ratio: Floats
    low: Floats
    high: Floats
    chance: Floats
    title_spread: float
    segment_spread: float


def expected_audience(watched: Floats, days: Floats) -> Floats:
    """What each title would find at the catalogue's rates for its ages [titles].

    Args:
        watched: first plays [titles, ages].
        days: days on which it was so old [titles, ages].

    Example:
        >>> expected_audience(np.array([[8.0, 0], [4, 2]]), np.array([[7.0, 0], [7, 10]])).tolist()
        [6.0, 8.0]
    """
    total = days.sum(axis=0)
    rates = np.divide(watched.sum(axis=0), total, out=np.zeros_like(total), where=total > 0)
    expected: Floats = days @ rates
    return expected


def demand(
    audience: Floats,
    expected: Floats,
    standing: tuple[Integers, Integers],
    pairs: Floats,
    totals: Floats,
    seed: int = 0,
) -> Demand:
    """How much titles of each segment find.

    Args:
        audience: first plays of each title [titles].
        expected: of each title, from `expected_audience` [titles].
        standing: numbers of titles and of the segments in which they stand.
        pairs: first plays by group of members and segment [groups, segments].
        totals: first plays by group over all titles [groups].
        seed: of the draws of groups.

    Raises:
        FitError: nobody watched anything.
    """
    if not totals.sum() > 0:
        raise FitError("Nobody watched a title for the first time in the period.", "Take a longer one.")
    titles, segments = standing
    size = pairs.shape[1]
    observed = np.bincount(segments, audience[titles], minlength=size).astype(np.float64)
    hoped = np.bincount(segments, expected[titles], minlength=size).astype(np.float64)
    log = np.log((observed + 0.5) / (hoped + 0.5))
    spread = _title_spread(audience, expected, titles, segments, np.exp(log))
    squares = np.bincount(segments, expected[titles] ** 2, minlength=size)
    # Titles differ by their expected audience too; the effective number of them weighs each by it.
    of_titles = np.divide(squares, hoped**2, out=np.ones(size), where=hoped > 0)
    # No draw of groups tells the noise of a count that is 0 in all of them; that of counting stands below it.
    of_members = np.maximum(_member_variance(pairs, totals, seed), 1 / (observed + 0.5))
    variance = of_members + np.log1p(spread * of_titles)
    there = hoped > 0
    mean, of_mean, between = _paule_mandel(log[there], variance[there])
    # How far each is drawn to the mean: altogether where a segment has no title of its own to go by.
    drawn = np.where(there, variance / (variance + between), 1.0)
    shrunk = np.where(there, log, mean) * (1 - drawn) + mean * drawn
    deviation = np.sqrt(between * drawn + drawn**2 * of_mean)
    return Demand(
        observed=observed,
        expected=hoped,
        ratio=np.exp(shrunk),
        low=np.exp(shrunk - TWO_SIDED_90 * deviation),
        high=np.exp(shrunk + TWO_SIDED_90 * deviation),
        # Of what was observed, before it is drawn anywhere.
        chance=np.where(there, norm.sf(log / np.sqrt(variance)), 1.0),
        title_spread=spread,
        segment_spread=float(np.sqrt(between)),
    )


def false_gaps(chance: Floats) -> Floats:
    """For each segment, the share of false ones among it and all that stand out as much or more.

    Args:
        chance: float64 [segments], of all that are told, from `demand`.

    Source: Benjamini and Hochberg, Controlling the false discovery rate, JRSS B 57 (1995). It holds for segments that
        share titles as well, as long as they rise together: Benjamini and Yekutieli, Annals of Statistics 29 (2001).

    Example:
        >>> false_gaps(np.array([0.001, 0.04, 0.5, 0.9])).round(3).tolist()
        [0.004, 0.08, 0.667, 0.9]
    """
    found: Floats = false_discovery_control(chance, method="bh") if len(chance) else chance
    return found


def _title_spread(audience: Floats, expected: Floats, titles: Integers, segments: Integers, ratio: Floats) -> float:
    """The relative variance of titles within segments, by moments: what is beyond the noise of counting."""
    centre = ratio[segments] * expected[titles]
    sizes = np.bincount(segments)[segments]
    some = (sizes > 1) & (centre > 0)
    if not some.any():
        return 1.0
    lost = (sizes / np.maximum(sizes - 1, 1))[some]
    excess = ((audience[titles] - centre)[some] ** 2) * lost - centre[some]
    return float(max(excess.sum(), 0.0) / (centre[some] ** 2).sum())


def _member_variance(pairs: Floats, totals: Floats, seed: int) -> Floats:
    """The variance of each logarithm when groups of members are drawn anew [segments]."""
    groups = len(totals)
    drawn = np.random.default_rng(seed).multinomial(groups, np.full(groups, 1 / groups), size=DRAWS).astype(np.float64)
    scale = (drawn @ totals) / totals.sum()
    log = np.log((drawn @ pairs + 0.5) / (pairs.sum(axis=0) + 0.5)) - np.log(np.maximum(scale, 1e-12))[:, None]
    variance: Floats = log.var(axis=0)
    return variance


def _paule_mandel(values: Floats, variances: Floats) -> tuple[float, float, float]:
    """Mean of what lies behind values observed with so much noise, the mean's own variance, and theirs."""

    def mean_at(between: float) -> float:
        weights = 1 / (variances + between)
        return float((weights * values).sum() / weights.sum())

    def excess(between: float) -> float:
        return float((((values - mean_at(between)) ** 2) / (variances + between)).sum()) - (len(values) - 1)

    low, high = 0.0, 0.0
    if len(values) > 1 and excess(0.0) > 0:
        high = 1.0
        while excess(high) > 0:
            low, high = high, 2 * high
        for _ in range(60):
            middle = (low + high) / 2
            low, high = (middle, high) if excess(middle) > 0 else (low, middle)
    return mean_at(high), float(1 / (1 / (variances + high)).sum()), high
