"""What is to be ordered: scenes, how long each takes, who plays in it, and what a day of theirs costs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
LARGEST = 2**40
"""Pay of all the cast over all the days stays below this, so that no sum in the search overflows or is rounded."""


@dataclass(frozen=True)
class Instance:
    """Scenes to be ordered. Every actor is paid from the first to the last day on which they play.

    Stability: provisional.

    Attributes:
        plays: (actors, scenes); whether the actor plays in the scene.
        pay: (actors,); what a day of theirs costs, a whole number of at least 0.
        days: (scenes,); how long the scene takes, a whole number of at least 0.

    Raises:
        ValueError: the shapes do not fit, or a number is negative or too large.

    Source: Cheng, Diamond, Lin 1993, JOTA 79:479-482.

    Example:
        >>> import numpy as np
        >>> plays = np.array([[1, 0, 1], [0, 1, 1]], dtype=bool)
        >>> shoot = Instance(plays, np.array([10, 1]), np.array([1, 2, 1]))
        >>> shoot.cost([0, 1, 2]), shoot.cost([0, 2, 1]), shoot.worked
        (43, 23, 23)
    """

    plays: Flags
    pay: Numbers
    days: Numbers

    def __post_init__(self) -> None:
        if self.plays.shape != (len(self.pay), len(self.days)):
            raise ValueError("plays has not a row for every actor's pay and a column for every scene's days")
        if (self.pay < 0).any() or (self.days < 0).any():
            raise ValueError("pay and days are never negative")
        if float(self.pay.sum()) * float(self.days.sum()) >= LARGEST:
            raise ValueError("pay times days is too large to be summed without rounding")

    @property
    def worked(self) -> int:
        """Pay for the days on which people play, whatever the order."""
        return int(self.pay @ self.plays.astype(np.int64) @ self.days)

    def cost(self, order: Sequence[int]) -> int:
        """Pay of an order: for each actor all days from the first to the last scene of theirs."""
        return self.worked + self.hold(order)

    def hold(self, order: Sequence[int]) -> int:
        """The part of the pay that is for days on which somebody waits."""
        return int(self.pay @ self.waits(order))

    def waits(self, order: Sequence[int]) -> Numbers:
        """(actors,) days that each waits between the first and the last scene of theirs."""
        placed = np.asarray(order, dtype=np.int64)
        if sorted(placed.tolist()) != list(range(len(self.days))):
            raise ValueError("an order names every scene once")
        plays, days = self.plays[:, placed], self.days[placed]
        begun = np.logical_or.accumulate(plays, axis=1)
        unfinished = np.logical_or.accumulate(plays[:, ::-1], axis=1)[:, ::-1]
        return (begun & unfinished & ~plays) @ days
