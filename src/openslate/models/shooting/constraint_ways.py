"""The unit's way in the model for CP-SAT: from place to place within days and overnight, as a flow of one unit."""

from typing import Any

from openslate.models.shooting.constraint_days import Days, Terms
from openslate.models.shooting.problem import Problem


def add_ways(model: Any, problem: Problem, days: Days) -> Terms:
    """The unit goes from place to place, one of them before it has been anywhere: a flow of one unit.

    Args:
        model: of CP-SAT; changed.
        problem: of the shoot.
        days: of it.
    """
    places, costs = len(problem.fee), []
    before: list[Any] = [0] * places + [1]
    for slot, used in enumerate(days.used):
        starts, found = _step(model, problem, before)
        for (one, other), arc in found.items():
            if one != other:
                model.add_implication(arc, used)
        here, stops, moving = starts, [starts], []
        costs += _costs(problem, found)
        for _ in range(problem.day.places - 1):
            here, found = _step(model, problem, here, days, slot)
            stops.append(here)
            costs += _costs(problem, found)
            moving += [
                (int(problem.way_minutes[one, other]), arc) for (one, other), arc in found.items() if one != other
            ]
        for place in range(places):
            there = days.at.get((place, slot), 0)
            model.add(sum(stop[place] for stop in stops) >= there)
            for stop in stops:
                model.add(stop[place] <= there + 1 - used)
        model.add(starts[places] + used <= 1)
        _no_return(model, days, slot, starts, here)
        scenes = [
            int(problem.minutes[scene]) * days.shot[scene, slot]
            for scene in range(len(problem.minutes))
            if (scene, slot) in days.shot
        ]
        model.add(days.minutes[slot] == sum(scenes) + sum(minutes * arc for minutes, arc in moving))
        before = here
    return costs


def _no_return(model: Any, days: Days, slot: int, starts: list[Any], ends: list[Any]) -> None:
    """A day of several places does not end where it began."""
    there = [variable for (_, at), variable in days.at.items() if at == slot]
    several = model.new_bool_var("")
    model.add(sum(there) <= 1).only_enforce_if(~several)
    for start, end in zip(starts, ends, strict=True):
        model.add(start + end + several <= 2)


def _step(
    model: Any, problem: Problem, before: list[Any], days: Days | None = None, slot: int = 0
) -> tuple[list[Any], dict[tuple[int, int], Any]]:
    """One step of the unit: where it is then, and the arcs; within a day where one is named, overnight otherwise."""
    places = len(problem.fee)
    after = [model.new_bool_var("") for _ in range(places + 1)]
    ends = range(places)
    arcs = {(one, one): model.new_bool_var("") for one in range(places + 1)}
    for one in range(places + 1):
        for other in ends:
            inside = days is None or ((one, slot) in days.at and (other, slot) in days.at)
            if one != other and inside:
                arcs[one, other] = model.new_bool_var("")
    for place in range(places + 1):
        model.add(sum(arc for (one, _), arc in arcs.items() if one == place) == before[place])
        model.add(sum(arc for (_, other), arc in arcs.items() if other == place) == after[place])
    return after, arcs


def _costs(problem: Problem, arcs: dict[tuple[int, int], Any]) -> Terms:
    places = len(problem.fee)
    return [
        (int(problem.way_cost[one, other]), arc)
        for (one, other), arc in arcs.items()
        if one != other and one < places and problem.way_cost[one, other]
    ]
