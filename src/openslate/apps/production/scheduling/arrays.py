"""A shoot as the arrays that are searched, and which day and whom each row of them stands for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from openslate.apps.production.board.board import Board
from openslate.apps.production.rules.limits import (
    cast_rest_cost,
    crew_rest_cost,
    days_in_a_row,
    hard_rest,
    paid_rest,
    row_cost,
)
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.rules.scan_notices import first_scan_day
from openslate.apps.production.scheduling.minors import may_play, minors_of, most_work, never_at_night
from openslate.apps.production.shoot.places import Location
from openslate.apps.production.shoot.scenes import Scene
from openslate.apps.production.shoot.shoot import Shoot
from openslate.errors import UsageError
from openslate.models.kernels.shoot_search import MOST_PLACES, SPANNED, WEEKLY, WORKED
from openslate.models.shooting.problem import NEVER, Day, Payees, Problem

KINDS = {"day": SPANNED, "weekly": WEEKLY, "worked": WORKED}
SHIFTS = {"any": 0, "day": 1, "night": 2}
ROW = 14
"""Days in a row after which a further one costs no more than the one before."""
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Arranged:
    """A shoot as arrays.

    Attributes:
        shoot, rules: that they are of.
        scenes: of the main unit, in the order of the arrays.
        dates: of the slots.
        problem: the arrays. Payees are the cast and then the sets, in the order of the shoot.
        bounded: what the bound is proved of, where `problem` restricts more than was asked for; None where it does not.
    """

    shoot: Shoot
    rules: Rules
    scenes: tuple[Scene, ...]
    dates: tuple[date, ...]
    problem: Problem
    bounded: Problem | None = None


def arranged(shoot: Shoot, rules: Rules = Rules(), fixed: Mapping[str, date] | None = None) -> Arranged:
    """The arrays of a shoot.

    Args:
        shoot: with at least one scene of the main unit.
        rules: that hold.
        fixed: number of a scene to the day on which it must stay.

    Raises:
        UsageError: there is no scene or no working day, a day may have too many locations, or a fixed day is none on
            which the crew works.
    """
    scenes = tuple(one for one in shoot.scenes if one.unit == "main")
    dates = tuple(shoot.calendar.working_days())
    if not scenes or not dates:
        missing = "no scene of the main unit" if not scenes else "no day on which the crew works"
        raise UsageError(f"The shoot has {missing}.", "Add some before it is scheduled.")
    if shoot.day.locations > MOST_PLACES:
        raise UsageError(
            f"A day may have {shoot.day.locations} locations, and schedules are made for at most {MOST_PLACES}.",
            f"Let a day have {MOST_PLACES} or fewer.",
        )
    places = {one.name: row for row, one in enumerate(shoot.locations)}
    number = {one.number: row for row, one in enumerate(scenes)}
    pairs = [(number[before], number[one.number], 1) for one in scenes for before in one.after if before in number]
    ways = [[shoot.move_between(one.name, other.name) for other in shoot.locations] for one in shoot.locations]
    problem = Problem(
        minutes=np.array([shoot.minutes_of(one) for one in scenes], dtype=np.int64),
        place=np.array([places[shoot.place_of(one)] for one in scenes], dtype=np.int64),
        shift=np.array([SHIFTS[one.shift] for one in scenes], dtype=np.int64),
        allowed=_allowed(shoot, rules, scenes, dates, fixed or {}),
        needs=_needs(shoot, scenes),
        dates=np.array([day.toordinal() for day in dates], dtype=np.int64),
        payees=_payees(shoot, rules),
        day=_day(shoot, rules),
        fee=np.array([one.fee for one in shoot.locations], dtype=np.int64),
        way_minutes=np.array([[way.minutes for way in row] for row in ways], dtype=np.int64),
        way_cost=np.array([[way.cost for way in row] for row in ways], dtype=np.int64),
        after=np.array(pairs, dtype=np.int64).reshape(-1, 3),
    )
    return Arranged(shoot, rules, scenes, dates, problem)


def preferring(arrays: Arranged, board: Board, change_cost: int) -> Arranged:
    """The same, where a scene that leaves its day on a board costs something more.

    Args:
        arrays: of the shoot.
        board: of the same shoot, or of one that it was before.
        change_cost: for each scene, in whole units of the currency; it is no part of what the board costs.
    """
    slot = {day: row for row, day in enumerate(arrays.dates)}
    days = {number: day.date for day in board for number in day.scenes}
    kept = [slot.get(days[one.number], -1) if one.number in days else -1 for one in arrays.scenes]
    problem = replace(arrays.problem, preferred=np.array(kept, dtype=np.int64), change_cost=change_cost)
    return replace(arrays, problem=problem)


def _allowed(
    shoot: Shoot,
    rules: Rules,
    scenes: tuple[Scene, ...],
    dates: tuple[date, ...],
    fixed: Mapping[str, date],
) -> Flags:
    """Where each scene may be: while all its cast can work, minors among them for as long as it takes, and its location
    is open, after notice of its scans, and within its own days."""
    cast = {one.id: np.array([one.can_work(day) for day in dates]) for one in shoot.cast}
    open_at = {one.name: np.array([is_open(one, day) for day in dates]) for one in shoot.locations}
    minors = minors_of(shoot, rules)
    found = np.ones((len(scenes), len(dates)), dtype=np.bool_)
    for row, scene in enumerate(scenes):
        found[row] &= open_at[shoot.place_of(scene)]
        for member in scene.cast:
            found[row] &= cast[member]
        for minor in minors:
            if minor.id in scene.cast:
                found[row] &= np.array([may_play(shoot, rules, minor, scene, day) for day in dates])
        for first in (scene.earliest, first_scan_day(shoot, scene, rules)):
            if first is not None:
                found[row] &= np.array([day >= first for day in dates])
        if scene.latest is not None:
            found[row] &= np.array([day <= scene.latest for day in dates])
        if scene.number in fixed:
            found[row] &= np.array([day == fixed[scene.number] for day in dates])
    return found


def is_open(location: Location, day: date) -> bool:
    """Whether something may be shot at a location on a day."""
    if any(day in span for span in location.closed):
        return False
    return not location.permits or any(day in span for span in location.permits)


def _needs(shoot: Shoot, scenes: tuple[Scene, ...]) -> Flags:
    cast = [[one.id in scene.cast for scene in scenes] for one in shoot.cast]
    sets = [[one.name == scene.set for scene in scenes] for one in shoot.sets]
    return np.array([*cast, *sets], dtype=np.bool_).reshape(len(cast) + len(sets), len(scenes))


def _payees(shoot: Shoot, rules: Rules) -> Payees:
    week = len(shoot.calendar.week)
    stages = {name: row for row, name in enumerate(dict.fromkeys(one.stage for one in shoot.sets if one.stage))}
    rows = [
        (
            KINDS[one.contract.kind],
            one.contract.rate,
            one.contract.drops if one.contract.kind == "day" else 0,
            one.contract.drop_days,
            -(-one.contract.least_days // week) if one.contract.kind == "weekly" else one.contract.least_days,
            most_work(shoot, rules, one),
            int(never_at_night(shoot, rules, one)),
            cast_rest_cost(rules, one, shoot.calendar),
            -1,
            0,
            0,
        )
        for one in shoot.cast
    ]
    rows += [
        (SPANNED, one.standing, 0, 0, 0, NEVER, 0, -1, stages.get(one.stage, -1), one.build_days, one.strike_days)
        for one in shoot.sets
    ]
    return Payees(*np.array(rows, dtype=np.int64).reshape(-1, 11).T)


def _day(shoot: Shoot, rules: Rules) -> Day:
    day, cast = shoot.day, shoot.cast
    return Day(
        minutes=day.minutes,
        overtime_minutes=day.overtime_minutes,
        overtime_cost=day.overtime_cost,
        cost=day.cost,
        places=day.locations,
        meal=day.meal_minutes,
        day_call=day.day_call,
        night_call=day.night_call,
        crew_rest=hard_rest(rules, "crew"),
        paid_crew_rest=paid_rest(rules, "crew"),
        crew_rest_cost=crew_rest_cost(rules, shoot),
        cast_rest=max((hard_rest(rules, "cast", one) for one in cast), default=0),
        paid_cast_rest=max((paid_rest(rules, "cast", one) for one in cast), default=0),
        in_a_row=min(days_in_a_row(rules), NEVER),
        premiums=tuple(row_cost(rules, shoot, nth) for nth in range(1, ROW + 1)),
    )


def way_of(shoot: Shoot, places: tuple[str, ...]) -> tuple[int, int]:
    """Minutes and cost of going from place to place."""
    ways = [shoot.move_between(one, other) for one, other in pairwise(places)]
    return sum(way.minutes for way in ways), sum(way.cost for way in ways)
