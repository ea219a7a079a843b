"""An item as the desk keeps it: one JSON document, checked when it is read."""

import hashlib
from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from openslate.apps.press.desk.item import Item
from openslate.apps.press.records.record import Image, Provider
from openslate.clock import from_microseconds


class Picture(BaseModel):
    """A picture, as it is kept."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    url: str
    width: int
    height: int


class ItemDocument(BaseModel):
    """All of an item but its moments, its source and its address, which are columns."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    title: str
    excerpt: str
    provider: str
    domain: str
    found_at: str = ""
    type: Literal["article", "video"] = "article"
    language: str = ""
    topics: tuple[str, ...] = ()
    image: Picture | None = None
    amp_address: str = ""
    featured_content: str = ""
    text: str = ""
    training: bool = False
    reservation: str = ""
    flaws: tuple[str, ...] = ()


def document_of(item: Item) -> str:
    """An item as JSON; equal items give equal bytes.

    Args:
        item: to be kept.
    """
    picture = item.image
    kept = ItemDocument(
        title=item.title,
        excerpt=item.excerpt,
        provider=item.provider.name,
        domain=item.provider.domain,
        found_at=item.found_at,
        type=item.type,
        language=item.language,
        topics=item.topics,
        image=None if picture is None else Picture(url=picture.url, width=picture.width, height=picture.height),
        amp_address=item.amp_address,
        featured_content=item.featured_content,
        text=item.text,
        training=item.training,
        reservation=item.reservation,
        flaws=item.flaws,
    )
    return kept.model_dump_json(exclude_defaults=True)


def content_of(item: Item) -> str:
    """SHA-256 of what a reader would see: what changes it is a new version of the item.

    Args:
        item: whose moment of publication counts as well, unless it was only supposed.
    """
    moment = "" if item.published == item.seen else item.published.astimezone(UTC).isoformat()
    shown = (item.title, item.excerpt, item.text, item.type, item.provider.name, moment)
    return hashlib.sha256("\x00".join(shown).encode()).hexdigest()


def item_of(address: str, published: int, seen: int, source: str, document: str) -> Item:
    """The item that the desk keeps.

    Args:
        address, published, seen, source: its columns; moments in microseconds since 1970.
        document: by `document_of`.
    """
    kept = ItemDocument.model_validate_json(document)
    picture = kept.image
    return Item(
        address=address,
        title=kept.title,
        excerpt=kept.excerpt,
        published=_moment(published),
        seen=_moment(seen),
        provider=Provider(kept.provider, kept.domain),
        source=source,
        found_at=kept.found_at,
        type=kept.type,
        language=kept.language,
        topics=kept.topics,
        image=None if picture is None else Image(picture.url, picture.width, picture.height, cached=True),
        amp_address=kept.amp_address,
        featured_content=kept.featured_content,
        text=kept.text,
        training=kept.training,
        reservation=kept.reservation,
        flaws=kept.flaws,
    )


def _moment(microseconds: int) -> datetime:
    return from_microseconds(microseconds)
