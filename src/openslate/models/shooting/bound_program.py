"""The linear program of the bound: days and orders that are known so far, and the prices that follow from them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import coo_array, hstack

from openslate.models.shooting.day_columns import DayColumns
from openslate.models.shooting.problem import Problem

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Priced:
    """Prices, in money.

    Attributes:
        scenes: (scenes,) of having each shot.
        days: (payees,) of a day on which each plays, at most their pay.
        spans: for each group (payees of the group,) of a slot from the first to the last of each.
    """

    scenes: Floats
    days: Floats
    spans: tuple[Floats, ...]

    def mixed(self, other: "Priced", share: float) -> "Priced":
        """These prices, with a share of others."""
        return Priced(
            (1 - share) * self.scenes + share * other.scenes,
            (1 - share) * self.days + share * other.days,
            tuple((1 - share) * one + share * two for one, two in zip(self.spans, other.spans, strict=True)),
        )


class Program:
    """Days that may be taken, orders that may be mixed, and how many slots each payee is paid for.

    Rows: every scene is on a day; of each payee no fewer slots are paid than days are taken on which they play; of each
    payee of a group, no fewer than the mix of orders spans, less the overtime that was paid; each mix is whole.
    """

    def __init__(self, problem: Problem, rate: Floats, least: Floats, groups: list[Numbers]) -> None:
        self._problem = problem
        scenes, payees = len(problem.minutes), len(rate)
        self._members = np.concatenate(groups) if groups else np.empty(0, np.int64)
        self._begins = np.cumsum([0, *map(len, groups)])
        self._rows = scenes + payees + len(self._members) + len(groups)
        self._span_row = scenes + payees
        self._mix_row = self._span_row + len(self._members)
        paid = np.concatenate([scenes + np.arange(payees), self._span_row + np.arange(len(self._members))])
        payee = np.concatenate([np.arange(payees), self._members])
        self._columns = [coo_array((np.ones(len(paid)), (paid, payee)), shape=(self._rows, payees)).tocsc()]
        self._costs: list[Floats] = [rate]
        self._lower: list[Floats] = [least]
        self._days: dict[int, NDArray[np.bool_]] = {}
        self._used = np.empty(0, np.bool_)

    def add_days(self, days: DayColumns) -> None:
        """Let days be taken."""
        if not len(days):
            return
        scenes = len(self._problem.minutes)
        block = np.zeros((self._rows, len(days)))
        block[:scenes] = days.scenes.T
        block[scenes : self._span_row] = -days.works.T.astype(np.float64)
        block[self._span_row : self._mix_row] = days.beyond / self._problem.day.minutes
        begin = sum(map(len, self._costs))
        self._days.update(zip(range(begin, begin + len(days)), days.scenes, strict=True))
        self._add(block, days.cost)

    def add_order(self, group: int, slots: Floats) -> None:
        """Let an order of a group be mixed in; each group needs one before the program is solved.

        Args:
            group: which.
            slots: (payees of the group,) from the first to the last scene of each.
        """
        block = np.zeros((self._rows, 1))
        begin, end = self._begins[group], self._begins[group + 1]
        block[self._span_row + begin : self._span_row + end, 0] = -slots
        block[self._mix_row + group, 0] = 1.0
        self._add(block, np.zeros(1))

    def solved(self) -> tuple[float, Priced]:
        """The least that the program comes to with what is known so far, and its prices."""
        matrix = hstack(self._columns, format="csc")
        costs, lower = np.concatenate(self._costs), np.concatenate(self._lower)
        wanted = np.zeros(self._rows)
        wanted[: len(self._problem.minutes)] = 1.0
        wanted[self._mix_row :] = 1.0
        limits = np.stack([lower, np.full(len(lower), np.inf)], axis=1)
        found = linprog(costs, A_ub=-matrix, b_ub=-wanted, bounds=limits, method="highs")
        if not found.success:  # pragma: no cover - every scene may be shot on a day of its own
            raise ArithmeticError(f"the program of the bound was not solved: {found.message}")
        self._used = np.asarray(found.x > 1e-9)
        prices = np.maximum(-np.asarray(found.ineqlin.marginals, dtype=np.float64), 0.0)
        scenes = len(self._problem.minutes)
        spans = prices[self._span_row : self._mix_row]
        each = tuple(spans[one:other] for one, other in zip(self._begins[:-1], self._begins[1:], strict=True))
        return float(found.fun), Priced(prices[:scenes], prices[scenes : self._span_row], each)

    def used_days(self) -> list[NDArray[np.bool_]]:
        """The days that the last solution mixes, each as (scenes,)."""
        return [scenes for column, scenes in self._days.items() if column < len(self._used) and self._used[column]]

    def _add(self, block: Floats, costs: Floats) -> None:
        self._columns.append(coo_array(block).tocsc())
        self._costs.append(costs)
        self._lower.append(np.zeros(len(costs)))
