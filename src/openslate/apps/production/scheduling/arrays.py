"""A shoot as the arrays that are searched, and which day and whom each row of them stands for."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.production.board.board import Board
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.rules.scan_notices import first_scan_day
from openslate.apps.production.scheduling.minors import may_play, minors_of
from openslate.apps.production.scheduling.terms import day_of, needs_of, payees_of
from openslate.apps.production.shoot.places import Location
from openslate.apps.production.shoot.scenes import Scene
from openslate.apps.production.shoot.shoot import Shoot
from openslate.errors import UsageError
from openslate.models.kernels.shoot_search import MOST_PLACES
from openslate.models.shooting.problem import Problem

SHIFTS = {"any": 0, "day": 1, "night": 2}
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
        needs=needs_of(shoot, scenes),
        dates=np.array([day.toordinal() for day in dates], dtype=np.int64),
        payees=payees_of(shoot, rules),
        day=day_of(shoot, rules),
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
