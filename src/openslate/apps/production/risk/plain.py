"""One run in plain words: the board that it comes to, priced as any board. What the arrays are held to."""

import itertools
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.board.clash import penalties
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.costs import costs_of
from openslate.apps.production.risk.draws import MOST_WET
from openslate.apps.production.risk.events import Events
from openslate.apps.production.risk.groups import Group
from openslate.apps.production.risk.plan import LEAST_DAY, Plan, is_exposed, moving_minutes
from openslate.apps.production.risk.spans import longer
from openslate.apps.production.shoot.scenes import Scene
from openslate.apps.production.shoot.shoot import Shoot


@dataclass(frozen=True)
class Part:
    """A part of a scene that a day shoots, or was called for and does not: 0 minutes."""

    number: str
    minutes: int


@dataclass
class Run:
    """One run while it is replayed.

    Attributes:
        plan: of the board.
        events: what happens; `at` is the run among them.
        left: minutes left of each scene.
        days: date, whether at night, and parts of every day so far.
    """

    plan: Plan
    events: Events
    at: int
    left: dict[str, int] = field(default_factory=dict)
    days: list[tuple[date, bool, list[Part]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.left = {one: int(self.events.minutes[row, self.at]) for row, one in enumerate(self.plan.order)}

    def can_shoot(self, number: str, day: int, opened: dict[str, int]) -> bool:
        """Whether a scene can be shot on a planned day: nobody is ill, it is dry, and what comes before is finished."""
        shoot = self.plan.shoot
        scene = shoot.scene_of[number]
        cast = [one.id for one in shoot.cast]
        ill = any(self.events.ill[cast.index(one), day, self.at] for one in scene.cast)
        return not ill and not self.is_wet(scene, day) and not any(opened[one] for one in self.plan.before(number))

    def is_wet(self, scene: Scene, day: int) -> bool:
        """Whether weather takes a scene on a planned day."""
        names = [one.name for one in self.plan.shoot.locations]
        wet = bool(self.events.wet[names.index(self.plan.shoot.place_of(scene)), day, self.at])
        return is_exposed(self.plan.shoot, scene) and wet

    def take(self, number: str, room: int) -> Part:
        """Shoot as much of a scene as there is room for."""
        taken = min(self.left[number], room)
        self.left[number] -= taken
        return Part(number, taken)


def realised(plan: Plan, events: Events, at: int, cover: bool = False) -> Board:
    """The board that a run comes to: every part of a scene is a scene of its own, of the minutes that it took.

    Args:
        plan: of the board.
        events: what happens.
        at: the run.
        cover: whether interiors are pulled forward where weather takes an exterior.
    """
    run = Run(plan, events, at)
    for day in range(len(plan.board.days)):
        _planned_day(run, day, cover)
    night = plan.board.days[-1].night
    dates = plan.added_days()
    for which, group in enumerate(plan.groups):
        if any(run.left[one] for one in group.scenes):
            if night and not group.night:
                next(dates)
            night = group.night
        day = 0
        while any(run.left[one] for one in group.scenes):
            dry = day >= MOST_WET
            wet = [not dry and bool(one) for one in events.added_wet[which, :, min(day, MOST_WET - 1), at]]
            run.days.append((next(dates), group.night, _added_day(run, group, wet)))
            day += 1
    return _board(run)


def cost_of(plan: Plan, board: Board) -> int:
    """What a realised board costs, penalties among it."""
    return costs_of(board).total + penalties(clashes_of(board, plan.rules))


def _planned_day(run: Run, at: int, cover: bool) -> None:
    plan, day = run.plan, run.plan.board.days[at]
    room = plan.longest[at] - moving_minutes(plan.shoot, day)
    opened = dict(run.left)
    shot = []
    for number in (*day.scenes, *plan.carried(at)):
        part = run.take(number, room if run.can_shoot(number, at, opened) else 0)
        room -= part.minutes
        if part.minutes or number in day.scenes:
            shot.append(part)
    if cover and any(run.is_wet(plan.shoot.scene_of[one], at) for one in day.scenes):
        planned = sum(plan.shoot.minutes_of(plan.shoot.scene_of[one]) for one in day.scenes)
        room = max(planned - sum(part.minutes for part in shot), 0)
        for number in plan.cover(at):
            part = run.take(number, room if run.can_shoot(number, at, opened) else 0)
            room -= part.minutes
            if part.minutes:
                shot.append(part)
    run.days.append((day.date, day.night, _in_place(plan.shoot, day, shot)))


def _in_place(shoot: Shoot, day: ShootDay, shot: list[Part]) -> list[Part]:
    """The parts of a day: those planned in their order, others after the last one that is planned at their place."""
    ordered = [part for part in shot if part.number in day.scenes]
    for part in shot:
        if part.number not in day.scenes:
            place = shoot.place_of(shoot.scene_of[part.number])
            there = [at for at, one in enumerate(ordered) if shoot.place_of(shoot.scene_of[one.number]) == place]
            ordered.insert(there[-1] + 1, part)
    return ordered


def _added_day(run: Run, group: Group, wet: list[bool]) -> list[Part]:
    shoot = run.plan.shoot
    places = dict.fromkeys(shoot.place_of(shoot.scene_of[one]) for one in group.scenes if run.left[one])
    moving = sum(shoot.move_between(one, other).minutes for one, other in itertools.pairwise(places))
    room, parts = max(run.plan.longest_added - moving, LEAST_DAY), []
    for number in group.scenes:
        if run.left[number]:
            scene = shoot.scene_of[number]
            stays = wet[group.locations.index(shoot.place_of(scene))] and is_exposed(shoot, scene)
            parts.append(run.take(number, 0 if stays else room))
            room -= parts[-1].minutes
    return parts


def _board(run: Run) -> Board:
    shoot = run.plan.shoot
    count: defaultdict[str, int] = defaultdict(int)
    scenes: list[Scene] = []
    days = []
    for day, night, parts in run.days:
        names = []
        for part in parts:
            count[part.number] += 1
            names.append(f"{part.number} part {count[part.number]}")
            # Scenes that come after others were looked at while the run was replayed; parts have other names.
            scenes.append(replace(shoot.scene_of[part.number], number=names[-1], minutes=part.minutes, after=()))
        days.append(ShootDay(day, tuple(names), night))
    calendar = longer(run.plan, [day for day, _, _ in run.days])
    return Board(replace(shoot, scenes=tuple(scenes), calendar=calendar), tuple(days))
