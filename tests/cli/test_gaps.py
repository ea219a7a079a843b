import json
from pathlib import Path

import pytest
import typer

from openslate.cli.gaps_command import EPILOG, gaps
from openslate.cli.output import told_to_people
from openslate.project import Project
from tests.apps.greenlight.studio import studio_of

app = typer.Typer()
app.command(epilog=EPILOG)(gaps)


@app.callback()
def choose(context: typer.Context, project: Path = Path()) -> None:
    context.obj = project


def run(folder: Path, *words: str, code: int = 0) -> None:
    with told_to_people("--json" in words), pytest.raises(SystemExit) as stop:
        app(["--project", str(folder), "gaps", *words])
    assert (stop.value.code or 0) == code


def test_gaps_are_told_in_words_as_json_and_as_a_page(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, studio = studio_of(tmp_path_factory)
    run(folder, "--as-of", "2025-12-31", "--limit", "3", "--out", str(tmp_path / "gaps.html"))
    said = capsys.readouterr().out
    theme, language, _ = studio.planted
    assert said.startswith(f"{theme}, {language}, ")
    assert said.count("times the catalogue") == 3
    assert "were left out for want of a basis" in said
    assert "<svg" in (tmp_path / "gaps.html").read_text(encoding="utf-8")
    run(folder, "--as-of", "2025-12-31", "--limit", "2", "--json")
    document = json.loads(capsys.readouterr().out)
    first = document["segments"][0]
    assert (first["theme"], first["language"], first["kind"], first["is_gap"]) == (*studio.planted, True)
    assert len(document["segments"]) == 2 and document["gaps"] >= 1 and document["page"] is None


def test_without_plays_it_ends_with_a_sentence_and_code_1(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop, told_to_people(False):
        app(["--project", str(project.folder), "gaps", "--as-of", "2025-12-31"], standalone_mode=False)
    assert stop.value.code == 1
    said = capsys.readouterr().err
    assert "holds no plays up to 2025-12-31" in said and "Traceback" not in said
