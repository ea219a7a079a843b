"""Boards for tests of risk: invented shoots, each scene on the first day that has room and light for it."""

from dataclasses import replace
from datetime import date
from functools import cache

from openslate.apps.production.board.board import Board
from openslate.apps.production.invented.shoots import ShootSettings, invented_shoot
from openslate.apps.production.rules.loading import rules_of
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.scheduling.boards import board_of
from openslate.apps.production.shoot.places import Set
from openslate.apps.production.shoot.scenes import Scene
from openslate.apps.production.shoot.shoot import Shoot


@cache
def planned(seed: int, scenes: int = 14) -> tuple[Board, Rules]:
    """A small invented shoot, with sets that cost something and scenes that come after others, put on days."""
    shoot = invented_shoot(ShootSettings(scenes=scenes, cast=max(scenes // 3, 6), places=3, seed=seed))
    sets = tuple(Set(one.name, one.location, standing=37) for one in shoot.sets)
    days = packed(shoot)
    order = sorted(days, key=lambda number: days[number])
    after = {order[-1]: order[0], order[len(order) // 2]: order[1]}
    ordered = tuple(
        replace(one, after=(after[one.number],))
        if one.number in after and days[after[one.number]] < days[one.number]
        else one
        for one in shoot.scenes
    )
    kept = replace(shoot, sets=sets, scenes=ordered, rules=("openslate-crew",))
    return board_of(kept, days), rules_of(kept)


def packed(shoot: Shoot) -> dict[str, date]:
    """The first day for each scene, place by place."""
    on: dict[date, list[Scene]] = {day: [] for day in shoot.calendar.working_days()}
    for scene in sorted(shoot.scenes, key=lambda one: (shoot.place_of(one), one.shift)):
        next(there for day, there in on.items() if _fits(shoot, scene, day, there)).append(scene)
    return {scene.number: day for day, there in on.items() for scene in there}


def _fits(shoot: Shoot, scene: Scene, day: date, there: list[Scene]) -> bool:
    scenes = [*there, scene]
    shifts = {one.shift for one in scenes} - {"any"}
    return (
        sum(shoot.minutes_of(one) for one in scenes) <= shoot.day.minutes
        and len({shoot.place_of(one) for one in scenes}) <= shoot.day.locations
        and len(shifts) <= 1
        and all(shoot.member_of[one].can_work(day) for one in scene.cast)
    )
