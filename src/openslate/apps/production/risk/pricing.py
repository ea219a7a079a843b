"""What every run costs, in whole units of the currency: equal to costs and penalties of the board it comes to."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, partial

import numpy as np

from openslate.apps.production.board.board import ShootDay
from openslate.apps.production.board.clash import penalties
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.costs import Costs, costs_of, places_of
from openslate.apps.production.risk.added import NONE, Added
from openslate.apps.production.risk.events import Flags, Minutes
from openslate.apps.production.risk.plan import Plan, plays
from openslate.apps.production.risk.replayed import Replayed
from openslate.apps.production.risk.spans import Spans
from openslate.apps.production.rules.limits import (
    MINUTES_A_DAY,
    cast_rest_cost,
    crew_rest_cost,
    hard_rest,
    paid_rest,
    rest_between,
    row_cost,
)
from openslate.apps.production.shoot.people import CastMember

RESTS = ("crew-rest", "cast-rest")


@dataclass(frozen=True)
class RestTerms:
    """What somebody's rest costs where it is short: from `hard` to below `paid` minutes; below, no price helps."""

    hard: int
    paid: int
    cost: int

    def due(self, rest: Minutes) -> Minutes:
        """What rests of so many minutes cost."""
        return np.where((rest >= self.hard) & (rest < self.paid), self.cost, 0)


