"""What is written is read back the same, and a file that was read keeps everything that was not changed."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.board.clash import impossible
from openslate.apps.production.board.clashes import clashes_of
from openslate.apps.production.reading.uss.fields import Breakdown, CalendarList, Category, Element, Event, Stripboard
from openslate.apps.production.reading.uss.reader import ReadBoard, read_uss
from openslate.apps.production.shoot.days import Calendar, DayTerms
from openslate.apps.production.shoot.people import CastMember, Contract
from openslate.apps.production.shoot.places import Location, Move, Set
from openslate.apps.production.shoot.scenes import Scene
from openslate.apps.production.shoot.shoot import Shoot
from openslate.apps.production.writing.uss.writer import uss_of, write_uss
from openslate.errors import AdmitError, ProjectError, UsageError
from tests.apps.production.uss.boards import boards, holdable, span
from tests.apps.production.uss.sample import inside, sample, saved
from tests.apps.production.uss.test_uss_reading import other_spellings

NOON = datetime(2027, 1, 4, 12, tzinfo=UTC)
PROPERTY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def again(folder: Path, board: Board, kept: ReadBoard | None = None, name: str = "") -> tuple[ReadBoard, ...]:
    write_uss(folder / "again.uss", board, kept, name, NOON)
    return read_uss(folder / "again.uss")


@pytest.fixture
def first(tmp_path: Path) -> ReadBoard:
    return read_uss(saved(tmp_path, sample()))[0]


@PROPERTY
@given(boards())
def test_a_new_file_is_read_as_what_was_written(tmp_path: Path, board: Board) -> None:
    (found,) = again(tmp_path, board)
    wanted = holdable(board)
    assert found.board.shoot == wanted.shoot
    assert found.board == wanted


@PROPERTY
@given(boards(), boards())
def test_any_board_can_be_merged_into_any_file(tmp_path: Path, one: Board, other: Board) -> None:
    (kept,) = again(tmp_path, one)
    (found,) = again(tmp_path, other, kept)
    wanted = holdable(other)
    assert found.board.shoot == wanted.shoot
    assert (found.board.days, found.board.locks) == (wanted.days, wanted.locks)
    assert found.board.boneyard == wanted.boneyard


@PROPERTY
@given(boards())
def test_what_was_read_is_written_again(tmp_path: Path, board: Board) -> None:
    (found,) = again(tmp_path, board)
    text = (tmp_path / "again.uss").read_text(encoding="utf-8")
    assert json.loads(uss_of(found.board, found).text) == json.loads(text)


def test_a_foreign_file_keeps_everything(tmp_path: Path) -> None:
    for found in read_uss(saved(tmp_path, sample())):
        assert json.loads(uss_of(found.board, found).text) == sample()


def test_other_spellings_are_written_by_the_documentation(tmp_path: Path) -> None:
    held = sample()
    other_spellings(inside(held))
    found = read_uss(saved(tmp_path, held))[0]
    written = inside(json.loads(uss_of(found.board, found).text))
    for event in written["calendars"][0]["events"]:
        event.pop("id")
    wanted = inside(sample())
    for event in wanted["calendars"][0]["events"]:
        event.pop("id")
    assert written == wanted


def test_every_key_of_the_standard_is_there(tmp_path: Path, first: ReadBoard) -> None:
    held = inside(json.loads(uss_of(first.board).text))
    tables: tuple[tuple[str, Any], ...] = (
        ("breakdowns", Breakdown),
        ("categories", Category),
        ("elements", Element),
        ("stripboards", Stripboard),
        ("calendars", CalendarList),
    )
    for table, model in tables:
        assert held[table]
        for row in held[table]:
            assert set(row) - {"_openslate"} == {one.alias for one in model.model_fields.values()} - {"_openslate"}
    events = [event for table in ("elements", "calendars") for row in held[table] for event in row["events"]]
    assert events and all(set(event) == {one.alias for one in Event.model_fields.values()} for event in events)
    assert len({event["id"] for event in events}) == len(events)


def moved(first: ReadBoard) -> Board:
    days = (
        ShootDay(date(2027, 3, 8), ("3",), True),
        ShootDay(date(2027, 3, 10), ("2", "5"), False, True),
        ShootDay(date(2027, 3, 11), ("1",)),
    )
    return Board(first.board.shoot, days, ("4A",))


def test_banners_and_other_stripboards_stay_when_scenes_move(tmp_path: Path, first: ReadBoard) -> None:
    found = again(tmp_path, moved(first), first)
    assert found[0].board == moved(first)
    written = inside(json.loads((tmp_path / "again.uss").read_text(encoding="utf-8")))
    (main, boneyard) = written["stripboards"][0]["boards"]
    assert main["breakdownIds"] == [["b3"], [], ["b2", "b5"], ["b1", "banner"]]
    assert boneyard["breakdownIds"] == ["b4"]
    assert written["stripboards"][1] == inside(sample())["stripboards"][1]
    assert written["breakdowns"] == inside(sample())["breakdowns"]
    assert found[1].board == read_uss(saved(tmp_path, sample()))[1].board


def test_a_board_can_be_put_beside_the_one_that_was_read(tmp_path: Path, first: ReadBoard) -> None:
    found = again(tmp_path, moved(first), first, "Openslate, 48 days")
    assert [one.name for one in found] == ["By days", "In a row", "Openslate, 48 days"]
    assert found[0].board == first.board and found[2].board == moved(first)


def test_what_is_changed_in_a_shoot_is_changed_in_the_file_and_nothing_else(tmp_path: Path, first: ReadBoard) -> None:
    shoot = first.board.shoot
    scenes = list(shoot.scenes)
    scenes[1] = replace(scenes[1], eighths=11, time="night", shift="night", cast=("2", "7"))
    scenes[3] = Scene("9", "QUAY", "EXT", "day", 2, ("7",), shift="day")
    cast = (shoot.cast[1], CastMember("7", "PIA", away=(span(9, 10),), contract=Contract(drops=1)))
    scenes[0] = replace(scenes[0], cast=())
    days = first.board.days
    changed = replace(shoot, scenes=tuple(scenes), cast=cast)
    board = Board(changed, (*days[:2], replace(days[2], scenes=("9",))), ("5",))
    found = again(tmp_path, board, first)
    assert found[0].board == board
    written = inside(json.loads((tmp_path / "again.uss").read_text(encoding="utf-8")))
    before = inside(sample())
    two = {**before["breakdowns"][1], "pages": 1.375}
    assert {**written["breakdowns"][1], "elements": two["elements"]} == two
    assert written["breakdowns"][2] == before["breakdowns"][2]
    assert "mira" not in json.dumps(written) and written["elements"][-2]["_hue"] == 7
    assert found[1].board.boneyard == ("1", "2", "3", "5", "9")


def test_a_calendar_that_is_shared_is_copied(tmp_path: Path, first: ReadBoard) -> None:
    calendar = replace(first.board.shoot.calendar, holidays=(span(5, 8),))
    shoot = replace(first.board.shoot, calendar=calendar)
    board = Board(shoot, (ShootDay(date(2027, 3, 9), ("1", "2", "3", "4A", "5")),))
    found = again(tmp_path, board, first)
    assert found[0].board == board
    assert found[1].board.shoot.calendar.holidays == (span(5, 5),)
    written = inside(json.loads((tmp_path / "again.uss").read_text(encoding="utf-8")))
    assert written["calendars"][0] == inside(sample())["calendars"][0] and len(written["calendars"]) == 2


def test_a_breakdown_becomes_a_schedule(tmp_path: Path) -> None:
    held = sample()
    inside(held).update(stripboards=[], calendars=[])
    (read,) = read_uss(saved(tmp_path, held))
    board = replace(read.board, days=(ShootDay(date(2027, 1, 5), read.board.boneyard),), boneyard=())
    (found,) = again(tmp_path, board, read, "Plan")
    assert (found.name, found.board) == ("Plan", board)


def test_a_day_that_the_standard_cannot_say_is_refused(first: ReadBoard) -> None:
    board = replace(first.board, days=(*first.board.days[:2], ShootDay(date(2027, 3, 13), ("4A",))))
    with pytest.raises(UsageError, match="shoots on 2027-03-13, which is no working day"):
        uss_of(board, first)


def test_what_is_not_written_is_told(first: ReadBoard) -> None:
    shoot = first.board.shoot
    cast = tuple(replace(one, contract=Contract("weekly", 900), performer="A. N. Other") for one in shoot.cast)
    scenes = (replace(shoot.scenes[0], after=("5",)), *shoot.scenes[1:])
    board = replace(first.board, shoot=replace(shoot, cast=cast, scenes=scenes, rules=("crew",)))
    written = uss_of(board, first)
    assert [one.words for one in written.notices] == [
        "Contract is not written, of 2; the standard has no place for it.",
        "Performer or birth is not written, of 2; the standard has no place for it.",
        "Order, date or replica is not written, of 1; the standard has no place for it.",
        "Which rules hold is not written; the standard has no place for it.",
    ]
    assert "900" not in written.text and "A. N. Other" not in written.text


def test_a_board_of_ours_breaks_nothing_when_it_is_read_again(tmp_path: Path) -> None:
    scene = Scene("1", "LAMP ROOM", "EXT", "night", 90, (), shift="any")
    shoot = Shoot(
        "The Lamp",
        "USD",
        (scene, replace(scene, number="2", set="QUAY", eighths=8)),
        (),
        (Location("Tower"), Location("Harbour")),
        (Set("LAMP ROOM", "Tower"), Set("QUAY", "Harbour")),
        Calendar(date(2027, 3, 1), date(2027, 3, 12)),
        DayTerms(900, 0, 5, 9000, 9, 2),
        (Move("Tower", "Harbour", 10, 40_012),),
    )
    board = Board(shoot, (ShootDay(date(2027, 3, 2), ("1", "2")),))
    assert not impossible(clashes_of(board))
    (found,) = again(tmp_path, board)
    assert not impossible(clashes_of(found.board)) and found.board.days == board.days
    assert "40012" not in (tmp_path / "again.uss").read_text() and found.board.shoot.day.cost == 0
    held = json.loads((tmp_path / "again.uss").read_text())
    held["universalScheduleStandard"]["breakdowns"][0]["_openslate"] = {"shift": "never"}
    (tmp_path / "wrong.uss").write_text(json.dumps(held))
    with pytest.raises(AdmitError, match=r"breakdowns\[0\]"):
        read_uss(tmp_path / "wrong.uss")


def test_only_such_a_file_is_replaced(tmp_path: Path, first: ReadBoard) -> None:
    (tmp_path / "notes.uss").write_text("mine")
    with pytest.raises(ProjectError, match="is there already and is no such schedule"):
        write_uss(tmp_path / "notes.uss", first.board)
    with pytest.raises(ProjectError, match=r"does not end in \.uss"):
        write_uss(tmp_path / "board.json", first.board)
    assert (tmp_path / "notes.uss").read_text() == "mine"
    write_uss(tmp_path / "lamp.uss", first.board, first)
    assert not [one for one in tmp_path.iterdir() if one.name.startswith(".")]
