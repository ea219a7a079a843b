"""Items made of what a feed says, of what the page says, or of both: the page's own word where they differ."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from openslate.apps.press.desk.item import Item
from openslate.apps.press.extraction.extracting import MOST_ELEMENTS, NOTHING, Article, extracted
from openslate.apps.press.extraction.overrides import Override
from openslate.apps.press.feeds.entry import Entry
from openslate.apps.press.feeds.moments import moment_of, settled
from openslate.apps.press.feeds.plain import shortened
from openslate.apps.press.feeds.sitemaps import same_site
from openslate.apps.press.fetching.refusals import Refused
from openslate.apps.press.ingest.canonical import canonical, canonical_of_page, domain_of
from openslate.apps.press.ingest.page_facts import LARGEST, PageFacts, page_facts
from openslate.apps.press.ingest.reserving import from_answer, in_words, may_learn
from openslate.apps.press.ingest.source import PressSource
from openslate.apps.press.records.record import Image, Provider
from openslate.rights.reservation import Reservation

EXCERPT = 339
"""Letters at most, as records have it."""
LONGEST_TEXT = 200_000
"""Letters of a whole text."""


@dataclass(frozen=True)
class ReadPage:
    """A page that was read.

    Attributes:
        url: it was found at.
        facts: of its head.
        article: of its body.
        signals: reservations of its headers and its head.
    """

    url: str
    facts: PageFacts
    article: Article
    signals: tuple[Reservation, ...]


def read_page(
    content: bytes,
    url: str,
    headers: Mapping[str, str],
    feed_text: str = "",
    overrides: Mapping[str, Override] = NOTHING,
) -> ReadPage:
    """A page: its head, its article and what its owner reserves.

    Args:
        content: HTML.
        url: it was found at.
        headers: of the answer, names in small letters.
        feed_text: what the feed says of it.
        overrides: of the extraction, by host.

    Raises:
        Refused: it is larger than a page may be.
    """
    if len(content) > LARGEST:
        raise Refused(f"{url} is larger than {LARGEST:,} bytes.", "Name an article's page.", "size")
    facts = page_facts(content, url, headers.get("content-type", ""))
    if facts.elements > MOST_ELEMENTS:
        article = Article(feed_text, facts.title, "", "feed" if feed_text else "nothing")
    else:
        article = extracted(content, url, feed_text, overrides)
    return ReadPage(url, facts, article, from_answer(headers, facts.metas))


def item_of_entry(
    entry: Entry, source: PressSource, seen: datetime, signals: tuple[Reservation, ...], url: str
) -> Item:
    """An item of what a feed says alone.

    Args:
        entry: of the feed.
        source: whose entry it is.
        seen: moment at which it came, UTC.
        signals: reservations of the host's files.
        url: of the entry, or what stands for it where it has none.
    """
    return Item(
        address=canonical(url) if entry.url else url,
        title=entry.title,
        excerpt=shortened(entry.summary or entry.text, EXCERPT),
        published=entry.published,
        seen=seen,
        provider=_provider(url, source, ""),
        source=source.name,
        found_at=url,
        type="video" if entry.video else "article",
        language=source.language or entry.language,
        topics=source.topics,
        image=Image(entry.image, 0, 0, True) if entry.image else None,
        text=entry.text[:LONGEST_TEXT] if source.full_text else "",
        training=may_learn(source.training, signals),
        reservation=in_words(signals),
        flaws=entry.flaws,
    )


def item_of_page(
    page: ReadPage, entry: Entry | None, source: PressSource, seen: datetime, signals: tuple[Reservation, ...]
) -> Item:
    """An item of its page, and of what the feed says where the page says nothing.

    Args:
        page: that was read.
        entry: of the feed that led to it; None for none.
        source: whose it is.
        seen: moment at which it came, UTC.
        signals: reservations of the host's files.

    Raises:
        Refused: the page has no title.
    """
    facts, article = page.facts, page.article
    title = (entry.title if entry else "") or facts.title or article.title
    if not title:
        raise Refused(f"{page.url} has no title.", "Name an article's page.", "content")
    from_feed = entry.published if entry is not None and entry.dated else None
    said = from_feed or facts.published or moment_of(article.published)
    published, flaws = settled(said, seen)
    if facts.elements > MOST_ELEMENTS:
        flaws = (*flaws, f"its page has {facts.elements:,} elements, and its text was not looked for")
    image, width, height = facts.image
    every = (*signals, *page.signals)
    return Item(
        address=canonical_of_page(page.url, facts.canonical),
        title=title[:500],
        excerpt=shortened((entry.summary if entry else "") or facts.description or article.text, EXCERPT),
        published=published,
        seen=seen,
        provider=_provider(page.url, source, facts.site),
        source=source.name,
        found_at=entry.url if entry is not None and entry.url else page.url,
        type="video" if facts.video or (entry is not None and entry.video) else "article",
        language=source.language or facts.language or (entry.language if entry else ""),
        topics=source.topics,
        image=Image(image, width, height, True) if image else None,
        amp_address=facts.amp,
        text=article.text[:LONGEST_TEXT] if source.full_text else "",
        training=may_learn(source.training, every),
        reservation=in_words(every),
        flaws=flaws,
    )


def address_of(entry: Entry, source: PressSource) -> str:
    """The address of an entry; where it has none, a place within its feed that its words give it.

    Args:
        entry: of the feed.
        source: whose entry it is.
    """
    if entry.url:
        return entry.url
    words = hashlib.sha256(f"{entry.title}\x00{entry.summary}".encode()).hexdigest()[:16]
    return f"{canonical(source.address)}#entry-{words}"


def _provider(url: str, source: PressSource, said: str) -> Provider:
    domain = domain_of(url)
    own = same_site(url, source.address)
    # A feed that gathers from many hosts names none of them.
    return Provider(said or (source.name if own else domain), domain)
