"""Shoots so tiny that every board of them can be looked at, every order and call of every day among them."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import combinations, permutations, product
from random import Random

from openslate.apps.production.board.board import Board, Locks, ShootDay
from openslate.apps.production.board.clash import impossible
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.rules.loading import rules_of
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.shoot.days import Calendar, DayTerms
from openslate.apps.production.shoot.people import CastMember, Contract, Span
from openslate.apps.production.shoot.places import Location, Set
from openslate.apps.production.shoot.scenes import Scene
from openslate.apps.production.shoot.shoot import Shoot

MONDAY = date(2027, 3, 1)
TRIES = 400


def tiny_board(seed: int) -> Board | None:
    """A board that breaks nothing of a shoot of four to six scenes and six days; None where none was drawn."""
    drawn = Random(seed)
    shoot = _shoot(drawn)
    rules, numbers = rules_of(shoot), [one.number for one in shoot.scenes]
    orders = (tuple(drawn.sample(numbers, 2)),) if drawn.random() < 0.4 else ()
    days = [MONDAY + timedelta(days=at) for at in range(5)]
    for _ in range(TRIES):
        on = {number: drawn.choice(days) for number in numbers}
        found = next(legal_boards(shoot, on, rules, Locks(orders=orders)), None)
        if found is not None:
            return found
    return None


def _shoot(drawn: Random) -> Shoot:
    places = ("House", "Harbour")
    sets = tuple(Set(f"S{at}", drawn.choice(places), standing=drawn.choice([0, 250])) for at in range(3))
    rate = [drawn.choice([400, 1000, 5000]) for _ in range(3)]
    cast = tuple(
        CastMember(
            str(at + 1),
            f"C{at}",
            contract=Contract("day", rate[at]),
            away=tuple(Span(day, day) for day in [MONDAY + timedelta(days=drawn.randrange(6))] if drawn.random() < 0.3),
            born=date(2019, 3, 4) if drawn.random() < 0.2 else None,
        )
        for at in range(3)
    )
    scenes = tuple(
        Scene(
            str(at + 1),
            drawn.choice(sets).name,
            "INT",
            drawn.choice(["day", "night"]),
            4,
            tuple(one.id for one in cast if drawn.random() < 0.5),
            minutes=drawn.choice([60, 120, 200]),
            shift=drawn.choice(["any", "any", "day", "night"]),
            after=(str(drawn.randrange(1, at + 1)),) if at and drawn.random() < 0.2 else (),
        )
        for at in range(drawn.choice([4, 5, 5, 6]))
    )
    return Shoot(
        name="Tiny",
        currency="USD",
        scenes=scenes,
        cast=cast,
        locations=tuple(map(Location, places)),
        sets=sets,
        calendar=Calendar(MONDAY, MONDAY + timedelta(days=5), week=(0, 1, 2, 3, 4, 5)),
        day=DayTerms(minutes=240, overtime_minutes=60, cost=500, locations=drawn.choice([1, 2])),
        rules=drawn.choice([(), ("openslate-crew",), ("openslate-crew", "us-ca-minors")]),
    )


def legal_boards(
    shoot: Shoot, on: Mapping[str, date], rules: Rules, locks: Locks, shot: tuple[ShootDay, ...] = ()
) -> Iterator[Board]:
    """Every board with scenes on given days that breaks no hard rule.

    Args:
        shoot: of the scenes.
        on: number of each scene that is not shot to its day.
        rules: that hold.
        locks: whose orders hold.
        shot: days that stay as they are.
    """
    days: dict[date, list[str]] = {}
    for number, day in on.items():
        days.setdefault(day, []).append(number)
    if any(sum(shoot.minutes_of(shoot.scene_of[one]) for one in scenes) > 300 for scenes in days.values()):
        return
    for chosen in product(*(_ways(shoot, day, scenes) for day, scenes in sorted(days.items()))):
        board = Board(shoot, (*shot, *chosen), locks=locks)
        if not impossible(clashes_of(board, rules)):
            yield board


def _ways(shoot: Shoot, day: date, scenes: list[str]) -> list[ShootDay]:
    lights = {shoot.scene_of[one].shift for one in scenes}
    nights = [one for one, other in ((False, "night"), (True, "day")) if other not in lights]
    return [ShootDay(day, order, night) for order in permutations(scenes) for night in nights]


def nearer_board(before: Board, shoot: Shoot, begins: date, lost: date, changes: int) -> Board | None:
    """A board that breaks nothing, with fewer scenes of those ahead on another day; None where there is none."""
    rules, days = rules_of(shoot), [day for day in shoot.calendar.working_days() if day >= begins]
    shot = tuple(day for day in before if day.date < begins and day.date != lost)
    was = {number: day.date for day in before if day not in shot for number in day.scenes}
    must = {number for number, day in was.items() if day not in days}
    for many in range(changes):
        for moved in combinations(was, many):
            if not must <= set(moved):
                continue
            for choice in product(*([day for day in days if day != was[number]] for number in moved)):
                on = {**was, **dict(zip(moved, choice, strict=True))}
                found = next(legal_boards(shoot, on, rules, before.locks, shot), None)
                if found is not None:
                    return found
    return None
