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

    Slots that follow one another may stand in one block, whose days and slots of pay are counted together: fewer rows,
    and a bound that is lower and sooner known. Rows: every scene is shot; in each block nobody works on more days than
    are paid; a block has no more days than slots; a payee is paid in one way. At first every scene and every payee is
    left out at a cost beyond any, so that there is always a solution.

    Args:
        problem: of the shoot.
        block: (slots,) of each slot its block, in order from 0.
    """

    def __init__(self, problem: Problem, block: Numbers) -> None:
        self._problem, self._block = problem, block
        self._scenes, self._sizes = len(problem.minutes), np.bincount(block)
        self._paid = np.flatnonzero((problem.payees.rate > 0) & problem.needs.any(axis=1))
        self._block_row = self._scenes + len(self._paid) * len(self._sizes)
        self._payee_row = self._block_row + len(self._sizes)
        self._height = self._payee_row + len(self._paid)
        self._rows: list[Numbers] = []
        self._values: list[Floats] = []
        self._costs: list[float] = []
        self._known: dict[bytes, int] = {}
        self._days: dict[int, tuple[int, Flags]] = {}
        self._spans: dict[int, tuple[int, Flags]] = {}
        self._used = np.empty(0, np.bool_)
        beyond = 2.0 * float(problem.payees.rate.sum() * len(block) + problem.day.cost)
        for row in (*range(self._scenes), *range(self._payee_row, self._height)):
            self._add(np.array([row]), np.ones(1), beyond)

    def add_day(self, block: int, scenes: Flags, cost: float) -> None:
        """Let a day be shot in a block; what is known already is not added again.

        Args:
            block: in which.
            scenes: (scenes,) that it has.
            cost: of the unit, places and overtime.
        """
        needed = self._problem.needs[np.ix_(self._paid, np.flatnonzero(scenes))].any(axis=1)
        works = self._scenes + np.flatnonzero(needed) * len(self._sizes) + block
        rows = np.concatenate([np.flatnonzero(scenes), works, [self._block_row + block]])
        values = np.concatenate([np.ones(int(scenes.sum())), np.full(len(works) + 1, -1.0)])
        self._days[self._add(rows, values, cost)] = block, scenes

    def add_spans(self, paid: Paid) -> None:
        """Let all payees be paid on some slots."""
        for payee in self._paid.tolist():
            self._add_span(payee, paid.inside[payee], float(paid.pay[payee]))

    def learn(self, other: "SlotProgram") -> None:
        """Take over the days and spans that are in the solution of a program of other blocks."""
        for column, (block, scenes) in other._days.items():
            if other._used[column]:
                self.learn_day(scenes, other._costs[column], np.unique(self._block[other._block == block]))
        for column, (payee, inside) in other._spans.items():
            if other._used[column]:
                self._add_span(payee, inside, other._costs[column])

    def learn_day(self, scenes: Flags, cost: float, blocks: Numbers | None = None) -> None:
        """Let a day be shot in every one of some blocks, or of all, in which all of its scenes may be."""
        for one in range(len(self._sizes)) if blocks is None else blocks.tolist():
            if self._problem.allowed[np.ix_(scenes, self._block == one)].any(axis=1).all():
                self.add_day(one, scenes, cost)

    def _add_span(self, payee: int, inside: Flags, pay: float) -> None:
        at = int(np.searchsorted(self._paid, payee))
        many = np.bincount(self._block[inside], minlength=len(self._sizes))
        blocks = np.flatnonzero(many)
        rows = np.concatenate([self._scenes + at * len(self._sizes) + blocks, [self._payee_row + at]])
        self._spans[self._add(rows, np.concatenate([many[blocks], [1.0]]), pay)] = payee, inside

    def _add(self, rows: Numbers, values: Floats, cost: float) -> int:
        key = rows.tobytes() + values.tobytes() + np.float64(cost).tobytes()
        if key not in self._known:
            self._known[key] = len(self._rows)
            self._rows.append(rows)
            self._values.append(values)
            self._costs.append(cost)
        return self._known[key]

    def solved(self) -> tuple[float, SlotPrices]:
        """The least that the program comes to with what is known so far, and its prices."""
        columns = np.repeat(np.arange(len(self._rows)), [len(rows) for rows in self._rows])
        entries = (np.concatenate(self._values), (np.concatenate(self._rows), columns))
        matrix = coo_array(entries, shape=(self._height, len(self._rows))).tocsc()
        wanted = np.zeros(self._height)
        wanted[: self._scenes] = 1.0
        wanted[self._block_row : self._payee_row] = -self._sizes
        wanted[self._payee_row :] = 1.0
        # Points inside, and then a corner, take a third of the time that going from corner to corner takes here.
        found = linprog(np.array(self._costs), A_ub=-matrix, b_ub=-wanted, bounds=(0, None), method="highs-ipm")
        if not found.success:  # pragma: no cover - everything may be left out
            raise ArithmeticError(f"the program of the bound was not solved: {found.message}")
        self._used = np.asarray(found.x > 1e-9)
        prices = np.maximum(-np.asarray(found.ineqlin.marginals, dtype=np.float64), 0.0)
        works = np.zeros((len(self._problem.payees), len(self._block)))
        of_blocks = prices[self._scenes : self._block_row].reshape(len(self._paid), len(self._sizes))
        works[self._paid] = of_blocks[:, self._block]
        return float(found.fun), SlotPrices(prices[: self._scenes], works)
