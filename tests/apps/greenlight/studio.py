"""One small invented studio as a project, made once and copied where a test changes it."""

import shutil
from functools import cache
from pathlib import Path

import pytest

from openslate.apps.greenlight.demonstration.bringing import import_studio
from openslate.apps.greenlight.demonstration.commissioned import Studio, StudioSettings
from openslate.project import Project

SETTINGS = StudioSettings()
UNTIL = SETTINGS.until


@cache
def studio_in(folder: Path) -> Studio:
    """The studio, once its project lies in the folder."""
    project = Project.init(folder)
    studio = import_studio(project, SETTINGS)
    project.state.close()
    return studio


def studio_of(factory: pytest.TempPathFactory) -> tuple[Path, Studio]:
    """The folder of the project, to be copied where it is changed, and the studio."""
    folder = factory.getbasetemp() / "studio"
    return folder, studio_in(folder)


def copied(source: Path, folder: Path) -> Project:
    """A project of one's own."""
    return Project.open(shutil.copytree(source, folder))
