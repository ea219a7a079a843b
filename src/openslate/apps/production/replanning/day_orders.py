"""Days that break hours of minors, or pinned orders, tried in every order of their scenes."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.board.clash import Clash, impossible
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.costs import costs_of
from openslate.apps.production.board.lock_clashes import lock_clashes
from openslate.apps.production.board.minor_clashes import minor_clashes
from openslate.apps.production.rules.rules import Rules

MOST = 6
"""Scenes of a day that are put into every order; 720 of them."""
FEW = 24
"""Of these that keep everything, so many are tried on the board, the cheapest first."""
OF_A_DAY = ("minor-work", "minor-on-set", "minor-window", "order")
"""Clashes that the order of one day alone decides on, where all their days are that one."""


class DayOrders:
    """Days in every order, each looked at once."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._kept: dict[tuple[date, frozenset[str]], tuple[ShootDay, ...]] = {}

    def mended(self, board: Board, first: int) -> tuple[Board, bool]:
        """The same board with days in an order that keeps hours and pins, and whether one of them has none.

        Args:
            board: whose scenes stay on their days.
            first: place of the first day whose order may change.

        Returns:
            The board, and whether some day of it was shown to keep them in no order and at no call: such scenes cannot
            be shot on such a day, whatever else is.
        """
        for place in range(first, len(board.days)):
            day = board.days[place]
            if day.locked or len(day.scenes) > MOST or not _broken(board, self.rules, day):
                continue
            kept = self._orders(board, day)
            if not kept:
                return board, True
            board = min((_with(board, place, one) for one in kept), key=self._worth)
        return board, False

    def _orders(self, board: Board, day: ShootDay) -> tuple[ShootDay, ...]:
        """The best few ways to shoot a day that keep hours and pins."""
        key = day.date, frozenset(day.scenes)
        if key not in self._kept:
            kept = [one for one in _orders(board, day) if not _broken(board, self.rules, one)]
            kept.sort(key=lambda one: costs_of(_alone(board, one)).total)
            self._kept[key] = tuple(kept[:FEW])
        return self._kept[key]

    def _worth(self, board: Board) -> tuple[int, int]:
        return len(impossible(clashes_of(board, self.rules))), costs_of(board).total


def _orders(board: Board, day: ShootDay) -> Iterator[ShootDay]:
    lights = {board.shoot.scene_of[number].shift for number in day.scenes}
    for night in (False, True):
        if ("day" if night else "night") not in lights:
            for scenes in permutations(day.scenes):
                yield replace(day, scenes=scenes, night=night)


def _broken(board: Board, rules: Rules, day: ShootDay) -> Sequence[Clash]:
    """What a day breaks by its order, whatever the others are."""
    alone = _alone(board, day)
    return [one for one in (*minor_clashes(alone, rules), *lock_clashes(alone)) if one.kind in OF_A_DAY]


def _alone(board: Board, day: ShootDay) -> Board:
    """A board of one day, on which no lock speaks of another."""
    others = tuple(one.number for one in board.shoot.scenes if one.number not in day.scenes)
    return replace(board, days=(day,), boneyard=others, locks=replace(board.locks, scenes=()))


def _with(board: Board, place: int, day: ShootDay) -> Board:
    return replace(board, days=(*board.days[:place], day, *board.days[place + 1 :]))
