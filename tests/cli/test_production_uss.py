"""What another program's schedule holds besides a shoot comes through import, schedule and show, and over files."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.apps.production.uss.sample import breakdown, inside, sample, saved
from tests.cli.conftest import Openslate


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    held = sample()
    inside(held)["author"] = "A. Author"
    return saved(tmp_path, held, "theirs.uss")


@pytest.fixture
def shoot(openslate: Openslate, theirs: Path, tmp_path: Path) -> Path:
    assert openslate("production", "import", theirs, "--out", tmp_path / "in").code == 0
    return tmp_path / "in" / "shoot-1.toml"


def board(shoot: Path) -> Path:
    return shoot.with_name(shoot.name.replace("shoot", "board").replace(".toml", ".json"))


def assert_kept(path: Path) -> dict[str, Any]:
    held = json.loads(path.read_text(encoding="utf-8"))
    found = inside(held)
    rows = {one["id"]: one for one in found["breakdowns"]}
    assert found["author"] == "A. Author" and held["_beside"] == [None, True]
    assert found["_tool"] == {"version": 3} and rows["b2"]["comments"] == "Tide"
    assert rows["b4"]["_colour"] == {"fade": [1, 2.5]} and rows["banner"]["bannerText"] == "MOVE"
    assert any(one["id"] == "unused" and one["_hue"] == 7 for one in found["elements"])
    assert {one["id"] for one in found["stripboards"]} == {"s1", "s2"}
    return found


def test_everything_comes_through_import_and_show(
    openslate: Openslate, shoot: Path, theirs: Path, tmp_path: Path
) -> None:
    assert 'file = "schedule.uss"' in shoot.read_text() and 'stripboard = "s1"' in shoot.read_text()
    assert (shoot.parent / "schedule.uss").read_bytes() == theirs.read_bytes()
    said = openslate("production", "show", shoot, board(shoot), "--uss", tmp_path / "out.uss")
    assert said.code == 0, said.err
    assert_kept(tmp_path / "out.uss")
    again = openslate("production", "show", shoot, theirs, "--uss", tmp_path / "again.uss")
    assert again.code == 0 and "taken out" not in again.out
    assert_kept(tmp_path / "again.uss")


def test_the_second_stripboard_is_brought_to_its_own_board(openslate: Openslate, shoot: Path, tmp_path: Path) -> None:
    second = shoot.with_name("shoot-2.toml")
    held = json.loads(board(second).read_text())
    day = {"date": "2027-03-08", "scenes": held["boneyard"][:2]}
    board(second).write_text(json.dumps({**held, "days": [day], "boneyard": held["boneyard"][2:]}))
    assert openslate("production", "show", second, board(second), "--uss", tmp_path / "out.uss").code == 0
    first, other = assert_kept(tmp_path / "out.uss")["stripboards"]
    assert first["boards"][0]["breakdownIds"] == inside(sample())["stripboards"][0]["boards"][0]["breakdownIds"]
    assert ["b1", "b2"] in other["boards"][0]["breakdownIds"]


def test_a_schedule_that_is_made_anew_keeps_it_and_loses_nothing_of_what_is_there(
    openslate: Openslate, shoot: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.uss"
    assert openslate("production", "schedule", shoot, "--uss", out).code == 0
    found = assert_kept(out)
    next(one for one in found["breakdowns"] if one["id"] == "b1")["comments"] = "Wet."
    out.write_text(json.dumps({"universalScheduleStandard": found, "_beside": [None, True]}))
    assert openslate("production", "show", shoot, board(shoot), "--uss", out).code == 0
    rows = assert_kept(out)["breakdowns"]
    assert next(one for one in rows if one["id"] == "b1")["comments"] == "Wet."


def test_a_file_that_would_lose_something_is_refused(openslate: Openslate, shoot: Path, tmp_path: Path) -> None:
    def refused(held: object) -> str:
        out = saved(tmp_path, held, "out.uss")
        before = out.read_bytes()
        said = openslate("production", "show", shoot, board(shoot), "--uss", out)
        assert said.code == 1 and out.read_bytes() == before and "Name another file" in " ".join(said.err.split())
        return " ".join(said.err.split())

    other, longer, broken = sample(), sample(), sample()
    inside(other)["id"] = "another"
    inside(longer)["breakdowns"].append(breakdown("b9", "9", ["quay", "ext", "day"]))
    for one in inside(longer)["stripboards"]:
        one["boards"][1]["breakdownIds"].append("b9")
    inside(broken)["breakdowns"][0]["pages"] = -1
    assert "is another schedule than the one that this board came from" in refused(other)
    assert "would lose scene 9, which the shoot does not have" in refused(longer)
    assert "cannot be read, so that it would be lost" in refused(broken)


def test_what_a_shoot_lacks_is_told(openslate: Openslate, shoot: Path, theirs: Path, tmp_path: Path) -> None:
    text = shoot.read_text()
    bare = tmp_path / "in" / "bare.toml"
    bare.write_text(text.replace('elements = [{ name = "whale", category = "Own" }]\n', ""))
    assert bare.read_text() != text
    said = openslate("production", "show", bare, theirs, "--uss", tmp_path / "out.uss")
    assert said.code == 0 and "taken out: Own whale of scene 2" in " ".join(said.out.split())


@pytest.mark.parametrize("file", ["../k.uss", "k.toml", "in/k.uss"])
def test_a_schedule_elsewhere_is_refused(openslate: Openslate, shoot: Path, file: str) -> None:
    shoot.write_text(shoot.read_text().replace("schedule.uss", file))
    said = openslate("production", "show", shoot, board(shoot))
    assert said.code == 1 and "no .uss file in the shoot's own folder" in " ".join(said.err.split())


def test_a_schedule_that_is_gone_is_told(openslate: Openslate, shoot: Path, tmp_path: Path) -> None:
    (shoot.parent / "schedule.uss").unlink()
    assert openslate("production", "show", shoot, board(shoot)).code == 0
    said = openslate("production", "show", shoot, board(shoot), "--uss", tmp_path / "out.uss")
    assert said.code == 1 and "Put it back beside the shoot" in " ".join(said.err.split())
