"""How long work tells the one who waits how far it is."""

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[str, float], None]
"""Called with what is being done, and the share of the whole that is finished, 0 to 1."""


def silent(step: str, share: float) -> None:
    """Say nothing; for callers that show no progress."""


def within(progress: Progress, start: float, stop: float) -> Progress:
    """A part of the whole that reports from 0 to 1 and is shown from `start` to `stop`.

    Example:
        >>> seen = []
        >>> within(lambda step, share: seen.append((step, share)), 0.5, 1.0)("train", 0.5)
        >>> seen
        [('train', 0.75)]
    """
    return lambda step, share: progress(step, start + (stop - start) * share)
