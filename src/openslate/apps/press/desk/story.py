"""Stories as the desk keeps them: which items make one, which of them leads and why, and what it was called before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from openslate.apps.press.desk.desk import Desk
from openslate.clock import from_microseconds, to_microseconds
from openslate.errors import UsageError
from openslate.storage.state import SqlValue

KEPT = "SELECT id, lead, why, begun, latest FROM stories"


@dataclass(frozen=True)
class Story:
    """A story.

    Stability: provisional.

    Attributes:
        id: that it keeps.
        lead: id of the item that stands for it.
        why: it leads, in a sentence.
        begun, latest: moments of its first and its latest item, UTC.
        items: ids, by moment of publication.
        copies: of those items, which are copies of which other.
    """

    id: str
    lead: str
    why: str
    begun: datetime
    latest: datetime
    items: tuple[str, ...]
    copies: dict[str, str]


def stories_between(desk: Desk, since: datetime, until: datetime) -> list[Story]:
    """Stories whose latest item is from one moment until before another, the newest first.

    Args:
        desk: that is asked.
        since, until: moments, UTC.
    """
    rows = desk.rows(
        f"{KEPT} WHERE became IS NULL AND latest >= ? AND latest < ? ORDER BY latest DESC, id",
        (to_microseconds(since), to_microseconds(until)),
    )
    return [_story(desk, row) for row in rows]


def newest_stories(desk: Desk, most: int) -> list[Story]:
    """The stories with the latest items, the newest first.

    Args:
        desk: that is asked.
        most: how many.
    """
    rows = desk.rows(f"{KEPT} WHERE became IS NULL ORDER BY latest DESC, id LIMIT ?", (most,))
    return [_story(desk, row) for row in rows]


def entities_of(desk: Desk, story: str) -> list[tuple[str, str, str]]:
    """What the items of a story name: kind, id and name of each title and person, those named most first.

    Args:
        desk: that is asked.
        story: its id.
    """
    rows = desk.rows(
        "SELECT mentions.kind, mentions.id, min(mentions.name) FROM mentions "
        "JOIN story_items ON story_items.item = mentions.item WHERE story = ? "
        "GROUP BY mentions.kind, mentions.id ORDER BY count(*) DESC, mentions.kind DESC, mentions.id",
        (story,),
    )
    return [(str(kind), str(one), str(name)) for kind, one, name in rows]


def story_by_id(desk: Desk, story: str) -> Story:
    """One story, by its id or by one that it had before.

    Args:
        desk: that is asked.
        story: its id.

    Raises:
        UsageError: it is not there.
    """
    known = resolved(desk, story)
    rows = desk.rows(f"{KEPT} WHERE id = ?", (known,))
    return _story(desk, rows[0])


def resolved(desk: Desk, story: str) -> str:
    """The id under which a story is known now.

    Args:
        desk: that is asked.
        story: an id that it has or had.

    Raises:
        UsageError: there never was such a story.
    """
    rows = desk.rows("SELECT coalesce(became, id) FROM stories WHERE id = ?", (story,))
    if not rows:
        raise UsageError(f"The desk has no story {story!r}.", "See `openslate press stories` for those it has.")
    return str(rows[0][0])


def story_of(desk: Desk, item: str) -> str:
    """The id of the story that an item is in; empty where it is in none yet.

    Args:
        desk: that is asked.
        item: id.
    """
    rows = desk.rows("SELECT story FROM story_items WHERE item = ?", (item,))
    return str(rows[0][0]) if rows else ""


def former_ids(desk: Desk) -> dict[str, str]:
    """Ids that stories had, and what each is known by now.

    Args:
        desk: that is asked.
    """
    rows = desk.rows("SELECT id, became FROM stories WHERE became IS NOT NULL ORDER BY id")
    return {str(old): str(kept) for old, kept in rows}


def _story(desk: Desk, row: tuple[SqlValue, ...]) -> Story:
    story, lead, why, begun, latest = row
    within = desk.rows(
        "SELECT items.id, copy_of FROM story_items JOIN items ON items.id = story_items.item WHERE story = ? "
        "ORDER BY items.published, items.id",
        (story,),
    )
    return Story(
        str(story),
        str(lead),
        str(why),
        from_microseconds(cast(int, begun)),
        from_microseconds(cast(int, latest)),
        tuple(str(item) for item, _ in within),
        _copies(within),
    )


def _copies(within: Sequence[tuple[SqlValue, ...]]) -> dict[str, str]:
    return {str(item): str(of) for item, of in within if of}
