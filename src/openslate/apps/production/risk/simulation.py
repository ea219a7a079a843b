"""Simulating a board many times over: its cost and wrap date in every run."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from openslate.apps.production.board.board import Board
from openslate.apps.production.risk.added import NONE, Added, added
from openslate.apps.production.risk.chances import Chances
from openslate.apps.production.risk.draws import Draws, drawn
from openslate.apps.production.risk.events import NOTHING, Events, Flags, Minutes, Source, happening
from openslate.apps.production.risk.groups import Group
from openslate.apps.production.risk.plan import Plan
from openslate.apps.production.risk.pricing import Prices, wrap_dates
from openslate.apps.production.risk.replayed import replayed
from openslate.apps.production.risk.tables import (
    DayTable,
    GroupTable,
    SceneTable,
    day_tables,
    group_tables,
    scene_table,
)
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.arrays import is_open
from openslate.errors import UsageError

LEAST_RUNS, MOST_RUNS = 100, 10_000


@dataclass(frozen=True)
class Outcomes:
    """What every run comes to; each array is of (runs,).

    Attributes:
        cost: in whole units of the currency, penalties of rules among it.
        wrap: the last day, as an ordinal of `datetime.date`.
        added_days: days of shooting beyond those planned.
        wanting: whether an added day falls on one on which a location is closed or somebody who is called is away, or
            after the calendar's end.
    """

    cost: Minutes
    wrap: Minutes
    added_days: Minutes
    wanting: Flags


@dataclass(frozen=True)
class Simulation:
    """A board with its random numbers, ready to be played with any chances.

    Stability: provisional.

    Attributes:
        plan: the board and its rules.
        draws: its random numbers.
        seed: of these.
    """

    plan: Plan
    draws: Draws
    seed: int

    @cached_property
    def prices(self) -> Prices:
        """Of the plan."""
        return Prices(self.plan)

    @cached_property
    def scenes(self) -> SceneTable:
        """As rows."""
        return scene_table(self.plan)

    @cached_property
    def days(self) -> tuple[DayTable, ...]:
        """As rows."""
        return day_tables(self.plan)

    @cached_property
    def groups(self) -> tuple[GroupTable, ...]:
        """As rows."""
        return group_tables(self.plan)

    def events(self, chances: Chances, off: Source = NOTHING) -> Events:
        """What happens in every run, a source switched off."""
        return happening(self.plan, self.draws, chances, off)

    def outcomes(self, chances: Chances, off: Source = NOTHING) -> Outcomes:
        """What every run comes to.

        Args:
            chances: how likely things go otherwise than planned.
            off: a source that does nothing.
        """
        return self.played(self.events(chances, off), chances.cover)

    def played(self, events: Events, cover: bool = False) -> Outcomes:
        """What every run comes to in which something happens."""
        shot = replayed(self.scenes, self.days, events, cover)
        days = added(self.plan, self.scenes, self.groups, events, shot.left)
        dates = self.prices.spans.dates(len(days.group))
        return Outcomes(
            cost=self.prices.of(shot, days),
            wrap=wrap_dates(self.plan, days, dates),
            added_days=_count(days),
            wanting=_wanting(self.plan, days, dates),
        )


def simulation(board: Board, rules: Rules = Rules(), runs: int = 2000, seed: int = 0) -> Simulation:
    """Make a board ready to be simulated.

    Args:
        board: with at least one day.
        rules: that hold.
        runs: how many.
        seed: the same board, runs and seed give the same numbers.

    Raises:
        UsageError: the board is empty, or there are too few or too many runs.
    """
    if not LEAST_RUNS <= runs <= MOST_RUNS:
        raise UsageError(f"{runs:,} runs are asked for.", f"Ask for {LEAST_RUNS} to {MOST_RUNS:,}.")
    plan = Plan(board, rules)
    return Simulation(plan, drawn(plan, runs, seed), seed)


def _count(days: Added) -> Minutes:
    found = np.zeros(days.runs, dtype=np.int64)
    for group in days.group:
        found += group != NONE
    return found


def _wanting(plan: Plan, days: Added, dates: tuple[date, ...]) -> Flags:
    """Whether an added day lacks a place or a person; the policy adds it all the same, and that is told."""
    found = np.zeros(days.runs, dtype=np.bool_)
    for slot, at in enumerate(dates):
        on = days.group[slot] != NONE
        found |= on & (at > plan.shoot.calendar.ends)
        for spot in range(days.widest):
            shut = np.array([_is_shut(plan, group, spot, at) for group in plan.groups], dtype=np.bool_)
            found |= days.visited[slot][spot] & shut[days.group[slot]]
        for row in _away(plan, at):
            found |= days.called[slot][row]
    return found


def _is_shut(plan: Plan, group: Group, spot: int, at: date) -> bool:
    return spot < len(group.locations) and not is_open(plan.shoot.location_of[group.locations[spot]], at)


def _away(plan: Plan, at: date) -> Iterator[int]:
    return (row for row, one in enumerate(plan.shoot.cast) if not one.can_work(at))
