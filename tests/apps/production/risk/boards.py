"""Boards for tests of risk: invented shoots, each scene on the first day that has room and light for it."""

from dataclasses import replace
from datetime import date
from functools import cache

from openslate.apps.production.board.board import Board
from openslate.apps.production.invented.shoots import ShootSettings, invented_shoot
from openslate.apps.production.rules.rules import DaysInARow, Premium, Rest, Rules
from openslate.apps.production.scheduling.boards import board_of
from openslate.apps.production.shoot.people import Contract
from openslate.apps.production.shoot.places import Set
from openslate.apps.production.shoot.scenes import Scene
from openslate.apps.production.shoot.shoot import Shoot
from tests.apps.production.shoots import SOURCE


@cache
def planned(seed: int, scenes: int = 14) -> tuple[Board, Rules]:
    """A small invented shoot, with sets that cost something and scenes that come after others, put on days."""
    shoot = invented_shoot(ShootSettings(scenes=scenes, cast=max(scenes // 3, 6), places=3, seed=seed))
    # Scenes are put where there is room and light, whoever is away and whatever is closed.
    shoot = replace(
        shoot,
        cast=tuple(replace(one, away=()) for one in shoot.cast),
        locations=tuple(replace(one, permits=(), closed=()) for one in shoot.locations),
    )
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
    cast = (
        replace(shoot.cast[0], contract=Contract("worked", 700, least_days=3)),
        replace(shoot.cast[1], contract=Contract("day", 900, drops=1, drop_days=3)),
        *shoot.cast[2:],
    )
    return board_of(replace(shoot, sets=sets, scenes=ordered, cast=cast), days), RULES


RULES = Rules(
    rests=(
        Rest("crew", 9 * 60, "hard", SOURCE),
        Rest("crew", 13 * 60, "penalty", SOURCE, share=0.3),
        Rest("cast", 10 * 60, "hard", SOURCE),
        Rest("cast", 12 * 60 + 30, "penalty", SOURCE, share=0.5, contracts=("day", "worked")),
    ),
    premiums=(Premium(4, 0.5, SOURCE), Premium(5, 1.0, SOURCE)),
    days_in_a_row=(DaysInARow(4, "penalty", SOURCE, share=0.2),),
)
"""Each of the rules that money can be due for, so close that it often is."""


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
