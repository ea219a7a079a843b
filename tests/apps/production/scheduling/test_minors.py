"""Minors' hours are kept in the search: work, time on set and the window, in the order of the day as well."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.apps.production.board.board import Board, Locks
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.costs import places_of
from openslate.apps.production.invented.shoots import ShootSettings, invented_shoot
from openslate.apps.production.rules.loading import built_in_packs
from openslate.apps.production.rules.rules import AgeHours, MinorsWindow, Rules
from openslate.apps.production.scheduling.day_order import minors_kept
from openslate.apps.production.scheduling.impossible import why_impossible
from openslate.apps.production.scheduling.minors import BY_ORDER
from openslate.apps.production.scheduling.schedule import schedule
from openslate.apps.production.scheduling.schedules import Effort
from openslate.apps.production.shoot.people import CastMember, age_between
from openslate.apps.production.shoot.scenes import Scene
from openslate.apps.production.shoot.shoot import Shoot
from tests.apps.production.shoots import MONDAY, SOURCE, board_of, plain_shoot, scene

CALIFORNIA = built_in_packs()["us-ca-minors"].rules
HOURS = AgeHours(0.0, 18.0, 240, 200, SOURCE)
HOURS_AND_WINDOW = Rules(ages=(HOURS,), minors_windows=(MinorsWindow(300, 1320, SOURCE),))
CHILD = CastMember("1", "MIRA", born=date(2017, 1, 1))
SHORT = Effort(turns=40_000, seed=1)


def with_minors(seed: int) -> Shoot:
    """An invented shoot with three minors, none of them in a scene that they could not play."""
    shoot = invented_shoot(ShootSettings(20, seed=seed))
    born = {4: date(2014, 1, 1), 5: date(2016, 1, 1), 6: date(2019, 5, 1)}
    cast = tuple(replace(one, born=born.get(row)) for row, one in enumerate(shoot.cast))
    young = {cast[row].id for row in born}

    def fits(one: Scene) -> bool:
        return shoot.minutes_of(one) <= (200 if one.shift == "night" else 240)

    scenes = tuple(
        one if fits(one) else replace(one, cast=tuple(member for member in one.cast if member not in young))
        for one in shoot.scenes
    )
    return replace(shoot, cast=cast, scenes=scenes)


@pytest.mark.parametrize("seed", [0, 2, 4, 6])
def test_invented_shoots_keep_their_hours(seed: int) -> None:
    found = schedule(with_minors(seed), CALIFORNIA, Effort(turns=400_000, seed=1))
    assert found.broken == ()
    assert found.bound <= found.cost == found.points[-1].cost
    assert all(point.cost is None or point.cost >= found.cost for point in found.points)


def test_a_minor_may_be_out_at_night_until_the_window_closes() -> None:
    scenes = [scene("1", ["1"], minutes=120, shift="night"), scene("2", ["2"], minutes=300, shift="night")]
    found = schedule(plain_shoot(cast=(CHILD, CastMember("2", "OSK")), scenes=scenes), HOURS_AND_WINDOW, SHORT)
    assert not found.broken
    assert [one.scenes for one in found.board] == [("1", "2")]


def test_who_would_be_on_set_for_too_long_is_there_on_two_days() -> None:
    # Each of the two with the other between them, or at two places, is too long for one day.
    scenes = [
        scene("1", ["1"], minutes=100),
        scene("2", ["1"], "QUAY", minutes=100),
        scene("3", ["2"], "QUAY", minutes=90),
    ]
    shoot = plain_shoot(cast=(CHILD, CastMember("2", "OSK")), scenes=scenes)
    found = schedule(shoot, HOURS_AND_WINDOW, SHORT)
    assert not found.broken
    # With a way of 45 minutes both are over in 245 minutes, and they may be there for 240.
    assert len(found.board.work_days("1")) == 2


def test_a_birthday_lets_somebody_work_longer() -> None:
    ages = (AgeHours(0.0, 9.0, 240, 120, SOURCE), AgeHours(9.0, 18.0, 480, 300, SOURCE))
    grows = replace(CHILD, born=date(2018, 3, 10))
    shoot = plain_shoot(cast=(grows, CastMember("2", "OSK")), scenes=[scene("1", ["1"], minutes=180)])
    found = schedule(shoot, Rules(ages=ages), SHORT)
    assert not found.broken and found.board.days[0].date >= date(2018 + 9, 3, 10)
    early = schedule(shoot, Rules(ages=ages), SHORT, Locks(scenes=(("1", MONDAY),)))
    assert {one.kind for one in early.broken} & set(BY_ORDER)


def test_a_scene_that_a_minor_cannot_play_is_named() -> None:
    shoot = plain_shoot(cast=(CHILD, CastMember("2", "OSK")), scenes=[scene("7", ["1"], minutes=201)])
    said = why_impossible(shoot, HOURS_AND_WINDOW)[0]
    assert said == (
        "MIRA (1), a minor, may work for 3 h 20 min a day, between 05:00 and 22:00, and scene 7 takes 3 h 21 min."
    )
    older = replace(CHILD, born=date(2010, 12, 1))
    night = plain_shoot(cast=(older, CastMember("2", "OSK")), scenes=[scene("8", ["1"], minutes=310, shift="night")])
    said = why_impossible(night, CALIFORNIA)[0]
    assert said.endswith("between 05:00 and 22:00, and scene 8 of the night takes 5 h 10 min.")


@settings(max_examples=60, deadline=None)
@given(st.permutations("12345678"), st.lists(st.sampled_from("12345678"), max_size=3))
def test_a_better_order_of_a_day_moves_nothing_else(order: list[str], own: list[str]) -> None:
    scenes = [
        scene(number, ["1"] if number in own else ["2"], ("ROOM", "HALL", "QUAY")[int(number) % 3], 45)
        for number in "12345678"
    ]
    shoot = plain_shoot(cast=(CHILD, CastMember("2", "OSK")), scenes=scenes)
    by_place = sorted(order, key=lambda one: int(one) % 3 == 2)
    before = board_of(shoot, (0, " ".join(by_place)))
    after = minors_kept(before, HOURS_AND_WINDOW)
    assert Counter(after.days[0].scenes) == Counter(before.days[0].scenes)
    assert len(places_of(shoot, after.days[0])) == len(places_of(shoot, before.days[0]))
    assert _broken(after) <= _broken(before)
    assert minors_kept(after, HOURS_AND_WINDOW) == after
    locked = replace(before, days=(replace(before.days[0], locked=True),))
    assert minors_kept(locked, HOURS_AND_WINDOW) == locked


def test_an_order_that_a_person_pinned_is_kept_before_hours_are() -> None:
    scenes = [scene("1", ["1"]), scene("2", ["2"], minutes=300), scene("3", ["1"])]
    shoot = plain_shoot(cast=(CHILD, CastMember("2", "OSK")), scenes=scenes)
    free = minors_kept(board_of(shoot, (0, "1 2 3")), HOURS_AND_WINDOW)
    assert _broken(free) == 0
    pinned = board_of(shoot, (0, "1 2 3"), locks=Locks(orders=(("1", "2", "3"),)))
    assert minors_kept(pinned, HOURS_AND_WINDOW).days[0].scenes == ("1", "2", "3")


def _broken(board: Board) -> int:
    return sum(one.kind in BY_ORDER for one in clashes_of(board, HOURS_AND_WINDOW))


def test_ages_go_by_the_calendar() -> None:
    born = date(2027, 3, 1)
    assert age_between(born, date(2027, 8, 31)) < 0.5 == age_between(born, date(2027, 9, 1))
    for years in (1, 2, 6, 9, 16, 18):
        birth, birthday = date(2010, 3, 5), date(2010 + years, 3, 5)
        assert age_between(birth, birthday) == years > age_between(birth, birthday - timedelta(1))
    ages = [age_between(date(2024, 2, 29), date(2024, 2, 29) + timedelta(days)) for days in range(1_600)]
    assert ages == sorted(ages) and ages[15] == 15 / 365.25


def test_hours_that_grow_with_a_birthday_do_not_bind_the_days_after_it() -> None:
    ages = (AgeHours(0.0, 9.0, 480, 240, SOURCE), AgeHours(9.0, 18.0, 540, 300, SOURCE))
    scenes = [scene(number, ["1"], minutes=145) for number in "1234"]
    shoot = plain_shoot(cast=(replace(CHILD, born=date(2018, 3, 5)), CastMember("2", "OSK")), scenes=scenes)
    found = schedule(shoot, Rules(ages=ages), SHORT)
    assert not found.broken and len(found.board.days) == 2


def test_without_rules_those_of_the_shoot_hold() -> None:
    scenes = [scene(number, ["1"], minutes=200) for number in "12"]
    shoot = plain_shoot(cast=(CHILD, CastMember("2", "OSK")), scenes=scenes, rules=("us-ca-minors",))
    assert len(schedule(shoot, effort=SHORT).board.days) == 2
    assert len(schedule(shoot, Rules(), effort=SHORT).board.days) == 1
