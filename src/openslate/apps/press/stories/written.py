"""Stories as the engine holds them, written to the desk: items, leads, former ids and what changed."""

from collections.abc import Callable, Sequence
from typing import cast

from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item import Item
from openslate.apps.press.desk.item_document import item_of
from openslate.apps.press.stories.engine import StoryState
from openslate.apps.press.stories.held import Held
from openslate.apps.press.stories.naming import lead_of, why_it_leads
from openslate.apps.press.stories.things import Change, Headline
from openslate.clock import now, to_microseconds


def write_stories(
    desk: Desk, before: Held, state: StoryState, changes: Sequence[Change], read: Callable[[Item], Headline]
) -> None:  # fmt: skip
    """Write what is other than before; within a transaction.

    Args:
        desk: that keeps stories.
        before: what the engine held when it was last written.
        state: of the engine now.
        changes: in order.
        read: what the engine sees of an item.
    """
    places = state.now.places
    moved = [
        item
        for item, place in places.items()
        if item not in before.places or before.places[item][:2] != place[:2]
    ]  # fmt: skip
    touched = {places[item].story for item in moved}
    touched |= {before.places[item].story for item in moved if item in before.places}
    for story in sorted({places[item].story for item in moved}):
        desk.execute(
            "INSERT INTO stories (id, lead, why, begun, latest) VALUES (?, '', '', 0, 0) "
            "ON CONFLICT (id) DO UPDATE SET became = NULL",
            (story,),
        )
    for item in moved:
        desk.execute(
            "INSERT INTO story_items (item, story, copy_of) VALUES (?, ?, ?) "
            "ON CONFLICT (item) DO UPDATE SET story = excluded.story, copy_of = excluded.copy_of",
            (item, places[item].story, places[item].copy_of),
        )
    for story, kept in sorted(state.now.became.items()):
        if desk.rows("SELECT 1 FROM stories WHERE id = ? AND became IS NOT ?", (story, kept)):
            # Items that left the window go with their story, and so do ids that it had before.
            desk.execute("UPDATE story_items SET story = ? WHERE story = ?", (kept, story))
            desk.execute("UPDATE stories SET became = ? WHERE id = ? OR became = ?", (kept, story, story))
            touched.add(kept)
    for story in sorted(touched):
        _lead(desk, story, read)
    moment = to_microseconds(now())
    for one in changes:
        desk.execute(
            "INSERT INTO story_changes (at, kind, story, other, item, words) VALUES (?, ?, ?, ?, ?, ?)",
            (moment, one.kind, one.story, one.other, one.item, one.why),
        )


def _lead(desk: Desk, story: str, read: Callable[[Item], Headline]) -> None:
    """Write which item leads a story, and why."""
    rows = desk.rows(
        "SELECT items.address, published, seen, source, document FROM story_items "
        "JOIN items ON items.id = story_items.item WHERE story = ?",
        (story,),
    )
    items = [
        read(item_of(str(address), cast(int, when), cast(int, seen), str(source), str(document)))
        for address, when, seen, source, document in rows
    ]
    if not items:
        return
    lead = lead_of(items)
    moments = [to_microseconds(one.published) for one in items]
    desk.execute(
        "UPDATE stories SET lead = ?, why = ?, begun = ?, latest = ? WHERE id = ?",
        (lead.id, why_it_leads(lead, [one for one in items if one.id != lead.id]), min(moments), max(moments), story),
    )
