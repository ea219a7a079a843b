"""`openslate production replan`: plans, their page, a board to go on from, and refusals in sentences."""

from pathlib import Path

import pytest

from openslate.apps.production.board.board_file import read_board, write_board
from openslate.apps.production.reading.shoot_file import read_shoot
from openslate.apps.production.scheduling.schedule import schedule
from openslate.apps.production.scheduling.schedules import Effort
from tests.cli.conftest import Openslate

EXAMPLE = Path("tests/apps/production/lamp.toml")


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("board") / "board.json"
    write_board(path, schedule(read_shoot(EXAMPLE), effort=Effort(turns=30_000)).board)
    return path


def days(board: Path) -> list[str]:
    return [day.date.isoformat() for day in read_board(board, read_shoot(EXAMPLE)).board]


def test_a_lost_day_is_planned_around(openslate: Openslate, board: Path, tmp_path: Path) -> None:
    lost = days(board)[1]
    given = ("production", "replan", EXAMPLE, board, "--lost", lost)
    new, shoot = tmp_path / "new.json", tmp_path / "new.toml"
    said = openslate(*given, "--pages", tmp_path / "plan", "--board", new, "--changed-shoot", shoot)
    assert said.code == 0, said.err
    assert "is lost." in said.out and "Who must be called:" in said.out and "Scenes on another day:" in said.out
    page = (tmp_path / "plan" / "replan.html").read_text(encoding="utf-8")
    assert "The cast before and after" in page and "planned anew" in page and "<script" not in page
    kept = read_board(new, read_shoot(shoot))
    assert not kept.changed and lost not in [day.date.isoformat() for day in kept.board]
    found = openslate(*given, "--json").document
    assert found == openslate(*given, "--json").document
    assert [days(board)[0]] == [day["date"] for plan in found["plans"] for day in plan["days"][:1]][:1]
    assert all(found["shot"] <= found["bound"] <= plan["cost"] for plan in found["plans"])


def test_facts_may_be_mixed(openslate: Openslate, board: Path) -> None:
    first, *_, last = days(board)
    given = ("--out", f"mira={first}", "--gone", f"harbour={last}..{last}", "--leave", "9", "--plan", "fewest")
    said = openslate("production", "replan", EXAMPLE, board, *given)
    assert "MIRA (1) is out on" in said.out and "Harbour is gone on" in said.out
    assert "Scene 9:" in said.out and "the boneyard" in said.out
    assert "In full: fewest changes" in said.out


def test_what_cannot_be_kept_is_told_and_ends_with_one(openslate: Openslate, board: Path) -> None:
    out = f"2={days(board)[0]}..2027-03-19"
    said = openslate("production", "replan", EXAMPLE, board, "--out", out)
    assert said.code == 1
    assert "These cannot be kept together" in said.out and "THE KEEPER" in said.out and "a gap" not in said.out


def test_no_bound_is_told_of_plans_that_break_rules(openslate: Openslate, board: Path, tmp_path: Path) -> None:
    out = f"2={days(board)[0]}..2027-03-19"
    said = openslate("production", "replan", EXAMPLE, board, "--out", out, "--pages", tmp_path / "plan", "--json")
    assert said.code == 1 and said.document["bound"] is None
    assert "costs less than" not in (tmp_path / "plan" / "replan.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ((), "Nothing has changed"),
        (("--lost", "tuesday"), "is no day"),
        (("--lost", "2027-03-07"), "does not work on it"),
        (("--out", "1"), "does not say who or what"),
        (("--out", "nobody=2027-03-08"), "names nobody"),
        (("--gone", "Moon=2027-03-08"), "names no location"),
        (("--gone", "Harbour=2027-03-08.."), "does not say who or what"),
        (("--out", "1=2027-03-09..2027-03-08"), "ends before it begins"),
        (("--lost", "2027-03-09", "--leave", "99"), "no scene '99' to leave"),
        (("--lost", "2027-03-09", "--leave", ""), "no scene '' to leave"),
    ],
)
def test_what_makes_no_sense_is_refused(openslate: Openslate, board: Path, given: tuple[str, ...], told: str) -> None:
    said = openslate("production", "replan", EXAMPLE, board, *given)
    assert said.code == 2
    assert told in said.err and "Traceback" not in said.err
