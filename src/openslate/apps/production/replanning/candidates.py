"""Boards that were come upon, each judged once: with its costs, and by every rule that is seen on a board alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.apps.production.board.clash import Clash, impossible
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.costs import costs_of
from openslate.apps.production.replanning.boards import planned_board
from openslate.apps.production.replanning.bound import shot_board
from openslate.apps.production.replanning.changes import changes_between
from openslate.apps.production.replanning.day_orders import DayOrders
from openslate.apps.production.replanning.night_days import rests_kept
from openslate.apps.production.replanning.plans import Plan, moved_scenes
from openslate.apps.production.replanning.remaining import Remaining
from openslate.apps.production.scheduling.arrays import Arranged

Numbers = NDArray[np.int64]
MANY = 1 << 30


@dataclass(frozen=True)
class Candidate:
    """A board that was come upon.

    Attributes:
        plan: of it, without a name.
        hopeless: whether its scenes were shown to keep the rules on these days in no order; else what is broken on it
            may be for the order that it was given.
    """

    plan: Plan
    hopeless: bool


class Candidates:
    """All boards that were come upon, none of them twice."""

    def __init__(self, rest: Remaining, arrays: Arranged) -> None:
        self.rest, self.arrays = rest, arrays
        # What shot days break among themselves nobody can mend; what is ahead may still break a rule on one of them.
        self._already = frozenset(one.words for one in impossible(clashes_of(shot_board(rest), arrays.rules)))
        self._orders = DayOrders(arrays.rules)
        self._found: dict[bytes, Candidate] = {}

    @property
    def plans(self) -> list[Plan]:
        """Those that were judged, in the order in which they were."""
        return [one.plan for one in self._found.values()]

    @property
    def fewest(self) -> int:
        """The fewest scenes on another day with which a board keeps every rule; very many where none does."""
        return min((moved_scenes(one) for one in self.plans if not one.broken), default=MANY)

    def judged(self, slots: Numbers) -> Candidate:
        """The board with scenes on some slots.

        Args:
            slots: (scenes,) of each.
        """
        key = slots.astype(np.int64).tobytes()
        if key not in self._found:
            self._found[key] = self._judged(slots)
        return self._found[key]

    def _judged(self, slots: Numbers) -> Candidate:
        rest, arrays = self.rest, self.arrays
        days = {one.number: arrays.dates[at] for one, at in zip(arrays.scenes, slots.tolist(), strict=True)}
        board, hopeless = planned_board(rest, days, arrays.rules), False
        if self._broken(clashes_of(board, arrays.rules)):
            board = rests_kept(board, arrays.rules, len(rest.shot))
            board, hopeless = self._orders.mended(board, len(rest.shot))
        clashes = clashes_of(board, arrays.rules)
        changes = changes_between(rest.before, board, arrays.rules)
        plan = Plan((), board, costs_of(board), clashes, self._broken(clashes), changes)
        return Candidate(plan, hopeless and bool(plan.broken))

    def _broken(self, clashes: tuple[Clash, ...]) -> tuple[Clash, ...]:
        return tuple(one for one in impossible(clashes) if one.words not in self._already)
