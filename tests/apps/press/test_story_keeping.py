"""Stories on the desk: put there once, the same after a restart, and held to what people say."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from openslate.apps.press.desk.decisions import withdraw
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item import Item
from openslate.apps.press.desk.items import add_items
from openslate.apps.press.desk.story import former_ids, newest_stories, story_by_id, story_of
from openslate.apps.press.records.record import Provider
from openslate.apps.press.scores.taxonomy_file import film_and_tv
from openslate.apps.press.stories.by_hand_on_desk import merge, split
from openslate.apps.press.stories.engine import StoryState, arrive
from openslate.apps.press.stories.keeping import headline_of, links_by_hand, update_stories
from openslate.errors import UsageError
from openslate.project import Project
from tests.apps.press.headlines import MORNING, drawn
from tests.lake_rows import add_rows


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(Project.init(tmp_path / "svc"))


def item(name: str, title: str, hours: float = 0.0) -> Item:
    when = MORNING + timedelta(hours=hours)
    return Item(f"https://slate.example/{name}", title, "", when, when, Provider("Slate", "slate.example"), "slate")


def items() -> list[Item]:
    found, _ = drawn(5, each=5, hours=4)
    return [replace(item(one.id, one.title), published=one.published, seen=one.seen) for one in found]


def whole(desk: Desk) -> None:
    """Every item is in a story that is, led by one of its own; former ids lead to stories that are."""
    rows = desk.rows("SELECT story, lead, became FROM story_items JOIN stories ON stories.id = story")
    assert all(became is None for _, _, became in rows)
    for story in newest_stories(desk, 1_000):
        assert story.items and story.lead in story.items and story.why
    former = former_ids(desk)
    assert not set(former) & set(former.values())


def test_a_desk_that_is_asked_again_and_again_has_the_stories_of_the_engine(desk: Desk) -> None:
    every = sorted(items(), key=lambda one: one.seen)
    for at in range(0, len(every), 4):
        add_items(desk, every[at : at + 4])
        assert update_stories(desk).items == len(every[at : at + 4])
        assert update_stories(desk).changes == ()
        whole(desk)
    state, _ = arrive(StoryState(), [headline_of(one, film_and_tv()) for one in every])
    assert {one.id: story_of(desk, one.id) for one in every} == state.now.story_of


def test_people_merge_and_split_for_good(desk: Desk) -> None:
    add_items(
        desk, [item("a", "Night Ferry wins Golden Gull at Ostend"), item("b", "Madrid dubbing actors walk out", 1)]
    )
    update_stories(desk)
    first, second = (story_of(desk, item(name, "").id) for name in "ab")
    said = merge(desk, second, first, "Ada Lane", "One event.")
    assert said.stories == (first,) and story_by_id(desk, second).id == first
    add_items(
        desk, [item("c", "Actors in Madrid walk out: dubbing stops", 2), item("d", "Golden Gull for Night Ferry", 3)]
    )
    update_stories(desk)
    whole(desk)
    assert story_of(desk, item("a", "").id) == story_of(desk, item("b", "").id)
    with pytest.raises(UsageError, match="one story"):
        merge(desk, second, first, "Ada Lane", "Again.")
    with pytest.raises(UsageError, match="both joined and parted"):
        split(desk, first, [item("b", "").id], "Ada Lane", "Two events.")
    assert len(links_by_hand(desk).parts) == 0


def test_an_item_that_is_split_off_has_a_story_of_its_own(desk: Desk) -> None:
    title = "Night Ferry wins the Golden Gull at Ostend"
    add_items(desk, [item("a", title), item("b", f"{title} | The Herald", 0.2), item("c", title + " again", 0.4)])
    update_stories(desk)
    story = story_of(desk, item("a", "").id)
    said = split(desk, story, [item("b", "").address], "Ada Lane", "A hoax.")
    assert said.stories[0] == story and story_of(desk, item("b", "").id) == said.stories[1]
    add_items(desk, [item("d", title, 30)])
    update_stories(desk)
    whole(desk)
    assert story_of(desk, item("b", "").id) != story_of(desk, item("a", "").id)
    for names, match in ((["x"], "no item"), (["a", "b", "c", "d"], "would be left|is not in")):
        with pytest.raises(UsageError, match=match):
            split(desk, story, [item(one, "").id for one in names], "Ada Lane", "No.")


def test_what_was_withdrawn_holds_stories_no_more_in_past_hours_as_well(desk: Desk) -> None:
    title = "Night Ferry wins the Golden Gull at Ostend"
    add_items(desk, [item("a", title), item("b", "Madrid dubbing actors walk out", 1), item("c", title + " again", 2)])
    add_items(desk, [item("d", "Shareholders weigh the Northstream bid", 30)])
    update_stories(desk)
    ids = {name: item(name, "").id for name in "abcd"}
    assert story_of(desk, ids["a"]) == story_of(desk, ids["c"]) != story_of(desk, ids["b"])
    first, second = story_of(desk, ids["a"]), story_of(desk, ids["b"])
    joined = merge(desk, first, second, "Ada Lane", "One event.")
    add_items(desk, [item("e", "Harbour Lights wraps in Cornwall", 50)])
    update_stories(desk)
    assert story_of(desk, ids["b"]) == first
    withdraw(desk, joined.decisions[0], "Ada Lane", "They are two.")
    assert [change.kind for change in update_stories(desk).changes] == ["split"]
    whole(desk)
    assert story_of(desk, ids["a"]) == first == story_of(desk, ids["c"]) != story_of(desk, ids["b"])
    parted = split(desk, first, [ids["c"]], "Ada Lane", "Two events.")
    add_items(desk, [item("f", "Cinemas raise ticket prices", 70)])
    update_stories(desk)
    assert story_of(desk, ids["c"]) != first
    for number in parted.decisions:
        withdraw(desk, number, "Ada Lane", "It is one.")
    update_stories(desk)
    whole(desk)
    assert story_of(desk, ids["c"]) == first
    assert update_stories(desk).changes == ()


def test_what_was_read_before_is_looked_through_again_when_titles_come(desk: Desk) -> None:
    add_items(desk, [item("a", "Night Ferry wins Golden Gull at Ostend"), item("b", "Madrid actors walk out", 30)])
    update_stories(desk)
    assert desk.rows("SELECT id FROM mentions") == []
    add_rows(desk.project, "titles", [("ferry", "Night Ferry", "film", "2026-01-01")])
    assert update_stories(desk).changes == ()
    assert desk.rows("SELECT item, id FROM mentions") == [(item("a", "").id, "ferry")]
