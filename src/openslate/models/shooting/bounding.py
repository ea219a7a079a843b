"""What any board of a shoot costs at least, proved without a board.

First days alone, then slot by slot (`slot_bound`), then, if there is time left, days and spans: two relaxations that
are held together by one linear program. Days: every scene is on some day, a day has only so many
minutes and places, and costs the unit, its places, its overtime, and a day of each payee who plays in it; where a payee
waits is forgotten. Spans: the scenes of a group of payees are put in the best order, and each is paid from the first to
the last, in minutes; where days end is forgotten. Of each payee's days either may speak, and the program finds the
share in which both together say most. Days and orders are brought in as they are needed (column generation), and every
round gives a bound, for what the next day or order could save at most is known exactly. Moves come on top: no board
visits every place with less than a tree that joins them all.

Sources: G. Dantzig, P. Wolfe, "Decomposition principle for linear programs", Operations Research 8, 1960; L. Lasdon,
"Optimization theory for large systems", 1970, for the bound of every round; the groups are the actor groups of talent
scheduling, with pay split between them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import minimum_spanning_tree

from openslate.models.kernels.shoot_search import WEEKLY
from openslate.models.shooting.bound_program import Priced, Program
from openslate.models.shooting.cast_groups import groups_of, spanned
from openslate.models.shooting.day_columns import Worth, best_days, day_columns
from openslate.models.shooting.problem import Problem
from openslate.models.shooting.slot_bound import slot_bounds
from openslate.models.shooting.slot_program import SlotPrices

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
FAMILIES = 3
"""Ways in which the payees are parted into groups; each payee's pay is split between them."""
MOST_ROUNDS = 300
CLOSE = 1e-4
"""Bound and program are the same when they are as near as this share."""
SMOOTH = 0.5
"""How much of the best prices so far stays in those that are tried next."""


@dataclass(frozen=True)
class Bounded:
    """What is proved.

    Attributes:
        bound: no board costs less.
        days: of it, what the program says of days, payees among them.
        moves: of it, what visiting every place costs at least.
        rounds: until then.
        closed: whether the program says no more.
    """

    bound: int
    days: float
    moves: int
    rounds: int
    closed: bool


def bounds(
    problem: Problem, stop: Callable[[], bool], families: int = FAMILIES, most_rounds: int = MOST_ROUNDS
) -> Iterator[Bounded]:
    """Better and better bounds; the last is the best.

    Args:
        problem: what is scheduled.
        stop: asked now and then whether to end.
        families: ways in which the payees are parted into groups, last of all; 0 for none.
        most_rounds: after which it ends.
    """
    rate, least = per_slot(problem)
    moves, best = least_moves(problem), at_once(problem, rate, least)
    yield _said(best, moves, 0, False)
    begun = _Begun()
    for days in _rounds(problem, [], stop, most_rounds, begun):
        if days.value > best:
            best = days.value
            yield _said(best, moves, days.rounds, False)
    for found, closed in slot_bounds(problem, begun.prices(len(problem.dates)), begun.days, stop, most_rounds):
        if found > best or closed:
            best = max(found, best)
            yield _said(best, moves, days.rounds, closed)
    if stop():
        return
    orderable = np.flatnonzero((problem.payees.kind <= WEEKLY) & (problem.payees.drops == 0) & (rate > 0))
    weights = rate * (problem.needs @ problem.minutes)
    groups = [group for seed in range(families) for group in groups_of(problem, orderable, weights, seed)]
    groups = [group for group in groups if len(group) > 1]
    for spans in _rounds(problem, groups, stop, most_rounds, _Begun()) if groups else ():
        if spans.value > best:
            best = spans.value
            yield _said(best, moves, spans.rounds, spans.closed)


@dataclass(frozen=True)
class _Round:
    """A better value of the program of days and spans."""

    value: float
    rounds: int
    closed: bool


@dataclass
class _Begun:
    """The best prices of a program, and the days that its last solution mixes."""

    best: Priced | None = None
    days: list[Flags] = field(default_factory=list)

    def prices(self, slots: int) -> SlotPrices:
        """The same on every slot."""
        assert self.best is not None
        return SlotPrices(self.best.scenes, np.repeat(self.best.days[:, None], slots, axis=1))


