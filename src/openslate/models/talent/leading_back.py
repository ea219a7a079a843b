"""From a state of the search back to the order that led to it."""

import numpy as np
from numpy.typing import NDArray

from openslate.models.kernels.talent_search import FIRST, NOTHING, PARENT, PLACED, REMAINING, SECOND, TURNED
from openslate.models.talent.instance import Instance
from openslate.models.talent.plain import State, joined


def order_to(instance: Instance, states: NDArray[np.int64], last: int) -> list[int]:
    """The scenes in order: those of either end, and between them what was left when nobody could wait any more.

    Args:
        instance: what was searched.
        states: (states, 9), the table of the search.
        last: the state that it ended in.
    """
    path = [last]
    while states[path[-1], PARENT] != NOTHING:
        path.append(int(states[path[-1], PARENT]))
    first: list[int] = []
    second: list[int] = []
    for before, after in zip(path[:0:-1], path[-2::-1], strict=True):
        scenes = _placed(instance, states[before], states[after])
        near, far = (second, first) if states[after, TURNED] & 1 else (first, second)
        near.extend(scenes)
        first, second = (far, near) if states[after, TURNED] & 2 else (near, far)
    between = [scene for one in joined(instance, _state(states[last])) for scene in one.scenes]
    return first + between + second[::-1]


def _placed(instance: Instance, before: NDArray[np.int64], after: NDArray[np.int64]) -> tuple[int, ...]:
    wanted = set(_bits(int(after[PLACED])))
    return next(one.scenes for one in joined(instance, _state(before)) if set(one.scenes) == wanted)


def _state(row: NDArray[np.int64]) -> State:
    left, first, second = (frozenset(_bits(int(row[column]))) for column in (REMAINING, FIRST, SECOND))
    return State(left, first, second, 0)


def _bits(mask: int) -> list[int]:
    return [place for place in range(64) if mask >> place & 1]
