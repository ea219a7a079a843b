"""What happens in each run: how long each scene takes, which days are wet where, and who is ill when."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from openslate.apps.production.risk.chances import Chances
from openslate.apps.production.risk.draws import Draws, Numbers
from openslate.apps.production.risk.plan import Plan

Kind = Literal["overruns", "scene", "day", "shoot", "weather", "location", "absences", "person", ""]
Flags = NDArray[np.bool_]
Minutes = NDArray[np.int64]


@dataclass(frozen=True)
class Source:
    """Something that makes a shoot go otherwise than planned.

    Attributes:
        kind: 'overruns', 'weather' and 'absences' are all of them; 'scene', 'location' and 'person' single ones; 'day'
            and 'shoot' what the overruns of a day and of the whole shoot have in common. Empty for nothing.
        name: number of the scene, name of the location, id of the person; empty otherwise.
    """

    kind: Kind = ""
    name: str = ""


NOTHING = Source()


@dataclass(frozen=True)
class Events:
    """What happens; the last axis of each is the run.

    Attributes:
        minutes: (scenes,) that shooting each takes, in the order of the plan.
        wet: (locations, days) too wet for exteriors.
        added_wet: (groups, locations of a group, days) the same of added days, by how many the group has had.
        ill: (cast, days) cannot work.
    """

    minutes: Minutes
    wet: Flags
    added_wet: Flags
    ill: Flags


def happening(plan: Plan, draws: Draws, chances: Chances, off: Source = NOTHING) -> Events:
    """What happens in each run.

    Args:
        plan: of the board.
        draws: of the same plan.
        chances: how likely.
        off: a source that does nothing, as if it always went as planned.
    """
    wet, added_wet = _weather(plan, draws, chances, off)
    return Events(_minutes(plan, draws, chances, off), wet, added_wet, _ill(plan, draws, chances, off))


def _minutes(plan: Plan, draws: Draws, chances: Chances, off: Source) -> Minutes:
    shoot = plan.shoot
    planned = np.array([shoot.minutes_of(shoot.scene_of[one]) for one in plan.order], dtype=np.int64)
    if off.kind == "overruns":
        return np.asarray(np.repeat(planned[:, None], draws.runs, axis=1), dtype=np.int64)
    on = np.array([plan.day_index[one] for one in plan.order])
    logarithm = np.log(chances.overrun) + chances.scene_spread * draws.scene
    if off.kind != "day":
        logarithm += chances.day_spread * draws.day[on]
    if off.kind != "shoot":
        logarithm += chances.shoot_spread * draws.shoot
    taken: Minutes = np.floor(planned[:, None] * np.exp(logarithm) + 0.5).astype(np.int64)
    if off.kind == "scene":
        at = plan.order.index(off.name)
        taken[at] = planned[at]
    return taken


def _weather(plan: Plan, draws: Draws, chances: Chances, off: Source) -> tuple[Flags, Flags]:
    """A normal number that remembers the day before; wet where it is below the quantile of the chance."""
    dates = [day.date for day in plan.board]
    names = [one.name for one in plan.shoot.locations]
    dry = {name: off.kind == "weather" or (off.kind == "location" and off.name == name) for name in names}
    chance = {name: 0.0 if dry[name] else chances.weather_for(name) for name in names}
    common, memory = chances.weather_shared, chances.weather_memory
    fresh = np.sqrt(common) * draws.weather_common + np.sqrt(1 - common) * draws.weather_own
    state = fresh.copy()
    for at in range(1, len(dates)):
        kept = memory ** (dates[at] - dates[at - 1]).days
        state[:, at] = kept * state[:, at - 1] + np.sqrt(1 - kept**2) * fresh[:, at]
    added = draws.weather_added.copy()
    for at in range(1, added.shape[1]):
        added[:, at] = memory * added[:, at - 1] + np.sqrt(1 - memory**2) * draws.weather_added[:, at]
    limits = np.array([ndtri(chance[name]) for name in names])
    # Groups with fewer locations than others are as if they had more of them that are always dry.
    widest = max(len(group.locations) for group in plan.groups)
    added_limits = np.full((len(plan.groups), widest), -np.inf)
    for row, group in enumerate(plan.groups):
        added_limits[row, : len(group.locations)] = [ndtri(chance[name]) for name in group.locations]
    return state < limits[:, None, None], added[:, None] < added_limits[:, :, None, None]


def _ill(plan: Plan, draws: Draws, chances: Chances, off: Source) -> Flags:
    """Who falls ill stays so for a geometric number of calendar days."""
    first = plan.board.days[0].date
    falls = draws.falls_ill < (0.0 if off.kind == "absences" else chances.absence)
    if off.kind == "person":
        falls[[one.id for one in plan.shoot.cast].index(off.name)] = False
    days = {(day.date - first).days: at for at, day in enumerate(plan.board)}
    ill = np.zeros((falls.shape[0], len(days), draws.runs), dtype=np.bool_)
    left = np.zeros((falls.shape[0], draws.runs), dtype=np.int64)
    for since in range(falls.shape[1]):
        left = np.maximum(left - 1, 0)
        who = np.nonzero(falls[:, since])
        left[who] = np.maximum(left[who], _lasting(draws.ill_for[:, since][who], chances.absence_days))
        if since in days:
            ill[:, days[since]] = left > 0
    return ill


def _lasting(uniform: NDArray[np.float32], mean: float) -> Minutes:
    """Days that an illness lasts, at least one, of a mean."""
    if mean <= 1:
        return np.ones(len(uniform), dtype=np.int64)
    drawn: Numbers = np.log(np.maximum(uniform.astype(np.float64), 1e-12)) / np.log(1 - 1 / mean)
    return 1 + np.floor(drawn).astype(np.int64)
