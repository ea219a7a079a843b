"""When each scene of a day is shot: from the call, one after another, with moves and the meal between them."""

from dataclasses import dataclass

from openslate.apps.production.board.board import ShootDay
from openslate.apps.production.board.costs import minutes_of_day
from openslate.apps.production.shoot.shoot import Shoot


@dataclass(frozen=True)
class SceneTime:
    """When a scene is shot.

    Attributes:
        number: of the scene.
        starts, ends: minutes after midnight of the day's date; after 1440 is the next day.
    """

    number: str
    starts: int
    ends: int


def call_of(shoot: Shoot, day: ShootDay) -> int:
    """Minutes after midnight at which the unit is called."""
    return shoot.day.night_call if day.night else shoot.day.day_call


def wrap_of(shoot: Shoot, day: ShootDay) -> int:
    """Minutes after midnight of the day's date at which it ends, the meal among them."""
    return call_of(shoot, day) + minutes_of_day(shoot, day) + shoot.day.meal_minutes


def times_of(shoot: Shoot, day: ShootDay) -> tuple[SceneTime, ...]:
    """When the scenes of a day are shot.

    The meal is had between two scenes, once half of the day's minutes are over; at the end where no scene follows.

    Args:
        shoot: that the day is of.
        day: with its scenes in order.
    """
    found: list[SceneTime] = []
    now, done, half, fed, before = call_of(shoot, day), 0, minutes_of_day(shoot, day) / 2, False, ""
    for number in day.scenes:
        scene = shoot.scene_of[number]
        place = shoot.place_of(scene)
        if found and not fed and done >= half:
            now, fed = now + shoot.day.meal_minutes, True
        way = shoot.move_between(before, place).minutes if found else 0
        minutes = shoot.minutes_of(scene)
        found.append(SceneTime(number, now + way, now + way + minutes))
        now, done, before = now + way + minutes, done + way + minutes, place
    return tuple(found)


def on_set(times: tuple[SceneTime, ...], numbers: set[str]) -> tuple[int, int]:
    """From when to when somebody is on set who plays in some scenes of a day: from their first to their last.

    Args:
        times: of the day.
        numbers: of their scenes; at least one of them is on the day.
    """
    own = [one for one in times if one.number in numbers]
    return min(one.starts for one in own), max(one.ends for one in own)
