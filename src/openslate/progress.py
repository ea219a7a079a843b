"""How long work tells the one who waits how far it is."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
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


RECENT_SECONDS = 60.0
"""How far back the pace is looked at: work that is continued runs through its first parts in no time."""
MINUTE = 60


@dataclass(frozen=True)
class Pace:
    """How fast the work goes, and so how long it will still take.

    Attributes:
        seen: seconds on a stopwatch and the share finished then, the earliest first.

    Example:
        >>> pace = Pace()
        >>> pace.seconds_left(0.0, 0.0), pace.seconds_left(10.0, 0.25)
        (None, 30.0)
    """

    seen: deque[tuple[float, float]] = field(default_factory=deque)

    def seconds_left(self, now: float, share: float) -> float | None:
        """Seconds until all is done at the recent pace; None as long as nothing can be said.

        Args:
            now: seconds on a stopwatch.
            share: the share of the whole that is finished, 0 to 1.
        """
        self.seen.append((now, share))
        while len(self.seen) > 2 and self.seen[1][0] <= now - RECENT_SECONDS:
            self.seen.popleft()
        then, before = self.seen[0]
        return (1 - share) * (now - then) / (share - before) if share > before else None


def left_in_words(seconds: float | None) -> str:
    """How long it will still take, as roughly as it is known; empty where it is not.

    Example:
        >>> left_in_words(7500), left_in_words(130), left_in_words(12), left_in_words(None)
        ('about 2 h 5 min left', 'about 2 min left', 'under a minute left', '')
    """
    if seconds is None:
        return ""
    if seconds < MINUTE:
        return "under a minute left"
    hours, minutes = divmod(round(seconds / MINUTE), 60)
    return f"about {hours} h {minutes} min left" if hours else f"about {minutes} min left"
