"""The service with a member who left traces everywhere, made once and copied."""

import shutil
from pathlib import Path

import pytest

from openslate.project import Project
from tests.accounts.erased_service import fill


@pytest.fixture(scope="session")
def filled_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its folder: copy it, never open it."""
    folder = tmp_path_factory.mktemp("filled") / "svc"
    project = Project.init(folder)
    fill(project)
    project.state.close()
    project.vault.close()
    return folder


@pytest.fixture
def filled(filled_folder: Path, tmp_path: Path) -> Project:
    """A copy of one's own."""
    return Project.open(shutil.copytree(filled_folder, tmp_path / "filled"))
