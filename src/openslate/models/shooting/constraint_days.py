"""Days of the model for CP-SAT: what is shot on each, at which places, by which light, and who works on it."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from openslate.models.shooting.problem import Problem

Terms = list[tuple[int, Any]]
"""Costs: what a variable weighs, and the variable."""


@dataclass(frozen=True)
class Days:
    """Variables of days; those that cannot be are left out.

    Attributes:
        shot: of a scene and a slot, whether it is shot on it.
        works: of a payee and a slot, whether they work on it.
        at: of a place and a slot, whether anything is shot there.
        used: of each slot, whether anything is shot.
        night: of each slot, whether anything is that must be by night.
        minutes: of each slot, the minutes of its scenes and moves.
        costs: of units, fees and overtime.
    """

    shot: dict[tuple[int, int], Any] = field(default_factory=dict)
    works: dict[tuple[int, int], Any] = field(default_factory=dict)
    at: dict[tuple[int, int], Any] = field(default_factory=dict)
    used: list[Any] = field(default_factory=list)
    night: list[Any] = field(default_factory=list)
    minutes: list[Any] = field(default_factory=list)
    costs: Terms = field(default_factory=list)


def add_days(model: Any, problem: Problem) -> Days:
    """Put every scene on one slot, and let each slot have no more than a day may.

    Args:
        model: of CP-SAT; changed.
        problem: of the shoot.
    """
    days, day = Days(), problem.day
    for scene in range(len(problem.minutes)):
        for slot in np.flatnonzero(problem.allowed[scene]).tolist():
            days.shot[scene, slot] = model.new_bool_var("")
        model.add_exactly_one([days.shot[scene, slot] for slot in np.flatnonzero(problem.allowed[scene]).tolist()])
    for slot in range(len(problem.dates)):
        here = [scene for scene in range(len(problem.minutes)) if (scene, slot) in days.shot]
        days.used.append(_any(model, [days.shot[scene, slot] for scene in here]))
        days.night.append(_any(model, [days.shot[scene, slot] for scene in here if problem.shift[scene] == 2]))
        for scene in here:
            if problem.shift[scene] == 1:
                model.add_implication(days.shot[scene, slot], ~days.night[slot])
        for place in np.unique(problem.place[here]).tolist() if here else []:
            days.at[place, slot] = _any(model, [days.shot[one, slot] for one in here if problem.place[one] == place])
            days.costs.append((int(problem.fee[place]), days.at[place, slot]))
        model.add(
            sum(days.at[place, slot] for place in range(len(problem.fee)) if (place, slot) in days.at) <= day.places
        )
        _add_workers(model, problem, days, slot, here)
        minutes = model.new_int_var(0, day.longest, "")
        overtime = model.new_int_var(0, day.overtime_minutes, "")
        model.add(overtime >= minutes - day.minutes)
        days.minutes.append(minutes)
        days.costs.extend([(day.cost, days.used[slot]), (day.overtime_cost, overtime)])
    return days


def _add_workers(model: Any, problem: Problem, days: Days, slot: int, here: list[int]) -> None:
    for payee in range(len(problem.payees)):
        mine = [scene for scene in here if problem.needs[payee, scene]]
        if not mine:
            continue
        works = days.works[payee, slot] = _any(model, [days.shot[scene, slot] for scene in mine])
        limit = int(problem.payees.work_limit[payee])
        if limit < sum(int(problem.minutes[scene]) for scene in mine):
            model.add(sum(int(problem.minutes[scene]) * days.shot[scene, slot] for scene in mine) <= limit)
        if problem.payees.no_night[payee]:
            model.add_implication(works, ~days.night[slot])


def _any(model: Any, of: list[Any]) -> Any:
    """Whether any of these is so; exactly."""
    found = model.new_bool_var("")
    for one in of:
        model.add_implication(one, found)
    model.add_bool_or([*of, ~found])
    return found
