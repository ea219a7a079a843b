"""Fixtures every test may use: an empty project, and the folder of real data."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

# On matrices as small as those of tests, threads of BLAS and of LightGBM wait for one another longer than they work.
# Before anything imports NumPy, and for the processes that tests start.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

from openslate.project import Project

REAL_DATA = Path(os.environ.get("OPENSLATE_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))
MISSING = f"There is no real data in {REAL_DATA}; name its folder with OPENSLATE_DATA."


@pytest.fixture(scope="session", autouse=True)
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of signing keys for every test and every process that one starts: never the user's own."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("keys")
        patch.setenv("OPENSLATE_KEYS", str(folder))
        yield folder


@pytest.fixture(scope="session")
def empty_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of an empty project: copy it, never open it."""
    return Project.init(tmp_path_factory.mktemp("empty") / "svc").folder


@pytest.fixture
def project(empty_project: Path, tmp_path: Path) -> Project:
    """An empty project of the test's own: copied, because making one waits for the disk."""
    return Project.open(shutil.copytree(empty_project, tmp_path / "svc"))


@pytest.fixture
def real_data() -> Path:
    """The folder of real data, or a skip nobody can overlook."""
    if not (REAL_DATA / "README.md").exists():
        pytest.skip(MISSING)
    return REAL_DATA


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    missing = [report for report in terminalreporter.stats.get("skipped", []) if MISSING in str(report.longrepr)]
    if missing:
        terminalreporter.section(f"REAL DATA MISSING: {len(missing)} tests did not run", sep="!", red=True)
        terminalreporter.line(MISSING)
