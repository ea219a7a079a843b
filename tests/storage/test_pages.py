"""A page is written over a page, and over nothing else."""

from pathlib import Path

import pytest

from openslate.errors import ProjectError
from openslate.project import Project
from openslate.storage.pages import write_page

PAGE = "<!DOCTYPE html><title>A</title>"


def test_a_page_takes_the_place_of_a_page(tmp_path: Path) -> None:
    for document in (PAGE, PAGE.lower()):
        write_page(tmp_path / "a.html", document)
        assert (tmp_path / "a.html").read_text() == document


def test_nothing_of_a_project_is_written_over(project: Project) -> None:
    for name in ("state.sqlite", "openslate.toml"):
        path = project.folder / name
        before = path.read_bytes()
        with pytest.raises(ProjectError, match="is there already and is no page"):
            write_page(path, PAGE)
        assert path.read_bytes() == before


def test_an_empty_file_may_be_somebodys(tmp_path: Path) -> None:
    (tmp_path / "kept").touch()
    with pytest.raises(ProjectError, match="no page"):
        write_page(tmp_path / "kept", PAGE)
