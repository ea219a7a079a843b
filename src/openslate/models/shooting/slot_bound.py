"""What any board costs at least, slot by slot: the best day of each slot, and the best spans of each payee, priced.

A payee is paid on every slot from the first to the last, and works on none that is not paid. That last demand, and that
each scene is shot, are not asked for but priced. Then every slot and every payee can be looked at alone, and exactly:
of a slot the day that is worth most of the scenes that may be shot on it, of a payee the cheapest slots from which to
which all their scenes can be shot. So permits and absences that keep somebody waiting are seen, which no bound on days
without dates can. Prices come from a linear program of the days and spans met so far, as in `bounding`, and are held
near the best ones so far, for those of the program alone jump about.
"""

from collections.abc import Callable, Iterator
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
CLOSE = 1e-4
"""Bound and program are the same when they are as near as this share."""
SMOOTH = 0.7
"""How much of the best prices so far stays in those that are tried next."""


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

    def at(self, prices: SlotPrices) -> tuple[float, Flags, Paid]:
        """The bound at some prices, none of them below 0; the best day of each slot, and of each payee's spans."""
        paid = self._spans.cheapest(prices.works)
        found = float(prices.scenes.sum() + paid.pay.sum() - paid.won.sum())
        days = np.zeros((len(self._problem.dates), len(self._problem.minutes)), np.bool_)
        for slot in range(len(days)):
            worth, days[slot] = self._day_of(slot, prices)
            found -= max(worth, 0.0)
        return found, days, paid

    def _day_of(self, slot: int, prices: SlotPrices) -> tuple[float, Flags]:
        terms = self._terms
        found, chosen = dearest_days(
            np.where(self._problem.allowed[:, slot], prices.scenes, 0.0),
            terms.minutes,
            terms.place,
            terms.shift,
            terms.needs_from,
            terms.needs,
            np.ascontiguousarray(prices.works[:, slot]),
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


def slot_bounds(
    problem: Problem, prices: SlotPrices, stop: Callable[[], bool], most_rounds: int
) -> Iterator[tuple[float, bool]]:
    """Higher and higher bounds, moves aside, and whether there is none above; the first is that of the prices given.

    Args:
        problem: of the shoot.
        prices: to begin with.
        stop: asked now and then whether to end.
        most_rounds: after which it ends.
    """
    pricing, program = SlotPricing(problem), SlotProgram(problem)
    best, centre, tried = -np.inf, prices, prices
    for rounds in range(1, most_rounds + 1):
        found, days, paid = pricing.at(tried)
        if found > best:
            best, centre = found, tried
            yield best, False
        if stop():
            return
        shot = np.flatnonzero(days.any(axis=1))
        for slot, cost in zip(shot.tolist(), day_columns(problem, days[shot]).cost.tolist(), strict=True):
            program.add_day(slot, days[slot], cost)
        program.add_spans(paid)
        value, prices = program.solved()
        if best >= value - CLOSE * abs(value):
            yield best, True
            return
        tried = prices if rounds % 4 == 0 else prices.mixed(centre, SMOOTH)
