import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

LOOP = """
from openslate.models.kernels.compiling import compiled

@compiled
def twice(number: int) -> int:
    return 2 * number

print(twice(21), sum(twice.stats.cache_hits.values()))
"""


def _run(folder: Path, home: Path) -> list[str]:
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / ".cache")}
    environment.pop("NUMBA_CACHE_DIR", None)
    done = subprocess.run(
        [sys.executable, folder / "loop.py"], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """A folder with a module that cannot be written to: a file lies where `__pycache__` would, which stops root too."""
    folder = tmp_path / "installed"
    folder.mkdir()
    (folder / "loop.py").write_text(LOOP)
    (folder / "__pycache__").touch()
    return folder


def test_machine_code_is_kept_beside_the_source(tmp_path: Path) -> None:
    (tmp_path / "loop.py").write_text(LOOP)
    assert _run(tmp_path, tmp_path / "home") == ["42", "0"]
    assert _run(tmp_path, tmp_path / "home") == ["42", "1"]
    assert list((tmp_path / "__pycache__").glob("*.nbc"))


def test_a_read_only_install_keeps_it_in_the_persons_own_cache_folder(installed: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    assert _run(installed, home) == ["42", "0"]
    assert _run(installed, home) == ["42", "1"]
    assert list(home.rglob("*.nbc"))


def test_where_nothing_can_be_written_it_still_works(installed: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    nowhere.touch()
    assert _run(installed, nowhere) == ["42", "0"]
    assert _run(installed, nowhere) == ["42", "0"]
    shutil.rmtree(installed)
