"""Pay of the cast and standing sets, which grow with added days; worked out once for each pattern of these."""

import itertools
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from openslate.apps.production.board.pay import pay_of, working_days_between
from openslate.apps.production.risk.added import Added
from openslate.apps.production.risk.events import Flags, Minutes
from openslate.apps.production.risk.plan import Plan
from openslate.apps.production.risk.replayed import Replayed
from openslate.apps.production.shoot.days import Calendar
from openslate.apps.production.shoot.people import CastMember


@dataclass
class Spans:
    """Of a plan; what it has worked out once it keeps."""

    plan: Plan
    known: dict[tuple[str, tuple[int, ...]], int] = field(default_factory=dict)
    added_dates: list[date] = field(default_factory=list)

    def dates(self, count: int) -> tuple[date, ...]:
        """The first working days after the plan."""
        if len(self.added_dates) < count:
            self.added_dates = list(itertools.islice(self.plan.added_days(), count + 20))
        return tuple(self.added_dates[:count])

    def cost(self, shot: Replayed, days: Added) -> Minutes:
        """What cast and sets cost in every run.

        Args:
            shot: on planned days.
            days: that are added.
        """
        cost = np.zeros(days.runs, dtype=np.int64)
        for row, member in enumerate(self.plan.shoot.cast):
            called = np.array([one[row] for one in days.called], dtype=np.bool_).reshape(-1, days.runs)
            cost += self._pay(member, called)
        for row, one_set in enumerate(self.plan.shoot.sets):
            if one_set.standing:
                cost += one_set.standing * self._stands(row, shot, days)
        return cost

    def _stands(self, row: int, shot: Replayed, days: Added) -> Minutes:
        """Working days from the first to the last on which a set is shot in, or would have been."""
        dates = (*(day.date for day in self.plan.board), *self.dates(len(days.group)))
        nth, working = [], 0
        before = dates[0]
        calendar = longer(self.plan, list(dates))
        for at in dates:
            working += working_days_between(before, at, calendar) + (at > before)
            nth.append(working)
            before = at
        last = shot.last[row].copy()
        for slot, one in enumerate(days.sets):
            last[one[row]] = len(self.plan.board.days) + slot
        numbers = np.array(nth, dtype=np.int64)
        return np.where(last < 0, 0, numbers[last] - numbers[shot.first[row]] + 1)

    def _pay(self, one: CastMember, on: Flags) -> Minutes:
        """What a member is paid, by the added days on which they are called: (days, runs)."""
        cost = np.full(on.shape[1], self._price(one, ()), dtype=np.int64)
        some = np.flatnonzero(on.any(axis=0))
        if not len(some):
            return cost
        called = on[:, some]
        days = np.arange(len(on))
        if one.contract.kind == "worked":
            # Their number alone counts, so the first so many days stand for any.
            prices = [self._price(one, tuple(range(count))) for count in range(len(on) + 1)]
            cost[some] = np.array(prices, dtype=np.int64)[called.sum(axis=0)]
        elif not one.contract.drops:
            # The span alone counts, so the last day stands for all of them.
            prices = [self._price(one, (last,)) for last in days.tolist()]
            cost[some] = np.array(prices, dtype=np.int64)[len(on) - 1 - np.argmax(called[::-1], axis=0)]
        else:
            patterns, which = np.unique(np.packbits(called, axis=0).T, axis=0, return_inverse=True)
            slots = (np.flatnonzero(np.unpackbits(pattern)).tolist() for pattern in patterns)
            prices = [self._price(one, tuple(each)) for each in slots]
            cost[some] = np.array(prices, dtype=np.int64)[which.reshape(-1)]
        return cost

    def _price(self, one: CastMember, slots: tuple[int, ...]) -> int:
        if (one.id, slots) not in self.known:
            dates = self.dates(max(slots, default=-1) + 1)
            more = [dates[slot] for slot in slots]
            days = [*self.plan.board.work_days(one.id), *more]
            self.known[one.id, slots] = pay_of(one.contract, days, longer(self.plan, more)).amount
        return self.known[one.id, slots]


def longer(plan: Plan, more: list[date]) -> Calendar:
    """The calendar of a plan, as long as added days make it."""
    calendar = plan.shoot.calendar
    return replace(calendar, ends=max([calendar.ends, *(day + timedelta(days=1) for day in more)]))
