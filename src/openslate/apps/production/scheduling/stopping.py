"""When a search ends: asked to, or out of time."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from openslate.clock import stopwatch
from openslate.errors import UsageError


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


def check_seconds(seconds: float | None) -> None:
    """Refuse a time that no search could end after.

    Args:
        seconds: that were asked for; None for no limit.

    Raises:
        UsageError: it is endless, or no number.
    """
    if seconds is not None and not math.isfinite(seconds):
        raise UsageError(
            f"A search cannot end after {seconds} seconds.", "Give seconds, such as 60, or none for no limit."
        )


def never() -> bool:
    """Go on."""
    return False
