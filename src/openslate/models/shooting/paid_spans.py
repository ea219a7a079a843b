"""The cheapest slots on which each payee may be paid, when some of the pay is won back by work on them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.models.kernels.shoot_search import WEEKLY
from openslate.models.shooting.problem import Problem

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Paid:
    """Which slots are paid.

    Attributes:
        inside: (payees, slots) whether each is.
        pay: (payees,) what these cost.
        won: (payees,) what is won back on them.
    """

    inside: Flags
    pay: Floats
    won: Floats


class PaidSpans:
    """What payees are paid at least, and on which slots.

    Those who are paid from the first to the last slot, or by the week, have a span in which each of their scenes can
    be shot; of those who are paid as they work, or may be dropped, slots are taken one by one, as many as they are paid
    for in any case.

    Args:
        problem: of the shoot.
    """

    def __init__(self, problem: Problem) -> None:
        payees = problem.payees
        self._rate = payees.rate.astype(np.float64)
        plays = problem.needs.any(axis=1)
        whole = (payees.kind == WEEKLY) | ((payees.kind < WEEKLY) & (payees.drops == 0))
        self._spanned, self._single = np.flatnonzero(plays & whole), np.flatnonzero(plays & ~whole)
        self._least = np.maximum(payees.least, 1)
        self._idle = np.where(~plays & (payees.kind != WEEKLY), self._rate * payees.least, 0.0)
        slots = len(problem.dates)
        self._costs = np.full((len(self._spanned), slots, slots), np.inf)
        for row, payee in enumerate(self._spanned.tolist()):
            self._costs[row] = self._span_costs(problem, payee)

    def _span_costs(self, problem: Problem, payee: int) -> Floats:
        """(first slot, last slot) what it costs; infinite where some scene cannot be shot within it."""
        slots, least = len(problem.dates), int(problem.payees.least[payee])
        first, last = np.arange(slots)[:, None], np.arange(slots)[None, :]
        paid = np.maximum(last - first + 1, least)
        if problem.payees.kind[payee] == WEEKLY:
            paid = np.maximum((problem.dates[None, :] - problem.dates[:, None]) // 7 + 1, least)
        may = problem.allowed[problem.needs[payee]]
        ends = np.array([begin + _reached(may[:, begin:]) for begin in range(slots)])
        fits = (last >= first) & (last >= ends[:, None])
        # Where no span has all scenes there is no board either; any span is a bound then.
        return np.where(fits if fits.any() else last >= first, paid * self._rate[payee], np.inf)

    def cheapest(self, prices: Floats) -> Paid:
        """The slots on which pay, less what they win back, is least.

        Args:
            prices: (payees, slots) won back by each slot that is paid.
        """
        slots = prices.shape[1]
        inside, pay = np.zeros(prices.shape, np.bool_), self._idle.copy()
        if len(self._spanned):
            won = np.concatenate([np.zeros((len(self._spanned), 1)), prices[self._spanned].cumsum(axis=1)], axis=1)
            costs = (self._costs - (won[:, None, 1:] - won[:, :-1, None])).reshape(len(self._spanned), -1)
            for row, at in enumerate(costs.argmin(axis=1).tolist()):
                first, last = divmod(at, slots)
                inside[self._spanned[row], first : last + 1] = True
                pay[self._spanned[row]] = self._costs[row, first, last]
        for payee in self._single.tolist():
            left = self._rate[payee] - prices[payee]
            many = min(max(int((left < 0).sum()), int(self._least[payee])), slots)
            inside[payee, np.argsort(left, kind="stable")[:many]] = True
            pay[payee] = self._rate[payee] * max(many, int(self._least[payee]))
        return Paid(inside, pay, (prices * inside).sum(axis=1))


def _reached(may: Flags) -> int:
    """The slot by which every scene has had a slot on which it may be shot; beyond all where one has none."""
    return int(may.argmax(axis=1).max()) if may.size and may.any(axis=1).all() else may.shape[1]
