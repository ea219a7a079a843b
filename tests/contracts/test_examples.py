"""Every script in `examples/` runs as it stands, in an empty folder, and says what it promises to say."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = sorted((Path(__file__).parent.parent.parent / "examples").glob("*.py"))
PROMISES = {
    "bring_your_own_model": ("  audience ", "  EASE, plain ", "the best baseline", "Report: "),
    "from_a_dataframe": ("1 quarantined", "serves now", "Top picks for you: "),
    "policy_test": ("most watched", "our model", "the truth", "SNIPS"),
}


def test_every_example_promises_something() -> None:
    assert {example.stem for example in EXAMPLES} == set(PROMISES)


def test_an_example_names_the_library_it_lacks(tmp_path: Path) -> None:
    (tmp_path / "polars.py").write_text("raise ModuleNotFoundError('polars')")
    example = next(path for path in EXAMPLES if path.stem == "from_a_dataframe")
    command = [sys.executable, example]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    found = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert found.returncode == 1
    assert found.stderr == f"This example needs Polars: {sys.executable} -m pip install polars\n"


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_example_runs(example: Path, tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-W", "error", example], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert found.returncode == 0, found.stderr
    assert [words for words in PROMISES[example.stem] if words not in found.stdout] == []
