"""A board from the days that a search found: places of each day in the cheapest order, scenes in that of the script."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise, permutations

from openslate.apps.production.board.board import Board, Locks, ShootDay
from openslate.apps.production.board.costs import places_of
from openslate.apps.production.board.holding import Pair, locked_days, pinned
from openslate.apps.production.shoot.scenes import Scene
from openslate.apps.production.shoot.shoot import Shoot

Order = tuple[str, ...]


@dataclass(frozen=True)
class _Way:
    """The cheapest way through the days so far that ends with one order of the last day's places."""

    cost: int
    orders: tuple[Order, ...]


def board_of(
    shoot: Shoot,
    days: Mapping[str, date],
    locks: Locks = Locks(),
    held: Board | None = None,
) -> Board:
    """The board on which scenes are shot on given days; all others are in the boneyard.

    Args:
        shoot: of the scenes.
        days: number of a scene to its day.
        locks: that the board keeps; scenes of one day are put into pinned orders where their places let them.
        held: the board before: a locked day of it that has the same scenes is taken as it is.
    """
    on: dict[date, list[Scene]] = {}
    for scene in shoot.scenes:
        if scene.number in days:
            on.setdefault(days[scene.number], []).append(scene)
    dates = sorted(on)
    pins = pinned(locks.orders, days)
    kept = _kept(held, on)
    ways = [_places(shoot, on[day], pins, kept.get(day)) for day in dates]
    built = tuple(
        kept[day]
        if day in kept
        else ShootDay(
            day,
            tuple(one.number for place in order for one in _in_place(shoot, on[day], place, pins)),
            any(one.shift == "night" for one in on[day]),
        )
        for day, order in zip(dates, _orders(shoot, [on[day] for day in dates], ways), strict=True)
    )
    return Board(shoot, built, tuple(one.number for one in shoot.scenes if one.number not in days), locks)


def _kept(held: Board | None, on: Mapping[date, list[Scene]]) -> dict[date, ShootDay]:
    """Locked days that have the scenes that they had."""
    if held is None:
        return {}
    there = {day: {one.number for one in scenes} for day, scenes in on.items()}
    same = {day for day, scenes in locked_days(held).items() if set(scenes) == there.get(day)}
    return {day.date: day for day in held if day.date in same}


def _places(shoot: Shoot, scenes: list[Scene], pins: Sequence[Pair], kept: ShootDay | None) -> list[Order]:
    """Orders in which the places of a day may be gone to; all of them where pinned orders leave none."""
    if kept is not None:
        return [tuple(places_of(shoot, kept))]
    place = {one.number: shoot.place_of(one) for one in scenes}
    every = list(permutations(dict.fromkeys(place.values())))
    before = {(place[one], place[other]) for one, other in pins if one in place and other in place}
    fit = [order for order in every if all(order.index(one) <= order.index(other) for one, other in before)]
    return fit or every


def _in_place(shoot: Shoot, scenes: list[Scene], place: str, pins: Sequence[Pair]) -> list[Scene]:
    """The scenes of a day at one place: minors first, then set by set, as the script has them; but as pinned."""
    there = [one for one in scenes if shoot.place_of(one) == place]
    minors = {one.id for one in shoot.cast if one.born is not None}
    sets = list(dict.fromkeys(one.set for one in there))
    left = sorted(there, key=lambda one: (not minors & set(one.cast), sets.index(one.set)))
    found: list[Scene] = []
    while left:
        waits = {later for one, later in pins if any(scene.number == one for scene in left)}
        found.append(next(one for one in left if one.number not in waits))
        left.remove(found[-1])
    return found


def _orders(shoot: Shoot, days: list[list[Scene]], choices: list[list[Order]]) -> tuple[Order, ...]:
    """The order of each day's places in which moves and overtime cost least."""
    ways = [_Way(0, ())]
    for scenes, orders in zip(days, choices, strict=True):
        minutes = sum(shoot.minutes_of(one) for one in scenes)
        found = []
        for order in orders:
            moving, cost = _way_of(shoot, order)
            cost += max(minutes + moving - shoot.day.minutes, 0) * shoot.day.overtime_cost
            # The least comes first where several cost the same, so that the board is always the same one.
            best = min(ways, key=lambda way: way.cost + _link(shoot, way, order))
            found.append(_Way(best.cost + _link(shoot, best, order) + cost, (*best.orders, order)))
        ways = found
    return min(ways, key=lambda way: way.cost).orders


def _link(shoot: Shoot, way: _Way, order: Order) -> int:
    return shoot.move_between(way.orders[-1][-1], order[0]).cost if way.orders else 0


def _way_of(shoot: Shoot, places: tuple[str, ...]) -> tuple[int, int]:
    """Minutes and cost of going from place to place."""
    ways = [shoot.move_between(one, other) for one, other in pairwise(places)]
    return sum(way.minutes for way in ways), sum(way.cost for way in ways)
