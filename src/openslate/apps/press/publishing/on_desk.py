"""The whole desk in a few reads: stories with their items, what these are about, and what is in no story yet."""

from dataclasses import dataclass
from datetime import datetime
from typing import cast

from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item import Item
from openslate.apps.press.desk.item_document import item_of
from openslate.apps.press.publishing.edition_types import Entity
from openslate.clock import to_microseconds


@dataclass(frozen=True)
class Grouped:
    """An item in a story.

    Attributes:
        item: as its publisher has it.
        copy_of: id of what it is a copy of; empty for an original.
    """

    item: Item
    copy_of: str


def grouped_items(desk: Desk, at: datetime) -> dict[str, list[Grouped]]:
    """The items of every story that were published and had arrived by a moment.

    Args:
        desk: that is asked.
        at: the moment, UTC.
    """
    rows = desk.rows(
        "SELECT story, copy_of, address, published, seen, source, document "
        "FROM story_items JOIN items ON items.id = story_items.item "
        "WHERE published <= ? AND seen <= ? ORDER BY story, published, items.id",
        (to_microseconds(at), to_microseconds(at)),
    )
    found: dict[str, list[Grouped]] = {}
    for story, copy_of, address, published, seen, source, document in rows:
        item = item_of(str(address), cast(int, published), cast(int, seen), str(source), str(document))
        found.setdefault(str(story), []).append(Grouped(item, str(copy_of)))
    return found


def grouped_stories(desk: Desk) -> dict[str, tuple[str, str]]:
    """The lead of every story, and why it leads.

    Args:
        desk: that is asked.
    """
    rows = desk.rows("SELECT id, lead, why FROM stories")
    return {str(story): (str(lead), str(why)) for story, lead, why in rows}


def mentioned(desk: Desk) -> dict[str, tuple[Entity, ...]]:
    """What every item is about, the surest first.

    Args:
        desk: that is asked.
    """
    found: dict[str, tuple[Entity, ...]] = {}
    for item, kind, identity, name in desk.rows(
        "SELECT item, kind, id, name FROM mentions ORDER BY item, sure DESC, kind, id"
    ):
        entity = Entity(str(kind), str(identity), str(name))
        found[str(item)] = (*found.get(str(item), ()), entity)
    return found


def waiting(desk: Desk, at: datetime) -> int:
    """How many items had arrived by a moment and are in no story.

    Args:
        desk: that is asked.
        at: the moment, UTC.
    """
    rows = desk.rows(
        "SELECT count(*) FROM items WHERE published <= ? AND seen <= ? AND id NOT IN (SELECT item FROM story_items)",
        (to_microseconds(at), to_microseconds(at)),
    )
    return cast(int, rows[0][0])
