"""Making a shoot smaller without losing its best order: who can never wait, and which scenes belong together."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from openslate.models.talent.instance import Instance


@dataclass(frozen=True)
class Reduced:
    """A smaller shoot, and the way back.

    Attributes:
        instance: what is left to be ordered; its hold is the hold of the whole.
        blocks: for each of its scenes those of the whole, in the order in which they are shot one after the other.
        free: scenes in which nobody plays who could wait; they are shot last.
        cast: for each of its actors the one of the whole.
    """

    instance: Instance
    blocks: tuple[tuple[int, ...], ...]
    free: tuple[int, ...]
    cast: tuple[int, ...]

    def whole(self, order: Sequence[int]) -> list[int]:
        """The order of all scenes for an order of what is left."""
        return [scene for block in order for scene in self.blocks[block]] + list(self.free)


def reduce(instance: Instance) -> Reduced:
    """Leave out actors of one scene and join scenes of equal cast, until neither is there.

    Args:
        instance: the whole.

    Returns:
        What is left; any order of it costs as much hold as the whole does in the order that it leads back to.

    Source: Garcia de la Banda, Stuckey, Chu 2011, INFORMS JoC 23(1):120-137, section on preprocessing.

    Example:
        >>> plays = np.array([[1, 1, 0, 1], [0, 0, 1, 0], [1, 1, 0, 0]], dtype=bool)
        >>> small = reduce(Instance(plays, np.array([5, 9, 2]), np.array([1, 1, 1, 1])))
        >>> small.blocks, small.free, small.cast
        ((), (0, 1, 3, 2), ())
    """
    cast = [actor for actor in range(len(instance.pay)) if instance.pay[actor] > 0]
    blocks: list[tuple[int, ...]] = [(scene,) for scene in range(len(instance.days))]
    plays = instance.plays[cast]
    while True:
        kept = plays.sum(axis=1) > 1
        cast, plays = [actor for actor, there in zip(cast, kept, strict=True) if there], plays[kept]
        joined: dict[bytes, list[int]] = {}
        for place in range(len(blocks)):
            joined.setdefault(plays[:, place].tobytes(), []).append(place)
        if kept.all() and len(joined) == len(blocks):
            break
        blocks = [tuple(scene for place in places for scene in blocks[place]) for places in joined.values()]
        plays = plays[:, [places[0] for places in joined.values()]]
    busy = plays.any(axis=0)
    free = tuple(scene for block, there in zip(blocks, busy, strict=True) if not there for scene in block)
    left = tuple(block for block, there in zip(blocks, busy, strict=True) if there)
    days = np.array([instance.days[list(block)].sum() for block in left], dtype=np.int64)
    return Reduced(Instance(plays[:, busy], instance.pay[cast], days), left, free, tuple(cast))
