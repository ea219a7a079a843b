"""The random numbers of a simulation: drawn once by a seed, and the same whatever the chances are.

Switching one source off, or making overruns larger, so changes what that does and nothing else (common random numbers).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.apps.production.risk.plan import Plan

MOST_WET = 12
"""Wet days in a row at a location after which an added day is dry, so that every shoot ends."""
Numbers = NDArray[np.float64]
Singles = NDArray[np.float32]


@dataclass(frozen=True)
class Draws:
    """Random numbers; the last axis of each is the run.

    Attributes:
        runs: how many.
        scene: (scenes,) normal, in the order of the plan.
        day: (days,) normal.
        shoot: () normal.
        weather_common: (days,) normal.
        weather_own: (locations, days) normal.
        weather_added: (groups, `MOST_WET`) normal.
        falls_ill, ill_for: (cast, calendar days from the first planned one to the last) uniform.
    """

    runs: int
    scene: Numbers
    day: Numbers
    shoot: Numbers
    weather_common: Numbers
    weather_own: Numbers
    weather_added: Numbers
    falls_ill: Singles
    ill_for: Singles


def drawn(plan: Plan, runs: int, seed: int) -> Draws:
    """Draw the numbers of a simulation.

    Args:
        plan: that is simulated.
        runs: how many.
        seed: the same plan, runs and seed give the same numbers.
    """
    days, places, cast = len(plan.board.days), len(plan.shoot.locations), len(plan.shoot.cast)
    span = (plan.board.days[-1].date - plan.board.days[0].date).days + 1
    # A generator for each source, so that one more location leaves the overruns as they are.
    overruns, weather, illness = (np.random.default_rng([seed, which]) for which in range(3))
    return Draws(
        runs=runs,
        shoot=overruns.standard_normal(runs),
        day=overruns.standard_normal((days, runs)),
        scene=overruns.standard_normal((len(plan.order), runs)),
        weather_common=weather.standard_normal((days, runs)),
        weather_own=weather.standard_normal((places, days, runs)),
        weather_added=weather.standard_normal((len(plan.groups), MOST_WET, runs)),
        falls_ill=illness.random((cast, span, runs), dtype=np.float32),
        ill_for=illness.random((cast, span, runs), dtype=np.float32),
    )
