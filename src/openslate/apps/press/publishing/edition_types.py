"""What readers see at a moment: stories with their items, each as a record, with what people corrected."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from openslate.apps.press.desk.item import Item
from openslate.apps.press.records.record import Record
from openslate.apps.press.scores.heat import EACH, Standing
from openslate.apps.press.scores.quality import Quality
from openslate.apps.press.scores.taxonomy import Taxonomy


@dataclass(frozen=True)
class Correction:
    """A field that somebody corrected by hand.

    Attributes:
        field: title, excerpt, provider or published.
        before: what its publisher has; a moment in ISO 8601.
        after: what readers are shown.
        by: who corrected it.
        at: when, UTC.
        why: in their words.
    """

    field: str
    before: str
    after: str
    by: str
    at: datetime
    why: str


@dataclass(frozen=True)
class Entity:
    """A title or a person of the catalogue that an item is about.

    Attributes:
        kind: title, person or whatever else was linked.
        id: in the catalogue.
        name: for readers.
    """

    kind: str
    id: str
    name: str


@dataclass(frozen=True)
class ShownItem:
    """An item as readers see it.

    Attributes:
        item: with corrections.
        story: id of its story.
        copy_of: id of the item that it is a copy of; empty for an original.
        record: of it, with related items and scores; its token is set where it is written.
        quality: with its terms.
        standing: beside its related items.
        entities: that it is about.
        corrections: made by hand.
    """

    item: Item
    story: str
    copy_of: str
    record: Record
    quality: Quality
    standing: Standing
    entities: tuple[Entity, ...] = ()
    corrections: tuple[Correction, ...] = ()

    @property
    def id(self) -> str:
        """Of the item."""
        return self.item.id


@dataclass(frozen=True)
class ShownStory:
    """A story as readers see it.

    Stability: provisional.

    Attributes:
        id: that it keeps.
        lead: the item that stands for it.
        why: it leads, in a sentence.
        items: all that are shown, by moment of publication.
        published: whether it stands on the front page and in feeds, by the taxonomy's rule.
    """

    id: str
    lead: ShownItem
    why: str
    items: tuple[ShownItem, ...]
    published: bool

    @cached_property
    def originals(self) -> tuple[ShownItem, ...]:
        """Its items without copies."""
        return tuple(one for one in self.items if not one.copy_of or one is self.lead)

    @property
    def heat(self) -> int:
        """The lead's quality, and ten of each other original."""
        return self.lead.quality.value + EACH * (len(self.originals) - 1)

    @property
    def begun(self) -> datetime:
        """Moment of its first item."""
        return self.items[0].item.published

    @property
    def latest(self) -> datetime:
        """Moment of its latest item."""
        return self.items[-1].item.published

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Names of those who cover it, in the order in which they came to it."""
        return tuple(dict.fromkeys(one.item.provider.name for one in self.items))

    @cached_property
    def topics(self) -> tuple[str, ...]:
        """Topics of its items, the lead's first."""
        every = (*self.lead.record.topics, *(topic for one in self.originals for topic in one.record.topics))
        return tuple(dict.fromkeys(every))

    @cached_property
    def entities(self) -> tuple[Entity, ...]:
        """Titles and people that it is about, the lead's first."""
        found: dict[tuple[str, str], Entity] = {}
        for item in (self.lead, *self.items):
            for one in item.entities:
                found.setdefault((one.kind, one.id), one)
        return tuple(found.values())


@dataclass(frozen=True)
class Edition:
    """What readers see at a moment.

    Stability: provisional.

    Attributes:
        at: the moment, UTC.
        taxonomy: that it was scored with.
        stories: the newest first.
        former: ids that shown stories had before, and what each is known by now.
        hidden: how many items are left out by hand.
        waiting: how many items are in no story yet, and so are not shown.
    """

    at: datetime
    taxonomy: Taxonomy
    stories: tuple[ShownStory, ...]
    former: Mapping[str, str]
    hidden: int
    waiting: int

    @property
    def items(self) -> tuple[ShownItem, ...]:
        """Every item of every story."""
        return tuple(one for story in self.stories for one in story.items)
