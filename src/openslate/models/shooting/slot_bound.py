"""What any board costs at least, slot by slot: the best day of each slot, and the best spans of each payee, priced.

A payee is paid on every slot from the first to the last, and works on none that is not paid. That last demand, and that
each scene is shot, are not asked for but priced. Then every slot and every payee can be looked at alone, and exactly:
of a slot the day that is worth most of the scenes that may be shot on it, of a payee the cheapest slots from which to
which all their scenes can be shot. So permits and absences that keep somebody waiting are seen, which no bound on days
without dates can. Prices come from a linear program of the days and spans met so far, as in `bounding`, and are held
near the best ones so far, for those of the program alone jump about. Slots are first taken in blocks: a small program
says much of it at once, and its days and prices are what the next one begins with.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from openslate.models.kernels.day_pricing import dearest_days
from openslate.models.shooting.day_columns import day_columns, least_way
from openslate.models.shooting.paid_spans import Paid, PaidSpans
from openslate.models.shooting.problem import Problem
from openslate.models.shooting.slot_program import SlotPrices, SlotProgram

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]
CLOSE = 1e-4
"""Bound and program are the same when they are as near as this share."""
NEAR = 0.01
"""The same for blocks that finer ones follow: the last hundredth takes most of the rounds."""
SMOOTH = 0.7
"""How much of the best prices so far stays in those that are tried next."""
FEW = 4
"""Blocks below which slots are not put together any further."""


class SlotPricing:
    """The best day of each slot and the best spans of each payee, at any prices.

    Args:
        problem: of the shoot.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem, self._terms, self._spans = problem, problem.terms(), PaidSpans(problem)
        places, day = len(problem.fee), problem.day
        at = [one for many in range(1, day.places + 1) for one in combinations(range(places), many)]
        self._choices = np.array([[place in chosen for place in range(places)] for chosen in at])
        self._fees = self._choices @ self._terms.fee
        self._lost = np.array([least_way(problem, chosen) for chosen in at], dtype=np.int64)
        self._day = np.array([day.minutes, day.overtime_minutes, day.cost], dtype=np.int64)

    def at(self, prices: SlotPrices, block: Numbers) -> tuple[float, Flags, Paid]:
        """The bound at some prices; the best day of each block, and of each payee's spans.

        Args:
            prices: none below 0, and the same on all slots of a block.
            block: (slots,) of each slot its block; a scene may be shot in it if it may on any of its slots.
        """
        paid, sizes = self._spans.cheapest(prices.works), np.bincount(block)
        found = float(prices.scenes.sum() + paid.pay.sum() - paid.won.sum())
        days = np.zeros((len(sizes), len(self._problem.minutes)), np.bool_)
        for one, size in enumerate(sizes.tolist()):
            slots = block == one
            may = self._problem.allowed[:, slots].any(axis=1)
            worth, days[one] = self._day_of(np.where(may, prices.scenes, 0.0), prices.works[:, int(slots.argmax())])
            found -= size * max(worth, 0.0)
        return found, days, paid

    def _day_of(self, worth: Floats, pay: Floats) -> tuple[float, Flags]:
        terms = self._terms
        found, chosen = dearest_days(
            worth,
            terms.minutes,
            terms.place,
            terms.shift,
            terms.needs_from,
            terms.needs,
            np.ascontiguousarray(pay),
            self._choices,
            self._fees,
            self._lost,
            self._day,
            float(self._problem.day.overtime_cost),
            0.0,
            True,
        )
        best = int(found.argmax())
        return float(found[best]), chosen[best]


def blocks_of(slots: int) -> list[Numbers]:
    """Slots in blocks, ever finer: of eight, four, two, and one; none so large that there would be very few.

    Example:
        >>> [int(block[-1]) + 1 for block in blocks_of(20)]
        [5, 10, 20]
    """
    return [np.arange(slots) // size for size in (8, 4, 2) if slots >= FEW * size] + [np.arange(slots)]


def slot_bounds(
    problem: Problem, prices: SlotPrices, days: Sequence[Flags], stop: Callable[[], bool], most_rounds: int
) -> Iterator[tuple[float, bool]]:
    """Higher and higher bounds, moves aside, and whether there is none above.

    Args:
        problem: of the shoot.
        prices: to begin with; the same on every slot.
        days: to begin with, each as (scenes,); wherever they may be shot.
        stop: asked now and then whether to end.
        most_rounds: after which it ends, for each size of blocks.
    """
    pricing, best = SlotPricing(problem), -np.inf
    before: SlotProgram | None = None
    levels = blocks_of(len(problem.dates))
    for level, block in enumerate(levels):
        program, last = SlotProgram(problem, block), level + 1 == len(levels)
        if before is not None:
            program.learn(before)
        elif days:
            columns = day_columns(problem, np.stack(days))
            for scenes, cost in zip(columns.scenes, columns.cost.tolist(), strict=True):
                program.learn_day(scenes, cost)
        for one in _refined(
            _Level(problem, pricing, program, block, CLOSE if last else NEAR), prices, stop, most_rounds
        ):
            prices = one.prices
            if one.value > best or (one.closed and last):
                best = max(one.value, best)
                yield best, one.closed and last
        if stop():
            return
        before = program


@dataclass(frozen=True)
class _Level:
    """Blocks of one size, and how near bound and program are to come."""

    problem: Problem
    pricing: SlotPricing
    program: SlotProgram
    block: Numbers
    close: float


@dataclass(frozen=True)
class _Better:
    """A higher bound, its prices, and whether the program says no more."""

    value: float
    prices: SlotPrices
    closed: bool


def _refined(level: _Level, centre: SlotPrices, stop: Callable[[], bool], most_rounds: int) -> Iterator[_Better]:
    """Higher and higher bounds of some blocks."""
    program, best, tried = level.program, -np.inf, centre
    for rounds in range(1, most_rounds + 1):
        found, days, paid = level.pricing.at(tried, level.block)
        if found > best:
            best, centre = found, tried
            yield _Better(best, centre, False)
        if stop():
            return
        shot = np.flatnonzero(days.any(axis=1))
        for one, cost in zip(shot.tolist(), day_columns(level.problem, days[shot]).cost.tolist(), strict=True):
            program.add_day(one, days[one], cost)
        program.add_spans(paid)
        value, prices = program.solved()
        if best >= value - level.close * abs(value):
            yield _Better(best, centre, True)
            return
        tried = prices if rounds % 4 == 0 else prices.mixed(centre, SMOOTH)
