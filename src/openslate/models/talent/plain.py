"""The steps of the search in plain words: what the compiled loop is tested against, and what leads back to an order."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from openslate.models.talent.instance import Instance


@dataclass(frozen=True)
class State:
    """Where a search stands: scenes are placed from both ends inwards.

    Attributes:
        left: scenes that are still to be placed.
        near: actors who have begun at the end that is gone on from and still have scenes left.
        far: those of the other end. Who has begun at both is paid for all that is left, and counts no more.
        hold: pay for waiting that is certain by now.
    """

    left: frozenset[int]
    near: frozenset[int]
    far: frozenset[int]
    hold: int


@dataclass(frozen=True)
class Joined:
    """Scenes that are shot one after the other, because their cast is equal as far as it counts."""

    cast: frozenset[int]
    scenes: tuple[int, ...]
    days: int


def joined(instance: Instance, state: State) -> list[Joined]:
    """The scenes left, joined; without a cast where nobody is left who could still come to wait."""
    everyone = {actor: frozenset(instance.plays[actor].nonzero()[0].tolist()) for actor in range(len(instance.pay))}
    begun = state.near | state.far
    there = {actor for actor, own in everyone.items() if own & state.left and (actor in begun or own <= state.left)}
    blocks: list[tuple[int, ...]] = [(scene,) for scene in sorted(state.left)]
    while True:
        found: dict[frozenset[int], tuple[int, ...]] = {}
        for block in blocks:
            cast = frozenset(actor for actor in there if block[0] in everyone[actor])
            found[cast] = found.get(cast, ()) + block
        blocks = list(found.values())
        alone = {actor for actor in there - begun if sum(actor in cast for cast in found) < 2}
        if not alone:
            return [
                Joined(cast, block, sum(int(instance.days[scene]) for scene in block)) for cast, block in found.items()
            ]
        there -= alone


def successors(instance: Instance, state: State) -> Iterator[tuple[tuple[int, ...], State, float]]:
    """What may come next at the near end: the scenes, the state after them, and the least hold still to come."""
    found = joined(instance, state)
    if not any(one.cast for one in found):
        return
    for one in found:
        if any(_before(instance, other, one, state) for other in found if other != one):
            continue
        left = state.left - set(one.scenes)
        hold = state.hold + one.days * _pay(instance, state.near - one.cast)
        for actor in one.cast & state.far:
            hold += int(instance.pay[actor]) * sum(int(instance.days[s]) for s in left if not instance.plays[actor, s])
        near = frozenset(
            actor
            for actor in (state.near | one.cast) - state.far
            if any(instance.plays[actor, scene] for scene in left)
        )
        after = State(left, near, state.far - one.cast, hold)
        yield one.scenes, after, least(instance, [other for other in found if other != one], after)


def _before(instance: Instance, other: Joined, one: Joined, state: State) -> bool:
    """Whether the other may come before this one for certain, by the two rules of Qin 2016, section 4.3."""
    if not other.cast | state.near <= one.cast | state.near:
        return False
    if one.cast | state.far <= other.cast | state.far:
        return True
    both = (one.cast | state.near) & (other.cast | state.far)
    return _pay(instance, both) > _pay(instance, other.cast | state.near)


def least(instance: Instance, blocks: list[Joined], state: State) -> float:
    """Hold that must still come: what pairs of open actors cost each other, no day of one's waiting counted twice."""
    open_ = sorted(state.near | state.far)
    weights = {
        (actor, place): float(instance.pay[actor] * block.days)
        for actor in open_
        for place, block in enumerate(blocks)
        if actor not in block.cast
    }
    pairs = [(_value(blocks, weights, state, pair, use=False), pair) for pair in combinations(open_, 2)]
    pairs = sorted((one for one in pairs if one[0] > 0), key=lambda one: -one[0])
    return sum(_value(blocks, weights, state, pair, use=True) for _, pair in pairs)


def _value(
    blocks: list[Joined], weights: dict[tuple[int, int], float], state: State, pair: tuple[int, int], use: bool
) -> float:
    one, other = pair
    if (one in state.near) != (other in state.near):
        if not any(one in block.cast and other in block.cast for block in blocks):
            return 0.0
        parts = {
            place: min(weights[one, place], weights[other, place])
            for place, block in enumerate(blocks)
            if one not in block.cast and other not in block.cast
        }
        for place, part in parts.items() if use else ():
            weights[one, place] -= part
            weights[other, place] -= part
        return sum(parts.values())
    waits = {
        one: [place for place, block in enumerate(blocks) if one not in block.cast and other in block.cast],
        other: [place for place, block in enumerate(blocks) if other not in block.cast and one in block.cast],
    }
    totals = {actor: sum(weights[actor, place] for place in places) for actor, places in waits.items()}
    value = min(totals.values())
    if use and value > 0:
        for actor, places in waits.items():
            for place in places:
                weights[actor, place] *= 1.0 - value / totals[actor]
    return value


def _pay(instance: Instance, actors: frozenset[int]) -> int:
    return sum(int(instance.pay[actor]) for actor in actors)
