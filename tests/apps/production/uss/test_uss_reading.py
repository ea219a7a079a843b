"""A schedule file becomes a shoot and a board per stripboard; what is odd is told, and what is wrong is refused."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from openslate.apps.production.reading.uss.reader import ReadBoard, read_uss
from openslate.apps.production.shoot.people import Contract, Span
from openslate.errors import AdmitError
from tests.apps.production.uss.sample import breakdown, element, event, inside, sample, saved

Change = Callable[[dict[str, Any]], object]


def read(folder: Path, change: Change = lambda held: None) -> tuple[ReadBoard, ...]:
    held = sample()
    change(inside(held))
    return read_uss(saved(folder, held))


def told(found: ReadBoard) -> str:
    return "\n".join(str(one) for one in found.notices)


def test_a_stripboard_becomes_a_board_with_dates(tmp_path: Path) -> None:
    by_days, flat = read(tmp_path)
    assert (by_days.name, flat.name) == ("By days", "In a row")
    assert [(day.date.day, day.scenes, day.night) for day in by_days.board] == [
        (4, ("1", "2"), False),
        (8, ("3",), True),
        (9, ("4A",), False),
    ]
    assert by_days.board.boneyard == ("5",)
    assert flat.board.days == () and flat.board.boneyard == ("1", "2", "3", "4A", "5")
    assert "5 scenes stand outside of the days" in told(flat)


def test_scenes_are_made_of_their_elements(tmp_path: Path) -> None:
    shoot = read(tmp_path)[0].board.shoot
    one, two, three, _, five = shoot.scenes
    assert one.heading == "INT. LAMP ROOM - NIGHT" and one.script_day == "D1" and one.minutes == 90
    assert (two.eighths, two.cast, two.shift) == (10, ("1", "2"), "day")
    assert [(need.name, need.category) for need in (*one.elements, *two.elements)] == [
        ("box of matches", "Props"),
        ("whale", "Own"),
    ]
    assert three.minutes is None and three.shift == "night" and five.unit == "Second"
    assert {one.name: one.location for one in shoot.sets} == {"LAMP ROOM": "Harbour", "QUAY": "Harbour"}
    assert shoot.name == "The Lamp"


def test_the_cast_has_holds_drops_and_days_off(tmp_path: Path) -> None:
    shoot = read(tmp_path)[0].board.shoot
    mira, joss = shoot.cast
    assert mira.contract == Contract("day", drops=1, drop_days=10)
    assert joss.contract == Contract("worked", drops=0, drop_days=10)
    assert not mira.can_work(date(2027, 3, 15)) and mira.can_work(date(2027, 3, 16))
    assert joss.away == (Span(date(2027, 3, 10), date(2027, 3, 10)),)
    assert shoot.calendar.week == (0, 1, 2, 3, 4) and not shoot.calendar.works(date(2027, 3, 5))


def other_spellings(held: dict[str, Any]) -> None:
    for row in held["breakdowns"]:
        row["type"] = "strip" if row["type"] == "scene" else row["type"]
    del held["breakdowns"][0]["created"]
    for row in held["elements"]:
        row["doodDayCount"] = row.pop("dropDayCount")
    for stripboard in held["stripboards"]:
        for board in stripboard["boards"]:
            board["breakdownArrays"] = board.pop("breakdownIds")
    for one in held["calendars"][0]["events"]:
        one["date"] = one["date"].replace("Z", "+0000")
        one["id"] = "same"
    held["calendars"][0]["events"][1]["type"] = "event"
    held["elements"][0]["events"] = None


def test_other_spellings_hold_the_same(tmp_path: Path) -> None:
    plain, other = read(tmp_path), read(tmp_path, other_spellings)
    assert [one.board for one in plain] == [one.board for one in other]
    assert "Ids of events are there more than once, such as 'same'" in told(other[0])
    assert "'holiday' is taken for a day off" in told(other[0])


def set_scene(at: int, **more: Any) -> Change:
    return lambda held: held["breakdowns"][at].update(more)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (set_scene(0, pages=0.3), "breakdowns[0].pages: 0.3 is no whole number of eighths; it is rounded up to 3/8"),
        (set_scene(0, pages=None), "breakdowns[0].pages: It says no length; an eighth"),
        (set_scene(0, duration=61_000), "breakdowns[0].duration: It is no whole number of minutes"),
        (set_scene(1, scene="1"), "Scene '1' is there twice; this one is read as '1-2'"),
        (set_scene(1, scene=None), "It has no number; it is read as 'X1'"),
        (set_scene(1, elements=["ext", "nowhere"]), "There is no element 'nowhere'"),
        (set_scene(1, elements=["ext"]), "It names no set; 'SET NOT SAID' is taken"),
        (set_scene(1, elements=["quay", "lamp"]), "several elements of the kind set"),
        (set_scene(1, elements=["quay", "mira", "mira"]), "The element 'mira' is there twice"),
        (set_scene(0, colour="blue"), "breakdowns[0].colour: The standard has no 'colour'; it is kept"),
        (lambda held: held["elements"][0].update(category="none"), "There is no category 'none'"),
        (lambda held: held["elements"][2].update(name="SPACE"), "'SPACE' says neither INT nor EXT"),
        (lambda held: held["elements"][10].update(elementId="1"), "Cast '1' is there twice; this one is read as '1-2'"),
        (lambda held: held["elements"][11].update(daysOff=[2]), "those of other elements are kept"),
        (lambda held: held["stripboards"][0].update(calendar=None), "There is no calendar: Monday to Friday"),
        (lambda held: held["calendars"][0]["events"].pop(0), "The calendar has no start: 2027-01-04 is taken"),
        (lambda held: held["calendars"][0]["events"][1].update(date="2027-03-05T23:00:00Z"), "It is past noon in UTC"),
        (lambda held: held["stripboards"][0]["boards"][0]["breakdownIds"].append([]), "A day is empty"),
        (lambda held: held["stripboards"][0]["boards"][1]["breakdownIds"].pop(), "1 breakdowns are on no board of it"),
        (lambda held: held["stripboards"][0]["boards"][1].update(name="Aerial"), "The board 'Aerial' is of a unit"),
        (
            lambda held: held["stripboards"][0].update(_openslate={"nights": ["2027-04-01"]}),
            "What is said of '2027-04-01' no longer fits",
        ),
    ],
)
def test_what_is_odd_is_told(tmp_path: Path, change: Change, said: str) -> None:
    assert said in told(read(tmp_path, change)[0])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (set_scene(0, pages=-1), "breakdowns[0].pages = -1 is refused: it is not between 0 and 1,000. Write pages as"),
        (set_scene(0, pages="1/8"), "breakdowns[0].pages = '1/8' is refused: it is no number"),
        (set_scene(0, pages=True), "breakdowns[0].pages = True is refused: it is no number"),
        (set_scene(0, pages=10**30), "is refused: it is not between 0 and 1,000"),
        (set_scene(0, duration=-5), "breakdowns[0].duration = -5 is refused"),
        (set_scene(0, scene=12), "breakdowns[0].scene = 12 is refused: it is no text. Write it as a text"),
        (set_scene(0, type="day"), "breakdowns[0].type = 'day' is refused"),
        (set_scene(0, elements="mira"), "breakdowns[0].elements = 'mira' is refused: it is no list"),
        (set_scene(0, created="soon"), "breakdowns[0].created = 'soon' is refused: it is no date"),
        (set_scene(1, id="b1"), "breakdowns holds the id 'b1' twice"),
        (lambda held: held["elements"][0].pop("name"), "elements[0].name = nothing is refused: it is missing"),
        (lambda held: held["elements"][0].update(isDrop="yes"), "elements[0].isDrop = 'yes' is refused"),
        (lambda held: held["elements"][0].update(daysOff=[7]), "elements[0].daysOff[0] = 7 is refused"),
        (lambda held: held["categories"][0].update(ucid="0"), "categories[0].ucid = '0' is refused"),
        (lambda held: held.pop("breakdowns"), "universalScheduleStandard.breakdowns = nothing is refused"),
        (lambda held: held.update(ussVersion="2.0"), "ussVersion = '2.0' is refused: only version 1"),
        (lambda held: held.update(version=held.pop("ussVersion")), "is written in version '1.0.0'"),
        (lambda held: held["stripboards"][0].update(calendar="c9"), "stripboards[0].calendar = 'c9' is refused"),
        (
            lambda held: held["stripboards"][0]["boards"][1]["breakdownIds"].append("b1"),
            "stripboards[0].boards[1].breakdownIds[1] = 'b1' is refused: it is on this stripboard twice",
        ),
        (
            lambda held: held["stripboards"][0]["boards"][0]["breakdownIds"].append(["b9"]),
            "stripboards[0].boards[0].breakdownIds[3][0] = 'b9' is refused: there is no such breakdown",
        ),
        (
            lambda held: held["stripboards"][0]["boards"][0].update(breakdownIds=[[["b1"]]]),
            "its entry 0 holds something other than ids",
        ),
        (lambda held: held["stripboards"][0]["boards"][0].update(breakdownArrays=[]), "has both breakdownArrays"),
        (lambda held: held["stripboards"][0]["boards"][0].update(breakdownIds=[[]] * 4_000), "more than 3,660 days"),
        (lambda held: held["calendars"][0].update(daysOff=list(range(7))), "names every day of the week"),
        (lambda held: held["calendars"][0]["events"].append(event("e", "2027-03-01", "start")), "2 of the type start"),
        (lambda held: held["calendars"][0]["events"][0].update(date="2027-02-30"), "there is no such day"),
        (lambda held: held["calendars"][0]["events"][0].update(date="9999-12-31"), "its year is not between"),
        (lambda held: held["stripboards"][0].update(_openslate={"nights": 3}), "_openslate.nights = 3 is refused"),
        (lambda held: held["breakdowns"].extend(breakdown(f"n{at}", str(at), []) for at in range(5_000)), "too many"),
    ],
)
def test_what_is_wrong_is_refused(tmp_path: Path, change: Change, said: str) -> None:
    with pytest.raises(AdmitError) as refused:
        read(tmp_path, change)
    assert said in str(refused.value) and str(refused.value).startswith("lamp.uss")
    assert refused.value.way_out


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1: Expecting value"),
        (b"[]", "holds no JSON object"),
        (b"{}", "has no object 'universalScheduleStandard'"),
        (b'{"universalScheduleStandard": []}', "has no object 'universalScheduleStandard'"),
        (b'{"a": 1,\n "b": }', "line 2: Expecting value"),
        (b'{"a": {"b": [{"c": 1, "c": 2}]}}', "has the key 'c' twice in a.b[0]"),
        (b'{"a": NaN}', "NaN is no number of JSON"),
        (b'{"a": [1e999]}', "a[0] is too large for a number"),
        (b'{"a": "\\ud800"}', "a = '\\ud800' holds half a character"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "is not valid JSON"),
        (b'{"a":' * 60 + b"1" + b"}" * 60, "beyond 40 levels"),
        (b"[" * 200_000, "beyond 40 levels"),
        (b"\xff\xfe\x00", "is not written in UTF-8"),
    ],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "any.uss"
    path.write_bytes(content)
    with pytest.raises(AdmitError) as refused:
        read_uss(path)
    assert said in str(refused.value)


def test_a_breakdown_alone_lies_in_the_boneyard(tmp_path: Path) -> None:
    (found,) = read(tmp_path, lambda held: held.update(stripboards=None, calendars=[]))
    assert found.board.days == () and len(found.board.boneyard) == 5 and found.stripboard is None
    assert "There is no calendar" in told(found)


def test_locations_and_units_that_disagree_are_told(tmp_path: Path) -> None:
    def change(held: dict[str, Any]) -> None:
        held["elements"].append(element("hill", "places", "Hill"))
        held["breakdowns"][3]["elements"].append("hill")

    assert "Scenes of the set 'LAMP ROOM' name several locations; 'Harbour' counts" in told(read(tmp_path, change)[0])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_value_brings_a_traceback(tmp_path: Path, data: st.DataObject) -> None:
    held = sample()
    inside_of: list[Any] = [held]
    for one in inside_of:
        values = one.values() if isinstance(one, dict) else one
        inside_of += [value for value in values if isinstance(value, dict | list)]
    spots = [(one, key) for one in inside_of for key in (one if isinstance(one, dict) else range(len(one)))]
    where, key = data.draw(st.sampled_from(spots))
    where[key] = data.draw(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
            max_leaves=5,
        )
    )
    path = tmp_path / "lamp.uss"
    path.write_text(json.dumps(held), encoding="utf-8")
    try:
        read_uss(path)
    except AdmitError as refused:
        assert refused.what.startswith("lamp.uss") and refused.way_out
