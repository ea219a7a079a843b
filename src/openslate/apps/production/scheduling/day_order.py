"""The order of a day's scenes in which minors are on set for no longer, and no later, than they may."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, permutations

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.board.costs import places_of
from openslate.apps.production.board.times import on_set, times_of
from openslate.apps.production.rules.limits import minor_window
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.minors import limits_on, minors_of
from openslate.apps.production.shoot.people import CastMember

Worth = tuple[int, int, int, int]
"""Orders of a person not kept, minutes beyond what minors may, cost of moves, changes of set: less is better."""


def minors_kept(board: Board, rules: Rules) -> Board:
    """The same board, with the scenes of days on which minors' hours are broken in the best order that is found.

    Places stay together, so that no day has more moves than before; locked days stay as they are.

    Args:
        board: whose scenes stay on their days.
        rules: that hold.
    """
    minors = minors_of(board.shoot, rules)
    if not minors:
        return board
    days = tuple(day if day.locked else _kept(board, rules, day, minors) for day in board)
    return replace(board, days=days)


def _kept(board: Board, rules: Rules, day: ShootDay, minors: tuple[CastMember, ...]) -> ShootDay:
    best, worth = day, _worth(board, rules, day, minors)
    if worth[1] == 0:
        return day
    for start in _starts(board, day):
        found = _climbed(board, rules, start, minors)
        if found[1] < worth:
            best, worth = found
    return best


def _starts(board: Board, day: ShootDay) -> Iterator[ShootDay]:
    """The day with its places in every order, the scenes of each as they are and the other way round."""
    shoot = board.shoot
    at = {number: shoot.place_of(shoot.scene_of[number]) for number in day.scenes}
    for order in permutations(places_of(shoot, day)):
        for scenes in (day.scenes, day.scenes[::-1]):
            yield replace(day, scenes=tuple(number for place in order for number in scenes if at[number] == place))


def _climbed(board: Board, rules: Rules, day: ShootDay, minors: tuple[CastMember, ...]) -> tuple[ShootDay, Worth]:
    """Move scenes about while that helps."""
    best, worth = day, _worth(board, rules, day, minors)
    while True:
        others = [(_worth(board, rules, other, minors), other) for other in _moved(board, best)]
        found = min(others, key=lambda one: (one[0], one[1].scenes), default=None)
        if found is None or found[0] >= worth:
            return best, worth
        worth, best = found


def _moved(board: Board, day: ShootDay) -> Iterator[ShootDay]:
    """Every order in which one scene is elsewhere among those of its place."""
    shoot = board.shoot
    place = [shoot.place_of(shoot.scene_of[number]) for number in day.scenes]
    for start in range(len(day.scenes)):
        for end in range(len(day.scenes)):
            if start != end and place[start] == place[end]:
                scenes = [*day.scenes[:start], *day.scenes[start + 1 :]]
                scenes.insert(end, day.scenes[start])
                yield replace(day, scenes=tuple(scenes))


def _worth(board: Board, rules: Rules, day: ShootDay, minors: tuple[CastMember, ...]) -> Worth:
    shoot, row = board.shoot, {number: row for row, number in enumerate(day.scenes)}
    turned = sum(row[one] > row[other] for order in board.locks.orders for one, other in pairwise(_there(order, row)))
    places = places_of(shoot, day)
    moves = sum(shoot.move_between(one, other).cost for one, other in pairwise(places))
    sets = [shoot.scene_of[number].set for number in day.scenes]
    changes = sum(one != other for one, other in pairwise(sets))
    return turned, _beyond(board, rules, day, minors), moves, changes


def _there(order: tuple[str, ...], row: dict[str, int]) -> list[str]:
    return [number for number in order if number in row]


def _beyond(board: Board, rules: Rules, day: ShootDay, minors: tuple[CastMember, ...]) -> int:
    """Minutes for which minors are on set beyond what they may."""
    shoot, times, (opens, closes), found = board.shoot, times_of(board.shoot, day), minor_window(rules), 0
    for member in minors:
        own = {number for number in day.scenes if member.id in shoot.scene_of[number].cast}
        if own:
            starts, ends = on_set(times, own)
            found += max(ends - starts - limits_on(rules, member, day.date)[1], 0)
            found += max(opens - starts, 0) + max(ends - closes, 0)
    return found
