import stat
from pathlib import Path

import pytest

from openslate.errors import ProjectError
from openslate.project import Project


def test_a_new_project_opens_again(tmp_path: Path) -> None:
    project = Project.init(tmp_path / "a" / "svc")
    assert Project.open(tmp_path / "a" / "svc") == project
    assert stat.S_IMODE(project.people.stat().st_mode) == 0o700


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(ProjectError, match="is not empty"):
        Project.init(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]


def test_a_folder_that_is_no_project_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="openslate init"):
        Project.open(tmp_path)


def test_init_under_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProjectError, match="cannot be made"):
        Project.init(tmp_path / "file" / "svc")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("format = 99", "format 99"),
        ("[limits]\nthreads = 0", "limits.threads = 0"),
        ("[limits]\nthread = 2", "limits.thread"),
        ("[limits", "not valid TOML"),
    ],
)
def test_wrong_settings_are_named(tmp_path: Path, text: str, complaint: str) -> None:
    project = Project.init(tmp_path / "svc")
    (project.folder / "openslate.toml").write_text(text)
    with pytest.raises(ProjectError, match=complaint):
        Project.open(project.folder)


def test_limits_reach_the_engine(tmp_path: Path) -> None:
    project = Project.init(tmp_path / "svc")
    (project.folder / "openslate.toml").write_text("[limits]\nthreads = 1\nmemory_gigabytes = 0.5\n")
    connection = Project.open(project.folder).lake.connect()
    assert connection.execute("SELECT current_setting('threads')").fetchone() == (1,)


@pytest.mark.parametrize(("name", "complaint"), [("absent", "openslate init"), ("file", "is not a folder")])
def test_what_is_no_folder_is_refused(tmp_path: Path, name: str, complaint: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProjectError, match=complaint):
        Project.open(tmp_path / name)


def test_settings_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "openslate.toml").mkdir()
    with pytest.raises(ProjectError, match=r"openslate\.toml cannot be read"):
        Project.open(tmp_path)
