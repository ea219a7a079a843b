"""`openslate production risk`: percentiles, drivers and what is assumed, with a page, for a board or a shoot."""

from pathlib import Path

from openslate.apps.production.board.board_file import write_board
from openslate.apps.production.reading.shoot_file import read_shoot
from openslate.apps.production.risk.quick_board import quick_board
from openslate.apps.production.rules.rules import Rules
from tests.cli.conftest import Openslate

EXAMPLE = Path("tests/apps/production/lamp.toml")


def test_a_board_has_percentiles_drivers_and_a_page(openslate: Openslate, tmp_path: Path) -> None:
    shoot = read_shoot(EXAMPLE)
    write_board(tmp_path / "board.json", quick_board(shoot, Rules(), 20_000, 0))
    words = ("production", "risk", EXAMPLE, "--board", tmp_path / "board.json", "--runs", 200)
    said = openslate(*words, "--pages", tmp_path / "plan", "--cover")
    assert said.code == 0, said.err
    assert "  P80: at most" in said.out and "What this does not know:" in said.out
    page = (tmp_path / "plan" / "risk.html").read_text(encoding="utf-8")
    assert page.count("<svg") == 3 and "P80" in page and "seed 0" in page
    found = openslate(*words, "--json").document
    assert found == openslate(*words, "--json").document
    assert [one["share"] for one in found["cost"]] == [0.5, 0.8, 0.9]
    falls = [one["mean"]["value"] for one in found["drivers"]]
    assert falls == sorted(falls, reverse=True)


def test_nothing_happening_gives_the_plan(openslate: Openslate) -> None:
    still = ("--spread", 0, "--weather", 0, "--absence", 0)
    found = openslate("production", "risk", EXAMPLE, "--runs", 100, *still, "--json").document
    assert {one["value"] for one in found["cost"]} == {found["planned_cost"]}
    assert {one["value"] for one in found["wrap"]} == {found["planned_wrap"]}
    assert found["drivers"] == [] and found["on_time"]["value"] == 1


def test_past_shoots_are_fitted_and_checked(openslate: Openslate, tmp_path: Path) -> None:
    rows = [
        f"S{shoot},{at},100,{90 + 13 * ((shoot + at) % 5)},2026-03-0{1 + at % 4},yes,,2"
        for shoot in range(4)
        for at in range(8)
    ]
    past = tmp_path / "past.csv"
    past.write_text("\n".join(["shoot,scene,planned_minutes,actual_minutes,date,exterior,lost_to,cast", *rows]))
    said = openslate("production", "risk", EXAMPLE, "--runs", 100, "--past", past, "--pages", tmp_path)
    assert said.code == 0, said.err
    assert "  scene spread: " in said.out and "of 4 took no longer than their P80" in said.out.replace("\n", " ")
    assert "The chances are assumptions" not in said.out
    past.write_text(past.read_text().replace("100,90", "100,much", 1))
    refused = openslate("production", "risk", EXAMPLE, "--past", past)
    assert refused.code == 1 and "line 2, column actual_minutes" in refused.err.replace("\n", " ")


def test_numbers_out_of_range_are_refused(openslate: Openslate, tmp_path: Path) -> None:
    for words, said in (
        (("--weather", 2), "weather is 2"),
        (("--runs", 3), "3 runs"),
        (("--contingency", -1), "is -1"),
    ):
        refused = openslate("production", "risk", EXAMPLE, *words)
        assert refused.code == 2 and said in refused.err.replace("\n", " ")
    (tmp_path / "file").touch()
    refused = openslate("production", "risk", EXAMPLE, "--pages", tmp_path / "file")
    assert refused.code == 2 and "pages go into a folder" in refused.err.replace("\n", " ")
