"""The desk takes items once, keeps what they said before, and remembers what people decided."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from openslate.apps.press.desk.decisions import decide, decisions, withdraw, withdrawn
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item import Item
from openslate.apps.press.desk.items import add_items, item_by_id, items_between, items_seen, known_addresses
from openslate.apps.press.records.record import Image, Provider
from openslate.errors import UsageError
from openslate.project import Project

NOON = datetime(2027, 5, 14, 12, tzinfo=UTC)
ITEM = Item(
    "https://slate.example/harbour",
    "Harbour “Lights” begins shooting",
    "The crew is at sea.",
    NOON,
    NOON + timedelta(minutes=5),
    Provider("Slate", "slate.example"),
    "slate",
    found_at="https://slate.example/harbour?utm_source=feed",
    topics=("Film",),
    image=Image("https://slate.example/a.jpg", 1200, 630, cached=True),
    text="One.\nTwo.",
    training=True,
    flaws=("no date",),
)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(Project.init(tmp_path / "svc"))


def test_an_item_comes_back_as_it_was(desk: Desk) -> None:
    added = add_items(desk, [ITEM])
    assert (added.new, added.changed, added.known) == ((ITEM.id,), (), 0)
    assert item_by_id(desk, ITEM.id) == item_by_id(desk, ITEM.address) == ITEM


def test_the_same_again_adds_nothing(desk: Desk) -> None:
    add_items(desk, [ITEM])
    again = add_items(desk, [replace(ITEM, seen=NOON + timedelta(hours=3)), ITEM])
    assert (again.new, again.changed, again.known) == ((), (), 2)
    assert item_by_id(desk, ITEM.id).seen == ITEM.seen
    assert known_addresses(desk, [ITEM.found_at, "https://slate.example/other"]) == {ITEM.found_at: ITEM.id}


def test_what_changed_keeps_its_past_and_when_it_was_first_seen(desk: Desk) -> None:
    add_items(desk, [ITEM])
    later = replace(ITEM, title="Harbour Lights wraps", seen=NOON + timedelta(hours=3))
    assert add_items(desk, [later]).changed == (ITEM.id,)
    assert item_by_id(desk, ITEM.id) == replace(later, seen=ITEM.seen)
    assert desk.rows("SELECT count(*) FROM earlier_items") == [(1,)]


def test_windows_are_half_open_and_in_order(desk: Desk) -> None:
    second = replace(ITEM, address="https://slate.example/b", published=NOON - timedelta(hours=1))
    add_items(desk, [ITEM, second])
    assert items_between(desk, NOON - timedelta(hours=1), NOON) == [second]
    assert items_seen(desk, NOON, NOON + timedelta(hours=1)) == [second, ITEM]


def test_nothing_is_there_that_was_not_put_there(desk: Desk) -> None:
    with pytest.raises(UsageError, match="no item 'harbour'"):
        item_by_id(desk, "harbour")


def test_decisions_hold_until_they_are_withdrawn_and_need_a_name(desk: Desk) -> None:
    number = decide(desk, "mute", "source:slate", "", "Ada", "A copy of ours.")
    assert [one.subject for one in decisions(desk, "mute")] == ["source:slate"] and not decisions(desk, "join")
    withdraw(desk, number, "Bo", "It is not.")
    assert [(one.decision.number, one.by, one.why) for one in withdrawn(desk)] == [(number, "Bo", "It is not.")]
    assert not decisions(desk)
    assert desk.rows("SELECT count(*) FROM decisions") == [(1,)]
    with pytest.raises(UsageError, match="name and a reason"):
        decide(desk, "mute", "source:slate", "", " ", "A copy of ours.")
    with pytest.raises(UsageError, match="No decision 1 holds"):
        withdraw(desk, number, "Bo", "Twice.")


def test_two_desks_of_one_project_see_the_same(desk: Desk) -> None:
    add_items(desk, [ITEM])
    assert item_by_id(Desk(Project.open(desk.project.folder)), ITEM.id) == ITEM
