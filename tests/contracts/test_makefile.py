"""`make demo` clears away a finished demo and nothing else."""

import shutil
import subprocess
from pathlib import Path

import pytest

MADE = "made svc\nmade studio\nmade shoot\nmade news\n"
MAKEFILE = Path(__file__).parent.parent.parent / "Makefile"


def make(folder: Path, target: str) -> subprocess.CompletedProcess[str]:
    """Run a target where `openslate` only says that it was called."""
    shutil.copy(MAKEFILE, folder / "Makefile")
    command = folder / ".venv" / "bin" / "openslate"
    command.parent.mkdir(parents=True, exist_ok=True)
    command.write_text("#!/bin/sh\nfor last; do :; done\necho made $last\n")
    command.chmod(0o755)
    named = ["DEMO=svc", "STUDIO=studio", "SHOOT=shoot", "PRESS=news"]
    # What is set up is taken for done, however old it is.
    words = ["make", "--no-print-directory", "-o", ".venv/.press", target, *named]
    (folder / ".venv" / ".press").touch()
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("folder", ["svc", "studio", "shoot", "news"])
@pytest.mark.parametrize("target", ["demo", "clean"])
def test_a_real_project_is_left_alone(target: str, folder: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "openslate.toml").touch()
    found = make(tmp_path, target)
    assert (tmp_path / folder / "openslate.toml").exists()
    if target == "demo":
        assert found.returncode != 0
        said, way_out = found.stdout.splitlines()
        assert said == f"The folder {folder} is not a finished demo, so nothing in it is touched."
        assert way_out == "Name other ones: make demo DEMO=another-folder STUDIO=one-more SHOOT=a-third PRESS=a-last"


@pytest.mark.parametrize("folder", ["svc", "studio", "shoot", "news"])
@pytest.mark.parametrize("target", ["demo", "clean"])
def test_a_finished_demo_is_cleared_away(target: str, folder: str, tmp_path: Path) -> None:
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "demo.json").touch()
    found = make(tmp_path, target)
    assert found.returncode == 0, found.stderr
    assert not (tmp_path / folder).exists()
    assert found.stdout == (MADE if target == "demo" else found.stdout)


def test_a_new_or_empty_folder_takes_a_demo(tmp_path: Path) -> None:
    assert make(tmp_path, "demo").stdout == MADE
    (tmp_path / "svc").mkdir()
    assert make(tmp_path, "demo").stdout == MADE
