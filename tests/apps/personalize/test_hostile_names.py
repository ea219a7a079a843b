"""Ids and names that mean mischief stay ids and names: in SQL, in paths, in HTML and in a terminal."""

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from openslate.apps.personalize.evaluate import evaluate
from openslate.apps.personalize.home import home, home_from, write_html
from openslate.apps.personalize.recommend import recommend
from openslate.apps.personalize.recommender import Recommender
from openslate.apps.personalize.train import train
from openslate.drawing.page_terminal import home_view
from openslate.errors import ProjectError, UsageError
from openslate.project import Project
from openslate.serving.page_types import Page
from tests.drawn_service import add_plays, add_titles, allow, draw_events, members_of
from tests.simulated import copied

IDS = (
    'O\'Brien "the" `one`',
    "x'; DROP TABLE events; --",
    "../../../etc/passwd",
    "/absolute",
    "..",
    "two\nlines\r\n",
    "tab\tbell\x07escape\x1b[31m",
    "nul\x00byte",
    "m" * 200,
    "🎬👩‍👩‍👧",
    "\u202eright to left مرحبا",
    "<img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} %s {0} [bold]",
    " ",
)
NAMES = ("<script>alert(1)</script>", "</title><svg onload=alert(1)>", "{{ config }}", "A\x1b[2J\u202eB", "&amp; \"'")


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A service of members and titles with such names, all of whom watch."""
    project = Project.init(tmp_path_factory.mktemp("hostile") / "svc")
    add_titles(project, 24, names=NAMES)
    add_plays(project, draw_events([*IDS, *members_of(40)], 24, 8))
    allow(project)
    train(project, forced_because="a test of names")
    return project


def files_under(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("member", IDS, ids=ascii)
def test_members_are_served_under_any_id(hostile: Project, member: str, tmp_path: Path) -> None:
    outside = files_under(hostile.folder.parent) - files_under(hostile.folder)
    pages = files_under(hostile.people / "pages") if (hostile.people / "pages").exists() else set()
    page = home(hostile, member)
    assert page.member == member
    assert page.personalised
    assert Page.from_dict(json.loads(json.dumps(page.to_dict()))) == page
    assert files_under(hostile.folder.parent) - files_under(hostile.folder) == outside
    assert len(files_under(hostile.people / "pages") - pages) == 1
    assert recommend(hostile, member).personalised
    write_html(page, tmp_path / "page.html")
    html = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert "<img" not in html
    assert "onload=alert(1)>" not in html
    assert not {"\x00", "\x07", "\x1b", "\u202e"} & set(html)


@pytest.mark.parametrize("member", IDS, ids=ascii)
def test_unknown_members_are_served_under_any_id(recommender: Recommender, member: str) -> None:
    assert not home_from(recommender, member).personalised


def test_an_id_that_is_no_text_is_refused(hostile: Project) -> None:
    for answer in (home, recommend):
        with pytest.raises(UsageError, match="not valid UTF-8"):
            answer(hostile, "broken \udcff id")


def test_nothing_reaches_the_terminal_that_moves_it(hostile: Project) -> None:
    seen = StringIO()
    for member in IDS:
        Console(file=seen, width=80, force_terminal=False).print(home_view(home(hostile, member).to_dict()))
    assert "<script>alert(1)</script>" in seen.getvalue()
    assert not {"\x00", "\x07", "\x1b", "\u202e"} & set(seen.getvalue())


def test_the_report_shows_names_as_they_are(hostile: Project) -> None:
    found = evaluate(hostile, protocols=("leave-last-out",), pages_for=(IDS[0], IDS[11]))
    html = found.report.read_text(encoding="utf-8")
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;img src=x onerror=alert(1)&gt;" in html


def test_a_page_goes_only_where_a_file_can(hostile: Project, tmp_path: Path) -> None:
    page = home(hostile, IDS[0])
    for path in (tmp_path / "nowhere" / "page.html", tmp_path):
        with pytest.raises(ProjectError, match="cannot be written"):
            write_html(page, path)
    assert list(tmp_path.iterdir()) == []


def test_a_project_folder_may_be_called_anything(hostile: Project, tmp_path: Path) -> None:
    hostile.state.close()
    moved = copied(hostile.folder, tmp_path / "it's [bold]; \u202e 🎬 a?b*c%20")
    assert home(moved, IDS[1]).personalised
