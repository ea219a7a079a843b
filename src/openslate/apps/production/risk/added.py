"""The days that are added in every run at once, until nothing is left."""

from dataclasses import dataclass, field

import numpy as np

from openslate.apps.production.risk.draws import MOST_WET
from openslate.apps.production.risk.events import Events, Flags, Minutes
from openslate.apps.production.risk.plan import LEAST_DAY, Plan
from openslate.apps.production.risk.tables import GroupTable, SceneTable

NONE = -1


@dataclass
class Added:
    """Added days, by how many working days after the last planned one they are; each array is of (runs,).

    Attributes:
        runs: how many.
        group: row of the group that each day is of; `NONE` where nothing is shot.
        minutes: of shooting and moves.
        visited: (locations of a group, runs) which of its locations the unit goes to.
        called: (cast, runs) who is called.
        sets: (sets, runs) which sets are shot in, or would be.
    """

    runs: int
    cast: int
    n_sets: int
    widest: int
    group: list[Minutes] = field(default_factory=list)
    minutes: list[Minutes] = field(default_factory=list)
    visited: list[Flags] = field(default_factory=list)
    called: list[Flags] = field(default_factory=list)
    sets: list[Flags] = field(default_factory=list)

    def grow(self, days: int) -> None:
        """Have at least so many days."""
        while len(self.group) < days:
            self.group.append(np.full(self.runs, NONE, dtype=np.int64))
            self.minutes.append(np.zeros(self.runs, dtype=np.int64))
            self.visited.append(np.zeros((self.widest, self.runs), dtype=np.bool_))
            self.called.append(np.zeros((self.cast, self.runs), dtype=np.bool_))
            self.sets.append(np.zeros((self.n_sets, self.runs), dtype=np.bool_))


def added(plan: Plan, scenes: SceneTable, groups: tuple[GroupTable, ...], events: Events, left: Minutes) -> Added:
    """Add days until nothing is left: group after group, each day as long as it may be.

    Whoever has something left in the group is called on each of its days. Nights come one after another, and so do
    days; a working day stays free where days follow nights.

    Args:
        plan: of the board.
        scenes, groups: of the plan.
        events: what happens.
        left: minutes of each scene, (scenes, runs); all zero afterwards.
    """
    runs = left.shape[1]
    widest = max(len(group.locations) for group in plan.groups)
    found = Added(runs, len(plan.shoot.cast), len(plan.shoot.sets), widest)
    free_from = np.zeros(runs, dtype=np.int64)
    night = np.full(runs, plan.board.days[-1].night)
    for at, group in enumerate(groups):
        busy = np.flatnonzero(left[list(group.rows)].any(axis=0))
        if not group.night:
            free_from[busy] += night[busy]
        night[busy] = group.night
        day = 0
        while len(busy):
            _add(found, scenes, group, at, _wet(events, at, day, busy), left, busy, free_from[busy], plan.longest_added)
            free_from[busy] += 1
            day += 1
            busy = busy[left[list(group.rows)][:, busy].any(axis=0)]
    return found


def _wet(events: Events, at: int, day: int, busy: Minutes) -> Flags:
    if day >= MOST_WET:
        return np.zeros((events.added_wet.shape[1], len(busy)), dtype=np.bool_)
    wet: Flags = events.added_wet[at, :, day, :][:, busy]
    return wet


def _add(
    found: Added,
    scenes: SceneTable,
    group: GroupTable,
    at: int,
    wet: Flags,
    left: Minutes,
    busy: Minutes,
    slot: Minutes,
    longest: int,
) -> None:
    """One more day of a group, in the runs that need it."""
    found.grow(int(slot.max()) + 1)
    visited = _visited(group, left, busy, found.widest)
    moving = _moving(group, visited)
    whole = np.maximum(longest - moving, LEAST_DAY)
    room = whole.copy()
    needs: list[tuple[int, int, Flags]] = []
    for row, one_set, spot in zip(group.rows, group.sets, group.spots, strict=True):
        has = left[row, busy]
        if not has.any():
            continue
        needs.append((row, one_set, has > 0))
        taken = np.minimum(has, room)
        if scenes.exterior[row]:
            taken[wet[spot]] = 0
        left[row, busy] = has - taken
        room -= taken
    for place in np.unique(slot):
        here = slot == place
        runs = busy[here]
        found.group[place][runs] = at
        found.visited[place][:, runs] = visited[:, here]
        found.minutes[place][runs] = (moving + whole - room)[here]
        for row, one_set, has in needs:
            calls = runs[has[here]]
            found.sets[place][one_set, calls] = True
            for member in scenes.cast[row]:
                found.called[place][member, calls] = True


def _visited(group: GroupTable, left: Minutes, busy: Minutes, widest: int) -> Flags:
    """To which of its locations the unit goes: wherever something is left."""
    found = np.zeros((widest, len(busy)), dtype=np.bool_)
    for row, spot in zip(group.rows, group.spots, strict=True):
        found[spot] |= left[row, busy] > 0
    return found


def _moving(group: GroupTable, visited: Flags) -> Minutes:
    """Minutes of moves from each visited location to the next."""
    minutes = np.zeros(visited.shape[1], dtype=np.int64)
    before = np.full(visited.shape[1], NONE, dtype=np.int64)
    for spot in range(len(group.ways)):
        minutes += np.where(visited[spot] & (before != NONE), group.ways[before, spot], 0)
        before = np.where(visited[spot], spot, before)
    return minutes
