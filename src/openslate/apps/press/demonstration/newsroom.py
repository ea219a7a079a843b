"""The invented newsroom as data: its titles, sources and items, with the words of each page."""

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from typing import Literal

from pydantic import BaseModel, ConfigDict

from openslate.apps.press.records.naming import slug_of

MORNING = datetime(2026, 5, 11, 6, tzinfo=UTC)
"""When the invented week begins; a Monday."""
WEEK = timedelta(days=5)


class InventedTitle(BaseModel):
    """A title that does not exist."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    name: str
    kind: Literal["film", "series"]
    people: tuple[tuple[str, str], ...]


class InventedSource(BaseModel):
    """A source that does not exist."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str
    domain: str
    feed: Literal["json", "rss", "atom"]
    points: int = 0
    training: bool = False
    reserved: bool = False


class _Item(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    source: str
    hours: int
    title: str
    lead: str = ""
    order: tuple[int, ...] = ()
    copy_of: str = ""
    video: bool = False


class _Story(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    facts: tuple[str, ...]
    items: tuple[_Item, ...]


class _Newsroom(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    title: tuple[InventedTitle, ...]
    source: tuple[InventedSource, ...]
    story: tuple[_Story, ...]


@dataclass(frozen=True)
class InventedItem:
    """An article that does not exist.

    Attributes:
        source: who publishes it.
        title: of it.
        paragraphs: of its text.
        published: moment, UTC.
        is_video: whether it is one.
        story: which of the invented stories it tells, from 0.
    """

    source: InventedSource
    title: str
    paragraphs: tuple[str, ...]
    published: datetime
    is_video: bool
    story: int

    @property
    def address(self) -> str:
        """Where it would be."""
        return f"https://www.{self.source.domain}/{self.published:%Y/%m/%d}/{slug_of(self.title)}"


@dataclass(frozen=True)
class Newsroom:
    """The invented week.

    Attributes:
        titles: of the catalogue.
        sources: of news.
        items: by moment of publication.
    """

    titles: tuple[InventedTitle, ...]
    sources: tuple[InventedSource, ...]
    items: tuple[InventedItem, ...]


def invented_newsroom() -> Newsroom:
    """The newsroom, the same each time.

    Example:
        >>> newsroom = invented_newsroom()
        >>> newsroom.items[0].address
        'https://www.slate.example/2026/05/11/harbour-lights-begins-shooting-its-second-season-in-a-ferry-terminal'
    """
    text = files("openslate.apps.press.demonstration").joinpath("newsroom.toml").read_text(encoding="utf-8")
    said = _Newsroom.model_validate(tomllib.loads(text))
    sources = {one.domain: one for one in said.source}
    items = [item for number, story in enumerate(said.story) for item in _items(number, story, sources)]
    return Newsroom(said.title, said.source, tuple(sorted(items, key=lambda one: (one.published, one.address))))


def _items(number: int, story: _Story, sources: dict[str, InventedSource]) -> list[InventedItem]:
    told = {item.source: (item.lead, *(story.facts[at] for at in item.order)) for item in story.items}
    return [
        InventedItem(
            sources[item.source],
            item.title,
            told[item.copy_of] if item.copy_of else told[item.source],
            MORNING + timedelta(hours=item.hours),
            item.video,
            number,
        )
        for item in story.items
    ]
