"""Which scene comes next at which end: the loop of the search for the best order of a shoot.

All of it stands in one file, because a loop that is kept compiled sees changes of its own file alone. Sets of scenes
and of actors are bits of a whole number. `models/talent/plain.py` says the same in plain words, and is tested equal.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled

Masks = NDArray[np.int64]
Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]
Row = NDArray[np.float64]

REMAINING, FIRST, SECOND, HOLD, LEAST, PARENT, PLACED, TURNED, NEXT = range(9)
"""Columns of a table of states: scenes left, actors open at either end, hold so far, the least that it can come to,
from which state, by which scenes, how (1: at the second end, 2: ends change names), and the next of as many left."""
STATES, BEST, BEST_STATE, LEFT_OUT = range(4)
"""Counters: states there are, the best complete hold, its state, and the least of what was left out."""
NOTHING = -1


class Shoot(NamedTuple):
    """A shoot in bits: (scenes,) cast and days, (actors,) scenes and pay, and sums of either over eight bits each."""

    cast: Masks
    days: Numbers
    scenes: Masks
    pay: Numbers
    pay_of: NDArray[np.int64]
    days_of: NDArray[np.int64]


@compiled
def expand(
    shoot: Shoot, states: NDArray[np.int64], heads: Numbers, slots: Numbers, counters: Numbers, chosen: Numbers, at: int
) -> int:
    """Put every scene that may come next after each of the chosen states, from the one at a place on.

    Args:
        shoot: in bits.
        states: (room, 9), the table.
        heads: (scenes + 1,), the first state with as many scenes left.
        slots: (a power of two,), states by what they are.
        counters: (4,).
        chosen: states to go on from.
        at: where to begin.

    Returns:
        Where it stopped: at the end, or where the table or its slots have too little room for one more.
    """
    scenes, actors = len(shoot.cast), len(shoot.pay)
    cast, days, blocks = np.zeros(scenes, np.int64), np.zeros(scenes, np.int64), np.zeros(scenes, np.int64)
    plays, waits, still = np.zeros((actors, scenes)), np.zeros((actors, scenes)), np.zeros((actors, scenes))
    pairs, found = np.zeros((4, actors, actors)), np.zeros((3, actors * actors))
    while at < len(chosen):
        if counters[STATES] + scenes > len(states) or 2 * (counters[STATES] + scenes) > len(slots):
            return at
        state = chosen[at]
        at += 1
        left, first, second = states[state, REMAINING], states[state, FIRST], states[state, SECOND]
        hold = states[state, HOLD]
        if states[state, LEAST] >= counters[BEST]:
            continue
        there, classes = _classes(shoot, left, first | second, cast, days, blocks)
        if classes == 0:
            counters[BEST], counters[BEST_STATE] = hold, state
            continue
        turned = _sum(shoot.pay_of, second) < _sum(shoot.pay_of, first)
        near, far = (second, first) if turned else (first, second)
        _weigh(shoot, there, cast, days, classes, plays, waits, pairs)
        for place in range(classes):
            if _dominated(shoot, cast, classes, place, near, far):
                continue
            placed = cast[place]
            after = left & ~blocks[place]
            now = hold + days[place] * _sum(shoot.pay_of, near & ~placed)
            meeting = placed & far
            some = meeting
            while some:
                actor = _lowest(some)
                some &= some - 1
                now += shoot.pay[actor] * _sum(shoot.days_of, after & ~shoot.scenes[actor])
            new_near, new_far = (near | placed) & ~far, far & ~placed
            ended, some = 0, new_near
            while some:
                actor = _lowest(some)
                some &= some - 1
                if shoot.scenes[actor] & after == 0:
                    ended |= 1 << actor
            new_near &= ~ended
            if now >= counters[BEST]:
                continue
            limit = counters[BEST] - now
            more = _least(new_near, new_far, classes, place, limit, plays, waits, pairs, still, found)
            least = max(now + int(np.ceil(more - 1e-6)), states[state, LEAST])
            if least >= counters[BEST]:
                continue
            _keep(states, heads, slots, counters, after, new_near, new_far, now, least, state, blocks[place], turned)
    return at


@compiled
def find_slot(slots: Numbers, states: NDArray[np.int64], left: int, first: int, second: int) -> int:
    """Where a state is, or would be, among the slots."""
    mixed = left * -7046029254386353131 ^ first * -4417276706812531889 ^ second * 6148914691236517205
    mixed = (mixed ^ (mixed >> 29)) * -4658895280553007687
    place = (mixed ^ (mixed >> 32)) & (len(slots) - 1)
    while slots[place] != NOTHING:
        state = slots[place]
        if states[state, REMAINING] == left and states[state, FIRST] == first and states[state, SECOND] == second:
            return place
        place = (place + 1) & (len(slots) - 1)
    return place


@compiled
def fill_slots(slots: Numbers, states: NDArray[np.int64], count: int) -> None:
    """Put all states into empty slots."""
    for state in range(count):
        row = states[state]
        slots[find_slot(slots, states, row[REMAINING], row[FIRST], row[SECOND])] = state


@compiled
def with_as_many_left(states: NDArray[np.int64], heads: Numbers, left: int) -> Numbers:
    """States with as many scenes left, as a chain leads to them."""
    count, state = 0, heads[left]
    while state != NOTHING:
        count += 1
        state = states[state, NEXT]
    found, state = np.empty(count, np.int64), heads[left]
    for place in range(count):
        found[place], state = state, states[state, NEXT]
    return found


@compiled
def _keep(
    states: NDArray[np.int64],
    heads: Numbers,
    slots: Numbers,
    counters: Numbers,
    left: int,
    near: int,
    far: int,
    hold: int,
    least: int,
    parent: int,
    placed: int,
    at_second: bool,
) -> None:
    """A state as it is first reached, or more cheaply than before. The two ends have no names of their own."""
    swapped = near > far
    first, second = (far, near) if swapped else (near, far)
    slot = find_slot(slots, states, left, first, second)
    state = slots[slot]
    if state == NOTHING:
        state = counters[STATES]
        counters[STATES] += 1
        slots[slot] = state
        states[state, REMAINING], states[state, FIRST], states[state, SECOND] = left, first, second
        count = 0
        some = left
        while some:
            some &= some - 1
            count += 1
        states[state, NEXT], heads[count] = heads[count], state
    elif states[state, HOLD] <= hold:
        return
    states[state, HOLD], states[state, LEAST], states[state, PARENT] = hold, least, parent
    states[state, PLACED], states[state, TURNED] = placed, int(at_second) + 2 * int(swapped)


@compiled
def _classes(shoot: Shoot, left: int, open_: int, cast: Masks, days: Numbers, blocks: Masks) -> tuple[int, int]:
    """Scenes left, joined where their cast is equal as far as anybody of it may still come to wait.

    Who is paid whatever comes (begun at both ends) counts no more, nor who has not begun and plays in one class alone.

    Returns:
        Actors that count, and how many classes there are; 0 where nobody is left who could wait.
    """
    there = 0
    for actor in range(len(shoot.pay)):
        if shoot.scenes[actor] & left and (open_ >> actor & 1 or not shoot.scenes[actor] & ~left):
            there |= 1 << actor
    while True:
        classes = 0
        some = left
        while some:
            scene = _lowest(some)
            some &= some - 1
            plays = shoot.cast[scene] & there
            place = 0
            while place < classes and cast[place] != plays:
                place += 1
            if place == classes:
                cast[place], days[place], blocks[place] = plays, 0, 0
                classes += 1
            days[place] += shoot.days[scene]
            blocks[place] |= 1 << scene
        once = twice = 0
        for place in range(classes):
            twice |= once & cast[place]
            once |= cast[place]
        alone = there & ~twice & ~open_
        if alone == 0:
            break
        there &= ~alone
    return there, (0 if there == 0 else classes)


@compiled
def _dominated(shoot: Shoot, cast: Masks, classes: int, place: int, near: int, far: int) -> bool:
    """Whether another scene may come first for certain at no more cost (rules 1 and 2 of Qin 2016, section 4.3)."""
    own_near, own_far = cast[place] | near, cast[place] | far
    for other in range(classes):
        if other == place:
            continue
        other_near, other_far = cast[other] | near, cast[other] | far
        if other_near & ~own_near:
            continue
        if own_far & ~other_far == 0:
            return True
        if _sum(shoot.pay_of, own_near & other_far) > _sum(shoot.pay_of, other_near):
            return True
    return False


@compiled
def _weigh(
    shoot: Shoot,
    there: int,
    cast: Masks,
    days: Numbers,
    classes: int,
    plays: Weights,
    waits: Weights,
    pairs: Weights,
) -> None:
    """Who plays in which class, what a class costs whoever only waits in it, and what pairs come to over all classes.

    Args:
        plays: (actors, scenes), written; 1 where the actor plays in the class.
        waits: (actors, scenes), written; pay for the days of the class where not.
        pairs: (4, actors, actors), written; of two at one end what the first waits while the second alone plays, and
            the other way round; of two at different ends what the cheaper of them costs where neither plays; and in how
            many classes both play.
    """
    actors = len(shoot.pay)
    for actor in range(actors):
        if there >> actor & 1:
            for place in range(classes):
                within = float(cast[place] >> actor & 1)
                plays[actor, place] = within
                waits[actor, place] = (1.0 - within) * shoot.pay[actor] * days[place]
    for one in range(actors):
        for other in range(one + 1, actors):
            if there >> one & there >> other & 1:
                a = b = neither = 0.0
                both = 0.0
                for place in range(classes):
                    a += waits[one, place] * plays[other, place]
                    b += waits[other, place] * plays[one, place]
                    neither += min(waits[one, place], waits[other, place])
                    both += plays[one, place] * plays[other, place]
                pairs[0, one, other], pairs[1, one, other] = a, b
                pairs[2, one, other], pairs[3, one, other] = neither, both


@compiled
def _least(
    near: int,
    far: int,
    classes: int,
    without: int,
    enough: int,
    plays: Weights,
    waits: Weights,
    pairs: Weights,
    left: Weights,
    found: Weights,
) -> float:
    """Hold that must still come, whatever the order: what pairs of open actors cost each other, each day used once.

    Of two open at one end, one leaves last and waits while the other alone plays. Of two open at different ends who
    meet in a scene, one of them waits in every scene of neither. A day of waiting that one pair has used is used up in
    that measure for the next, so the sum of all pairs is a bound; the dearest come first.
    """
    actors, count = len(plays), 0
    open_ = near | far
    for one in range(actors):
        if not open_ >> one & 1:
            continue
        left[one, :classes] = waits[one, :classes]
        left[one, without] = 0.0
        for other in range(one + 1, actors):
            if not open_ >> other & 1:
                continue
            in_one, in_other = plays[one, without], plays[other, without]
            if (near >> one & 1) == (near >> other & 1):
                a = pairs[0, one, other] - waits[one, without] * in_other
                b = pairs[1, one, other] - waits[other, without] * in_one
                value = min(a, b)
            elif pairs[3, one, other] > in_one * in_other:
                value = pairs[2, one, other] - min(waits[one, without], waits[other, without])
            else:
                value = 0.0
            if value > 0:
                found[0, count], found[1, count], found[2, count] = -value, one, other
                count += 1
    total = 0.0
    for at in np.argsort(found[0, :count], kind="mergesort"):
        if total >= enough:
            break
        one, other = int(found[1, at]), int(found[2, at])
        if (near >> one & 1) == (near >> other & 1):
            total += _one_leaves_last(left[one, :classes], left[other, :classes], plays[one], plays[other])
        else:
            total += _both_meet(left[one, :classes], left[other, :classes])
    return total


@compiled
def _one_leaves_last(one: Row, other: Row, one_plays: Row, other_plays: Row) -> float:
    """What two open at one end cost of what is left, used up in the measure of it."""
    a = b = 0.0
    for place in range(len(one)):
        a += one[place] * other_plays[place]
        b += other[place] * one_plays[place]
    value = min(a, b)
    if value > 0:
        for place in range(len(one)):
            one[place] *= 1.0 - value / a * other_plays[place]
            other[place] *= 1.0 - value / b * one_plays[place]
    return value


@compiled
def _both_meet(one: Row, other: Row) -> float:
    """What two open at different ends cost of what is left, used up. Whoever plays in a class has none left."""
    value = 0.0
    for place in range(len(one)):
        part = min(one[place], other[place])
        one[place] -= part
        other[place] -= part
        value += part
    return value


@compiled
def _sum(sums: NDArray[np.int64], some: int) -> int:
    """Pay of actors or days of scenes, eight bits at a time."""
    total = 0
    for part in range(len(sums)):
        total += sums[part, (some >> (8 * part)) & 255]
    return total


@compiled
def _lowest(some: int) -> int:
    """The lowest bit that is set, as a number."""
    low, place = some & -some, 0
    for half in (32, 16, 8, 4, 2, 1):
        if low & ((1 << half) - 1) == 0:
            low = (low >> half) & ((1 << half) - 1)
            place += half
    return place
