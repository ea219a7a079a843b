"""The linear program of the bound slot by slot: days and spans that are known so far, and the prices that follow."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array

from openslate.models.shooting.paid_spans import Paid
from openslate.models.shooting.problem import Problem

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class SlotPrices:
    """Prices, in money.

    Attributes:
        scenes: (scenes,) of having each shot.
        works: (payees, slots) of having each at work on each.
    """

    scenes: Floats
    works: Floats

    def mixed(self, other: "SlotPrices", share: float) -> "SlotPrices":
        """These prices, with a share of others."""
        return SlotPrices(
            (1 - share) * self.scenes + share * other.scenes, (1 - share) * self.works + share * other.works
        )


class SlotProgram:
    """Days that may be shot on their slots, and slots for which each payee may be paid.

    Rows: every scene is shot; whoever works on a slot is paid for it; a slot has one day; a payee is paid in one way.
    At first every scene and every payee is left out at a cost beyond any, so that there is always a solution.

    Args:
        problem: of the shoot.
    """

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._scenes, self._slots = len(problem.minutes), len(problem.dates)
        self._paid = np.flatnonzero((problem.payees.rate > 0) & problem.needs.any(axis=1))
        self._slot_row = self._scenes + len(self._paid) * self._slots
        self._payee_row = self._slot_row + self._slots
        self._height = self._payee_row + len(self._paid)
        self._rows: list[Numbers] = []
        self._values: list[Floats] = []
        self._costs: list[float] = []
        self._known: set[bytes] = set()
        beyond = 2.0 * float(problem.payees.rate.sum() * self._slots + problem.day.cost)
        for row in (*range(self._scenes), *range(self._payee_row, self._height)):
            self._add(np.array([row]), np.ones(1), beyond)

    def add_day(self, slot: int, scenes: Flags, cost: float) -> None:
        """Let a day be shot on a slot; what is known already is not added again.

        Args:
            slot: on which.
            scenes: (scenes,) that it has.
            cost: of the unit, places and overtime.
        """
        needed = self._problem.needs[np.ix_(self._paid, np.flatnonzero(scenes))].any(axis=1)
        works = self._scenes + np.flatnonzero(needed) * self._slots + slot
        rows = np.concatenate([np.flatnonzero(scenes), works, [self._slot_row + slot]])
        values = np.concatenate([np.ones(int(scenes.sum())), np.full(len(works) + 1, -1.0)])
        self._add(rows, values, cost)

    def add_spans(self, paid: Paid) -> None:
        """Let payees be paid on some slots."""
        for at, payee in enumerate(self._paid.tolist()):
            slots = np.flatnonzero(paid.inside[payee])
            rows = np.concatenate([self._scenes + at * self._slots + slots, [self._payee_row + at]])
            self._add(rows, np.ones(len(rows)), float(paid.pay[payee]))

    def _add(self, rows: Numbers, values: Floats, cost: float) -> None:
        key = rows.tobytes() + np.float64(cost).tobytes()
        if key not in self._known:
            self._known.add(key)
            self._rows.append(rows)
            self._values.append(values)
            self._costs.append(cost)

    def solved(self) -> tuple[float, SlotPrices]:
        """The least that the program comes to with what is known so far, and its prices."""
        columns = np.repeat(np.arange(len(self._rows)), [len(rows) for rows in self._rows])
        entries = (np.concatenate(self._values), (np.concatenate(self._rows), columns))
        matrix = coo_array(entries, shape=(self._height, len(self._rows))).tocsc()
        wanted = np.zeros(self._height)
        wanted[: self._scenes] = 1.0
        wanted[self._slot_row : self._payee_row] = -1.0
        wanted[self._payee_row :] = 1.0
        # Points inside, and then a corner, take a third of the time that going from corner to corner takes here.
        found = linprog(np.array(self._costs), A_ub=-matrix, b_ub=-wanted, bounds=(0, None), method="highs-ipm")
        if not found.success:  # pragma: no cover - everything may be left out
            raise ArithmeticError(f"the program of the bound was not solved: {found.message}")
        prices = np.maximum(-np.asarray(found.ineqlin.marginals, dtype=np.float64), 0.0)
        works = np.zeros((len(self._problem.payees), self._slots))
        works[self._paid] = prices[self._scenes : self._slot_row].reshape(len(self._paid), self._slots)
        return float(found.fun), SlotPrices(prices[: self._scenes], works)
