"""A day that runs late lets go what costs least: a later day can take it, or its people are there to the end."""

from dataclasses import replace

import pytest

from openslate.apps.production.board.board import Board
from openslate.apps.production.risk.chances import NO_RISK
from openslate.apps.production.risk.plan import Plan
from openslate.apps.production.risk.priorities import by_need
from openslate.apps.production.risk.simulation import simulation
from openslate.apps.production.shoot.days import DayTerms
from openslate.apps.production.shoot.people import CastMember, Contract
from tests.apps.production.risk.boards import planned
from tests.apps.production.shoots import board_of, plain_shoot, scene

CAST = (
    CastMember("1", "MIRA", contract=Contract("day", 1000)),
    CastMember("2", "OSK", contract=Contract("day", 1000)),
    CastMember("3", "IDA", contract=Contract("worked", 9000)),
)


def plain(*scenes: tuple[str, list[str], str]) -> Board:
    """Three days, of 600 minutes, each with the scenes whose numbers begin with its own."""
    shoot = replace(
        plain_shoot(day=DayTerms(minutes=600, overtime_minutes=0, cost=20_000)),
        scenes=tuple(scene(number, cast, place, 300) for number, cast, place in scenes),
        cast=CAST,
    )
    days = {number[0] for number, _, _ in scenes}
    return board_of(
        shoot, *((int(day), " ".join(one for one, _, _ in scenes if one[0] == day)) for day in sorted(days))
    )


def test_what_no_later_day_can_take_comes_first() -> None:
    board = plain(("0a", ["1"], "ROOM"), ("0b", ["1"], "QUAY"), ("1a", ["1"], "ROOM"))
    assert by_need(Plan(board), 0) == ("0b", "0a")


def test_whoever_is_done_soonest_and_is_paid_to_wait_comes_first() -> None:
    board = plain(
        ("0a", ["2"], "QUAY"),
        ("0b", ["1"], "QUAY"),
        ("0c", ["3"], "QUAY"),
        ("1a", ["2"], "ROOM"),
        ("2a", ["2"], "HALL"),
    )
    assert by_need(Plan(board), 0) == ("0b", "0a", "0c")


def test_what_is_left_over_comes_before_what_can_wait() -> None:
    board = plain(("0a", ["1"], "ROOM"), ("1a", ["2"], "ROOM"), ("1b", ["1"], "ROOM"), ("2a", ["2"], "ROOM"))
    assert by_need(Plan(board), 1) == ("1b", "0a", "1a")


@pytest.mark.parametrize("which", range(4))
def test_each_scene_is_taken_once_and_its_own_day_takes_all_of_its_own(which: int) -> None:
    plan = Plan(*planned(which))
    for at, day in enumerate(plan.board):
        found = by_need(plan, at)
        assert sorted(found) == sorted({*day.scenes, *plan.carried(at)}) and len(set(found)) == len(found)


def test_people_who_are_done_are_not_kept_for_what_another_day_can_take() -> None:
    board = plain(
        ("0a", ["2"], "ROOM"),
        ("0b", ["1"], "ROOM"),
        ("1a", ["2"], "ROOM"),
        ("2a", ["2"], "ROOM"),
        ("2b", ["2"], "ROOM"),
    )
    played = simulation(board, runs=100)
    events = played.events(NO_RISK)
    minutes = events.minutes.copy()
    minutes[played.plan.order.index("0a")] += 300
    # OSK's long scene is finished on the day after, within its hours; MIRA's is not left for a day that is added.
    assert set(played.played(replace(events, minutes=minutes)).cost.tolist()) == {played.prices.total}
