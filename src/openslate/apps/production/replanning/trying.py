"""Boards that are tried: what has lost its day put elsewhere, near boards in every way, then ever cheaper changes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from openslate.apps.production.replanning.candidates import Candidates
from openslate.apps.production.replanning.nearest import Nearest, nearest
from openslate.apps.production.replanning.plans import Effort
from openslate.apps.production.replanning.remaining import Remaining
from openslate.apps.production.replanning.remaining_arrays import everywhere
from openslate.apps.production.replanning.whole import best_boards
from openslate.apps.production.scheduling.arrays import Arranged
from openslate.apps.production.scheduling.stopping import Over
from openslate.models.shooting.annealing import Placed, annealed
from openslate.models.shooting.fewest_changes import must_change
from openslate.models.shooting.problem import Problem
from openslate.models.shooting.repairing import mended, reannealed, repaired
from openslate.progress import Progress

Numbers = NDArray[np.int64]
TURNS_A_SCENE = 3_000
"""For the cheapest plan, which is the hardest to find; the other two take as many together."""
TURNS = 60_000
"""For the cheapest plan of few scenes, for which more turns take no time."""
FEW = 40
"""Scenes ahead up to which the cheapest plan is looked for from several boards."""


@dataclass(frozen=True)
class Trial:
    """What is tried, and how.

    Attributes:
        rest: what is left of the shoot.
        arrays: of it.
        asked: what a scene on another day may cost.
        cost: of the board before.
        effort: how long is searched.
        over: whether to end.
        progress: told what is being done.
    """

    rest: Remaining
    arrays: Arranged
    asked: int
    cost: int
    effort: Effort
    over: Over
    progress: Progress

    @property
    def problem(self) -> Problem:
        """That of the arrays."""
        return self.arrays.problem

    @property
    def dear(self) -> Problem:
        """With changes so dear that none is worth its while, and not so dear that a sum could leave whole numbers."""
        return replace(priced(self.problem, self.asked), change_cost=self.asked + self.cost // 10)

    @property
    def ahead(self) -> int:
        """Scenes that are left to be planned."""
        return len(self.arrays.scenes) - len(self.rest.shot_scenes)

    @property
    def turns(self) -> int:
        """For the cheapest plan."""
        return max(TURNS_A_SCENE * self.ahead, TURNS) if self.effort.turns is None else self.effort.turns


def tried(trial: Trial, candidates: Candidates) -> Nearest:
    """Try boards: repaired, near ones in every way, then with ever cheaper changes, each from the one before.

    Args:
        trial: what is tried.
        candidates: that judge them, and keep them.

    Returns:
        What is known of the fewest changes.
    """
    dear, turns = trial.dear, trial.turns
    possible = everywhere(trial.rest, trial.arrays)
    few = possible and trial.ahead <= FEW
    trial.progress("Putting what has lost its day elsewhere", 0.0)
    slots = repaired(dear, _lost(trial))
    candidates.judged(slots)
    near = Nearest(int(must_change(dear).sum()))
    if few:
        near = nearest(trial.rest, trial.arrays, dear, candidates, trial.effort.boards, trial.over)
    trial.progress("Looking for better plans", 0.2)
    slots = near.slots if near.slots is not None else slots
    slots = _searched(trial, dear, slots, turns // 2, 0).slot
    candidates.judged(slots)
    if possible and not few and candidates.fewest > near.least:
        near = nearest(trial.rest, trial.arrays, dear, candidates, trial.effort.boards, trial.over)
        slots = near.slots if near.slots is not None else slots
    trial.progress("Looking for better plans", 0.4)
    slots = _searched(trial, priced(trial.problem, trial.asked), slots, turns // 2, 1).slot
    candidates.judged(slots)
    trial.progress("Looking for better plans", 0.6)
    for placed in _cheap(trial, slots, near.slots, turns, few):
        candidates.judged(placed)
    if few:
        for price in (0, trial.asked):
            problem, boards = priced(trial.problem, price), trial.effort.boards // 2
            best_boards(trial.rest, trial.arrays, problem, candidates, boards, trial.over)
    return near


def _cheap(trial: Trial, slots: Numbers, near: Numbers | None, turns: int, few: bool) -> Iterator[Numbers]:
    """Boards that are looked for whatever changes, from one board or from several."""
    free = priced(trial.problem, 0)
    yield _searched(trial, free, slots, turns, 2).slot
    if few and near is not None:
        yield _searched(trial, free, near, turns, 3).slot
    if few:
        # A search that begins hot forgets the board that it was given.
        *_, anew = annealed(free, trial.effort.seed + 4, turns, trial.over, slots)
        yield anew.slot
    if trial.rest.locks.orders:
        loose = replace(free, after=free.after[free.after[:, 2] > 0])
        relaxed = reannealed(loose, slots, trial.effort.seed + 5, turns, trial.over)
        yield _searched(trial, free, relaxed.slot, turns, 6).slot


def _searched(trial: Trial, problem: Problem, start: Numbers, turns: int, part: int) -> Placed:
    """A good board near another, one that keeps the rules if any is found."""
    seed = trial.effort.seed + part
    placed = reannealed(problem, start, seed, turns, trial.over)
    if placed.broken:
        # Boards that keep the rules may lie far from the one that was good: first any of them, then a near one.
        placed = mended(problem, placed.slot, seed, trial.turns, trial.over)
        placed = reannealed(problem, placed.slot, seed, turns, trial.over)
    return placed


def priced(problem: Problem, cost: int) -> Problem:
    """A problem in which a scene on another day costs something."""
    return replace(problem, change_cost=cost, call_cost=cost // 2)


def _lost(trial: Trial) -> Numbers:
    """A number of its day for each scene that cannot stay on it; -1 for the others."""
    days = {number: day.date for day in trial.rest.before for number in day.scenes}
    must = must_change(trial.problem)
    return np.array(
        [days[one.number].toordinal() if gone else -1 for one, gone in zip(trial.arrays.scenes, must, strict=True)],
        dtype=np.int64,
    )
