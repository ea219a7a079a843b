"""The promises about the repository itself: layering, public names, sizes, and what must not be in it."""

import subprocess
import sys
from pathlib import Path

import pytest

import openslate

ROOT = Path(__file__).parent.parent.parent
TRACKED = [
    ROOT / line
    for line in subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()
]


def test_imports_run_one_way() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    found = subprocess.run([linter], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout


def test_public_names_are_listed_and_there() -> None:
    assert sorted(openslate.__all__) == list(openslate.__all__)
    assert len(openslate.__all__) <= 30
    for name in openslate.__all__:
        assert getattr(openslate, name) is not None


def test_importing_openslate_is_light() -> None:
    heavy = ("numpy", "scipy", "duckdb", "pydantic", "rich")
    code = f"import sys, openslate; print([name for name in {heavy} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


@pytest.mark.skipif(not TRACKED, reason="not a git checkout")
def test_nothing_large_and_no_data_is_tracked() -> None:
    for path in TRACKED:
        if path.exists():
            assert path.stat().st_size < 1_000_000, path
            assert path.suffix not in {".parquet", ".sqlite", ".safetensors", ".dat", ".pkl", ".xlsx"}, path


def test_pins_hold_no_address() -> None:
    for path in (ROOT / "requirements").rglob("*.txt"):
        text = path.read_text()
        assert "://" not in text
        assert "--hash=sha256:" in text
