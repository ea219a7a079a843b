"""Fixtures every test may use: an empty project, and the folder of real data."""

import os
import warnings
from pathlib import Path

import pytest

from openslate.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project.init(tmp_path / "svc")


@pytest.fixture
def real_data() -> Path:
    """The folder of real data, or a skip nobody can overlook."""
    folder = Path(os.environ.get("OPENSLATE_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))
    if not (folder / "README.md").exists():
        warnings.warn(
            f"REAL DATA MISSING: no data in {folder}; set OPENSLATE_DATA.", pytest.PytestWarning, stacklevel=1
        )
        pytest.skip(f"REAL DATA MISSING: {folder} (set OPENSLATE_DATA)")
    return folder
