"""What added days finish together: scenes of near locations and of one light."""

from collections.abc import Iterator
from dataclasses import dataclass

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.costs import places_of
from openslate.apps.production.shoot.shoot import Shoot


@dataclass(frozen=True)
class Group:
    """Scenes that added days finish together: of as many near locations as a day may have, and of one light.

    Attributes:
        locations: by name, in the order in which the unit goes to them.
        night: whether the unit is called for the night.
        scenes: numbers, in the order of the plan.
    """

    locations: tuple[str, ...]
    night: bool
    scenes: tuple[str, ...]


def groups_of(board: Board) -> tuple[Group, ...]:
    """Every scene of a board in a group, in the order in which days are added: first in the last day's light.

    Args:
        board: as it is planned, with a day at least.
    """
    shoot, on = board.shoot, {number: at for at, day in enumerate(board) for number in day.scenes}
    last = board.days[-1]
    found: dict[bool, dict[str, list[str]]] = {last.night: {}, not last.night: {}}
    for number in on:
        night = board.days[on[number]].night
        found[night].setdefault(shoot.place_of(shoot.scene_of[number]), []).append(number)
    here, groups = places_of(shoot, last)[-1], []
    for night, by_place in found.items():
        for places in _near(shoot, here, list(by_place)):
            # Place by place, so that a day goes to each of them once.
            groups.append(Group(places, night, tuple(one for place in places for one in by_place[place])))
            here = places[-1]
    return tuple(groups)


def _near(shoot: Shoot, here: str, places: list[str]) -> Iterator[tuple[str, ...]]:
    """Places parted into as many as a day may have, each the nearest to the one before."""
    while places:
        group: list[str] = []
        while places and len(group) < shoot.day.locations:
            here = min(places, key=lambda one: (shoot.move_between(here, one).minutes, places.index(one)))
            places = [one for one in places if one != here]
            group.append(here)
        yield tuple(group)
