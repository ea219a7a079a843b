"""The arrays of a shoot that has begun: what is shot and what is locked stays, and changes from before are known."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from openslate.apps.production.board.holding import pinned
from openslate.apps.production.replanning.remaining import Remaining
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.arrays import Arranged, Flags, arranged, preferring
from openslate.apps.production.scheduling.holding import pinned_rows


def arrays_of(rest: Remaining, rules: Rules) -> Arranged:
    """The arrays of a shoot that has begun, in which changes of the board before are known.

    Raises:
        UsageError: there is nothing to schedule; see `scheduling.arrays.arranged`.
    """
    found = arranged(rest.searched, rules)
    dates, days = found.dates, {number: day.date for day in rest.before for number in day.scenes}
    allowed, ahead = found.problem.allowed.copy(), np.array([day >= rest.begins for day in dates])
    open_days = ahead & np.array([day not in rest.closed for day in dates])
    shot, promised = rest.shot_scenes, allowed.copy()
    for row, scene in enumerate(found.scenes):
        if scene.number in shot:
            allowed[row] = np.array([day == days[scene.number] for day in dates])
            continue
        held = rest.fixed.get(scene.number)
        may = open_days if held is None else ahead & np.array([day == held for day in dates])
        # A scene that may be nowhere is planned somewhere ahead, and its clash is told: it never joins a shot day.
        allowed[row] = allowed[row] & may if (allowed[row] & may).any() else may if may.any() else ahead
        promised[row] = allowed[row] if held is None else _promised(rest, scene.number, dates, promised[row] & ahead)
    work = [set(rest.before.work_days(one.id)) for one in rest.shoot.cast]
    usual = np.array([[day in mine for day in dates] for mine in work], dtype=np.bool_).reshape(len(work), len(dates))
    after = pinned_rows(found, pinned(rest.locks.orders, [one.number for one in found.scenes]))
    problem = replace(found.problem, allowed=allowed, usual=usual, after=after)
    bounded = replace(problem, allowed=promised | allowed)
    return preferring(replace(found, problem=problem, bounded=bounded), rest.before, 0)


def _promised(rest: Remaining, number: str, dates: Sequence[date], may: Flags) -> Flags:
    """Slots on which a scene could be with all locks kept, of those on which it may be."""
    found = may.copy()
    for hold in rest.holds:
        if number in hold.fixed:
            kept = hold.days or {hold.fixed[number]}
            found &= np.array([day in kept for day in dates])
    return found


def everywhere(rest: Remaining, arrays: Arranged) -> bool:
    """Whether every scene ahead may be shot on some day at all.

    Args:
        rest: what is left of the shoot.
        arrays: of it, as `arrays_of` gives them.
    """
    may = arranged(rest.searched, arrays.rules).problem.allowed & arrays.problem.allowed
    shot = np.array([one.number in rest.shot_scenes for one in arrays.scenes])
    return bool((may.any(axis=1) | shot).all())
