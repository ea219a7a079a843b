"""Items put on the desk and read from it: what is there already is never added twice, what changed keeps its past."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item import Item, item_id
from openslate.apps.press.desk.item_document import content_of, document_of, item_of
from openslate.clock import to_microseconds
from openslate.errors import UsageError
from openslate.storage.state import SqlValue

KEPT = "SELECT address, published, seen, source, document FROM items"


@dataclass(frozen=True)
class Added:
    """What came of putting items on the desk.

    Attributes:
        new: ids that were not there.
        changed: ids whose publisher changed what they say; the earlier words are kept beside them.
        known: how many were there already.
    """

    new: tuple[str, ...]
    changed: tuple[str, ...]
    known: int


def add_items(desk: Desk, items: Sequence[Item]) -> Added:
    """Put items on the desk, all of them or, after a crash, none.

    Args:
        desk: that takes them.
        items: found; one address twice counts once, the last of them.

    Raises:
        ProjectError: the desk cannot be written.
    """
    new: list[str] = []
    changed: list[str] = []
    with desk.transaction():
        for item in {one.address: one for one in items}.values():
            before = desk.rows("SELECT content, document, seen FROM items WHERE id = ?", (item.id,))
            if not before:
                _insert(desk, item)
                new.append(item.id)
            elif before[0][0] != content_of(item):
                _replace(desk, item, before[0])
                changed.append(item.id)
    return Added(tuple(new), tuple(changed), len(items) - len(new) - len(changed))


def known_addresses(desk: Desk, addresses: Sequence[str]) -> dict[str, str]:
    """The ids of items by the addresses they were found at.

    Args:
        desk: that is asked.
        addresses: canonical or not.
    """
    found: dict[str, str] = {}
    for address in dict.fromkeys(addresses):
        rows = desk.rows("SELECT item FROM addresses WHERE address = ?", (address,))
        if rows:
            found[address] = str(rows[0][0])
    return found


def item_by_id(desk: Desk, item: str) -> Item:
    """One item.

    Args:
        desk: that is asked.
        item: its id, or its canonical address.

    Raises:
        UsageError: it is not there.
    """
    rows = desk.rows(f"{KEPT} WHERE id IN (?, ?)", (item, item_id(item)))
    if not rows:
        raise UsageError(f"The desk has no item {item!r}.", "See `openslate press stories` for those it has.")
    return _item(rows[0])


def items_between(desk: Desk, since: datetime, until: datetime) -> list[Item]:
    """Items published from one moment until before another, in the order of their moments, then of their ids.

    Args:
        desk: that is asked.
        since, until: moments, UTC.
    """
    rows = desk.rows(
        f"{KEPT} WHERE published >= ? AND published < ? ORDER BY published, id",
        (to_microseconds(since), to_microseconds(until)),
    )
    return [_item(row) for row in rows]


def items_seen(desk: Desk, since: datetime, until: datetime) -> list[Item]:
    """Items that arrived from one moment until before another, in the order of publication, then of their ids.

    Args:
        desk: that is asked.
        since, until: moments, UTC.
    """
    rows = desk.rows(
        f"{KEPT} WHERE seen >= ? AND seen < ? ORDER BY published, id",
        (to_microseconds(since), to_microseconds(until)),
    )
    return [_item(row) for row in rows]


def items_by_ids(desk: Desk, ids: Sequence[str]) -> list[Item]:
    """Items by their ids, in that order; those that are not there are left out.

    Args:
        desk: that is asked.
        ids: of the items.
    """
    found: list[Item] = []
    for one in ids:
        found.extend(_item(row) for row in desk.rows(f"{KEPT} WHERE id = ?", (one,)))
    return found


def _insert(desk: Desk, item: Item) -> None:
    desk.execute(
        "INSERT INTO items (id, address, published, seen, source, content, document) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            item.id,
            item.address,
            to_microseconds(item.published),
            to_microseconds(item.seen),
            item.source,
            content_of(item),
            document_of(item),
        ),
    )
    _remember(desk, item)


def _replace(desk: Desk, item: Item, before: tuple[SqlValue, ...]) -> None:
    """The first moment it was seen at stays: it says when the item could first be known."""
    content, document, seen = before
    desk.execute(
        "INSERT OR IGNORE INTO earlier_items (item, replaced, content, document) VALUES (?, ?, ?, ?)",
        (item.id, to_microseconds(item.seen), content, document),
    )
    supposed = item.published == item.seen
    desk.execute(
        "UPDATE items SET published = ?, content = ?, document = ? WHERE id = ?",
        (
            cast(int, seen) if supposed else to_microseconds(item.published),
            content_of(item),
            document_of(item),
            item.id,
        ),
    )
    _remember(desk, item)


def _remember(desk: Desk, item: Item) -> None:
    for address in dict.fromkeys(filter(None, (item.address, item.found_at))):
        desk.execute("INSERT OR IGNORE INTO addresses (address, item) VALUES (?, ?)", (address, item.id))


def _item(row: tuple[SqlValue, ...]) -> Item:
    address, published, seen, source, document = row
    return item_of(str(address), cast(int, published), cast(int, seen), str(source), str(document))
