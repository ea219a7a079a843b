"""An item as a record, before its scores: what the form has a field for, and nothing else."""

from dataclasses import replace
from datetime import UTC, datetime

from openslate.apps.press.desk.item import Item
from openslate.apps.press.records.naming import cdn_amp_url
from openslate.apps.press.records.record import Record
from openslate.apps.press.records.scalars import quoted
from openslate.drawing.words import printable


def record_of(item: Item, topics: tuple[str, ...]) -> Record:
    """The record of an item, without scores, related items and token.

    Args:
        item: to be recorded.
        topics: of it.
    """
    amp, cached = pages_for_phones(item)
    return Record(
        title=writable(item.title) or "Untitled",
        excerpt=writable(item.excerpt),
        published_at=moment_text(item.published),
        original_url=item.address,
        provider=replace(item.provider, name=writable(item.provider.name) or item.provider.domain),
        topics=topics,
        secured="",
        type=item.type,
        web_url="" if item.type == "video" else item.address,
        amp_url=amp,
        cdn_amp_url=cached,
        featured_content=writable(item.featured_content),
        images=() if item.image is None else (item.image,),
    )


def writable(text: str) -> str:
    """A text as it stands where records can hold it; otherwise without what moves a cursor or draws nothing.

    Example:
        >>> writable("two  spaces"), writable("a\\x07 bell")
        ('two  spaces', 'a bell')
    """
    try:
        quoted(text)
    except ValueError:
        return printable(text)
    return text


def moment_text(moment: datetime) -> str:
    """A moment as records have it.

    Example:
        >>> moment_text(datetime(2027, 5, 14, 12, 30, tzinfo=UTC))
        '2027-05-14T12:30:00Z'
    """
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def pages_for_phones(item: Item) -> tuple[str, str]:
    """The page of an item for phones and its cached copy; empty where there is none.

    Args:
        item: that may have one.
    """
    if not item.amp_address:
        return "", ""
    try:
        return item.amp_address, cdn_amp_url(item.amp_address)
    except ValueError:
        return "", ""
