"""Pay of the cast and standing sets, which grow with the days that are added; worked out once for each pattern of these."""

import itertools
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import numpy as np

from openslate.apps.production.board.pay import pay_of, working_days_between
from openslate.apps.production.risk.added import Added
from openslate.apps.production.risk.events import Flags, Minutes
from openslate.apps.production.risk.plan import Plan
from openslate.apps.production.shoot.days import Calendar
from openslate.apps.production.shoot.people import CastMember
from openslate.apps.production.shoot.places import Set


@dataclass
class Spans:
    """Of a plan; what it has worked out once it keeps."""

    plan: Plan
    known: dict[tuple[str, str, bytes], int] = field(default_factory=dict)
    added_dates: list[date] = field(default_factory=list)

    def dates(self, count: int) -> tuple[date, ...]:
        """The first working days after the plan."""
        if len(self.added_dates) < count:
            self.added_dates = list(itertools.islice(self.plan.added_days(), count + 20))
        return tuple(self.added_dates[:count])

    def cost(self, days: Added) -> Minutes:
        """What cast and sets cost in every run.

        Args:
            days: that are added.
        """
        cost = np.zeros(days.runs, dtype=np.int64)
        for row, member in enumerate(self.plan.shoot.cast):
            called = np.array([one[row] for one in days.called], dtype=np.bool_).reshape(-1, days.runs)
            cost += self._priced("cast", member, called)
        for row, one_set in enumerate(self.plan.shoot.sets):
            if one_set.standing:
                used = np.array([one[row] for one in days.sets], dtype=np.bool_).reshape(-1, days.runs)
                cost += self._priced("set", one_set, used)
        return cost

    def _priced(self, what: str, one: CastMember | Set, on: Flags) -> Minutes:
        """By the pattern of added days, of which few differ: most people are in none."""
        some = np.flatnonzero(on.any(axis=0))
        cost = np.full(on.shape[1], self._price(what, one, b""), dtype=np.int64)
        if len(some):
            # Where no drop is possible the span alone counts, so the last day stands for all of them.
            kept = on[:, some]
            if isinstance(one, Set) or (one.contract.kind != "worked" and not one.contract.drops):
                last = len(on) - 1 - np.argmax(kept[::-1], axis=0)
                kept = np.arange(len(on))[:, None] == last
            patterns, which = np.unique(np.packbits(kept, axis=0).T, axis=0, return_inverse=True)
            prices = np.array([self._price(what, one, pattern.tobytes()) for pattern in patterns], dtype=np.int64)
            cost[some] = prices[which.reshape(-1)]
        return cost

    def _price(self, what: str, one: CastMember | Set, pattern: bytes) -> int:
        name = one.id if isinstance(one, CastMember) else one.name
        pattern = pattern.rstrip(b"\0")
        if (what, name, pattern) not in self.known:
            slots = np.flatnonzero(np.unpackbits(np.frombuffer(pattern, dtype=np.uint8))).tolist()
            dates = self.dates(max(slots, default=-1) + 1)
            self.known[what, name, pattern] = self._worked_out(one, [dates[slot] for slot in slots])
        return self.known[what, name, pattern]

    def _worked_out(self, one: CastMember | Set, more: list[date]) -> int:
        board, calendar = self.plan.board, longer(self.plan, more)
        if isinstance(one, CastMember):
            return pay_of(one.contract, [*board.work_days(one.id), *more], calendar).amount
        scenes = self.plan.shoot.scene_of
        days = [day.date for day in board if any(scenes[number].set == one.name for number in day.scenes)] + more
        if not days:
            return 0
        return one.standing * (working_days_between(days[0], days[-1], calendar) + min(len(days), 2))


def longer(plan: Plan, more: list[date]) -> Calendar:
    """The calendar of a plan, as long as added days make it."""
    calendar = plan.shoot.calendar
    return replace(calendar, ends=max([calendar.ends, *(day + timedelta(days=1) for day in more)]))
