"""A record as text: fields in one order, blank lines between blocks, and nothing folded."""

from collections.abc import Iterator

from openslate.apps.press.records.record import Image, Provider, Record, Related
from openslate.apps.press.records.scalars import plain, quoted
from openslate.errors import UsageError

FENCE = "---"


def record_text(record: Record) -> str:
    """The whole text of a record's file.

    Args:
        record: to write.

    Raises:
        UsageError: a text of it has a character that the form cannot hold.

    Source: derived from records of the collections that the form comes from; docs/press-records.md tells it in full.
    """
    try:
        lines = [FENCE, *_head(record), "", *_blocks(record), FENCE, "", ""]
    except ValueError as error:
        raise UsageError(f"The record {record.title[:80]!r} cannot be written: {error}.", "Take it out.") from None
    return record.line_end.join(lines)


def _head(record: Record) -> Iterator[str]:
    yield f"category: {plain(record.category)}"
    yield f"title: {quoted(record.title)}"
    yield f"excerpt: {quoted(record.excerpt)}"
    yield f"publishedDateTime: {record.published_at}"
    yield f"originalUrl: {quoted(record.original_url)}"
    yield from _urls(record.web_url, record.amp_url, record.cdn_amp_url)
    yield f"type: {record.type}"
    yield f"quality: {record.quality}"
    yield f"heat: {record.heat}"
    yield f"published: {_truth(record.published)}"


def _blocks(record: Record) -> Iterator[str]:
    if record.featured_content:
        yield f"featuredContent: {quoted(record.featured_content)}"
        yield ""
    yield from _provider(record.provider)
    yield ""
    yield "topics:"
    for topic in record.topics:
        yield f"  - {plain(topic)}"
    yield ""
    if record.images:
        yield from _images(record.images)
        yield ""
    if record.related:
        yield "related:"
        for one in record.related:
            yield from _item(_related(one))
        yield ""
    yield f"secured: {quoted(record.secured)}"


def _related(one: Related) -> Iterator[str]:
    yield f"title: {quoted(one.title)}"
    yield f"excerpt: {quoted(one.excerpt)}"
    yield f"publishedDateTime: {one.published_at}"
    yield from _urls(one.web_url, one.amp_url, one.cdn_amp_url)
    yield f"type: {one.type}"
    yield from _provider(one.provider)
    yield f"quality: {one.quality}"
    if one.images:
        yield from _images(one.images)


def _urls(web: str, amp: str, cdn: str) -> Iterator[str]:
    for name, url in (("webUrl", web), ("ampWebUrl", amp), ("cdnAmpWebUrl", cdn)):
        if url:
            yield f"{name}: {quoted(url)}"


def _provider(provider: Provider) -> Iterator[str]:
    yield "provider:"
    yield f"  name: {plain(provider.name)}"
    yield f"  domain: {plain(provider.domain)}"
    if provider.images:
        yield from (f"  {line}" for line in _images(provider.images))


def _images(images: tuple[Image, ...]) -> Iterator[str]:
    yield "images:"
    for one in images:
        yield from _item(_image(one))


def _image(one: Image) -> Iterator[str]:
    yield f"url: {quoted(one.url)}"
    yield f"width: {one.width}"
    yield f"height: {one.height}"
    if one.cached is not None:
        yield f"isCached: {_truth(one.cached)}"


def _item(lines: Iterator[str]) -> Iterator[str]:
    """An item of a list: the first line behind a dash, the others below it."""
    for place, line in enumerate(lines):
        yield f"{'    ' if place else '  - '}{line}"


def _truth(value: bool) -> str:
    return "true" if value else "false"
