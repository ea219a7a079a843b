"""Terms of a shoot as arrays: who is paid how, and what a day is and costs."""

import numpy as np
from numpy.typing import NDArray

from openslate.apps.production.rules.limits import (
    cast_rest_cost,
    crew_rest_cost,
    days_in_a_row,
    hard_rest,
    paid_rest,
    row_cost,
)
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.minors import most_work, never_at_night
from openslate.apps.production.shoot.scenes import Scene
from openslate.apps.production.shoot.shoot import Shoot
from openslate.models.kernels.shoot_search import SPANNED, WEEKLY, WORKED
from openslate.models.shooting.problem import NEVER, Day, Payees

KINDS = {"day": SPANNED, "weekly": WEEKLY, "worked": WORKED}
ROW = 14
"""Days in a row after which a further one costs no more than the one before."""
Flags = NDArray[np.bool_]


def needs_of(shoot: Shoot, scenes: tuple[Scene, ...]) -> Flags:
    """(payees, scenes) who plays in which, and which is in which set; payees are the cast and then the sets."""
    cast = [[one.id in scene.cast for scene in scenes] for one in shoot.cast]
    sets = [[one.name == scene.set for scene in scenes] for one in shoot.sets]
    return np.array([*cast, *sets], dtype=np.bool_).reshape(len(cast) + len(sets), len(scenes))


def payees_of(shoot: Shoot, rules: Rules) -> Payees:
    """How the cast is paid, and what sets cost while they stand."""
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


def day_of(shoot: Shoot, rules: Rules) -> Day:
    """How long a day is, what it costs, and the rests between days."""
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
