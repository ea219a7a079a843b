"""Rests between days, and days in a row, in the model for CP-SAT."""

from typing import Any

import numpy as np

from openslate.models.shooting.constraint_days import Days, Terms
from openslate.models.shooting.problem import Problem


def add_rows(model: Any, problem: Problem, days: Days) -> Terms:
    """Days in a row: no more than may be, and what later ones cost more."""
    premiums, most, costs = (0, *problem.day.premiums), problem.day.in_a_row, []
    row: list[Any] = []
    for slot in range(len(problem.dates)):
        follows = slot > 0 and problem.dates[slot] - problem.dates[slot - 1] == 1
        longer = []
        for nth in range(1, min(len(premiums) - 1, slot + 1) + 1):
            if nth == 1:
                longer.append(days.used[slot])
            elif follows and nth - 2 < len(row):
                longer.append(_all(model, [days.used[slot], row[nth - 2]]))
        costs += [
            (premiums[nth + 1] - premiums[nth], one)
            for nth, one in enumerate(longer)
            if premiums[nth + 1] != premiums[nth]
        ]
        row = longer
        first = slot - most
        if first >= 0 and problem.dates[slot] - problem.dates[first] == most:
            model.add(sum(days.used[first : slot + 1]) <= most)
    return costs


def _all(model: Any, of: list[Any]) -> Any:
    """Whether all of these are so; exactly."""
    found = model.new_bool_var("")
    model.add_bool_and(of).only_enforce_if(found)
    model.add_bool_or([*(~one for one in of), found])
    return found


def add_rests(model: Any, problem: Problem, days: Days) -> Terms:
    """Rests between a day and the next one that is shot, where they may be too short."""
    day, costs = problem.day, []
    longest = max(day.crew_rest, day.paid_crew_rest, day.cast_rest, day.paid_cast_rest)
    night = day.night_call - day.day_call
    for slot, date in enumerate(problem.dates.tolist()):
        for later in range(slot + 1, len(problem.dates)):
            whole = (int(problem.dates[later]) - date) * 1440 - day.meal
            if whole - max(night, 0) - day.longest >= longest:
                break
            between = [~used for used in days.used[slot + 1 : later]]
            follow = _all(model, [days.used[slot], days.used[later], *between])
            rest = whole + night * days.night[later] - night * days.night[slot] - days.minutes[slot]
            costs += _rest(model, problem, days, (slot, later), follow, rest)
    return costs


def _rest(model: Any, problem: Problem, days: Days, pair: tuple[int, int], follow: Any, rest: Any) -> Terms:
    day, costs = problem.day, []
    short, both = model.new_bool_var(""), []
    model.add(rest >= day.crew_rest).only_enforce_if(follow)
    if day.paid_crew_rest > day.crew_rest:
        model.add(rest >= day.paid_crew_rest).only_enforce_if([follow, ~short])
        costs.append((day.crew_rest_cost, short))
    hurried = model.new_bool_var("")
    model.add(rest >= max(day.paid_cast_rest, day.cast_rest)).only_enforce_if([follow, ~hurried])
    for payee in np.flatnonzero(problem.payees.rest_cost >= 0).tolist():
        here = [days.works.get((payee, slot)) for slot in pair]
        if here[0] is not None and here[1] is not None:
            both = [follow, *here]
            if day.cast_rest:
                model.add(rest >= day.cast_rest).only_enforce_if(both)
            paid = model.new_bool_var("")
            model.add_bool_or([paid, ~hurried, *(~one for one in both)])
            costs.append((int(problem.payees.rest_cost[payee]), paid))
    return costs
