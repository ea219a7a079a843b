"""What a board costs, by day, by person, by set and by move: the plain words that the search is held to."""

import itertools
from dataclasses import dataclass
from datetime import date

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.board.pay import Paid, pay_of, working_days_between
from openslate.apps.production.shoot.shoot import Shoot


@dataclass(frozen=True)
class DayCost:
    """What a day of shooting costs, the cast and the standing sets aside.

    Attributes:
        date: of the day.
        minutes: of shooting and of moves.
        unit: what a day of the unit costs.
        overtime: for minutes beyond the day's.
        locations: fees.
        moves: within the day, and overnight to it.
    """

    date: date
    minutes: int
    unit: int
    overtime: int
    locations: int
    moves: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.unit + self.overtime + self.locations + self.moves


@dataclass(frozen=True)
class Costs:
    """What a board costs.

    Attributes:
        days: of each day of shooting.
        cast: pay by id of the member; of those who play on no day as well.
        sets: for standing, by name.
    """

    days: tuple[DayCost, ...]
    cast: dict[str, Paid]
    sets: dict[str, int]

    @property
    def pay(self) -> int:
        """Of all the cast."""
        return sum(paid.amount for paid in self.cast.values())

    @property
    def total(self) -> int:
        """All of it, penalties of rules aside."""
        return self.pay + sum(day.total for day in self.days) + sum(self.sets.values())


def costs_of(board: Board) -> Costs:
    """Work out what a board costs; scenes in the boneyard cost nothing.

    Args:
        board: whose days are working days of the calendar.
    """
    shoot = board.shoot
    days, before = [], ""
    for day in board:
        days.append(_day_cost(shoot, day, before))
        before = places_of(shoot, day)[-1]
    cast = {one.id: pay_of(one.contract, board.work_days(one.id), shoot.calendar) for one in shoot.cast}
    return Costs(tuple(days), cast, {one.name: _standing(board, one.name, one.standing) for one in shoot.sets})


def places_of(shoot: Shoot, day: ShootDay) -> list[str]:
    """The locations of a day in the order in which the unit is there; one follows another."""
    found: list[str] = []
    for number in day.scenes:
        place = shoot.place_of(shoot.scene_of[number])
        if not found or found[-1] != place:
            found.append(place)
    return found


def minutes_of_day(shoot: Shoot, day: ShootDay) -> int:
    """Minutes that a day's scenes and the moves between them take."""
    places = places_of(shoot, day)
    shooting = sum(shoot.minutes_of(shoot.scene_of[number]) for number in day.scenes)
    moving = sum(shoot.move_between(one, other).minutes for one, other in itertools.pairwise(places))
    return shooting + moving


def _day_cost(shoot: Shoot, day: ShootDay, before: str) -> DayCost:
    places = places_of(shoot, day)
    way = [before, *places] if before else places
    minutes = minutes_of_day(shoot, day)
    return DayCost(
        date=day.date,
        minutes=minutes,
        unit=shoot.day.cost,
        overtime=max(minutes - shoot.day.minutes, 0) * shoot.day.overtime_cost,
        locations=sum(shoot.location_of[name].fee for name in dict.fromkeys(places)),
        moves=sum(shoot.move_between(one, other).cost for one, other in itertools.pairwise(way)),
    )


def _standing(board: Board, name: str, rate: int) -> int:
    days = [day.date for day in board if any(board.shoot.scene_of[one].set == name for one in day.scenes)]
    if not days or not rate:
        return 0
    spanned = working_days_between(days[0], days[-1], board.shoot.calendar) + (2 if len(days) > 1 else 1)
    return rate * spanned
