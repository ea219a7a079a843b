"""Each kind of clash, told by a board that breaks just it and not by one that does not."""

from dataclasses import replace
from datetime import date

import pytest

from openslate.apps.production.board.board import Board, Locks
from openslate.apps.production.board.clash import Clash, impossible, penalties
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.rules.rules import Rules
from openslate.apps.production.shoot.days import Calendar
from openslate.apps.production.shoot.people import Span
from openslate.apps.production.shoot.places import Location, Move, Set
from openslate.apps.production.shoot.shoot import Shoot
from openslate.errors import UsageError
from tests.apps.production.shoots import MONDAY, board_of, day, plain_shoot, scene

SHOOT = plain_shoot()


def only(board: Board, kind: str, rules: Rules = Rules()) -> Clash:
    """The one clash of a board, of a kind."""
    found = clashes_of(board, rules)
    assert [one.kind for one in found] == [kind], found
    return found[0]


def with_scenes(*scenes: object, **more: object) -> Shoot:
    return plain_shoot(scenes=scenes, **more)  # type: ignore[arg-type]


def test_nothing_clashes_where_nothing_is_asked() -> None:
    assert clashes_of(board_of(SHOOT, (0, "1 2"), (1, "3"))) == ()


def test_days_off_holidays_and_days_outside_the_calendar() -> None:
    told = [only(board_of(SHOOT, (0, "1 2"), (at, "3")), "calendar") for at in (5, 28)]
    assert told[0].words == (
        "Saturday 6 March 2027 is a day off: the crew works on Monday, Tuesday, Wednesday, Thursday and Friday."
    )
    assert told[1].words == "Monday 29 March 2027 is after the last day of the calendar, Sunday 28 March 2027."
    assert (told[0].strength, told[0].dates, told[0].scenes) == ("hard", (day(5),), ("3",))
    early = only(board_of(SHOOT, (-3, "3"), (0, "1 2")), "calendar")
    assert early.words.startswith("Friday 26 February 2027 is before the first day of the calendar")
    closed = replace(SHOOT, calendar=Calendar(MONDAY, day(20), holidays=(Span(day(1), day(2)),)))
    holiday = only(board_of(closed, (0, "1 2"), (2, "3")), "calendar")
    assert holiday.words == (
        "Wednesday 3 March 2027 is a holiday (from Tuesday 2 March 2027 to Wednesday 3 March 2027)."
    )
    six = replace(SHOOT, calendar=Calendar(MONDAY, day(20), week=(0, 1, 2, 3, 4, 5)))
    assert clashes_of(board_of(six, (0, "1 2"), (5, "3"))) == ()


def test_a_day_is_longer_than_its_minutes_and_overtime() -> None:
    shoot = with_scenes(scene("1", minutes=700), scene("2", minutes=20), scene("3", minutes=1))
    assert clashes_of(board_of(shoot, (0, "1 2"), (1, "3"))) == ()
    told = only(board_of(shoot, (0, "1 2 3")), "day-length")
    assert told.words == "Monday 1 March 2027 has 12 h 1 min of shooting and moves, and at most 12 h fit."


def test_moves_count_towards_the_length_of_a_day() -> None:
    shoot = with_scenes(scene("1", minutes=680), scene("2", set_name="QUAY", minutes=20))
    near = replace(shoot, moves=(Move("Harbour", "House", 20, 0),))
    assert clashes_of(board_of(near, (0, "1 2"))) == ()
    only(board_of(shoot, (0, "1 2")), "day-length")


def test_too_many_places_on_a_day() -> None:
    shoot = with_scenes(scene("1"), scene("2", set_name="QUAY"), scene("3", set_name="ROOM"))
    assert clashes_of(board_of(shoot, (0, "1 2 3"))) == ()
    told = only(board_of(replace(shoot, day=replace(shoot.day, locations=1)), (0, "1 2 3")), "locations")
    assert told.words == (
        "Monday 1 March 2027 has 2 locations, House and Harbour, and at most 1 may be shot at on one day."
    )


def test_scenes_for_the_light_and_for_the_dark() -> None:
    shoot = with_scenes(scene("1", shift="day"), scene("2", shift="night"), scene("3"))
    assert clashes_of(board_of(shoot, (0, "1 3"), (1, "2"), nights=[1])) == ()
    told = only(board_of(shoot, (0, "1 2 3")), "shift")
    assert told.words == "Monday 1 March 2027 is called for the day, and scene 2 is for the night."
    assert told.scenes == ("2",)
    assert only(board_of(shoot, (0, "1 2 3"), nights=[0]), "shift").scenes == ("1",)


