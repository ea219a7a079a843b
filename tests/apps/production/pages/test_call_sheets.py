"""A call sheet calls whom the day needs, when it needs them; a revision lists and marks what changed and no more."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.pages.call_sheet import call_sheet, cast_rows, scene_rows, sheet_rows
from openslate.apps.production.pages.call_sheet_page import call_sheet_page
from openslate.apps.production.pages.revisions import changes, revision_colour
from openslate.errors import UsageError
from tests.apps.production.pages.invented import day, invented_board, invented_shoot
from tests.apps.production.pages.reading import csv_rows, read, words


def with_days(board: Board, **scenes: str) -> Board:
    """The board with other scenes on some of its days: `day_1="21 2"` is shooting day 1, counted from 0."""
    days = list(board.days)
    for name, numbers in scenes.items():
        place = int(name.removeprefix("day_"))
        days[place] = replace(days[place], scenes=tuple(numbers.split()))
    there = {number for one in days for number in one.scenes}
    left = tuple(one.number for one in board.shoot.scenes if one.number not in there)
    return replace(board, days=tuple(days), boneyard=left)


def test_who_is_called_when() -> None:
    sheet = call_sheet(invented_board(), day(2))
    assert (sheet.number, sheet.of, sheet.call, sheet.locations) == (3, 10, 7 * 60, ("Old town",))
    called = {one.member.id: (one.code, one.on_set, one.done, one.scenes) for one in sheet.cast}
    assert called == {
        "1": ("W", 9 * 60, 11 * 60 + 40, ("17",)),
        "2": ("W", 7 * 60, 14 * 60, ("9", "17", "8")),
        "3": ("W", 7 * 60, 11 * 60 + 40, ("9", "17")),
        "7A": ("SW", 9 * 60, 11 * 60 + 40, ("17",)),
    }
    assert [one.id for one in sheet.held] == ["4"]
    assert [one.name for one in sheet.elements] == ["20 dockers", "vintage tram"]


def test_pick_ups_and_drops_have_their_codes() -> None:
    board = invented_board()
    assert {one.member.id: one.code for one in call_sheet(board, day(8)).cast}["2"] == "WD"
    assert {one.member.id: one.code for one in call_sheet(board, day(14)).cast}["2"] == "PWF"


def test_a_night_is_called_for_the_night() -> None:
    page = words(call_sheet_page(invented_board(), day(4)))
    assert "Night call 17:00, Harbour." in page and "00:00 (+1)" in page


def test_a_day_without_shooting_has_none() -> None:
    with pytest.raises(UsageError, match="2027-03-06"):
        call_sheet_page(invented_board(), day(5))


def test_minors_and_the_day_after_are_told() -> None:
    page = words(call_sheet_page(invented_board(), day(1)))
    assert "runs no script" not in page, "a foot of its own would take a second sheet of paper"
    assert "Tuva Ek · minor, 9 years" in page
    assert "Day 3, Wednesday 3 March 2027, call 07:00" in page
    assert "This is the last day of shooting." in words(call_sheet_page(invented_board(), day(14)))


def test_the_sun_is_shown_by_the_shoots_own_clock_or_not_at_all() -> None:
    board = invented_board()
    assert "Sun" not in words(call_sheet_page(board, day(1)))
    assert "Sun, Harbour rises 07:05, sets 17:45" in words(
        call_sheet_page(board, day(1), utc_offset=timedelta(hours=1))
    )
    assert "rises 06:05" in words(call_sheet_page(board, day(1), utc_offset=timedelta(0)))
    # In the far north the sun of a summer's day sets when its date is over.
    north = replace(board.shoot.location_of["Harbour"], latitude=64.1466, longitude=-21.9426)
    summer = replace(board.shoot.calendar, starts=date(2024, 6, 20), ends=date(2024, 6, 20))
    places = (north, *board.shoot.locations[1:])
    shoot = replace(board.shoot, locations=places, calendar=summer)
    left = tuple(one.number for one in shoot.scenes if one.number != "1")
    iceland = Board(shoot, (ShootDay(date(2024, 6, 20), ("1",)),), left)
    page = words(call_sheet_page(iceland, date(2024, 6, 20), utc_offset=timedelta(0)))
    assert re.search(r"rises 02:5\d, sets 00:0\d \(\+1\)", page)
    # Nobody said where the stage is.
    assert "Sun" not in words(call_sheet_page(board, day(3), utc_offset=timedelta(hours=1)))


def test_a_revision_lists_and_marks_what_changed() -> None:
    before = invented_board()
    now = with_days(before, day_0="15 1", day_1="21 2")
    told = changes(call_sheet(now, day(1)), now, before)
    assert told.words == (
        "Wrap is at 13:40; it was at 12:00.",
        "Scene 2 is new here; it was on Monday 1 March 2027.",
        "Ada Berg (1, MIRA) is done at 13:40 and not at 11:00, is in scenes 21 and 2 and not in scene 21.",
        "Jon Lind (2, OSKAR) is done at 13:40 and not at 11:00, is in scenes 21 and 2 and not in scene 21.",
        "FERRYMAN (5) is done at 13:40 and not at 11:00, is in scenes 21 and 2 and not in scene 21.",
    )
    assert (told.scenes, told.cast) == (frozenset({"2"}), frozenset({"1", "2", "5"}))
    page = call_sheet_page(now, day(1), previous=before)
    assert "blue revision" in words(page)
    assert [row[0].strip() for row in read(page).rows if row[0].strip().endswith("*")] == ["2 *", "1 *", "2 *", "5 *"]
    monday = changes(call_sheet(now, day(0)), now, before)
    assert "Scene 2 is gone; it is on Tuesday 2 March 2027." in monday.words
    assert "Scene 15 begins at 07:00 and not at 12:40." in monday.words


def test_a_scene_from_the_boneyard_and_a_call_that_moves_are_told() -> None:
    before = invented_board()
    now = with_days(before, day_7="6 16 25")
    told = changes(call_sheet(now, day(10)), now, before)
    assert "Scene 25 is new here; it was in the boneyard." in told.words
    assert "Lou Ahn (8, VOICE ON THE RADIO) is called, and was not." in told.words
    late = replace(now, shoot=replace(now.shoot, day=replace(now.shoot.day, day_call=8 * 60)))
    assert "The call is at 08:00; it was at 07:00." in changes(call_sheet(late, day(10)), late, now).words


def test_a_code_that_changes_elsewhere_is_told() -> None:
    before = invented_board()
    # Ella's last day was the eleventh; with scene 18 on the fifteenth it is no longer.
    now = with_days(before, day_3="5 13 19", day_9="22 10 18")
    assert "Tuva Ek (4, ELLA) has the code W and not WF." in changes(call_sheet(now, day(10)), now, before).words


def test_a_part_that_is_recast_is_told_and_marked() -> None:
    before = invented_board()

    def played_by(name: str, character: str = "MIRA") -> Board:
        first = replace(before.shoot.cast[0], performer=name, character=character)
        return replace(before, shoot=replace(before.shoot, cast=(first, *before.shoot.cast[1:])))

    def told(now: Board, old: Board) -> tuple[str, ...]:
        found = changes(call_sheet(now, day(1)), now, old)
        assert found.cast == {"1"} and not found.scenes
        return found.words

    assert told(played_by("Eva Sund"), before) == ("Eva Sund (1, MIRA) plays the part and not Ada Berg.",)
    assert told(played_by(""), before) == ("MIRA (1) is no longer played by Ada Berg.",)
    assert told(before, played_by("")) == ("Ada Berg (1, MIRA) plays the part, which was not cast.",)
    assert told(played_by("Ada Berg", "MAJA"), before) == ("Ada Berg (1, MAJA) is no longer named MIRA.",)


def test_a_scene_that_ends_later_or_is_elsewhere_is_told_so() -> None:
    before = invented_board()
    slower = replace(before, shoot=replace(before.shoot, day=replace(before.shoot.day, minutes_per_eighth=25)))
    told = changes(call_sheet(slower, day(1)), slower, before)
    assert "Scene 21 ends at 12:00 and not at 11:00." in told.words
    assert "Tuva Ek (4, ELLA) is done at 12:00 and not at 11:00." in told.words
    sets = tuple(replace(one, location="Stage 2") if one.name == "TRAM" else one for one in before.shoot.sets)
    moved = replace(before, shoot=replace(before.shoot, sets=sets))
    told = changes(call_sheet(moved, day(2)), moved, before)
    assert "The unit is at Old town, Stage 2; it was at Old town." in told.words
    assert any(one.startswith("Scene 8 is shot at Stage 2 and not at Old town; it begins at") for one in told.words)
    assert told.scenes == {"8"}


def test_nothing_changed_is_said_and_a_new_day_is_all_new() -> None:
    board = invented_board()
    page = call_sheet_page(board, day(2), previous=board)
    assert "Nothing on this day." in words(page) and " *" not in "".join(row[0] for row in read(page).rows)
    days = tuple(one for one in board.days if one.date != day(2))
    shorter = Board(board.shoot, days, ("25", "9", "17", "8"))
    told = changes(call_sheet(board, day(2)), board, shorter)
    assert told.scenes == {"9", "17", "8"} and told.words == ("Nothing was shot on this day before.",)


def test_colours_go_round() -> None:
    assert [revision_colour(number) for number in (0, 1, 2, 3, 4, 5, 9, 18, 27)] == [
        "white", "blue", "pink", "yellow", "green", "goldenrod", "double white", "triple white", "4-fold white",
    ]  # fmt: skip
    with pytest.raises(UsageError, match="-1"):
        revision_colour(-1)
    assert "pink revision" in words(call_sheet_page(invented_board(), day(0), revision=2))


def test_tables_of_a_call_sheet() -> None:
    sheet = call_sheet(invented_board(), day(1))
    cast, scenes = cast_rows(sheet), scene_rows(sheet)
    assert csv_rows(cast.csv())[4] == ["4", "ELLA", "Tuva Ek", "SW", "07:00", "11:00", "21", "9"]
    assert json.loads(json.dumps(scenes.values()))[0]["elements"] == ["20 dockers"]
    assert csv_rows(scenes.csv())[1][:3] == ["21", "07:00", "11:00"]
    (head,) = sheet_rows([sheet]).values()
    assert (head["day"], head["of"], head["date"], head["shift"]) == (2, 10, "2027-03-02", "day")
    assert (head["call"], head["wrap"], head["eighths"]) == ("07:00", "12:00", 12)
    assert (head["locations"], head["cast"], head["held"]) == (["Harbour"], ["1", "2", "3", "4", "5"], [])
    assert len(csv_rows(sheet_rows([sheet, call_sheet(invented_board(), day(4))]).csv())) == 3


def test_words_are_escaped_and_bytes_repeat() -> None:
    shoot = invented_shoot()
    cast = (replace(shoot.cast[0], performer="<b>Ada</b>"), *shoot.cast[1:])
    board = invented_board(replace(shoot, cast=cast))
    page = call_sheet_page(board, day(1))
    assert "<b>Ada" not in page and page == call_sheet_page(board, day(1))
