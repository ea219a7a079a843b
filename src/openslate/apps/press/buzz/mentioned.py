"""What of the desk is counted: items in stories, with their scores and with the titles and people that they name."""

from collections import defaultdict
from datetime import UTC, date, datetime, time
from typing import Literal, cast

from openslate.apps.press.buzz.counting import Mentioned, Subject
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item import Item
from openslate.apps.press.desk.item_document import item_of
from openslate.apps.press.publishing.plain_record import record_of
from openslate.apps.press.publishing.topics import topics_of
from openslate.apps.press.scores.quality import quality_of, tier_of
from openslate.apps.press.scores.taxonomy import Taxonomy
from openslate.clock import to_microseconds
from openslate.errors import UsageError


def mentioned_until(desk: Desk, taxonomy: Taxonomy, end: date, by: Literal["seen", "published"]) -> list[Mentioned]:
    """The items that arrived, or were published, before a day.

    What is muted or under embargo is counted as well: it was written, whether or not readers are shown it here.

    Args:
        desk: that is asked.
        taxonomy: topics and tiers.
        end: the day.
        by: which of the two moments is the item's.

    Raises:
        UsageError: one of them is in no story yet.
    """
    rows = desk.rows(
        "SELECT story, copy_of, address, published, seen, source, document FROM items "
        "LEFT JOIN story_items ON story_items.item = items.id "
        "WHERE CASE WHEN ? = 'seen' THEN items.seen ELSE items.published END < ? ORDER BY items.id",
        (by, to_microseconds(datetime.combine(end, time(), UTC))),
    )
    missing = sum(row[0] is None for row in rows)
    if missing:
        raise UsageError(f"{missing} items are in no story yet.", "Group them first: `openslate press stories`.")
    subjects = _subjects(desk)
    found = []
    for story, copy_of, address, published, seen, source, document in rows:
        item = item_of(str(address), cast(int, published), cast(int, seen), str(source), str(document))
        when = item.seen if by == "seen" else item.published
        named = subjects.get(item.id, frozenset[Subject]())
        found.append(_mentioned(item, str(story), bool(copy_of), named, when, taxonomy))
    return found


def _mentioned(
    item: Item, story: str, is_copy: bool, subjects: frozenset[Subject], when: datetime, taxonomy: Taxonomy
) -> Mentioned:
    quality = quality_of(record_of(item, topics_of(item, taxonomy)), taxonomy).value
    points = tier_of(item.provider, item.address, taxonomy)[1]
    return Mentioned(item.id, story, when, quality, points, subjects, is_copy)


def _subjects(desk: Desk) -> dict[str, frozenset[Subject]]:
    found: dict[str, set[Subject]] = defaultdict(set)
    for item, kind, identity, name in desk.rows("SELECT item, kind, id, name FROM mentions ORDER BY item, kind, id"):
        # Catalogues have no ids of people: they go by the name that credits have.
        found[str(item)].add(("title", str(identity)) if kind == "title" else ("person", str(name)))
    return {item: frozenset(named) for item, named in found.items()}
