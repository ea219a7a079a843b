"""The boards with the fewest changes: ever more scenes are lifted off their days, and put on days in every way."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.apps.production.board.holding import pinned
from openslate.apps.production.replanning.candidates import Candidates
from openslate.apps.production.replanning.remaining import Remaining
from openslate.apps.production.scheduling.arrays import Arranged
from openslate.models.shooting.fewest_changes import Near, may_change, must_change, near_boards
from openslate.models.shooting.placing import Budget, Placing
from openslate.models.shooting.problem import Problem

Numbers = NDArray[np.int64]
JUDGED = 12
"""Boards with the fewest changes that are judged as boards, beside those that break a rule there."""


@dataclass(frozen=True)
class Nearest:
    """What is known of the fewest changes.

    Attributes:
        least: scenes that change their day on every plan that keeps the rules, at least.
        none: whether every plan was looked at, and none keeps the rules.
        slots: of a board that keeps them with the fewest changes that were found this way; None where none was.
    """

    least: int
    slots: Numbers | None = None
    none: bool = False


def nearest(
    rest: Remaining, arrays: Arranged, problem: Problem, candidates: Candidates, boards: int, stop: Callable[[], bool]
) -> Nearest:
    """Look for the boards with the fewest changes.

    Args:
        rest: what is left of the shoot.
        arrays: of it.
        problem: of them, with what changes cost.
        candidates: that judge boards.
        boards: that are looked at, as arrays.
        stop: asked now and then whether to end.
    """
    placing = Placing(problem, shot_slots(rest, arrays))
    least = int(must_change(problem).sum())
    # Locks of cast are kept by more than they ask for, so fewer changes may be there that were not looked at.
    certain = placing.borne == 0 and not _circle(rest, arrays) and not any(one.days for one in rest.holds)
    most = min(candidates.fewest, len(arrays.scenes))
    every = least + len(may_change(problem))
    for near in near_boards(placing, most, Budget(boards), stop):
        slots, hopeless = _legal(near, candidates)
        if slots is not None:
            return Nearest(least, slots)
        certain = certain and hopeless
        if certain:
            least = near.changes + 1
    return Nearest(least, None, least > every)


def _legal(near: Near, candidates: Candidates) -> tuple[Numbers | None, bool]:
    """The first of near boards that keeps every rule, and whether none of them all can."""
    hopeless, best = near.every, None
    good = 0
    for slots in near.slots:
        found = candidates.judged(slots)
        hopeless = hopeless and found.hopeless
        if not found.plan.broken:
            best = slots if best is None else best
            good += 1
            if good >= JUDGED:
                break
    return best, hopeless


def shot_slots(rest: Remaining, arrays: Arranged) -> Numbers:
    """Slots of scenes that are shot; -1 for all others."""
    shot = np.array([one.number in rest.shot_scenes for one in arrays.scenes])
    return np.where(shot, arrays.problem.preferred, -1).astype(np.int64)


def _circle(rest: Remaining, arrays: Arranged) -> bool:
    """Whether pinned orders ask more of the arrays than of a board."""
    pairs = pinned(rest.locks.orders, [one.number for one in arrays.scenes])
    return bool(arrays.problem.after[len(arrays.problem.after) - len(pairs) :, 2].any())