def test_scenes_of_another_unit_are_told_on_a_day_and_not_in_the_boneyard() -> None:
    shoot = with_scenes(scene("1"), scene("2", unit="second"))
    assert clashes_of(board_of(shoot, (0, "1"))) == ()
    told = only(board_of(shoot, (0, "1 2")), "unit")
    assert told.words == "Scene 2 is of the unit 'second', and is on Monday 1 March 2027 of the main unit."
    assert told.strength == "penalty"


def test_cast_who_are_away_or_not_yet_there() -> None:
    mira, osk = SHOOT.cast
    away = replace(SHOOT, cast=(replace(mira, away=(Span(day(1), day(2)),)), osk))
    assert clashes_of(board_of(away, (0, "1 3"), (1, "2"))) == ()
    told = only(board_of(away, (0, "1"), (1, "2 3")), "away")
    assert told.words == (
        "Ada Berg (1, MIRA) is away from Tuesday 2 March 2027 to Wednesday 3 March 2027, and scene 3 is on "
        "Tuesday 2 March 2027."
    )
    assert (told.people, told.scenes, told.dates) == (("1",), ("3",), (day(1),))
    later = replace(SHOOT, cast=(mira, replace(osk, available=(Span(day(3), day(4)),))))
    assert clashes_of(board_of(later, (0, "1"), (3, "2 3"))) == ()
    assert only(board_of(later, (0, "1 2"), (3, "3")), "away").words == (
        "OSK (2) is there only from Thursday 4 March 2027 to Friday 5 March 2027, and scene 2 is on "
        "Monday 1 March 2027."
    )


def test_locations_without_a_permit_or_closed() -> None:
    shoot = with_scenes(scene("1", set_name="QUAY"), scene("2", set_name="BOAT"), scene("3"))
    permit = replace(shoot, locations=(Location("House"), Location("Harbour", permits=(Span(day(1), day(1)),))))
    assert clashes_of(board_of(permit, (0, "3"), (1, "1 2"))) == ()
    told = only(board_of(permit, (0, "1 2 3")), "location")
    assert told.words == (
        "Harbour may be shot at on Tuesday 2 March 2027, and scenes 1 and 2 are there on Monday 1 March 2027."
    )
    closed = replace(shoot, locations=(Location("House", closed=(Span(day(0), day(0)),)), Location("Harbour")))
    assert clashes_of(board_of(closed, (0, "1 2"), (1, "3"))) == ()
    assert only(board_of(closed, (0, "1 2 3")), "location").scenes == ("3",)


def test_scenes_too_early_and_too_late() -> None:
    shoot = with_scenes(scene("1", earliest=day(1)), scene("2", latest=day(1)))
    assert clashes_of(board_of(shoot, (1, "1 2"))) == ()
    assert only(board_of(shoot, (0, "1 2")), "too-early").words == (
        "Scene 1 is on Monday 1 March 2027, and its earliest day is Tuesday 2 March 2027."
    )
    assert only(board_of(shoot, (2, "1 2")), "too-late").scenes == ("2",)


def test_scenes_that_come_after_others() -> None:
    shoot = with_scenes(scene("1", after=("2",)), scene("2"))
    assert clashes_of(board_of(shoot, (0, "2"), (1, "1"))) == ()
    assert only(board_of(shoot, (0, "2 1")), "after").words == (
        "Scene 1 on Monday 1 March 2027 comes on a day after scene 2, which is on the same day."
    )
    assert only(board_of(shoot, (0, "1"), (1, "2")), "after").dates == (day(0), day(1))
    left = clashes_of(board_of(shoot, (0, "1")))
    assert [one.kind for one in left] == ["after", "boneyard"]
    other = replace(shoot, scenes=(shoot.scenes[0], replace(shoot.scenes[1], unit="second")))
    assert clashes_of(board_of(other, (0, "1"))) == ()


def test_scenes_in_the_boneyard_are_told() -> None:
    told = only(board_of(SHOOT, (0, "2")), "boneyard")
    assert told.words == "On no day, because in the boneyard, are scenes 1 and 3."
    assert (told.strength, told.cost, told.dates) == ("penalty", 0, ())


