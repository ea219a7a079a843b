"""Metrics in words and figures in type, for the reader of a report who did not train anything."""

from dataclasses import dataclass
from typing import Literal

from openslate.evaluation.bootstrap import Interval

Better = Literal["more", "less", "neither"]


@dataclass(frozen=True)
class MetricWords:
    """How a metric is spoken of.

    Attributes:
        label: its short name.
        better: whether more or less of it is better, or neither by itself.
        meaning: what it says, in one sentence.
    """

    label: str
    better: Better
    meaning: str


METRICS = {
    "ndcg": MetricWords(
        "nDCG",
        "more",
        "How high the held-out titles stand in the list: a hit at place p counts 1 / log2(p + 1), "
        "divided by the best that was possible.",
    ),
    "recall": MetricWords(
        "recall", "more", "Share of a member's held-out titles in the list: hits / min(k, held-out titles)."
    ),
    "map": MetricWords(
        "MAP", "more", "Precision at the place of every hit, summed and divided by min(k, held-out titles)."
    ),
    "hr": MetricWords("hit rate", "more", "Share of members with at least one held-out title in the list."),
    "mrr": MetricWords("MRR", "more", "One divided by the place of the first hit, 0 without one."),
    "title-recall": MetricWords(
        "recall by title",
        "more",
        "Recall in which every title counts once, however many watched it, so that popular titles cannot carry it.",
    ),
    "novelty": MetricWords(
        "novelty",
        "neither",
        "How surprising the list is, in bits: -log2 of the share of training members who watched a title, averaged.",
    ),
    "popularity-shift": MetricWords(
        "popularity shift",
        "neither",
        "Mean popularity percentile of the list minus that of the member's history; 0 is just as popular.",
    ),
    "miscalibration": MetricWords(
        "miscalibration",
        "less",
        "Divergence of the list's genres from those of the member's history (Steck's KL, e = .01, in nats).",
    ),
    "coverage": MetricWords("coverage", "neither", "Share of the catalogue that stands in at least one member's list."),
    "gini": MetricWords(
        "Gini", "neither", "How unequally list places go to titles: 0 all alike, near 1 when few titles take all."
    ),
}
"""By the part of a metric's name before the @."""


def label(metric: str) -> str:
    """A metric's short name with its cutoff.

    Example:
        >>> label("ndcg@10")
        'nDCG@10'
    """
    name, _, cutoff = metric.partition("@")
    return f"{METRICS[name].label}@{cutoff}"


def figure(value: float, decimals: int = 3) -> str:
    """A value with a true minus sign; never "−0.000".

    Args:
        value: the value.
        decimals: how many are shown.

    Example:
        >>> figure(-0.0123), figure(-0.0001)
        ('−0.012', '0.000')
    """
    return f"{round(value, decimals) + 0.0:.{decimals}f}".replace("-", "−")


def interval(given: Interval) -> str:
    """The ends of an interval, in four decimals where three would hide it.

    Example:
        >>> interval(Interval(0.0, -0.01, 0.02, 100)), interval(Interval(0.001, 0.0008, 0.0012, 100))
        ('−0.010 to 0.020', '0.0008 to 0.0012')
    """
    decimals = 3 if max(abs(given.low), abs(given.high)) >= 0.01 else 4
    return f"{figure(given.low, decimals)} to {figure(given.high, decimals)}"


def duration(seconds: float) -> str:
    """Seconds as a reader says them.

    Example:
        >>> duration(0.0421), duration(12.34), duration(190)
        ('0.04 s', '12.3 s', '3 min 10 s')
    """
    if seconds < 1:
        return f"{seconds:.2f} s"
    if seconds < 100:
        return f"{seconds:.1f} s"
    return f"{round(seconds) // 60} min {round(seconds) % 60} s"


def memory(size: int) -> str:
    """Bytes in megabytes or gigabytes.

    Example:
        >>> memory(734_003_200), memory(3_221_225_472)
        ('700 MB', '3.0 GB')
    """
    return f"{size / 2**20:.0f} MB" if size < 2**30 else f"{size / 2**30:.1f} GB"
