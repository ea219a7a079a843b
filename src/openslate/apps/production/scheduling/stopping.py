"""When a search ends: asked to, or out of time."""

from collections.abc import Callable
from dataclasses import dataclass

from openslate.clock import stopwatch


@dataclass(frozen=True)
class Over:
    """Whether to end.

    Attributes:
        stop: asked now and then whether to.
        began: when, by the stopwatch.
        seconds: after which it is over; None for no limit.
    """

    stop: Callable[[], bool]
    began: float
    seconds: float | None

    def __call__(self, share: float = 1.0) -> bool:
        """Whether to end now, or, of a part of a search, once this share of the time is over."""
        return self.stop() or (self.seconds is not None and stopwatch() - self.began >= self.seconds * share)


def never() -> bool:
    """Go on."""
    return False
