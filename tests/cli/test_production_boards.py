"""Boards from the command line: written, checked, shown, compared, and scheduled anew around what is locked."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from openslate.apps.production.reading.shoot_file import read_shoot
from openslate.cli.main import app
from tests.cli.conftest import Openslate

LAMP = Path(__file__).parents[1] / "apps" / "production" / "lamp.toml"


@pytest.fixture(scope="module")
def scheduled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("scheduled") / "board.json"
    told = CliRunner().invoke(app, ["production", "schedule", str(LAMP), "--board", str(path)])
    assert told.exit_code == 0, told.output
    assert "The board is" in told.output
    return path.read_bytes()


@pytest.fixture
def board(tmp_path: Path, scheduled: bytes) -> Path:
    path = tmp_path / "board.json"
    path.write_bytes(scheduled)
    return path


def changed(board: Path, to: Path, **fields: Any) -> Path:
    held = json.loads(board.read_text())
    to.write_text(json.dumps({**held, **fields}))
    return to


def emptied(board: Path, to: Path, place: int) -> Path:
    """The board without one of its days."""
    held = json.loads(board.read_text())
    day = held["days"].pop(place)
    return changed(board, to, days=held["days"], boneyard=[*held["boneyard"], *day["scenes"]])


def test_everything_that_a_crew_is_given_is_written(tmp_path: Path, board: Path, openslate: Openslate) -> None:
    plan, uss = tmp_path / "plan", tmp_path / "lamp.uss"
    said = openslate("production", "show", LAMP, board, "--pages", plan, "--tables", plan, "--uss", uss)
    assert said.code == 0, said.err
    days = [day["date"] for day in json.loads(board.read_text())["days"]]
    assert sorted(path.name for path in (plan / "call-sheets").iterdir()) == [f"{day}.html" for day in days]
    names = {path.name for path in plan.iterdir() if path.is_file()}
    assert {"stripboard.html", "costs.html", "stripboard.csv", "costs-by-person.csv", "spending.csv"} <= names
    assert f"call-sheet-{days[0]}-cast.csv" in names
    assert json.loads(uss.read_text())["universalScheduleStandard"]
    tables = openslate("production", "show", LAMP, board, "--json").document
    assert len(tables["tables"]["costs-by-day"]) == len(days)
    assert tables["broken"] == []
    checked = openslate("production", "check", LAMP, board, "--json").document
    assert 0 < tables["bound"] <= tables["cost"] == checked["cost"]


def test_nothing_is_written_over(tmp_path: Path, board: Path, openslate: Openslate) -> None:
    shoot = tmp_path / "shoot.toml"
    shoot.write_bytes(LAMP.read_bytes())
    other = tmp_path / "other.json"
    lost = ("--lost", json.loads(board.read_text())["days"][0]["date"])
    for words, code in (
        (("schedule", shoot, "--board", shoot), 2),
        (("schedule", shoot, "--start", board, "--board", board), 2),
        (("schedule", LAMP, "--board", shoot), 1),
        (("show", shoot, board, "--uss", board), 2),
        (("replan", shoot, board, *lost, "--board", shoot), 2),
        (("replan", shoot, board, *lost, "--changed-shoot", shoot), 2),
        (("replan", LAMP, board, *lost, "--changed-shoot", shoot), 1),
        (("replan", shoot, board, *lost, "--changed-shoot", board), 2),
        (("replan", shoot, board, *lost, "--board", other, "--changed-shoot", other), 2),
    ):
        kept = board.read_bytes()
        said = openslate("production", *words)
        assert said.code == code, (words, said.out, said.err)
        assert shoot.read_bytes() == LAMP.read_bytes()
        assert board.read_bytes() == kept
    assert not other.exists()


def test_a_bound_of_another_board_is_not_shown(tmp_path: Path, board: Path, openslate: Openslate) -> None:
    solver = json.loads(board.read_text())["solver"]
    for number, facts in enumerate(({"bound": 10**9}, {"bound": 10**9, "cost": 1}, {"cost": 1}, {"bound": True})):
        other = changed(board, tmp_path / f"{number}.json", solver={**solver, **facts})
        pages = tmp_path / f"plan-{number}"
        said = openslate("production", "show", LAMP, other, "--pages", pages)
        assert said.code == 0
        for text in (said.out, (pages / "costs.html").read_text(), (pages / "stripboard.html").read_text()):
            assert "costs less" not in text and "can cost less" not in text


def test_an_impossible_board_has_no_bound(tmp_path: Path, openslate: Openslate) -> None:
    shoot, plan = tmp_path / "shoot.toml", tmp_path / "plan"
    text = LAMP.read_text()
    first = text.index("starts = ") + len("starts = ")
    day = text[first : first + 10]
    ends = text.index("ends = ") + len("ends = ")
    shoot.write_text(text[:ends] + day + text[ends + 10 :])
    said = openslate("production", "schedule", shoot, "--pages", plan, "--board", tmp_path / "board.json", "--json")
    assert said.code == 1
    assert (said.document["bound"], said.document["gap"], said.document["reducible_gap"]) == (None, None, None)
    assert "bound" not in json.loads((tmp_path / "board.json").read_text())["solver"]
    for name in ("costs", "stripboard"):
        page = (plan / f"{name}.html").read_text()
        assert "costs less" not in page and "can cost less" not in page


def test_a_calendar_of_many_years_is_refused(tmp_path: Path, board: Path, openslate: Openslate) -> None:
    shoot, text = tmp_path / "shoot.toml", LAMP.read_text()
    ends = text.index("ends = ") + len("ends = ")
    for year in (2127, 9999):
        shoot.write_text(f"{text[:ends]}{year}-12-31{text[ends + 10 :]}")
        said = openslate("production", "schedule", shoot)
        assert said.code == 1
        assert "more than 1,100 days after the first day" in " ".join(said.err.split())
    days = json.loads(board.read_text())["days"]
    days[-1]["date"] = "9999-12-31"
    said = openslate("production", "show", LAMP, changed(board, tmp_path / "far.json", days=days))
    assert said.code == 1
    assert "more than a year outside the calendar" in " ".join(said.err.split())


def test_old_call_sheets_are_told(tmp_path: Path, board: Path, openslate: Openslate) -> None:
    sheets = tmp_path / "plan" / "call-sheets"
    sheets.mkdir(parents=True)
    (sheets / "2020-01-01.html").write_text("old")
    said = openslate("production", "show", LAMP, board, "--pages", tmp_path / "plan").out.replace("\n", " ")
    assert "2020-01-01.html is of a day on which nothing is shot any more" in said
    assert (sheets / "2020-01-01.html").exists()


def test_a_board_is_checked(tmp_path: Path, board: Path, openslate: Openslate) -> None:
    said = openslate("production", "check", LAMP, board)
    assert said.code == 0, said.out
    assert said.out.startswith("This board costs ")
    held = json.loads(board.read_text())
    late = read_shoot(LAMP).calendar.ends
    days = [{**day, "date": str(late + timedelta(place + 1))} for place, day in enumerate(held["days"])]
    bad = openslate("production", "check", LAMP, changed(board, tmp_path / "bad.json", days=days), "--json")
    assert bad.code == 1
    assert "calendar" in {one["kind"] for one in bad.document["clashes"] if one["strength"] == "hard"}


def test_two_boards_are_compared(tmp_path: Path, board: Path, openslate: Openslate) -> None:
    assert openslate("production", "compare", LAMP, board, board).out == "Nothing changed.\n"
    other = emptied(board, tmp_path / "other.json", 0)
    said = openslate("production", "compare", LAMP, board, other)
    scenes = json.loads(board.read_text())["days"][0]["scenes"]
    assert said.code == 0
    for number in scenes:
        assert f"Scene {number}: " in said.out
    assert "→ the boneyard" in said.out
    assert "All together: " in said.out
    found = openslate("production", "compare", LAMP, board, other, "--json").document
    assert sorted(one["scene"] for one in found["scenes"]) == sorted(scenes)
    assert found["kinds"]["unit"]["after"] < found["kinds"]["unit"]["before"]


def test_what_is_locked_stays(tmp_path: Path, board: Path, openslate: Openslate) -> None:
    days = json.loads(board.read_text())["days"]
    first, last = days[0], days[-1]
    again = tmp_path / "again.json"
    said = openslate(
        *("production", "schedule", LAMP, "--start", board, "--seed", "5", "--board", again),
        *("--lock-day", first["date"], "--lock", f"{last['scenes'][0]}={last['date']}"),
    )
    assert said.code == 0, said.out + said.err
    found = json.loads(again.read_text())
    assert sorted(found["days"][0]["scenes"]) == sorted(first["scenes"])
    assert (found["days"][0]["date"], found["days"][0]["locked"]) == (first["date"], True)
    assert {"scene": last["scenes"][0], "date": last["date"]} in found["locks"]["scenes"]
    assert last["scenes"][0] in next(day["scenes"] for day in found["days"] if day["date"] == last["date"])


def test_what_was_locked_and_is_otherwise_is_told(tmp_path: Path, board: Path, openslate: Openslate) -> None:
    held = json.loads(board.read_text())
    first, number = held["days"][0], held["days"][0]["scenes"][0]
    days = [{**first, "locked": True}, *held["days"][1:]]
    locks = {"scenes": [{"scene": number, "date": first["date"]}], "cast": ["1"], "orders": []}
    before = changed(board, tmp_path / "before.json", days=days, locks=locks)
    assert openslate("production", "compare", LAMP, before, before).code == 0
    said = openslate("production", "compare", LAMP, before, emptied(board, tmp_path / "after.json", 0))
    assert said.code == 1
    assert "is locked, and scenes" in said.out
    assert f"Scene {number} was locked to" in said.out
    found = openslate("production", "compare", LAMP, before, tmp_path / "after.json", "--json").document
    assert len(found["unlocked"]) >= 2


def test_locked_cast_keep_their_days(tmp_path: Path, board: Path, openslate: Openslate) -> None:
    again = tmp_path / "again.json"
    said = openslate("production", "schedule", LAMP, "--start", board, "--lock-cast", "1", "--board", again)
    assert said.code == 0, said.out + said.err
    named = read_shoot(LAMP).member_of["1"].character.lower()
    assert openslate("production", "schedule", LAMP, "--start", board, "--lock-cast", named, "--json").document["days"]
    found = openslate("production", "compare", LAMP, board, again, "--json").document
    assert "1" not in {one["name"] for one in found["cast"]}


def test_a_pinned_order_is_kept_and_stays_on_the_board(tmp_path: Path, board: Path, openslate: Openslate) -> None:
    free = [number for day in json.loads(board.read_text())["days"] for number in day["scenes"]]
    order, pinned, again = (free[-1], free[0]), tmp_path / "pinned.json", tmp_path / "again.json"
    options = ("--start", board, "--order", ",".join(order), "--board", pinned)
    said = openslate("production", "schedule", LAMP, *options)
    assert said.code == 0, said.out + said.err
    assert openslate("production", "schedule", LAMP, "--start", pinned, "--board", again).code == 0
    for path in (pinned, again):
        held = json.loads(path.read_text())
        shot = [number for day in held["days"] for number in day["scenes"]]
        assert shot.index(order[0]) < shot.index(order[1])
        assert held["locks"]["orders"] == [list(order)]
    told = openslate("production", "compare", LAMP, board, pinned)
    assert f"New lock: scenes {order[0]} and {order[1]} in this order." in told.out
    back = openslate("production", "compare", LAMP, pinned, board)
    assert back.code == 1
    assert "No longer locked: scenes" in back.out and "are locked in this order, and scene" in back.out


def test_a_board_of_another_program_is_read_wherever_one_is(tmp_path: Path, board: Path, openslate: Openslate) -> None:
    uss = tmp_path / "lamp.uss"
    assert openslate("production", "show", LAMP, board, "--uss", uss).code == 0
    ours, theirs = (openslate("production", "check", LAMP, path, "--json").document for path in (board, uss))
    assert (ours["cost"], ours["clashes"]) == (theirs["cost"], theirs["clashes"])
    compared = openslate("production", "compare", LAMP, board, uss, "--json").document
    assert compared["scenes"] == [] and len(compared["notices"]) == 1, compared["notices"]
    again = tmp_path / "again.json"
    day = json.loads(board.read_text())["days"][0]
    options = ("--start", uss, "--lock-day", day["date"], "--board", again)
    assert openslate("production", "schedule", LAMP, *options).code == 0
    assert json.loads(again.read_text())["days"][0]["scenes"] == day["scenes"]
    lost = ("--lost", day["date"], "--plan", "fewest")
    assert openslate("production", "replan", LAMP, uss, *lost).out.count("is lost.") == 1
    shoot = tmp_path / "other.toml"
    text = LAMP.read_text()
    last = text.rindex("[[scene]]")
    shoot.write_text(text[:last])
    said = openslate("production", "check", shoot, uss)
    assert said.code == 1 and "lamp.uss: " in said.err and "does not have" in said.err


def test_boards_of_two_shoots_are_told(tmp_path: Path, board: Path, openslate: Openslate) -> None:
    new, shoot = tmp_path / "new.json", tmp_path / "new.toml"
    lost = ("--lost", json.loads(board.read_text())["days"][0]["date"])
    openslate("production", "replan", LAMP, board, *lost, "--board", new, "--changed-shoot", shoot)
    said = openslate("production", "compare", LAMP, board, new)
    assert "were made of two shoots" in " ".join(said.out.split())
    assert "were made of two shoots" not in openslate("production", "compare", LAMP, board, board).out


def test_locks_that_clash_are_named(tmp_path: Path, board: Path, openslate: Openslate) -> None:
    days = json.loads(board.read_text())["days"]
    first, last = days[0], days[-1]
    number = last["scenes"][0]
    options = ("--start", board, "--lock-day", first["date"], "--lock", f"{number}={first['date']}")
    said = openslate("production", "schedule", LAMP, *options, "--json")
    assert said.code == 1
    why = said.document["why_impossible"]
    assert len(why) == 2 and any(f"Scene {number} is locked to" in one for one in why)
    assert any("is locked, with" in one and "and no other" in one for one in why)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--order", "1"], "names one scene alone"),
        (["--order", "1,999"], "which the shoot does not have"),
        (["--order", "1,2", "--order", "2,1"], "contradict one another"),
        (["--order", "1,1"], "contradict one another"),
        (["--lock", "1"], "is no lock of a scene"),
        (["--lock", "1=soon"], "'soon' names no day"),
        (["--lock", "999=2027-03-01"], "which the shoot does not have"),
        (["--lock-day", "2027-03-01"], "no board whose days or cast could be locked"),
        (["--start", "BOARD", "--lock-day", "2020-01-01"], "Nothing is shot on Wednesday 1 January 2020"),
        (["--start", "BOARD", "--lock-cast", "99"], "whom the shoot does not have"),
        (["--board", "nowhere/board.json"], "lies in a folder that is not there"),
    ],
)
def test_locks_of_what_is_not_there_are_refused(
    board: Path, openslate: Openslate, options: list[str], words: str
) -> None:
    said = openslate("production", "schedule", LAMP, *(str(board) if one == "BOARD" else one for one in options))
    assert said.code == 2
    assert words in " ".join(said.err.split())


def test_a_schedule_of_another_program_comes_back(tmp_path: Path, board: Path, openslate: Openslate) -> None:
    uss, out = tmp_path / "lamp.uss", tmp_path / "shoot"
    assert openslate("production", "show", LAMP, board, "--uss", uss).code == 0
    said = openslate("production", "import", uss, "--out", out)
    assert said.code == 0, said.err
    assert sorted(path.name for path in out.iterdir()) == ["board.json", "schedule.uss", "shoot.toml"]
    days = [day["scenes"] for day in json.loads((out / "board.json").read_text())["days"]]
    assert days == [day["scenes"] for day in json.loads(board.read_text())["days"]]
    assert openslate("production", "check", out / "shoot.toml", out / "board.json", "--json").document["cost"] >= 0
    (out / "shoot.toml").write_text("corrected")
    again = openslate("production", "import", uss, "--out", out)
    assert again.code == 1
    assert "is there already and holds something else" in " ".join(again.err.split())


def test_an_instance_is_solved_with_its_proof(tmp_path: Path, openslate: Openslate) -> None:
    file = tmp_path / "tiny.txt"
    file.write_text("tiny\n4\n3\n1 0 1 0 10\n0 1 1 0 1\n1 0 0 1 3\n1 2 1 2\n")
    said = openslate("production", "talent", file)
    assert said.code == 0, said.err
    assert "They cost 32: " in said.out
    assert said.out.endswith("No order costs less, which is proved.\n")
    found = openslate("production", "talent", file, "--json").document
    assert (sorted(found["order"]), found["proved"], found["cost"]) == ([1, 2, 3, 4], True, 32)
    file.write_text("tiny\n4\n3\n1 0 2 0 10\n")
    said = openslate("production", "talent", file)
    assert said.code == 1
    assert "not 0 or 1" in " ".join(said.err.split())


def test_the_demonstration_leads_to_every_page(tmp_path: Path, openslate: Openslate) -> None:
    folder = tmp_path / "shoot"
    said = openslate("production", "demo", folder)
    assert said.code == 0, said.err
    page = (folder / "index.html").read_text()
    for name in ("plan/stripboard.html", "plan/costs.html", "lost/replan.html", "risk.html"):
        assert name in page
        assert (folder / name).exists()
    assert openslate("production", "check", folder / "shoot.toml", folder / "board.json").code == 0
    assert openslate("production", "demo", folder).code == 2
