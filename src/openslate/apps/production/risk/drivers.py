"""What drives the risk: how much falls away when one source does nothing, in the same runs otherwise."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.stats import rankdata

from openslate.apps.production.risk.chances import Chances
from openslate.apps.production.risk.draws import Numbers
from openslate.apps.production.risk.events import Events, Source
from openslate.apps.production.risk.plan import Plan, is_exposed
from openslate.apps.production.risk.simulation import Outcomes, Simulation
from openslate.apps.production.risk.summary import Estimate, bootstrap_error, estimate, quantile
from openslate.progress import Progress, silent

MOST_BOOTSTRAPPED = 20
"""Drivers whose fall of the P80 gets an error; the others are too small to be read one by one."""
P80 = 0.8


@dataclass(frozen=True)
class Driver:
    """A source, and what it does.

    Stability: provisional.

    Attributes:
        source: which.
        mean: how much the expected cost falls when it does nothing, with its standard error over the same runs.
        p80: how much the P80 of the cost falls.
        p80_error: standard error of that; None where it was not worked out.
        days: how many fewer days are added, in the mean.
        rank: Spearman's correlation of how much of it there is in a run with the cost of the run; None where there is
            nothing to count.
    """

    source: Source
    mean: Estimate
    p80: int
    p80_error: float | None
    days: float
    rank: float | None


def sources(plan: Plan, chances: Chances) -> Iterator[Source]:
    """Everything that may make a board go otherwise than planned, with these chances.

    Args:
        plan: of the board.
        chances: those that are zero make no source.
    """
    spreads = (chances.scene_spread, chances.day_spread, chances.shoot_spread)
    if any(spreads) or chances.overrun != 1:
        yield Source("overruns")
        yield from (Source("scene", one) for one in plan.order)
    if chances.day_spread:
        yield Source("day")
    if chances.shoot_spread:
        yield Source("shoot")
    scenes = [plan.shoot.scene_of[one] for one in plan.order]
    outdoors = {plan.shoot.place_of(one) for one in scenes if is_exposed(plan.shoot, one)}
    wet = [one.name for one in plan.shoot.locations if one.name in outdoors and chances.weather_for(one.name)]
    yield from [Source("weather")] if wet else []
    yield from (Source("location", name) for name in wet)
    if chances.absence:
        yield Source("absences")
        playing = {one for scene in scenes for one in scene.cast}
        yield from (Source("person", one.id) for one in plan.shoot.cast if one.id in playing)


def drivers(played: Simulation, chances: Chances, base: Outcomes, progress: Progress = silent) -> tuple[Driver, ...]:
    """Switch off one source after the other.

    What falls away does not add up: where two meet, either alone may be enough to add a day.

    Args:
        played: the simulation.
        chances: of it.
        base: its outcomes with everything on.
        progress: told how far it is.

    Returns:
        Those with the largest fall of the expected cost first.
    """
    events, found = played.events(chances), []
    costs = rankdata(base.cost)
    every = list(sources(played.plan, chances))
    off_costs = {}
    for at, source in enumerate(every):
        progress("Switching sources off", at / len(every))
        off = played.outcomes(chances, source)
        off_costs[source] = off.cost
        found.append(
            Driver(
                source=source,
                mean=estimate(base.cost - off.cost),
                p80=quantile(base.cost, P80) - quantile(off.cost, P80),
                p80_error=None,
                days=float((base.added_days - off.added_days).mean()),
                rank=_rank(_amount(played.plan, events, source), costs),
            )
        )
    found.sort(key=lambda one: (-one.mean.value, every.index(one.source)))
    p80 = partial(quantile, share=P80)
    for at, one in enumerate(found[:MOST_BOOTSTRAPPED]):
        error = bootstrap_error((base.cost, off_costs[one.source]), p80, played.seed)
        found[at] = Driver(one.source, one.mean, one.p80, error, one.days, one.rank)
    return tuple(found)


def _amount(plan: Plan, events: Events, source: Source) -> Numbers | None:
    """How much of a source there is in each run: minutes, wet days with exteriors planned, or days called and ill."""
    match source.kind:
        case "overruns":
            return _floats(events.minutes.sum(axis=0))
        case "scene":
            return _floats(events.minutes[plan.order.index(source.name)])
        case "weather" | "location":
            names = [one.name for one in plan.shoot.locations]
            wet = [
                events.wet[names.index(place), at]
                for at, place in _outdoors(plan)
                if source.kind == "weather" or place == source.name
            ]
            return _floats(np.sum(wet, axis=0))
        case "absences" | "person":
            ill = [
                events.ill[row, at]
                for at in range(len(plan.board.days))
                for row, one in enumerate(plan.shoot.cast)
                if one.id in plan.called(at) and source.name in ("", one.id)
            ]
            return _floats(np.sum(ill, axis=0))
        case _:
            return None


def _floats(values: object) -> Numbers:
    return np.asarray(values, dtype=np.float64)


def _outdoors(plan: Plan) -> Iterator[tuple[int, str]]:
    """Each day with a location at which an exterior is planned."""
    for at, day in enumerate(plan.board):
        scenes = [plan.shoot.scene_of[one] for one in day.scenes]
        places = dict.fromkeys(plan.shoot.place_of(one) for one in scenes if is_exposed(plan.shoot, one))
        yield from ((at, place) for place in places)


def _rank(amount: Numbers | None, costs: Numbers) -> float | None:
    if amount is None or amount.min() == amount.max() or costs.min() == costs.max():
        return None
    return float(np.corrcoef(rankdata(amount), costs)[0, 1])
