"""A board from the days that a search found: places of each day in the cheapest order, scenes in that of the script."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import permutations

from openslate.apps.production.board.board import Board, Locks, ShootDay
from openslate.apps.production.scheduling.arrays import way_of
from openslate.apps.production.shoot.scenes import Scene
from openslate.apps.production.shoot.shoot import Shoot

Order = tuple[str, ...]


@dataclass(frozen=True)
class _Way:
    """The cheapest way through the days so far that ends with one order of the last day's places."""

    cost: int
    orders: tuple[Order, ...]


def board_of(
    shoot: Shoot, days: Mapping[str, date], locks: Locks = Locks(), locked: frozenset[date] = frozenset()
) -> Board:
    """The board on which scenes are shot on given days; all others are in the boneyard.

    Args:
        shoot: of the scenes.
        days: number of a scene to its day.
        locks: that the board keeps.
        locked: days that may not be changed.
    """
    on: dict[date, list[Scene]] = {}
    for scene in shoot.scenes:
        if scene.number in days:
            on.setdefault(days[scene.number], []).append(scene)
    dates = sorted(on)
    orders = _orders(shoot, [on[day] for day in dates])
    built = tuple(
        ShootDay(
            day,
            tuple(one.number for place in order for one in _in_place(shoot, on[day], place)),
            any(one.shift == "night" for one in on[day]),
            day in locked,
        )
        for day, order in zip(dates, orders, strict=True)
    )
    return Board(shoot, built, tuple(one.number for one in shoot.scenes if one.number not in days), locks)


def _in_place(shoot: Shoot, scenes: list[Scene], place: str) -> list[Scene]:
    """The scenes of a day at one place: those of minors first, then set by set, as the script has them."""
    there = [one for one in scenes if shoot.place_of(one) == place]
    minors = {one.id for one in shoot.cast if one.born is not None}
    sets = list(dict.fromkeys(one.set for one in there))
    return sorted(there, key=lambda one: (not minors & set(one.cast), sets.index(one.set)))


def _orders(shoot: Shoot, days: list[list[Scene]]) -> tuple[Order, ...]:
    """The order of each day's places in which moves and overtime cost least."""
    ways = [_Way(0, ())]
    for scenes in days:
        places = tuple(dict.fromkeys(shoot.place_of(one) for one in scenes))
        minutes = sum(shoot.minutes_of(one) for one in scenes)
        found = []
        for order in permutations(places):
            moving, cost = way_of(shoot, order)
            cost += max(minutes + moving - shoot.day.minutes, 0) * shoot.day.overtime_cost
            # The least comes first where several cost the same, so that the board is always the same one.
            best = min(ways, key=lambda way: way.cost + _link(shoot, way, order))
            found.append(_Way(best.cost + _link(shoot, best, order) + cost, (*best.orders, order)))
        ways = found
    return min(ways, key=lambda way: way.cost).orders


def _link(shoot: Shoot, way: _Way, order: Order) -> int:
    return shoot.move_between(way.orders[-1][-1], order[0]).cost if way.orders else 0
