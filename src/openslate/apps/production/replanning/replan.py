"""Replan: the rest of a shoot after facts have changed it, with the fewest changes, the cheapest, and between them."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import impossible, penalties
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.costs import costs_of
from openslate.apps.production.replanning.boards import planned_board
from openslate.apps.production.replanning.bound import Ahead, ahead_of, counted, proved
from openslate.apps.production.replanning.changes import changes_between
from openslate.apps.production.replanning.facts import Fact, Lost, fact_words, first_day, shoot_with
from openslate.apps.production.replanning.plans import Effort, Plan, Replanned
from openslate.apps.production.replanning.remaining import Remaining, arrays_of, released_words, remaining
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.arrays import Arranged
from openslate.apps.production.scheduling.impossible import why_impossible
from openslate.apps.production.scheduling.stopping import Over, never
from openslate.clock import stopwatch
from openslate.errors import UsageError
from openslate.models.shooting.problem import Problem
from openslate.models.shooting.repairing import mended, reannealed, repaired
from openslate.progress import Progress, silent

TURNS_A_SCENE = 3_000
"""For the cheapest plan, which is the hardest to find; the other two take as many together."""
CHANGE_SHARE = 2
"""By default a scene that changes its day costs this part of what a scene costs on average."""
LOST_WORDS = "What a lost day itself costs, such as the unit and people held on it, is in none of these figures."
FEWEST, BETWEEN, CHEAPEST = "fewest changes", "between", "cheapest"


def replan(
    board: Board,
    facts: Sequence[Fact],
    rules: Rules = Rules(),
    begins: date | None = None,
    change_cost: int | None = None,
    leave: Sequence[str] = (),
    effort: Effort = Effort(),
    stop: Callable[[], bool] = never,
    progress: Progress = silent,
) -> Replanned:
    """Plan the rest of a shoot anew.

    Stability: provisional.

    Args:
        board: as it was; its scenes in the boneyard stay there.
        facts: that have changed the shoot.
        rules: that hold.
        begins: the first day that may be planned; days before it stay as they are, and count as shot unless they are
            lost. None for the first day that facts change.
        change_cost: what a scene on another day may cost in the plan between fewest changes and cheapest, in whole
            units of the currency; a day of work that somebody gains or loses costs half of it. None for half of what
            a scene costs on average on the board before.
        leave: numbers of scenes that go to the boneyard.
        effort: how long is searched and proved.
        stop: asked now and then whether to end with what there is.
        progress: told what is being done.

    Raises:
        UsageError: facts name what is not there, contradict what is shot, or leave nothing to plan.
    """
    began = stopwatch()
    first = begins or first_day(facts)
    if first is None:
        raise UsageError("Nothing has changed.", "Name a lost day, somebody who is out, or the first day to plan.")
    shoot = shoot_with(board.shoot, facts)
    lost = {one.day for one in facts if isinstance(one, Lost)}
    rest = remaining(board, shoot, lost, first, leave)
    arrays = arrays_of(rest, rules)
    cost_before = costs_of(board).total + penalties(clashes_of(board, rules))
    asked = _usual_change_cost(board, cost_before) if change_cost is None else change_cost
    ahead = ahead_of(rest, arrays)
    over = Over(stop, began, effort.seconds)
    with ThreadPoolExecutor(1) as beside:
        proving = beside.submit(_proved, ahead, effort.rounds, over)
        plans = _plans(rest, arrays, asked, cost_before, effort, over, progress)
        seconds = stopwatch() - began
        progress("Proving what no plan costs less than", 0.9)
        bound, closed = proving.result()
    why: tuple[str, ...] = ()
    if plans[0].broken:
        progress("Looking for what cannot be kept together", 0.95)
        why = why_impossible(rest.ahead, rules, rest.fixed)
    return Replanned(
        before=board,
        shoot=shoot,
        facts=tuple(fact_words(board.shoot, one) for one in facts),
        begins=first,
        cost_before=cost_before,
        plans=plans,
        shot=ahead.shot,
        bound=bound,
        closed=closed,
        change_cost=asked,
        why=why,
        notices=(*released_words(rest), *([LOST_WORDS] if lost else [])),
        seconds=seconds,
    )


def _usual_change_cost(board: Board, cost: int) -> int:
    scenes = sum(len(day.scenes) for day in board)
    return max(cost // (CHANGE_SHARE * max(scenes, 1)), 1)


def _proved(ahead: Ahead, rounds: int, stop: Callable[[], bool]) -> tuple[int, bool]:
    best, closed = counted(ahead), False
    if rounds:
        *_, (last, closed) = proved(ahead, rounds, stop)
        best = max(best, last)
    return best, closed


def _plans(
    rest: Remaining, arrays: Arranged, asked: int, cost: int, effort: Effort, over: Over, progress: Progress
) -> tuple[Plan, ...]:
    """The best boards of each kind among all that were found, none of them twice."""
    found: list[Plan] = []
    for slots in _tried(rest, arrays, asked, cost, effort, over, progress):
        days = {one.number: arrays.dates[at] for one, at in zip(arrays.scenes, slots.tolist(), strict=True)}
        board = planned_board(rest, days, arrays.rules)
        if all(board != one.board for one in found):
            found.append(_plan(rest, arrays.rules, board))

    def moderate(plan: Plan) -> int:
        return plan.cost + asked * len(plan.changes.scenes) + asked // 2 * plan.changes.cast_days

    def fewest_first(plan: Plan) -> tuple[int, ...]:
        return len(plan.broken), len(plan.changes.scenes), moderate(plan)

    best = {
        FEWEST: min(found, key=fewest_first),
        BETWEEN: min(found, key=lambda plan: (len(plan.broken), moderate(plan), *fewest_first(plan))),
        CHEAPEST: min(found, key=lambda plan: (len(plan.broken), plan.cost, *fewest_first(plan))),
    }
    names: dict[int, list[str]] = {}
    for name, plan in best.items():
        names.setdefault(id(plan), []).append(name)
    return tuple(replace(plan, names=tuple(names.pop(id(plan)))) for plan in best.values() if id(plan) in names)


def _plan(rest: Remaining, rules: Rules, board: Board) -> Plan:
    clashes = clashes_of(board, rules)
    shot = {day.date for day in rest.shot}
    broken = tuple(one for one in impossible(clashes) if not one.dates or not set(one.dates) <= shot)
    return Plan((), board, costs_of(board), clashes, broken, changes_between(rest.before, board, rules))


def _tried(
    rest: Remaining, arrays: Arranged, asked: int, cost: int, effort: Effort, over: Over, progress: Progress
) -> Iterator[NDArray[np.int64]]:
    """Slots of boards: repaired, then with ever cheaper changes, each from the one before."""
    problem = arrays.problem
    kept = np.where(problem.preferred >= 0, problem.preferred, 0)
    stays = (problem.preferred >= 0) & problem.allowed[np.arange(len(kept)), kept]
    turns = effort.turns
    if turns is None:
        turns = TURNS_A_SCENE * (len(arrays.scenes) - len(rest.shot_scenes))
    # So dear that no change is worth its while, and not so dear that a sum could leave whole numbers.
    dear = replace(_with_changes(problem, asked), change_cost=asked + cost // 10)
    progress("Putting what has lost its day elsewhere", 0.0)
    slots = repaired(dear, _lost(rest, arrays, stays))
    yield slots
    stages = (dear, turns // 2), (_with_changes(problem, asked), turns // 2), (_with_changes(problem, 0), turns)
    for part, (priced, tries) in enumerate(stages):
        progress("Looking for better plans", 0.2 + 0.2 * part)
        placed = reannealed(priced, slots, effort.seed + part, tries, over)
        if placed.broken:
            # Boards that keep the rules may lie far from the one that was good: first any of them, then a near one.
            placed = mended(priced, placed.slot, effort.seed + part, turns, over)
            placed = reannealed(priced, placed.slot, effort.seed + part, tries, over)
        slots = placed.slot
        yield slots


def _with_changes(problem: Problem, cost: int) -> Problem:
    return replace(problem, change_cost=cost, call_cost=cost // 2)


def _lost(rest: Remaining, arrays: Arranged, stays: NDArray[np.bool_]) -> NDArray[np.int64]:
    """A number of its day for each scene that cannot stay on it; -1 for the others."""
    days = {number: day.date for day in rest.before for number in day.scenes}
    return np.array(
        [-1 if stay else days[one.number].toordinal() for one, stay in zip(arrays.scenes, stays, strict=True)],
        dtype=np.int64,
    )
