"""Clashes with rules: rest, minors, days in a row; by the rules of our packs where they say so."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.board.clash import penalties
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.board.times import SceneTime, times_of, wrap_of
from openslate.apps.production.rules.loading import built_in_packs, merged
from openslate.apps.production.rules.rules import DaysInARow, MinorsWindow, Premium, Rest, Rules
from openslate.apps.production.shoot.days import Calendar
from openslate.apps.production.shoot.people import Contract
from openslate.apps.production.shoot.places import Move
from openslate.apps.production.shoot.shoot import Shoot
from tests.apps.production.shoots import MONDAY, SOURCE, board_of, day, plain_shoot, scene
from tests.apps.production.test_clashes import only, with_scenes

CREW = built_in_packs()["us-iatse-basic"].rules
CAST = built_in_packs()["us-sag-aftra-cast"].rules
MINORS = built_in_packs()["us-ca-minors"].rules


def nights(minutes: int = 600) -> Shoot:
    return with_scenes(scene("1", ["1"], minutes=minutes), scene("2", ["1", "2"]), scene("3", ["2"]))


def test_the_crew_rests_between_a_night_and_a_day() -> None:
    told = only(board_of(nights(), (0, "1"), (1, "2 3"), nights=[0]), "crew-rest", CREW)
    assert told.words == (
        "Between Monday 1 March 2027 and Tuesday 2 March 2027, the crew has 3 h of rest, and 10 h are asked for."
    )
    assert (told.strength, told.dates, told.scenes) == ("hard", (day(0), day(1)), ("1", "2", "3"))
    assert told.source is not None
    assert (told.source.pack, told.source.sure) == ("us-iatse-basic", "read")
    assert clashes_of(board_of(nights(), (0, "1"), (2, "2 3"), nights=[0]), CREW) == ()
    assert clashes_of(board_of(nights(), (0, "1"), (1, "2 3"), nights=[0, 1]), CREW) == ()
    assert clashes_of(board_of(nights(), (0, "1"), (1, "2 3"), nights=[1]), CREW) == ()


def test_a_paid_rest_of_the_crew_and_a_hard_one_are_not_both_told() -> None:
    paid = Rest("crew", 720, "penalty", SOURCE, share=0.25)
    # 07:00 to 20:00 leaves 11 hours.
    board = board_of(nights(720), (0, "1"), (1, "2 3"))
    told = only(board, "crew-rest", Rules(rests=(*CREW.rests, paid)))
    assert (told.strength, told.cost, told.source) == ("penalty", 5000, SOURCE)
    assert clashes_of(board, CREW) == ()
    assert clashes_of(board_of(nights(660), (0, "1"), (1, "2 3")), Rules(rests=(paid,))) == ()
    night = board_of(nights(720), (0, "1"), (1, "2 3"), nights=[0])
    assert only(night, "crew-rest", Rules(rests=(*CREW.rests, paid))).strength == "hard"


def test_a_wrap_after_the_next_call_leaves_no_rest() -> None:
    shoot = nights(900)
    shoot = replace(shoot, day=replace(shoot.day, overtime_minutes=300))
    told = only(board_of(shoot, (0, "1"), (1, "2 3"), nights=[0]), "crew-rest", CREW)
    assert "the crew has no rest, and" in told.words


def test_a_forced_call_is_paid_to_those_who_play_on_both_days() -> None:
    told = only(board_of(nights(720), (0, "1"), (1, "2 3")), "cast-rest", CAST)
    assert told.words == (
        "Between Monday 1 March 2027 and Tuesday 2 March 2027, Ada Berg (1, MIRA) has 11 h of rest, and 12 h are asked "
        "for."
    )
    assert (told.strength, told.cost, told.people) == ("penalty", 900, ("1",))
    assert clashes_of(board_of(nights(660), (0, "1"), (1, "2 3")), CAST) == ()
    assert clashes_of(board_of(nights(720), (0, "1"), (1, "3"), (2, "2")), CAST) == ()
    weekly = nights(720)
    weekly = replace(weekly, cast=(replace(weekly.cast[0], contract=Contract("weekly", 4000)), weekly.cast[1]))
    told = only(board_of(weekly, (0, "1"), (1, "2 3")), "cast-rest", CAST)
    assert told.cost == 800
    assert told.source is not None
    assert told.source.rule == "forced-call-weekly"


def test_rest_of_kinds_of_contract_alone() -> None:
    rule = Rest("cast", 720, "hard", SOURCE, contracts=("weekly",))
    assert clashes_of(board_of(nights(720), (0, "1"), (1, "2 3")), Rules(rests=(rule,))) == ()
    every = replace(rule, contracts=())
    assert only(board_of(nights(720), (0, "1"), (1, "2 3")), "cast-rest", Rules(rests=(every,))).strength == "hard"


def young(born: date, *scenes: object, **more: object) -> Shoot:
    shoot = with_scenes(*scenes)
    return replace(shoot, cast=(replace(shoot.cast[0], born=born), shoot.cast[1]), day=replace(shoot.day, **more))  # type: ignore[arg-type]


SEVEN = date(2020, 1, 1)


def test_minors_work_so_long_and_no_longer() -> None:
    shoot = young(SEVEN, scene("1", ["1"], minutes=200), scene("2", ["1"], minutes=50), scene("3", ["2"], minutes=60))
    told = only(board_of(shoot, (0, "1 2 3")), "minor-work", MINORS)
    assert told.words == (
        "On Monday 1 March 2027, Ada Berg (1, MIRA), 7 years old, works for 4 h 10 min, and may for 4 h."
    )
    assert (told.scenes, told.people) == (("1", "2"), ("1",))
    assert told.source is not None
    assert (told.source.rule, told.source.sure) == ("from-6-years", "secondary")
    assert clashes_of(board_of(shoot, (0, "1"), (1, "2 3")), MINORS) == ()
    assert clashes_of(board_of(shoot, (0, "1 2 3"))) == ()
    adult = young(date(2009, 2, 1), *shoot.scenes)
    assert clashes_of(board_of(adult, (0, "1 2 3")), MINORS) == ()


def test_the_order_of_a_day_says_how_long_minors_are_on_set() -> None:
    shoot = young(SEVEN, scene("1", ["1"]), scene("2", ["2"], minutes=330), scene("3", ["1"]))
    told = only(board_of(shoot, (0, "1 2 3")), "minor-on-set", MINORS)
    # The meal is had while they wait.
    assert "is on set for 8 h 30 min, and may for 8 h." in told.words
    assert clashes_of(board_of(shoot, (0, "1 3 2")), MINORS) == ()


def test_minors_work_within_the_window() -> None:
    shoot = young(SEVEN, scene("1", ["1"], minutes=120), scene("2", ["2"], minutes=240))
    assert clashes_of(board_of(shoot, (0, "1 2"), nights=[0]), MINORS) == ()
    told = only(board_of(shoot, (0, "2 1"), nights=[0]), "minor-window", MINORS)
    assert told.words == (
        "On Monday 1 March 2027, Ada Berg (1, MIRA) works from 22:00 to 00:00, and minors may from 05:00 to 22:00."
    )
    early = replace(shoot, day=replace(shoot.day, day_call=240))
    assert only(board_of(early, (0, "1 2")), "minor-window", MINORS).source == MINORS.minors_windows[0].source
    late = Rules(minors_windows=(MinorsWindow(300, 1470, SOURCE),))
    assert clashes_of(board_of(shoot, (0, "2 1"), nights=[0]), late) == ()


def test_the_youngest_do_not_work_at_all() -> None:
    shoot = young(day(-9), scene("1", ["1"], minutes=5))
    found = clashes_of(board_of(shoot, (0, "1")), MINORS)
    assert [one.kind for one in found] == ["minor-on-set", "minor-work"]
    assert "9 days old, is on set for 5 min, and may for 0 min." in found[0].words
    assert found[0].source == MINORS.ages[0].source
    baby = young(day(-40), scene("1", ["1"], minutes=20))
    assert clashes_of(board_of(baby, (0, "1")), MINORS) == ()
    told = only(board_of(replace(baby, scenes=(scene("1", ["1"], minutes=21),)), (0, "1")), "minor-work", MINORS)
    assert "1 month old" in told.words


def test_days_in_a_row_and_premiums() -> None:
    week = plain_shoot(scenes=[scene(str(number)) for number in range(8)])
    week = replace(week, calendar=Calendar(MONDAY, day(20), week=(0, 1, 2, 3, 4, 5, 6)))
    run = board_of(week, *((number, str(number)) for number in range(7)), (8, "7"))
    assert clashes_of(run) == ()
    hard = only(run, "days-in-a-row", Rules(days_in_a_row=(DaysInARow(6, "hard", SOURCE),)))
    assert hard.words == "Sunday 7 March 2027 is shooting day 7 in a row, and at most 6 may be."
    assert clashes_of(run, Rules(days_in_a_row=(DaysInARow(7, "hard", SOURCE),))) == ()
    paid = clashes_of(run, Rules(days_in_a_row=(DaysInARow(5, "penalty", SOURCE, 0.25),)))
    assert [(one.dates, one.cost) for one in paid] == [((day(5),), 5000), ((day(6),), 5000)]
    sixth = clashes_of(run, built_in_packs()["uk-pact-bectu"].rules)
    assert [(one.kind, one.dates, one.cost) for one in sixth] == [
        ("premium", (day(5),), 10_000),
        ("premium", (day(6),), 10_000),
    ]
    assert sixth[0].words == "Saturday 6 March 2027 is shooting day 6 in a row, and costs 0.5 of a day more."
    assert penalties(clashes_of(run, Rules(premiums=(Premium(6, 0.5, SOURCE), Premium(7, 1.0, SOURCE))))) == 30_000


def test_times_of_a_day_run_from_call_to_wrap() -> None:
    shoot = with_scenes(scene("1", minutes=100), scene("2", set_name="QUAY", minutes=100), scene("3", minutes=100))
    shoot = replace(shoot, moves=(Move("House", "Harbour", 30, 0),))
    today = ShootDay(day(0), ("1", "2", "3"))
    assert times_of(shoot, today) == (
        SceneTime("1", 420, 520),
        SceneTime("2", 550, 650),
        SceneTime("3", 740, 840),
    )
    assert wrap_of(shoot, today) == 840
    assert wrap_of(shoot, ShootDay(day(0), ("1",), night=True)) == 1020 + 160


@st.composite
def open_boards(draw: st.DrawFn) -> Board:
    """Boards of shoots that restrict nothing."""
    count = draw(st.integers(1, 10))
    scenes = [
        scene(str(number), draw(st.lists(st.sampled_from(["1", "2"]), unique=True)), minutes=draw(st.integers(1, 70)))
        for number in range(count)
    ]
    shoot = plain_shoot(scenes=scenes)
    working = [(at - MONDAY).days for at in shoot.calendar.working_days()]
    at = [draw(st.sampled_from(working)) for _ in scenes]
    nights = [one for one in set(at) if draw(st.booleans())]
    days = [(one, " ".join(scenes[k].number for k in range(count) if at[k] == one)) for one in sorted(set(at))]
    return board_of(shoot, *days, nights=nights)


@given(open_boards())
def test_nothing_clashes_without_rules_and_limits(board: Board) -> None:
    assert clashes_of(board) == ()


@given(open_boards())
def test_a_clash_is_of_the_board_and_not_of_how_the_shoot_is_written(board: Board) -> None:
    rules = merged(built_in_packs().values())
    shoot = board.shoot
    turned = replace(
        shoot,
        scenes=shoot.scenes[::-1],
        cast=shoot.cast[::-1],
        sets=shoot.sets[::-1],
        locations=shoot.locations[::-1],
    )
    assert clashes_of(board, rules) == clashes_of(board, rules)
    assert clashes_of(replace(board, shoot=turned), rules) == clashes_of(board, rules)


@given(open_boards())
def test_more_rules_never_make_fewer_hard_clashes(board: Board) -> None:
    packs = list(built_in_packs().values())
    counts = [
        sum(one.strength == "hard" for one in clashes_of(board, merged(packs[:number])))
        for number in range(len(packs) + 1)
    ]
    assert counts == sorted(counts)


@pytest.mark.parametrize("name", sorted(built_in_packs()))
def test_a_usual_week_keeps_every_pack(name: str) -> None:
    shoot = plain_shoot(scenes=[scene(str(number), ["1", "2"], minutes=590) for number in range(5)])
    board = board_of(shoot, *((number, str(number)) for number in range(5)))
    assert clashes_of(board, built_in_packs()[name].rules) == ()
