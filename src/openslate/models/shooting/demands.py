"""What may be demanded of a board, one thing each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Forbids:
    """Slots on which scenes may not be: (scenes, slots)."""

    where: Flags


@dataclass(frozen=True)
class Length:
    """No day is longer than the longest."""


@dataclass(frozen=True)
class Places:
    """No day has more places than may be."""


@dataclass(frozen=True)
class Light:
    """No day has scenes for the day and for the night."""


@dataclass(frozen=True)
class After:
    """One scene is on an earlier slot than another, by so many at least; 0 where one slot may have both."""

    one: int
    other: int
    by: int = 1


@dataclass(frozen=True)
class Work:
    """A payee is in scenes for no longer than their hours allow."""

    payee: int


@dataclass(frozen=True)
class Works:
    """A payee has a scene on each of some slots, and on no other."""

    payee: int
    slots: tuple[int, ...]


Demand = Forbids | Length | Places | Light | After | Work | Works