def _rounds(
    problem: Problem,
    groups: list[NDArray[np.int64]],
    stop: Callable[[], bool],
    most_rounds: int,
    begun: _Begun,
) -> Iterator[_Round]:
    """Better and better values of the program; what the next program may begin with is left in `begun`."""
    rate, least = per_slot(problem)
    program = Program(problem, rate, least, groups)
    program.add_days(day_columns(problem, np.eye(len(problem.minutes), dtype=np.bool_)))
    minutes = float(problem.day.minutes)
    for number, group in enumerate(groups):
        program.add_order(number, spanned(problem, group, rate[group] / minutes, stop).minutes / minutes)
    best, centre, rounds = -np.inf, None, 0
    while True:
        value, prices = program.solved()
        begun.days = program.used_days()
        rounds += 1
        tried = prices if centre is None or rounds % 4 == 0 else prices.mixed(centre, SMOOTH)
        found = _at(problem, program, groups, rate, least, tried, stop)
        if found > best:
            best, centre = found, tried
            begun.best = tried
            yield _Round(best, rounds, best >= value - CLOSE * abs(value))
        if best >= value - CLOSE * abs(value) or rounds == most_rounds or stop():
            return


def per_slot(problem: Problem) -> tuple[Floats, Floats]:
    """What a slot of each payee costs at least, and how many they are paid for at least.

    Weeks are paid whole; a slot of them is worth the share of a week with as many slots as any has.
    """
    dates, payees = problem.dates, problem.payees
    longest = int((np.searchsorted(dates, dates + 7) - np.arange(len(dates))).max())
    weekly = payees.kind == WEEKLY
    rate = np.where(weekly, payees.rate / longest, payees.rate).astype(np.float64)
    plays = problem.needs.any(axis=1)
    least = np.where(weekly, np.maximum(payees.least, 1) * longest, np.maximum(payees.least, 1))
    least = np.where(plays, least, np.where(weekly, 0, payees.least)).astype(np.float64)
    first = np.where(problem.allowed.any(axis=1), problem.allowed.argmax(axis=1), 0)
    last = len(dates) - 1 - problem.allowed[:, ::-1].argmax(axis=1)
    for payee in np.flatnonzero((payees.kind <= WEEKLY) & (payees.drops == 0) & plays):
        mine = problem.needs[payee]
        least[payee] = max(least[payee], first[mine].max() - last[mine].min() + 1)
    return rate, least


def at_once(problem: Problem, rate: Floats, least: Floats) -> float:
    """What days cost at least by counting alone, so that there is a bound before the program has said anything.

    Args:
        problem: of the shoot.
        rate, least: as `per_slot` has them.
    """
    day, total = problem.day, int(problem.minutes.sum())
    shot = np.bincount(problem.place, problem.minutes, len(problem.fee))
    # Days with overtime against days more: by one of these numbers the unit and its overtime cost least.
    fewest = -(-total // day.longest)
    most = max(-(-total // day.minutes), fewest)
    days = np.arange(fewest, most + 1)
    unit = (days * day.cost + np.maximum(total - days * day.minutes, 0) * day.overtime_cost).min()
    return float(unit + problem.fee @ np.ceil(shot / day.longest) + rate @ least)


def least_moves(problem: Problem) -> int:
    """What joining all places that are visited costs at least: a path is a tree."""
    places = np.unique(problem.place)
    # A way that costs nothing still joins two places: the tree takes ways that are there, so each costs one more.
    ways = problem.way_cost[np.ix_(places, places)] + 1.0
    np.fill_diagonal(ways, 0.0)
    return round(float(minimum_spanning_tree(ways).sum())) - (len(places) - 1)


def _at(
    problem: Problem,
    program: Program,
    groups: list[NDArray[np.int64]],
    rate: Floats,
    least: Floats,
    prices: Priced,
    stop: Callable[[], bool],
) -> float:
    """The bound at some prices; days and orders that say more are brought into the program."""
    minutes = float(problem.day.minutes)
    most, scenes = best_days(
        problem, Worth(prices.scenes, prices.days, float(sum(p.sum() for p in prices.spans)) / minutes)
    )
    found = float(prices.scenes.sum()) - len(problem.dates) * most
    left = rate - prices.days
    program.add_days(day_columns(problem, scenes))
    for number, (group, pay) in enumerate(zip(groups, prices.spans, strict=True)):
        left[group] -= pay
        if pay.max() <= 0:
            continue
        order = spanned(problem, group, pay / minutes, stop)
        found += order.bound
        program.add_order(number, order.minutes / minutes)
    return (
        found + float((np.maximum(left, 0.0) * least).sum()) + float((np.minimum(left, 0.0) * len(problem.dates)).sum())
    )


def _said(days: float, moves: int, rounds: int, closed: bool) -> Bounded:
    return Bounded(int(np.ceil(days - 1e-6)) + moves, days, moves, rounds, closed)
