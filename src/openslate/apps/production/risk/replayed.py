"""What is shot on each planned day of every run at once, and what is left over."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from openslate.apps.production.risk.events import Events, Flags, Minutes
from openslate.apps.production.risk.tables import DayTable, SceneTable


@dataclass(frozen=True)
class Replayed:
    """What planned days come to.

    Attributes:
        totals: minutes of each day, moves among them, (days, runs).
        left: minutes left of each scene, (scenes, runs).
        first, last: of each set, the first and the last day on which it is shot in or was planned to be, (sets, runs).
    """

    totals: Minutes
    left: Minutes
    first: Minutes
    last: Minutes


def replayed(scenes: SceneTable, days: Sequence[DayTable], events: Events, cover: bool = False) -> Replayed:
    """Shoot every planned day.

    Args:
        scenes, days: of the plan.
        events: what happens.
        cover: whether interiors are pulled forward where weather takes an exterior.
    """
    left = events.minutes.copy()
    found = _begun(scenes, len(days), left)
    totals = found.totals
    for at, day in enumerate(days):
        open_ = left > 0 if any(scenes.after) else None
        room = np.full(left.shape[1], day.room, dtype=np.int64)
        for row in day.taken:
            _take(scenes, events, found, room, open_, row, at)
        totals[at] = day.room - room
        exteriors = [row for row in day.own if scenes.exterior[row]]
        if cover and exteriors and day.cover:
            lost = np.logical_or.reduce([events.wet[scenes.place[row], at] for row in exteriors])
            room = np.where(lost, np.maximum(day.planned - totals[at], 0), 0)
            before = room.copy()
            for row in day.cover:
                _take(scenes, events, found, room, open_, row, at)
            totals[at] += before - room
        totals[at] += day.moving
    return found


def _begun(scenes: SceneTable, days: int, left: Minutes) -> Replayed:
    runs = left.shape[1]
    first, last = (
        np.repeat(np.array(one, dtype=np.int64)[:, None], runs, axis=1) for one in (scenes.first, scenes.last)
    )
    return Replayed(np.empty((days, runs), dtype=np.int64), left, first, last)


def _take(
    scenes: SceneTable, events: Events, found: Replayed, room: Minutes, open_: Flags | None, row: int, at: int
) -> None:
    """Shoot as much of a scene as there is room for, in the runs in which it can be shot at all."""
    left, one_set = found.left, scenes.sets[row]
    if not left[row].any():
        return
    taken = np.minimum(left[row], room)
    shut = [events.ill[member, at] for member in scenes.cast[row]]
    if scenes.exterior[row]:
        shut.append(events.wet[scenes.place[row], at])
    if open_ is not None:
        shut += [open_[before] for before in scenes.after[row]]
    if shut:
        taken[np.logical_or.reduce(shut)] = 0
    left[row] -= taken
    room -= taken
    if not scenes.first[one_set] <= at <= scenes.last[one_set]:
        some = taken > 0
        found.first[one_set, some] = np.minimum(found.first[one_set, some], at)
        found.last[one_set, some] = np.maximum(found.last[one_set, some], at)
