"""Minors in a search: what holds on every order of a day is in its arrays, and what depends on the order comes after.

A search knows which scenes a day has and not when each is shot. So its arrays hold minors to the minutes that they
work, loosely where a birthday changes them, and keep scenes from days that not even alone they could be shot on. How
long they are on set, and until when, is seen on the board; days that stay wrong in every order are searched again with
less of their work on a day.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import Clash
from openslate.apps.production.rules.limits import NO_LIMIT, OF_AGE, minor_limits, minor_window
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.shoot.people import CastMember
from openslate.apps.production.shoot.scenes import Scene
from openslate.apps.production.shoot.shoot import Shoot
from openslate.models.shooting.problem import NEVER, Problem

if TYPE_CHECKING:
    from openslate.apps.production.scheduling.arrays import Arranged

Flags = NDArray[np.bool_]
BY_ORDER = ("minor-on-set", "minor-window", "minor-work")
"""Clashes that another order of the day, or less work on it, may mend."""


def minors_of(shoot: Shoot, rules: Rules) -> tuple[CastMember, ...]:
    """Cast members whom some rule holds as minors on the first day."""
    if not rules.ages and not rules.minors_windows:
        return ()
    return tuple(one for one in shoot.cast if _is_minor(one, shoot.calendar.starts))


def most_work(shoot: Shoot, rules: Rules, member: CastMember) -> int:
    """Minutes that a minor may work on the day on which they may work longest; `NEVER` for everybody else."""
    if not _is_minor(member, shoot.calendar.starts) or not rules.ages:
        return NEVER
    found = (limits_on(rules, member, day)[0] for day in shoot.calendar.working_days())
    return min(max(found, default=NEVER), NEVER)


def never_at_night(shoot: Shoot, rules: Rules, member: CastMember) -> bool:
    """Whether the window of minors is closed before the shortest of their scenes could end on a night."""
    if not _is_minor(member, shoot.calendar.ends):
        return False
    own = [shoot.minutes_of(one) for one in shoot.scenes if member.id in one.cast]
    return bool(own) and not _inside(rules, shoot.day.night_call, min(own))


def may_play(shoot: Shoot, rules: Rules, member: CastMember, scene: Scene, day: date) -> bool:
    """Whether a scene, if it were all that is shot on a day, keeps the hours of a cast member.

    Args:
        shoot: of the scene.
        rules: that hold.
        member: who plays in it.
        scene: that is shot.
        day: on which.
    """
    if not _is_minor(member, day):
        return True
    minutes = shoot.minutes_of(scene)
    calls = {"day": (shoot.day.day_call,), "night": (shoot.day.night_call,)}.get(
        scene.shift, (shoot.day.day_call, shoot.day.night_call)
    )
    return minutes <= min(limits_on(rules, member, day)) and any(_inside(rules, call, minutes) for call in calls)


def limits_on(rules: Rules, member: CastMember, day: date) -> tuple[int, int]:
    """Minutes of work and on set that a cast member may have on a day; `NO_LIMIT` for who is of age."""
    age = member.age_on(day)
    return (NO_LIMIT, NO_LIMIT) if age is None or age >= OF_AGE else minor_limits(rules, age)


def with_less_work(arrays: "Arranged", problem: Problem, clashes: Iterable[Clash]) -> Problem:
    """The same, where minors whose hours are broken work less on every day, though never less than their longest scene.

    Args:
        arrays: of the shoot.
        problem: that was searched.
        clashes: of the board that was found.
    """
    shoot, limit = arrays.shoot, problem.payees.work_limit.copy()
    payee = {one.id: row for row, one in enumerate(shoot.cast)}
    for clash in clashes:
        if clash.kind in BY_ORDER:
            minutes = [shoot.minutes_of(shoot.scene_of[number]) for number in clash.scenes]
            for member in clash.people:
                limit[payee[member]] = min(limit[payee[member]], max(sum(minutes) - 1, *minutes))
    return replace(problem, payees=replace(problem.payees, work_limit=limit))


def with_scenes_elsewhere(arrays: "Arranged", problem: Problem, board: Board, clashes: Iterable[Clash]) -> Problem:
    """The same, where a scene leaves each day on which minors' hours are broken, and all days that are as short.

    It is the shortest of theirs; or what is shot before it, where theirs is one alone that has no other day.

    Args:
        arrays: of the shoot.
        problem: that was searched.
        board: that was found.
        clashes: of it.
    """
    allowed = problem.allowed.copy()
    row_of = {one.number: row for row, one in enumerate(arrays.scenes)}
    for clash in clashes:
        if clash.kind in BY_ORDER:
            slots = [arrays.dates.index(clash.dates[0])]
            if clash.kind == "minor-work":
                # On a later day, once they are older, the same scenes may be played together.
                slots = list(_as_short(arrays, clash))
            for row in _leaving(board, clash, row_of):
                left = allowed[row].copy()
                left[slots] = False
                if left.any():
                    allowed[row] = left
                    break
    return replace(problem, allowed=allowed)


def _as_short(arrays: "Arranged", clash: Clash) -> Iterator[int]:
    """Slots on which what was worked on a day is too much as well."""
    shoot = arrays.shoot
    worked = sum(shoot.minutes_of(shoot.scene_of[number]) for number in clash.scenes)
    for slot, day in enumerate(arrays.dates):
        if any(limits_on(arrays.rules, shoot.member_of[one], day)[0] < worked for one in clash.people):
            yield slot


def _leaving(board: Board, clash: Clash, row_of: Mapping[str, int]) -> list[int]:
    """Rows of the scenes that may leave the day of a clash, the likeliest first."""
    scenes = next(day.scenes for day in board if day.date == clash.dates[0])
    length = {number: board.shoot.minutes_of(board.shoot.scene_of[number]) for number in scenes}
    own = sorted((number for number in scenes if number in clash.scenes), key=lambda one: (length[one], one))
    before = scenes[: scenes.index(own[-1])] if len(own) == 1 else ()
    others = sorted((number for number in before if number not in own), key=lambda one: (-length[one], one))
    return [row_of[number] for number in (*own, *others) if number in row_of]


def _is_minor(member: CastMember, day: date) -> bool:
    age = member.age_on(day)
    return age is not None and age < OF_AGE


def _inside(rules: Rules, call: int, minutes: int) -> bool:
    opens, closes = minor_window(rules)
    return max(call, opens) + minutes <= closes
