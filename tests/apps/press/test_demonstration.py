"""The invented week from feeds and pages to a site: every event is a story, and the feeds add nothing to the pages."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from openslate.apps.press.demonstration.newsroom import MORNING, WEEK, invented_newsroom
from openslate.apps.press.demonstration.tour import run_tour
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item import item_id
from openslate.apps.press.records.reading import read_record
from openslate.data.buzz import read_buzz
from openslate.errors import UsageError
from openslate.evaluation.grouping import b_cubed
from openslate.project import Project


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("week") / "demo"
    assert run_tour(made) == made / "site" / "index.html"
    return made


def test_every_page_is_an_item_once_and_stories_are_the_events(folder: Path) -> None:
    items = invented_newsroom().items
    with closing(Desk(Project.open(folder / "svc"))) as desk:
        found = {str(item): str(story) for item, story in desk.rows("SELECT item, story FROM story_items")}
    assert set(found) == {item_id(one.address) for one in items}
    scores = b_cubed([str(one.story) for one in items], [found[item_id(one.address)] for one in items])
    assert scores.precision > 0.9 and scores.recall > 0.9


def test_what_is_reserved_is_kept_as_reserved_and_texts_where_they_may_be(folder: Path) -> None:
    with closing(Desk(Project.open(folder / "svc"))) as desk:
        documents = [str(row[0]) for row in desk.rows("SELECT document FROM items WHERE document LIKE '%gazette%'")]
    assert documents and not any('"training":true' in one for one in documents)
    assert not any('"text":' in one for one in documents)


def test_the_site_leads_to_titles_and_its_records_are_in_order(folder: Path) -> None:
    site = folder / "site"
    assert "Slack Water" in (site / "titles" / "slack-water.html").read_text(encoding="utf-8")
    records = sorted((site / "_posts").glob("*.md"))
    assert records and all(read_record(one).differs in (None, 0) for one in records)
    assert "<h1>" in (folder / "briefing.html").read_text(encoding="utf-8")


def test_coverage_of_titles_is_counted_as_of_each_day(folder: Path) -> None:
    buzz = read_buzz(Project.open(folder / "svc"))
    first = MORNING.date()
    assert buzz.of("title", "harbour-lights", first + timedelta(days=1), 1)[0] == 1
    assert buzz.of("title", "paper-lanterns", first + timedelta(days=1), 1)[0] == 0
    assert buzz.of("title", "paper-lanterns", (MORNING + WEEK).date(), 5)[1] == 3


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    with pytest.raises(UsageError, match="not a new or empty folder"):
        run_tour(tmp_path)
