"""The best order of a shoot's scenes: made smaller, searched, and told with the bound that proves it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from openslate.models.talent.instance import Instance
from openslate.models.talent.reducing import reduce
from openslate.models.talent.searching import MOST_STATES, search


@dataclass(frozen=True)
class Solution:
    """An order and what is known of it.

    Stability: provisional.

    Attributes:
        order: every scene once.
        cost: pay of the order, for days of play and of waiting.
        bound: no order costs less.
        states: how much was looked at.
    """

    order: tuple[int, ...]
    cost: int
    bound: int
    states: int

    @property
    def proved(self) -> bool:
        """Whether no order is cheaper."""
        return self.cost == self.bound


def never() -> bool:
    """Go on to the end."""
    return False


def solutions(
    instance: Instance, stop: Callable[[], bool] = never, most_states: int = MOST_STATES
) -> Iterator[Solution]:
    """Better and better orders with better and better bounds; the last is the best, if nothing stops it before.

    Stability: provisional.

    Args:
        instance: what is to be ordered; at most 64 scenes and 64 actors that `reduce` does not take away.
        stop: asked some thousand times a second whether to end; the last order and bound stand then.
        most_states: how many states are kept at a time, some 100 bytes each; beyond, it ends as if stopped.

    Raises:
        ValueError: there are more scenes or actors.

    Example:
        >>> import numpy as np
        >>> plays = np.array([[1, 0, 1, 0], [0, 1, 1, 0], [1, 0, 0, 1]], dtype=bool)
        >>> shoot = Instance(plays, np.array([10, 1, 3]), np.array([1, 2, 1, 2]))
        >>> best = list(solutions(shoot))[-1]
        >>> best.cost, best.proved, shoot.cost(best.order)
        (32, True, 32)
    """
    small = reduce(instance)
    if not small.blocks:
        order = tuple(small.whole(()))
        yield Solution(order, instance.worked, instance.worked, 0)
        return
    order = tuple(small.whole(range(len(small.blocks))))
    for found in search(small.instance, stop, most_states):
        if found.order is not None:
            order = tuple(small.whole(found.order))
        yield Solution(order, instance.cost(order), instance.worked + found.least, found.states)


def solve(instance: Instance, stop: Callable[[], bool] = never, most_states: int = MOST_STATES) -> Solution:
    """The last of `solutions`.

    Stability: provisional.

    Args:
        instance: what is to be ordered.
        stop: asked now and then whether to end.
        most_states: how many states are kept at a time.

    Raises:
        ValueError: there are too many scenes or actors.
    """
    *_, last = solutions(instance, stop, most_states)
    return last
