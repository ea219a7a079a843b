"""The best plan of each kind among all boards that were tried."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import impossible
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.costs import costs_of
from openslate.apps.production.replanning.boards import planned_board
from openslate.apps.production.replanning.bound import shot_board
from openslate.apps.production.replanning.changes import changes_between
from openslate.apps.production.replanning.plans import Plan
from openslate.apps.production.replanning.remaining import Remaining
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.arrays import Arranged

FEWEST, BETWEEN, CHEAPEST = "fewest changes", "between", "cheapest"


def chosen(rest: Remaining, arrays: Arranged, asked: int, tried: Iterable[NDArray[np.int64]]) -> tuple[Plan, ...]:
    """The best boards of each kind among all that were tried, none of them twice.

    Args:
        rest: what is left of the shoot.
        arrays: of it.
        asked: what a scene on another day may cost in the plan between.
        tried: slots of boards.
    """
    found: list[Plan] = []
    already = frozenset(one.words for one in impossible(clashes_of(shot_board(rest), arrays.rules)))
    for slots in tried:
        days = {one.number: arrays.dates[at] for one, at in zip(arrays.scenes, slots.tolist(), strict=True)}
        board = planned_board(rest, days, arrays.rules)
        if all(board != one.board for one in found):
            found.append(_plan(rest, arrays.rules, board, already))

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


def _plan(rest: Remaining, rules: Rules, board: Board, already: frozenset[str]) -> Plan:
    clashes = clashes_of(board, rules)
    # What shot days break among themselves nobody can mend; what is ahead may still break a rule on one of them.
    broken = tuple(one for one in impossible(clashes) if one.words not in already)
    return Plan((), board, costs_of(board), clashes, broken, changes_between(rest.before, board, rules))