def stage_shoot(**more: int) -> Shoot:
    shoot = with_scenes(scene("1"), scene("2", set_name="HALL"))
    room, hall, *others = shoot.sets
    return replace(shoot, sets=(replace(room, stage="A", **more), replace(hall, stage="A"), *others))


def test_sets_of_one_stage_never_stand_together() -> None:
    assert clashes_of(board_of(stage_shoot(), (0, "1"), (1, "2"))) == ()
    told = only(board_of(stage_shoot(strike_days=2), (0, "1"), (2, "2")), "stage")
    assert told.words == (
        "The sets ROOM and HALL of the stage A stand at the same time, on Wednesday 3 March 2027, building and "
        "striking among it."
    )
    assert told.dates == (day(2),)
    assert clashes_of(board_of(stage_shoot(strike_days=2), (0, "1"), (3, "2"))) == ()
    only(board_of(stage_shoot(build_days=1), (0, "2"), (1, "1")), "stage")
    assert clashes_of(board_of(stage_shoot(build_days=1), (0, "2"), (2, "1"))) == ()
    # Over a weekend, working days alone count.
    only(board_of(stage_shoot(strike_days=1), (4, "1"), (7, "2")), "stage")
    assert clashes_of(board_of(stage_shoot(strike_days=1), (4, "1"), (8, "2"))) == ()


def test_a_set_is_not_built_before_the_calendar() -> None:
    shoot = with_scenes(scene("1"))
    shoot = replace(shoot, sets=(Set("ROOM", "House", build_days=2),))
    assert clashes_of(board_of(shoot, (2, "1"))) == ()
    told = only(board_of(shoot, (1, "1")), "building")
    assert told.words == (
        "The set ROOM takes 2 working days to build before Tuesday 2 March 2027, and the calendar begins on "
        "Monday 1 March 2027, 1 working day too late."
    )


def test_locked_scenes_and_orders() -> None:
    kept = Locks(scenes=(("3", day(1)),), orders=(("1", "2", "3"),))
    assert clashes_of(board_of(SHOOT, (0, "1 2"), (1, "3"), locks=kept)) == ()
    moved = Locks(scenes=(("3", day(2)),))
    told = only(board_of(SHOOT, (0, "1 2"), (1, "3"), locks=moved), "lock")
    assert told.words == "Scene 3 is locked to Wednesday 3 March 2027, and is on Tuesday 2 March 2027."
    assert told.dates == (day(1), day(2))
    gone = clashes_of(board_of(SHOOT, (0, "1 2"), locks=moved))
    assert [one.kind for one in gone] == ["lock", "boneyard"]
    assert gone[0].words == "Scene 3 is locked to Wednesday 3 March 2027, and is in the boneyard."
    order = only(board_of(SHOOT, (0, "2 1"), (1, "3"), locks=kept), "order")
    assert order.words == (
        "Scenes 1, 2 and 3 are locked in this order, and scene 2 on Monday 1 March 2027 comes before scene 1 on "
        "Monday 1 March 2027."
    )
    across = Locks(orders=(("3", "1"),))
    assert only(board_of(SHOOT, (0, "1 2"), (1, "3"), locks=across), "order").scenes == ("3", "1")


def test_hard_ones_come_first_and_penalties_add_up() -> None:
    first = Clash("premium", "penalty", "One.", (date(2027, 3, 1),), cost=5)
    second = Clash("after", "hard", "Two.", (date(2027, 3, 2),))
    assert penalties((first, second, first)) == 10
    assert impossible((first, second)) == (second,)
    shoot = with_scenes(scene("1", latest=day(0)), scene("2", unit="second"))
    assert [one.kind for one in clashes_of(board_of(shoot, (0, "2"), (1, "1")))] == ["too-late", "unit"]


def test_a_lock_of_what_the_shoot_does_not_have_is_refused() -> None:
    for locks, named in (
        (Locks(scenes=(("9", day(0)),)), "scene '9'"),
        (Locks(orders=(("1", "8"),)), "scene '8'"),
        (Locks(cast=("7",)), "cast member '7'"),
    ):
        with pytest.raises(UsageError, match=f"A lock of the board names the {named}"):
            board_of(SHOOT, (0, "1 2 3"), locks=locks)
