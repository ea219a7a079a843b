"""Small shoots and boards for tests: nothing is restricted but what a test restricts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.rules.rules import Source
from openslate.apps.production.shoot.days import Calendar, DayTerms
from openslate.apps.production.shoot.people import CastMember, Contract
from openslate.apps.production.shoot.places import Location, Set
from openslate.apps.production.shoot.scenes import Scene
from openslate.apps.production.shoot.shoot import Shoot

MONDAY = date(2027, 3, 1)
SOURCE = Source("own", "rule", "A rule", date(2026, 5, 1), "read")


def day(number: int) -> date:
    """A day after Monday, 1 March 2027, that many days."""
    return MONDAY + timedelta(days=number)


def scene(number: str, cast: Sequence[str] = (), set_name: str = "ROOM", minutes: int = 60, **more: Any) -> Scene:
    """A scene indoors that may be shot at any time."""
    return Scene(number, set_name, "INT", "day", 4, tuple(cast), minutes=minutes, **more)


def plain_shoot(starts: date = MONDAY, days: int = 28, scenes: Sequence[Scene] = (), **more: Any) -> Shoot:
    """A shoot of two places with two sets each, and two people who always can."""
    shoot = Shoot(
        name="Plain",
        currency="EUR",
        scenes=tuple(scenes) or (scene("1", ["1"]), scene("2", ["2"]), scene("3", ["1", "2"])),
        cast=(
            CastMember("1", "MIRA", "Ada Berg", Contract("day", 1000)),
            CastMember("2", "OSK", contract=Contract("weekly", 5000)),
        ),
        locations=(Location("House"), Location("Harbour")),
        sets=(Set("ROOM", "House"), Set("HALL", "House"), Set("QUAY", "Harbour"), Set("BOAT", "Harbour")),
        calendar=Calendar(starts, starts + timedelta(days=days - 1)),
        day=DayTerms(cost=20_000),
    )
    return replace(shoot, **more)


def board_of(shoot: Shoot, *days: tuple[int, str], nights: Sequence[int] = (), **more: Any) -> Board:
    """A board: of each day its number after Monday, and the numbers of its scenes, apart by spaces."""
    shot = tuple(ShootDay(day(at), tuple(scenes.split()), night=at in nights) for at, scenes in days)
    there = {number for one in shot for number in one.scenes}
    left = tuple(one.number for one in shoot.scenes if one.number not in there)
    return Board(shoot, shot, **{"boneyard": left, **more})
