"""The search: beams of growing width from both ends inwards, until one of them has left nothing out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.models.kernels import talent_search as kernel
from openslate.models.kernels.talent_search import BEST, BEST_STATE, HOLD, LEAST, LEFT_OUT, NOTHING, STATES, Shoot
from openslate.models.talent.instance import Instance, Numbers
from openslate.models.talent.leading_back import order_to

MOST = 64
"""Scenes and actors are bits of one number."""
NARROWEST, WIDER = 16, 64
"""A narrow beam finds an order that is nearly the best; what the next ones look at is cut by it."""
AT_ONCE = 256
"""States that are gone on from between two looks at whether to stop."""
MOST_STATES = 2**24
FAR = 2**62


@dataclass(frozen=True)
class Found:
    """How far the search has come.

    Attributes:
        order: the best order so far, or None before there is one.
        hold: its hold.
        least: no order holds less.
        states: states that were looked at.
    """

    order: tuple[int, ...] | None
    hold: int
    least: int
    states: int


def search(instance: Instance, stop: Callable[[], bool], most_states: int = MOST_STATES) -> Iterator[Found]:
    """Order the scenes of a reduced shoot: each better order or bound is handed out when it is found.

    The last one handed out has equal `hold` and `least`, unless it was stopped or ran out of room.

    Args:
        instance: at most 64 scenes and 64 actors; as `reduce` leaves it.
        stop: asked now and then whether to end.
        most_states: how many states may be kept at a time; some 100 bytes each.

    Raises:
        ValueError: there are more scenes or actors.

    Source: Qin, Zhang, Lim, Liang 2016, EJOR 250:412-426, for states, costs, dominance and memory; the order by
    layers, the bound by pairs that share out the days and the choice of the end are ours.
    """
    if max(instance.plays.shape) > MOST:
        raise ValueError(f"the exact search is for at most {MOST} scenes and actors that can wait")
    shoot, table, width = bits_of(instance), Table(len(instance.days)), NARROWEST
    order: tuple[int, ...] | None = None
    hold, least, looked_at = FAR, 0, 0
    while least < hold:
        table.clear(hold)
        whole = _beam(shoot, table, width, stop, most_states)
        counters = table.counters
        looked_at += int(counters[STATES])
        if counters[BEST] < hold:
            hold, order = int(counters[BEST]), tuple(order_to(instance, table.states, int(counters[BEST_STATE])))
        least = max(least, min(hold, int(counters[LEFT_OUT])))
        yield Found(order, hold, least, looked_at)
        if not whole:
            return
        width *= WIDER


class Table:
    """The states of one beam, in arrays that grow."""

    def __init__(self, scenes: int, room: int = 2**14) -> None:
        self.states: NDArray[np.int64] = np.empty((room, 9), dtype=np.int64)
        self.slots = np.full(4 * room, NOTHING, dtype=np.int64)
        self.heads = np.full(scenes + 1, NOTHING, dtype=np.int64)
        self.counters = np.zeros(4, dtype=np.int64)

    def clear(self, hold: int) -> None:
        """Nothing but the state before the first scene."""
        scenes = len(self.heads) - 1
        self.slots[:], self.heads[:] = NOTHING, NOTHING
        everything = NOTHING if scenes == MOST else 2**scenes - 1
        self.states[0] = [everything, 0, 0, 0, 0, NOTHING, 0, 0, NOTHING]
        self.counters[:] = [1, hold, NOTHING, FAR]
        self.heads[scenes] = 0
        kernel.fill_slots(self.slots, self.states, 1)

    def grow(self) -> None:
        """Twice the room."""
        count = int(self.counters[STATES])
        bigger = np.empty((2 * len(self.states), 9), dtype=np.int64)
        bigger[:count] = self.states[:count]
        self.states, self.slots = bigger, np.full(2 * len(self.slots), NOTHING, dtype=np.int64)
        kernel.fill_slots(self.slots, self.states, count)


def _beam(shoot: Shoot, table: Table, width: int, stop: Callable[[], bool], most_states: int) -> bool:
    """One beam, by scenes left; False where it was stopped. What was left out is in the counters."""
    counters = table.counters
    for left in range(len(table.heads) - 1, -1, -1):
        chosen = kernel.with_as_many_left(table.states, table.heads, left)
        chosen = chosen[table.states[chosen, LEAST] < counters[BEST]]
        chosen = chosen[np.lexsort((chosen, table.states[chosen, HOLD], table.states[chosen, LEAST]))]
        _leave_out(table, chosen[width:])
        chosen, at = chosen[:width], 0
        while at < len(chosen):
            if stop() or counters[STATES] > most_states:
                _leave_out(table, chosen[at:])
                for lower in range(left):
                    _leave_out(table, kernel.with_as_many_left(table.states, table.heads, lower))
                return False
            some = chosen[at : at + AT_ONCE]
            done = kernel.expand(shoot, table.states, table.heads, table.slots, counters, some, 0)
            at += done
            if done < len(some):
                table.grow()
    return True


def _leave_out(table: Table, states: Numbers) -> None:
    if len(states):
        table.counters[LEFT_OUT] = min(table.counters[LEFT_OUT], table.states[states, LEAST].min())


def bits_of(instance: Instance) -> Shoot:
    """The shoot as the compiled loop reads it."""
    plays = instance.plays
    return Shoot(_masks(plays.T), instance.days, _masks(plays), instance.pay, _sums(instance.pay), _sums(instance.days))


def _masks(rows: NDArray[np.bool_]) -> Numbers:
    bits = np.uint64(1) << np.arange(rows.shape[1], dtype=np.uint64)
    masks: Numbers = np.where(rows, bits, np.uint64(0)).sum(axis=1, dtype=np.uint64).view(np.int64)
    return masks


def _sums(values: Numbers) -> Numbers:
    """(parts of eight, 256); the sum of those values whose bits are set."""
    padded = np.zeros(-(-max(len(values), 1) // 8) * 8, dtype=np.int64)
    padded[: len(values)] = values
    bits = (np.arange(256)[:, None] >> np.arange(8)) & 1
    return np.ascontiguousarray((bits @ padded.reshape(-1, 8).T).T)
