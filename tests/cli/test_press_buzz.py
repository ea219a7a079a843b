"""Counting coverage and learning interest from the command line, on a desk of invented news."""

from datetime import timedelta
from pathlib import Path

import pytest

from openslate import clock
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item import Item
from openslate.apps.press.desk.items import add_items
from openslate.apps.press.records.record import Provider
from openslate.clock import to_microseconds
from openslate.data.buzz import read_buzz
from openslate.project import Project
from tests.apps.press.interest.test_learning import NOW, news
from tests.cli.conftest import Openslate


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A desk of invented news, each in the story it was made for; items of strikes name a title."""
    desk = Desk(Project.init(tmp_path / "svc"))
    stories: dict[str, list[Item]] = {}
    for one in news():
        item = Item(
            f"https://{one.domain}/{one.item}", one.words, "", one.seen, one.seen,
            Provider(one.domain, one.domain), one.domain, training=one.allowed,
        )  # fmt: skip
        stories.setdefault(one.story, []).append(item)
    add_items(desk, [item for items in stories.values() for item in items])
    with desk.transaction():
        for story, items in stories.items():
            first, last = (to_microseconds(items[at].seen) for at in (0, -1))
            values = (story, items[0].id, first, last)
            desk.execute("INSERT INTO stories VALUES (?, ?, 'It came first.', ?, ?, NULL)", values)
            for item in items:
                desk.execute("INSERT INTO story_items (item, story) VALUES (?, ?)", (item.id, story))
                if "strike" in item.title:
                    named = (item.id,)
                    desk.execute("INSERT INTO mentions VALUES (?, 'title', 't1', 'Strike', 'whole name', 1.0)", named)
    desk.close()
    return tmp_path / "svc"


def test_days_are_counted_once_and_read_as_of_a_day(folder: Path, openslate: Openslate) -> None:
    with clock.frozen(NOW):
        found = openslate("--project", folder, "press", "buzz", "--json").document
        again = openslate("--project", folder, "press", "buzz")
    assert len(found["days"]) == 60 and {one["subject"] for one in found["counts"]} == {"t1"}
    assert "counted before" in again.out
    buzz = read_buzz(Project.open(folder))
    day = NOW.date() - timedelta(days=20)
    begin = (day - timedelta(days=30)).isoformat()
    expected = sum(one["stories"] for one in found["counts"] if begin <= one["day"] < day.isoformat())
    assert expected > 0 and buzz.of("title", "t1", day, 30)[0] == expected


def test_a_day_that_is_not_over_or_another_moment_is_refused(folder: Path, openslate: Openslate) -> None:
    with clock.frozen(NOW):
        said = openslate("--project", folder, "press", "buzz", "--until", "2027-09-01")
        assert said.code == 2 and "2027-08-31 is not over." in said.err
        openslate("--project", folder, "press", "buzz", "--until", "2027-05-10")
        said = openslate("--project", folder, "press", "buzz", "--by", "published")
    assert said.code == 2 and "Count on: --by seen." in said.err


def test_items_in_no_story_are_not_counted_silently(folder: Path, openslate: Openslate) -> None:
    desk = Desk(Project.open(folder))
    desk.execute("DELETE FROM story_items WHERE item IN (SELECT item FROM story_items LIMIT 3)")
    with clock.frozen(NOW):
        said = openslate("--project", folder, "press", "buzz")
    assert said.code == 2 and "3 items are in no story yet.\nGroup them first" in said.err


def test_interest_is_learned_and_listed_with_what_it_was_fitted_on(folder: Path, openslate: Openslate) -> None:
    with clock.frozen(NOW):
        said = openslate("--project", folder, "press", "interest")
        assert said.code == 1 and "Learn one: `openslate press learn`." in said.err
        model = openslate("--project", folder, "press", "learn", "--json").document
        assert openslate("--project", folder, "press", "learn", "--json").document["model"] == model["model"]
        listed = openslate("--project", folder, "press", "interest", "--limit", "50", "--json").document
    assert model["reserved"] > 0 and model["rank"] > 0.3
    assert f"Fitted on {model['items']:,} items of {model['sources']:,} sources" in listed["fitted_on"]
    scores = [one["interest"] for one in listed["items"]]
    assert len(scores) == 50 and scores == sorted(scores, reverse=True) and "strike" in listed["items"][0]["title"]


def test_interest_stands_on_stories_pages_and_says_what_it_was_fitted_on(
    folder: Path, tmp_path: Path, openslate: Openslate
) -> None:
    with clock.frozen(NOW):
        openslate("--project", folder, "press", "publish", tmp_path / "before")
        openslate("--project", folder, "press", "learn")
        openslate("--project", folder, "press", "publish", tmp_path / "after")
    before, after = ((tmp_path / name / "stories" / "s1.html").read_text() for name in ("before", "after"))
    assert "learned interest" not in before and "its learned interest is" in after
    assert "Fitted on" in (tmp_path / "after" / "about.html").read_text()
