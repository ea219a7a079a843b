"""A plan as rows: its scenes, its planned days, and the groups that added days finish."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from openslate.apps.production.risk.events import Minutes
from openslate.apps.production.risk.plan import Plan, is_exposed, moving_minutes


@dataclass(frozen=True)
class DayTable:
    """A planned day as rows of scenes.

    Attributes:
        own, carried, cover: rows of scenes, in the order in which they are taken.
        moving: minutes of moves.
        room: minutes of shooting at most.
        planned: minutes of shooting.
    """

    own: tuple[int, ...]
    carried: tuple[int, ...]
    cover: tuple[int, ...]
    moving: int
    room: int
    planned: int


@dataclass(frozen=True)
class SceneTable:
    """The scenes on days as rows.

    Attributes:
        place: row of each one's location.
        exterior: whether weather takes it.
        cast: rows of its cast.
        after: rows of the scenes that must be finished on an earlier day.
        sets: row of each one's set.
        first, last: of each set, the first and the last planned day in it; of one without any, 0 and -1.
    """

    place: tuple[int, ...]
    exterior: tuple[bool, ...]
    cast: tuple[tuple[int, ...], ...]
    after: tuple[tuple[int, ...], ...]
    sets: tuple[int, ...]
    first: tuple[int, ...]
    last: tuple[int, ...]


@dataclass(frozen=True)
class GroupTable:
    """A group as rows.

    Attributes:
        night: whether it is called for the night.
        rows: of its scenes.
        sets: row of the set of each.
        spots: which of the group's locations each is at.
        ways: minutes between these.
    """

    night: bool
    rows: tuple[int, ...]
    sets: tuple[int, ...]
    spots: tuple[int, ...]
    ways: Minutes


def group_tables(plan: Plan) -> tuple[GroupTable, ...]:
    """The groups of a plan as rows."""
    shoot, row = plan.shoot, {number: at for at, number in enumerate(plan.order)}
    sets = {one.name: at for at, one in enumerate(shoot.sets)}
    return tuple(
        GroupTable(
            night=group.night,
            rows=tuple(row[one] for one in group.scenes),
            sets=tuple(sets[shoot.scene_of[one].set] for one in group.scenes),
            spots=tuple(group.locations.index(shoot.place_of(shoot.scene_of[one])) for one in group.scenes),
            ways=np.array(
                [[shoot.move_between(one, other).minutes for other in group.locations] for one in group.locations],
                dtype=np.int64,
            ),
        )
        for group in plan.groups
    )


def scene_table(plan: Plan) -> SceneTable:
    """The scenes of a plan as rows."""
    shoot, row = plan.shoot, {number: at for at, number in enumerate(plan.order)}
    scenes = [shoot.scene_of[number] for number in plan.order]
    places = [one.name for one in shoot.locations]
    members = {one.id: at for at, one in enumerate(shoot.cast)}
    sets = [[one.name for one in shoot.sets].index(scene.set) for scene in scenes]
    on = [
        [plan.day_index[n] for n, its in zip(plan.order, sets, strict=True) if its == at]
        for at in range(len(shoot.sets))
    ]
    return SceneTable(
        place=tuple(places.index(shoot.place_of(one)) for one in scenes),
        exterior=tuple(is_exposed(shoot, one) for one in scenes),
        cast=tuple(tuple(members[one] for one in scene.cast) for scene in scenes),
        after=tuple(tuple(row[one] for one in plan.before(scene.number)) for scene in scenes),
        sets=tuple(sets),
        first=tuple(min(days, default=0) for days in on),
        last=tuple(max(days, default=-1) for days in on),
    )


def day_tables(plan: Plan) -> tuple[DayTable, ...]:
    """The planned days of a plan as rows."""
    return tuple(_day_tables(plan))


def _day_tables(plan: Plan) -> Iterator[DayTable]:
    shoot, row = plan.shoot, {number: at for at, number in enumerate(plan.order)}
    for at, day in enumerate(plan.board):
        moving = moving_minutes(shoot, day)
        yield DayTable(
            own=tuple(row[one] for one in day.scenes),
            carried=tuple(row[one] for one in plan.carried(at)),
            cover=tuple(row[one] for one in plan.cover(at)),
            moving=moving,
            room=plan.longest[at] - moving,
            planned=sum(shoot.minutes_of(shoot.scene_of[one]) for one in day.scenes),
        )
