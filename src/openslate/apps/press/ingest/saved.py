"""What people saved themselves: pages, feeds, plain texts and web archives. Nothing is fetched."""

import re
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.item import Item
from openslate.apps.press.desk.items import Added
from openslate.apps.press.extraction.overrides import Override
from openslate.apps.press.feeds.decoding import text_of
from openslate.apps.press.feeds.moments import settled
from openslate.apps.press.feeds.plain import one_line, shortened
from openslate.apps.press.feeds.reading import LARGEST as LARGEST_FEED
from openslate.apps.press.feeds.reading import read_feed
from openslate.apps.press.fetching.refusals import Refused
from openslate.apps.press.ingest.all_sources import put_of
from openslate.apps.press.ingest.archives import ArchivedPage, archived_pages
from openslate.apps.press.ingest.canonical import canonical, domain_of
from openslate.apps.press.ingest.items import EXCERPT, LONGEST_TEXT, address_of, item_of_entry, item_of_page, read_page
from openslate.apps.press.ingest.looking import Tally
from openslate.apps.press.ingest.one_source import Looked
from openslate.apps.press.ingest.page_facts import page_facts
from openslate.apps.press.ingest.source import PressSource
from openslate.apps.press.records.record import Provider
from openslate.clock import now
from openslate.errors import AdmitError
from openslate.project import Project
from openslate.storage.files import bounded_bytes

PAGES = (".html", ".htm", ".xhtml")
FEEDS = (".xml", ".rss", ".atom", ".json")
TEXTS = (".txt", ".md")
ARCHIVES = (".warc", ".warc.gz")
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+?)\s*-->")


def is_saved(path: Path) -> bool:
    """Whether a name is that of something that people save, and no list of sources."""
    return path.name.lower().endswith((*PAGES, *FEEDS, *TEXTS, *ARCHIVES))


def ingest_saved(
    project: Project,
    path: Path,
    url: str = "",
    full_text: bool = False,
    training: bool = False,
    overrides: Mapping[str, Override] | None = None,
) -> Looked:
    """Put what a saved file holds on the project's desk.

    Args:
        project: whose desk it is.
        path: of a page, a feed, a plain text (its title on the first line) or a web archive.
        url: it was saved from; a page that names its own needs none.
        full_text: whether its owner allows that the whole text is kept.
        training: whether its owner allows that models learn from it; reservations in the file count besides.
        overrides: of the extraction, by host.

    Raises:
        AdmitError: it cannot be read, holds nothing, or its address is not known.
    """
    seen = now()
    source = PressSource(path.name, url, "any", training=training, full_text=full_text)
    tally = Tally()
    try:
        items = list(_items(path, url, source, seen, dict(overrides or {}), tally))
    except ValueError as error:
        raise AdmitError(f"{path}: {error}.", "Mend it, or give the address with --url.") from None
    if not items:
        raise AdmitError(f"{path} holds no article.", "Name a saved page, feed, text or web archive.")
    with closing(Desk(project)) as desk:
        added: Added = put_of(desk, source, items)
    return Looked(source, added.new, added.changed, added.known, tuple(tally.told))


def _items(
    path: Path, url: str, source: PressSource, seen: datetime, overrides: dict[str, Override], tally: Tally
) -> Iterator[Item]:
    name = path.name.lower()
    if name.endswith(ARCHIVES):
        for page in archived_pages(path):
            try:
                yield _archived(page, source, seen, overrides)
            except (Refused, ValueError) as error:
                tally.told.append(str(error))
        return
    content = _content(path)
    if name.endswith(PAGES):
        yield _page(content, url or _own_address(content, path), {}, source, seen, overrides)
    elif name.endswith(TEXTS):
        yield _text(content, url, path, source, seen)
    else:
        feed = read_feed(content, url or "https://saved.invalid/", seen)
        tally.told += feed.told
        for entry in feed.entries:
            address = address_of(entry, source) if entry.url or url else ""
            if address and not address.startswith("https://saved.invalid/"):
                yield item_of_entry(entry, source, seen, (), address)
            else:
                tally.told.append(f"{entry.title[:80]!r} has no address, and is left out: give the feed's with --url.")


def _page(
    content: bytes,
    url: str,
    headers: Mapping[str, str],
    source: PressSource,
    seen: datetime,
    overrides: dict[str, Override],
) -> Item:
    return item_of_page(read_page(content, url, headers, "", overrides), None, source, seen, ())


def _archived(page: ArchivedPage, source: PressSource, seen: datetime, overrides: dict[str, Override]) -> Item:
    return _page(page.content, page.url, page.headers, source, seen, overrides)


def _text(content: bytes, url: str, path: Path, source: PressSource, seen: datetime) -> Item:
    if not url:
        raise AdmitError(f"{path} does not say where it was published.", "Give its address with --url.")
    text, _ = text_of(content)
    title, _, body = text.strip().partition("\n")
    published, flaws = settled(None, seen)
    return Item(
        address=canonical(url),
        title=one_line(title)[:500] or path.stem,
        excerpt=shortened(body, EXCERPT),
        published=published,
        seen=seen,
        provider=Provider(domain_of(url), domain_of(url)),
        source=source.name,
        text=body.strip()[:LONGEST_TEXT] if source.full_text else "",
        training=source.training,
        flaws=flaws,
    )


def _own_address(content: bytes, path: Path) -> str:
    """The address that a saved page names itself, or that the browser wrote above it."""
    named = page_facts(content, "").canonical
    above = _SAVED_FROM.search(content[:5_000])
    found = named or (above.group(1).decode("ascii", "replace") if above else "")
    if not found:
        raise AdmitError(f"{path} does not say where it was published.", "Give its address with --url.")
    return found


def _content(path: Path) -> bytes:
    try:
        return bounded_bytes(path, LARGEST_FEED)
    except OSError as error:
        raise AdmitError(f"{path} cannot be read: {error.strerror}.", "Name a saved page, feed or text.") from error
