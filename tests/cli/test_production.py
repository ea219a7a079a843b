"""`openslate production import` writes the tables of a shoot, says what is doubtful, and loses no correction."""

from pathlib import Path

from tests.cli.conftest import Openslate

SCREENPLAY = Path(__file__).parents[2] / "examples" / "production" / "slack-water.fountain"


def test_a_screenplay_becomes_a_folder(tmp_path: Path, openslate: Openslate) -> None:
    said = openslate("production", "import", SCREENPLAY, "--out", tmp_path / "shoot")
    assert said.code == 0, said.err
    assert said.out.startswith("SLACK WATER: 28 scenes, 12 6/8 pages, 10 speaking parts.\n  1. MIRA: on set in 15\n")
    assert "  8. LARS: only heard in 4\n" in said.out
    assert "  line 481: 'continuous' is taken as the time before: night.\n" in said.out
    assert sorted(path.name for path in (tmp_path / "shoot").iterdir()) == ["cast.csv", "scenes.csv"]


def test_both_formats_give_the_same_document(tmp_path: Path, openslate: Openslate) -> None:
    one = openslate("production", "import", SCREENPLAY, "--out", tmp_path, "--json").document
    other = openslate("production", "import", SCREENPLAY.with_suffix(".fdx"), "--out", tmp_path, "--json").document
    assert one["eighths"] == sum(scene["eighths"] for scene in one["scenes"]) == 102
    assert one["scenes"][5]["heard"] == ["8"]
    assert [each["words"] for each in one.pop("notices")] == [each["words"] for each in other.pop("notices")]
    assert one == other


def test_a_corrected_table_is_never_written_over(tmp_path: Path, openslate: Openslate) -> None:
    (tmp_path / "cast.csv").write_text("id,character\n1,MIRA\n")
    said = openslate("production", "import", SCREENPLAY, "--out", tmp_path)
    assert said.code == 1
    assert "cast.csv is there already and holds something else. Name another folder" in said.err.replace("\n", " ")
    assert not (tmp_path / "scenes.csv").exists()


def test_very_many_notices_are_counted(tmp_path: Path, openslate: Openslate) -> None:
    script = tmp_path / "a.fountain"
    script.write_text("INT. A - DAY\n\n" * 60)
    said = openslate("production", "import", script, "--out", tmp_path)
    assert said.out.startswith("Without a title: 60 scenes, 7 4/8 pages, no speaking parts.")
    assert "  and 10 more, which --json prints\n" in said.out


def test_what_is_no_screenplay_is_told(tmp_path: Path, openslate: Openslate) -> None:
    script = tmp_path / "a.fountain"
    for held, words in ((b"\0", "zero byte"), (b"Words.\n", "has no scene")):
        script.write_bytes(held)
        said = openslate("production", "import", script, "--out", tmp_path / "shoot")
        assert said.code == 1
        assert words in said.err
    assert not (tmp_path / "shoot").exists()
