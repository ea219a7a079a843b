"""Stories on the desk: what is in none yet is put to one, what people said holds, and every change is written down."""

from dataclasses import dataclass
from typing import cast

from openslate.apps.press.desk.decisions import decisions
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item import Item
from openslate.apps.press.desk.item_document import item_of
from openslate.apps.press.publishing.plain_record import record_of
from openslate.apps.press.publishing.topics import topics_of
from openslate.apps.press.scores.quality import quality_of
from openslate.apps.press.scores.taxonomy import Taxonomy
from openslate.apps.press.scores.taxonomy_file import film_and_tv
from openslate.apps.press.stories.by_hand import Links
from openslate.apps.press.stories.checkpoint import Checkpoint, checkpoint_of, state_of
from openslate.apps.press.stories.engine import StoryState, arrive, hour_of
from openslate.apps.press.stories.entities import write_mentions
from openslate.apps.press.stories.loosening import loosened
from openslate.apps.press.stories.things import Change, Headline
from openslate.apps.press.stories.written import write_stories
from openslate.storage.state import SqlValue

KEPT = "SELECT items.address, published, seen, source, document FROM items"


@dataclass(frozen=True)
class Updated:
    """What came of putting items to stories.

    Attributes:
        items: how many were in no story yet.
        changes: of stories, in order.
    """

    items: int
    changes: tuple[Change, ...]


def update_stories(desk: Desk, taxonomy: Taxonomy | None = None) -> Updated:
    """Put what is in no story yet to one, and hold stories to what people said; all of it or, after a crash, nothing.

    Stability: provisional.

    Args:
        desk: whose items they are.
        taxonomy: topics and tiers, by which quality says what leads; those of film and TV when left out.

    Raises:
        UsageError: people joined and parted the same items.
        ProjectError: the desk cannot be written.
    """
    rules = film_and_tv() if taxonomy is None else taxonomy
    with desk.transaction():
        links = links_by_hand(desk)
        kept = _kept(desk)
        new = _headlines(desk, rules, "WHERE items.id NOT IN (SELECT item FROM story_items)")
        titles = desk.project.lake.snapshot("titles").id
        if kept is not None and kept.catalogue != titles:
            # Titles that came, or changed, may be named in what was read before.
            write_mentions(desk, [str(row[0]) for row in desk.rows("SELECT item FROM story_items")])
            kept = kept.model_copy(update={"catalogue": titles})
            _keep(desk, kept)
        if not new and (kept is None or (tuple(kept.joins), tuple(kept.parts)) == (links.joins, links.parts)):
            return Updated(0, ())
        state = StoryState() if kept is None else _resumed(desk, kept, rules)
        before = state.now
        gone = set() if kept is None else {*kept.joins, *kept.parts} - {*links.joins, *links.parts}
        if gone:
            state = loosened(state, {item for pair in gone for item in pair})
        changes: list[Change] = []
        if state.hour >= 0 and not any(hour_of(one) <= state.hour for one in new):
            # What the open hour ended with is needed before another is opened.
            state, changes = arrive(state, [], links.joins, links.parts)
        if new:
            state, more = arrive(state, new, links.joins, links.parts)
            changes += more
        write_stories(desk, before, state, changes, lambda item: headline_of(item, rules))
        write_mentions(desk, [one.id for one in new])
        _keep(desk, checkpoint_of(state, links, titles))
    return Updated(len(new), tuple(changes))


def links_by_hand(desk: Desk) -> Links:
    """The pairs of items that people joined and parted, as far as that holds.

    Args:
        desk: that keeps decisions.

    Raises:
        UsageError: two items are both joined and parted.
    """
    joins = tuple((one.subject, one.value) for one in decisions(desk, "join"))
    return Links(joins, tuple((one.subject, one.value) for one in decisions(desk, "part")))


def headline_of(item: Item, taxonomy: Taxonomy) -> Headline:
    """An item, as far as its story goes.

    Args:
        item: of the desk.
        taxonomy: topics and tiers.
    """
    quality = quality_of(record_of(item, topics_of(item, taxonomy)), taxonomy).value
    return Headline(item.id, item.title, item.excerpt, item.text, item.published, item.seen, quality, item.address)


def _kept(desk: Desk) -> Checkpoint | None:
    rows = desk.rows("SELECT document FROM grouping")
    return Checkpoint.model_validate_json(str(rows[0][0])) if rows else None


def _keep(desk: Desk, kept: Checkpoint) -> None:
    desk.execute(
        "INSERT INTO grouping (one, frozen, document) VALUES (1, ?, ?) "
        "ON CONFLICT (one) DO UPDATE SET frozen = excluded.frozen, document = excluded.document",
        (kept.hour, kept.model_dump_json()),
    )


def _resumed(desk: Desk, kept: Checkpoint, taxonomy: Taxonomy) -> StoryState:
    wanted = {*kept.arrived, *kept.open, *kept.rows}
    earliest = min((place[-1] for place in kept.frozen), default=kept.hour) - 1
    within = "JOIN story_items ON story_items.item = items.id"
    known = {
        one.id: one for one in _headlines(desk, taxonomy, f"{within} WHERE seen >= ?", (earliest * 3_600_000_000,))
    }
    for item in sorted(wanted - set(known)):
        # It came late, in an hour that was past when it was read.
        known |= {one.id: one for one in _headlines(desk, taxonomy, "WHERE items.id = ?", (item,))}
    return state_of(kept, {item: one for item, one in known.items() if item in wanted})


def _headlines(desk: Desk, taxonomy: Taxonomy, where: str, values: tuple[SqlValue, ...] = ()) -> list[Headline]:
    return [
        headline_of(item_of(str(address), cast(int, when), cast(int, seen), str(source), str(document)), taxonomy)
        for address, when, seen, source, document in desk.rows(f"{KEPT} {where} ORDER BY published, items.id", values)
    ]


def within_window(desk: Desk) -> set[str]:
    """Items that draw others to their stories.

    Args:
        desk: whose they are.
    """
    kept = _kept(desk)
    return set() if kept is None else {*kept.rows, *kept.open, *(place[0] for place in kept.frozen)}
