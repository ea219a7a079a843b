"""Revised call sheets tell what changed in the shoot, too, and a day that is lost is called off."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from openslate.apps.production.board.board_file import read_board, read_shown, write_board
from openslate.apps.production.reading.shoot_file import read_shoot
from openslate.apps.production.scheduling.schedule import schedule
from openslate.apps.production.scheduling.schedules import Effort
from openslate.apps.production.writing.shoot_file import write_shoot
from openslate.errors import AdmitError
from tests.cli.conftest import Openslate

LAMP = Path("tests/apps/production/lamp.toml")


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("board") / "board.json"
    write_board(path, schedule(read_shoot(LAMP), effort=Effort(turns=30_000)).board)
    return path


@pytest.fixture
def rewritten(tmp_path: Path) -> Path:
    """The shoot with a call an hour later, one scene that plays otherwise, and somebody of another name."""
    shoot = read_shoot(LAMP)
    scene = replace(shoot.scenes[0], description="A flare goes off.")
    first = replace(shoot.cast[0], performer="Eva Sund")
    day = replace(shoot.day, day_call=8 * 60 + 30)
    path = tmp_path / "rewritten.toml"
    path.write_text(
        write_shoot(replace(shoot, scenes=(scene, *shoot.scenes[1:]), cast=(first, *shoot.cast[1:]), day=day))
    )
    return path


def sheets(openslate: Openslate, *given: object) -> dict[str, str]:
    folder = Path(str(given[-1]))
    said = openslate("production", *given[:-1], "--pages", folder)
    assert said.code == 0, said.err
    found = {path.stem: path.read_text(encoding="utf-8") for path in (folder / "call-sheets").iterdir()}
    return {name: " ".join(re.sub("<[^>]+>", " ", page).split()) for name, page in found.items()}


def test_a_shoot_that_changed_is_told_on_the_sheets(
    openslate: Openslate, board: Path, rewritten: Path, tmp_path: Path
) -> None:
    found = sheets(openslate, "show", rewritten, board, "--previous", board, tmp_path / "plan")
    number = read_shoot(LAMP).scenes[0].number
    kept = read_board(board, read_shoot(LAMP)).board
    sheet = found[str(kept.day_of(number))]
    assert f"Scene {number} was rewritten or broken down anew" in sheet
    days = [page for day, page in found.items() if not next(one for one in kept if str(one.date) == day).night]
    assert days and all("The call is at 08:30; it was at " in page for page in days)
    assert any("Eva Sund (1, MIRA) plays the part" in page for page in found.values())
    assert not any("is not known" in page for page in found.values())


def test_nothing_is_told_where_nothing_changed(openslate: Openslate, board: Path, tmp_path: Path) -> None:
    found = sheets(openslate, "show", LAMP, board, "--previous", board, tmp_path / "plan")
    assert all("Nothing on this day." in page for page in found.values())


def test_a_file_that_does_not_say_is_told_so_and_takes_its_shoot(
    openslate: Openslate, board: Path, rewritten: Path, tmp_path: Path
) -> None:
    held, old = json.loads(board.read_text()), tmp_path / "old.json"
    del held["shown"]
    old.write_text(json.dumps(held))
    given = ("show", rewritten, board, "--previous", old)
    found = sheets(openslate, *given, tmp_path / "plan")
    assert all("--previous-shoot" in page and "Nothing on this day" not in page for page in found.values())
    told = sheets(openslate, *given, "--previous-shoot", LAMP, tmp_path / "told")
    assert any("was rewritten" in page for page in told.values())
    assert not any("--previous-shoot" in page for page in told.values())
    alone = openslate("production", "show", LAMP, board, "--previous-shoot", LAMP)
    assert alone.code == 2 and "Name its board with --previous" in " ".join(alone.err.split())


def test_a_board_that_was_edited_does_not_say_what_was_shown(board: Path, tmp_path: Path) -> None:
    held = json.loads(board.read_text())
    held["days"][0]["scenes"].reverse()
    (tmp_path / "edited.json").write_text(json.dumps(held))
    assert read_shown(board) is not None and read_shown(tmp_path / "edited.json") is None
    held["shown"][0]["cast"][0]["performer"] = "Ada Berg"
    (tmp_path / "edited.json").write_text(json.dumps(held))
    with pytest.raises(AdmitError, match=r"shown\[0\]\.cast\[0\]\.performer"):
        read_shown(tmp_path / "edited.json")


def test_a_lost_day_is_called_off(openslate: Openslate, board: Path, tmp_path: Path) -> None:
    day = json.loads(board.read_text())["days"][1]
    new, shoot = tmp_path / "new.json", tmp_path / "new.toml"
    given = ("replan", LAMP, board, "--lost", day["date"], "--board", new, "--changed-shoot", shoot)
    found = sheets(openslate, *given, tmp_path / "lost")
    sheet, kept = found[day["date"]], read_board(new, read_shoot(shoot)).board
    assert "This day is cancelled; its scenes are" in sheet and "blue revision" in sheet
    for number in day["scenes"]:
        then = kept.day_of(number)
        assert then is not None and f"{then.day} March 2027" in sheet
    again = sheets(openslate, "show", shoot, new, "--previous", board, tmp_path / "shown")
    assert again[day["date"]] == sheet
    said = openslate("production", "show", shoot, new, "--previous", board, "--pages", tmp_path / "shown")
    assert "take it away" not in said.out
