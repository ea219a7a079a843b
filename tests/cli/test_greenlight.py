"""The story of greenlight from the command line: train, forecast, file, decide, and the backtest with its report."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from openslate.project import Project
from tests.apps.greenlight.studio import studio_of
from tests.cli.conftest import Openslate

PITCH = """
name = "Lantern Street"
as_of = 2025-12-31
logline = "A lamplighter finds letters of somebody who is not born yet."
kind = "season"
release = 2026-03-01
worldwide = true
"""


@contextmanager
def artifact_changed(folder: Path, tested: dict[str, float], as_of: str) -> Iterator[None]:
    """What a project's one model says of its test and of the day it learned until is another while this lasts."""
    project = Project.open(folder)
    [(before,)] = project.state.rows("SELECT manifest FROM artifacts")
    manifest = json.loads(str(before))
    changed = {**manifest, "as_of": as_of, "validation": {**manifest["validation"], **tested}}
    project.state.execute("UPDATE artifacts SET manifest = ?", (json.dumps(changed),))
    yield
    project.state.execute("UPDATE artifacts SET manifest = ?", (before,))
    project.state.close()


def test_from_training_to_a_decision(
    openslate: Openslate, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(studio_of(tmp_path_factory)[0], tmp_path / "studio"))
    pitch = tmp_path / "pitch.toml"
    pitch.write_text(PITCH, encoding="utf-8")
    done = openslate("-p", folder, "greenlight", "forecast", pitch)
    assert done.code == 1
    assert "openslate greenlight train" in done.err
    done = openslate("-p", folder, "greenlight", "train", "--as-of", "2025-12-31", "--json")
    assert done.code == 0
    trained = json.loads(done.out)
    assert trained["measure"] == "views"
    assert trained["validation"]["titles"] >= 20
    listed = openslate("-p", folder, "models")
    assert listed.code == 0, listed.err
    assert f"R2 {trained['validation']['r_squared']:.4f}" in listed.out
    with artifact_changed(folder, {"r_squared": -0.1}, "2019-12-31"):
        doubted = openslate("-p", folder, "models")
        assert f"{trained['model'][:12]}: The forecaster was worse than the mean of" in doubted.out.replace("\n", " ")
        [one] = openslate("-p", folder, "models", "--json").document["models"]
        assert "R2 -0.10" in one["doubts"][0] and "until 2019-12-31" in one["doubts"][-1]
    card = openslate("-p", folder, "models", "card", trained["model"][:12], "--output", tmp_path / "card.html")
    assert card.code == 0, card.err
    assert "forecast" in (tmp_path / "card.html").read_text(encoding="utf-8").lower()
    memo = tmp_path / "memo.html"
    done = openslate("-p", folder, "greenlight", "forecast", pitch, "--memo", memo, "--file", "--json")
    assert done.code == 0
    filed = json.loads(done.out)["forecasts"][0]
    assert filed["model"] == trained["model"]
    assert "Lantern Street" in memo.read_text(encoding="utf-8")
    done = openslate("-p", folder, "greenlight", "forecast", pitch)
    assert done.code == 0
    said = done.out
    assert "80% interval" in said
    assert "associations, no causes" in said
    assert "Not said, and therefore wider: series, season, genres" in said
    # The studio has no synopses and rates nothing, so neither was learned from.
    not_said = next((line for line in said.splitlines() if line.startswith("Not said")), "")
    assert "synopsis" not in not_said and "maturity" not in said
    (tmp_path / "bare.toml").write_text('name = "Untitled"\nas_of = 2025-12-31\n')
    bare = openslate("-p", folder, "greenlight", "forecast", tmp_path / "bare.toml").out
    assert "No comparable title is known" in bare and "What compares with it" not in bare
    done = openslate("-p", folder, "greenlight", "comps", pitch, "--comps", "3", "--json")
    assert done.code == 0
    compared = json.loads(done.out)["comparables"]
    assert 1 <= len(compared) <= 3
    done = openslate("-p", folder, "greenlight", "comps", pitch, "--strike", compared[0]["title"], "--json")
    assert done.code == 0
    assert compared[0]["title"] not in [one["title"] for one in json.loads(done.out)["comparables"]]
    decided = ("--by", "Ines Falk", "--role", "head of series", "--decision", "wait", "--reason", "No budget yet.")
    done = openslate("-p", folder, "greenlight", "decide", filed["number"], *decided)
    assert done.code == 0
    done = openslate("-p", folder, "greenlight", "filed", "--json")
    assert done.code == 0
    assert "Ines Falk" in done.out


def test_the_backtest_is_printed_and_written(
    openslate: Openslate, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    folder = studio_of(tmp_path_factory)[0]
    report = tmp_path / "backtest.html"
    done = openslate("-p", folder, "greenlight", "evaluate", "--origin", "2025-01-01", "--report", report)
    assert done.code == 0
    said = done.out
    assert "2025-01-01" in said
    assert "Refused by the leakage guard" in said
    assert "<svg" in report.read_text(encoding="utf-8")
    done = openslate("-p", folder, "greenlight", "evaluate", "--origin", "2025-01-02")
    assert done.code == 2
    assert "is not the first day of a block" in done.err


def test_a_causal_question_is_answered_or_refused(
    openslate: Openslate, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = studio_of(tmp_path_factory)[0]
    done = openslate("-p", folder, "greenlight", "causal", "better jokes")
    assert done.code == 2
    assert done.err
    done = openslate("-p", folder, "greenlight", "causal", "release in 11,12")
    assert done.code == 1
    assert done.err
