"""How long work tells the one who waits how far it is."""

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[str, float], None]
"""Called with what is being done, and the share of the whole that is finished, 0 to 1."""


def silent(step: str, share: float) -> None:
    """Say nothing; for callers that show no progress."""


def monotone(progress: Progress) -> Progress:
    """The same, told the furthest share so far where one part of the work looks back on another.

    Example:
        >>> seen = []
        >>> forward = monotone(lambda step, share: seen.append(share))
        >>> forward("import", 0.5), forward("simulate", 0.25), forward("train", 0.75)
        (None, None, None)
        >>> seen
        [0.5, 0.5, 0.75]
    """
    furthest = 0.0

    def forward(step: str, share: float) -> None:
        nonlocal furthest
        furthest = max(furthest, share)
        progress(step, furthest)

    return forward


def within(progress: Progress, start: float, stop: float) -> Progress:
    """A part of the whole that reports from 0 to 1 and is shown from `start` to `stop`.

    Example:
        >>> seen = []
        >>> within(lambda step, share: seen.append((step, share)), 0.5, 1.0)("train", 0.5)
        >>> seen
        [('train', 0.75)]
    """
    return lambda step, share: progress(step, start + (stop - start) * share)
