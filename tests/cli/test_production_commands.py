"""`openslate production schedule`: a plan with its proof, its pages, and what cannot be kept."""

from pathlib import Path

from tests.cli.conftest import Openslate

EXAMPLE = Path("tests/apps/production/lamp.toml")


def test_a_shoot_is_scheduled_with_its_proof_and_its_pages(openslate: Openslate, tmp_path: Path) -> None:
    said = openslate("production", "schedule", EXAMPLE, "--pages", tmp_path / "plan")
    assert said.code == 0
    assert "Day 1," in said.out and "no board costs less than" in said.out
    names = {"stripboard.html", "day-out-of-days.html", "one-line-schedule.html", "costs.html", "call-sheets"}
    assert {path.name for path in (tmp_path / "plan").iterdir()} == names
    found = openslate("production", "schedule", EXAMPLE, "--json").document
    assert 0 < found["bound"] <= found["cost"]
    assert sorted(number for day in found["days"] for number in day["scenes"]) == list("123456789")
    assert found == openslate("production", "schedule", EXAMPLE, "--json").document


def test_what_cannot_be_kept_is_told_and_ends_with_one(openslate: Openslate, tmp_path: Path) -> None:
    file = tmp_path / "shoot.toml"
    text = EXAMPLE.read_text(encoding="utf-8").replace(
        "away = [[2027-03-09, 2027-03-10]]", "away = [[2027-03-01, 2027-03-19]]"
    )
    file.write_text(text, encoding="utf-8")
    said = openslate("production", "schedule", file, "--seconds", "2")
    assert said.code == 1
    assert "These cannot be kept together; change one of them:" in said.out
    assert "THE KEEPER" in said.out


def test_a_file_that_is_wrong_is_refused_with_its_line(openslate: Openslate, tmp_path: Path) -> None:
    file = tmp_path / "shoot.toml"
    file.write_text(
        'name = "x"\ncurrency = "DOL"\ncalendar = { starts = 2027-03-01, ends = 2027-03-05 }\n', encoding="utf-8"
    )
    said = openslate("production", "schedule", file)
    assert said.code != 0
    assert "line 2" in said.err and "Traceback" not in said.err
    assert openslate("production", "schedule", tmp_path / "none.toml").code != 0


def test_pages_go_into_a_folder_alone(openslate: Openslate, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine", encoding="utf-8")
    said = openslate("production", "schedule", EXAMPLE, "--pages", file)
    assert said.code == 2
    assert "is a file, and pages and tables go into a folder" in said.err
    assert file.read_text(encoding="utf-8") == "mine"


def test_scenes_of_another_unit_are_not_left_out_silently(openslate: Openslate, tmp_path: Path) -> None:
    file = tmp_path / "shoot.toml"
    text = EXAMPLE.read_text(encoding="utf-8").replace('number = "9"', 'number = "9"\nunit = "second"')
    file.write_text(text, encoding="utf-8")
    said = openslate("production", "schedule", file, "--seconds", "2")
    assert "Scene 9 is of the unit 'second', and is in the boneyard" in said.out


def test_a_board_that_breaks_rules_claims_no_gap(openslate: Openslate, tmp_path: Path) -> None:
    file = tmp_path / "shoot.toml"
    text = EXAMPLE.read_text(encoding="utf-8").replace("ends = 2027-03-19", "ends = 2027-03-01")
    file.write_text(text, encoding="utf-8")
    said = openslate("production", "schedule", file, "--seconds", "2")
    assert said.code == 1
    assert "and breaks hard rules" in said.out and "a gap of" not in said.out