@dataclass(frozen=True)
class Prices:
    """Of a plan."""

    plan: Plan

    @cached_property
    def spans(self) -> Spans:
        """Pay and standing sets, which grow with added days."""
        return Spans(self.plan)

    @cached_property
    def planned(self) -> Costs:
        """What the board costs as it is planned."""
        return costs_of(self.plan.board)

    @cached_property
    def total(self) -> int:
        """The same with penalties."""
        return self.planned.total + penalties(clashes_of(self.plan.board, self.plan.rules))

    @cached_property
    def steady(self) -> int:
        """What every run costs: the planned days, without overtime and short rests, and nobody's pay."""
        clashes = clashes_of(self.plan.board, self.plan.rules)
        others = penalties(one for one in clashes if one.kind not in RESTS)
        return others + sum(day.total - day.overtime for day in self.planned.days)

    @cached_property
    def rests(self) -> tuple[tuple[RestTerms, CastMember | None], ...]:
        """Of the crew, and of every member, where a short rest costs anything."""
        rules, shoot = self.plan.rules, self.plan.shoot
        terms: list[tuple[RestTerms, CastMember | None]] = [
            (RestTerms(hard_rest(rules, "crew"), paid_rest(rules, "crew"), crew_rest_cost(rules, shoot)), None)
        ]
        for one in shoot.cast:
            cost = cast_rest_cost(rules, one, shoot.calendar)
            terms.append((RestTerms(hard_rest(rules, "cast", one), paid_rest(rules, "cast", one), cost), one))
        return tuple((each, who) for each, who in terms if each.cost and each.paid > each.hard)

    def of(self, shot: Replayed, days: Added) -> Minutes:
        """What every run costs.

        Args:
            shot: on planned days.
            days: that are added.
        """
        totals = shot.totals
        terms = self.plan.shoot.day
        cost = np.full(totals.shape[1], self.steady, dtype=np.int64)
        cost += np.maximum(totals - terms.minutes, 0).sum(axis=0) * terms.overtime_cost
        cost += self.spans.cost(shot, days)
        cost += self._added(days)
        for each, who in self.rests:
            cost += self._rests(each, who, totals, days)
        return cost

    def _added(self, days: Added) -> Minutes:
        """Unit, overtime, fees, moves and premiums of days in a row."""
        plan, shoot = self.plan, self.plan.shoot
        names = [one.name for one in shoot.locations]
        place = np.full(days.runs, names.index(places_of(shoot, plan.board.days[-1])[-1]), dtype=np.int64)
        ways = np.array([[shoot.move_between(one, other).cost for other in names] for one in names], dtype=np.int64)
        fees = np.array([one.fee for one in shoot.locations], dtype=np.int64)
        where = np.zeros((len(plan.groups), days.widest), dtype=np.int64)
        for at, group in enumerate(plan.groups):
            where[at, : len(group.locations)] = [names.index(name) for name in group.locations]
        row, before = self._days_in_a_row(), np.full(days.runs, plan.board.days[-1].date.toordinal())
        nth = np.full(days.runs, row, dtype=np.int64)
        premiums = np.array([0] + [row_cost(plan.rules, shoot, at) for at in range(1, row + len(days.group) + 1)])
        cost = np.zeros(days.runs, dtype=np.int64)
        for slot, date_ in enumerate(self.spans.dates(len(days.group))):
            on, at = days.group[slot] != NONE, date_.toordinal()
            nth = np.where(on, np.where(before + 1 == at, nth + 1, 1), nth)
            over = np.maximum(days.minutes[slot] - shoot.day.minutes, 0) * shoot.day.overtime_cost
            cost += np.where(on, shoot.day.cost + over + premiums[nth], 0)
            before = np.where(on, at, before)
            for spot, there in enumerate(days.visited[slot]):
                here = where[days.group[slot], spot]
                cost += np.where(there, fees[here] + ways[place, here], 0)
                place = np.where(there, here, place)
        return cost

    def _days_in_a_row(self) -> int:
        """How many days in a row the last planned one is the end of."""
        dates = {day.date.toordinal() for day in self.plan.board}
        last = max(dates)
        return next(many for many in range(1, len(dates) + 1) if last - many not in dates)

    def _rests(self, terms: RestTerms, who: CastMember | None, totals: Minutes, days: Added) -> Minutes:
        """What short rests of the crew, or of a member, cost."""
        shoot = self.plan.shoot
        rest = partial(rest_between, shoot)
        own = [at for at, day in enumerate(self.plan.board) if who is None or plays(shoot, who, day)]
        cost = np.zeros(days.runs, dtype=np.int64)
        for at, after in itertools.pairwise(own):
            day, next_day = self.plan.board.days[at], self.plan.board.days[after]
            free = rest(0, day.night, next_day.night, (next_day.date - day.date).days)
            cost += terms.due(free - totals[at])
        if own:
            last = self.plan.board.days[own[-1]]
            cost += self._added_rests(terms, who, (last, totals[own[-1]]), days, rest)
        return cost

    def _added_rests(
        self,
        terms: RestTerms,
        who: CastMember | None,
        last: tuple[ShootDay, Minutes],
        days: Added,
        rest: Callable[[int, bool, bool, int], int],
    ) -> Minutes:
        row = None if who is None else self.plan.shoot.cast.index(who)
        night_of = np.array([group.night for group in self.plan.groups], dtype=np.bool_)
        on_date = np.full(days.runs, last[0].date.toordinal(), dtype=np.int64)
        night, minutes = np.full(days.runs, last[0].night), last[1].copy()
        cost = np.zeros(days.runs, dtype=np.int64)
        turn = np.array([[rest(0, one, other, 0) for other in (False, True)] for one in (False, True)])
        for slot, at in enumerate(self.spans.dates(len(days.group))):
            on: Flags = days.group[slot] != NONE if row is None else days.called[slot][row]
            here = night_of[days.group[slot]]
            free = turn[night.astype(int), here.astype(int)] + (at.toordinal() - on_date) * MINUTES_A_DAY - minutes
            cost += np.where(on, terms.due(free), 0)
            on_date, night = np.where(on, at.toordinal(), on_date), np.where(on, here, night)
            minutes = np.where(on, days.minutes[slot], minutes)
        return cost


def wrap_dates(plan: Plan, days: Added, dates: tuple[date, ...]) -> Minutes:
    """The last day of each run, as an ordinal of `datetime.date`."""
    wrap = np.full(days.runs, plan.board.days[-1].date.toordinal(), dtype=np.int64)
    for slot, at in enumerate(dates):
        wrap[days.group[slot] != NONE] = at.toordinal()
    return wrap
