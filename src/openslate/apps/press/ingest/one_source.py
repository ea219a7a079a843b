"""Looking at one source of each kind: a feed, a sitemap with all below it, or a page."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from openslate.apps.press.feeds.decoding import text_of
from openslate.apps.press.feeds.entry import Entry
from openslate.apps.press.feeds.moments import settled
from openslate.apps.press.feeds.reading import LARGEST as LARGEST_FEED
from openslate.apps.press.feeds.reading import read_feed
from openslate.apps.press.feeds.sitemaps import LARGEST as LARGEST_SITEMAP
from openslate.apps.press.feeds.sitemaps import read_sitemap
from openslate.apps.press.fetching.answers import Answer, FetchLimits
from openslate.apps.press.fetching.refusals import Refused
from openslate.apps.press.ingest.entries import put_entries, put_pages
from openslate.apps.press.ingest.host_signals import host_signals
from openslate.apps.press.ingest.items import item_of_page, read_page
from openslate.apps.press.ingest.looking import FEEDS, PAGES, Room, Tally, ask, state_after, state_after_failure
from openslate.apps.press.ingest.page_facts import LARGEST as LARGEST_PAGE
from openslate.apps.press.ingest.sitemap_walk import pages_below
from openslate.apps.press.ingest.source import PressSource, SourceKind, SourceState
from openslate.clock import now

SITEMAP = re.compile(r"<(urlset|sitemapindex)[\s>]")
FEED = re.compile(r"<(\w+:)?(rss|feed|RDF)[\s>]", re.IGNORECASE)
JSON_FEED = re.compile(r"^\s*\{.{0,5000}?jsonfeed\.org", re.DOTALL)
GZIPPED = b"\x1f\x8b"


@dataclass(frozen=True)
class Looked:
    """What came of a look at a source.

    Attributes:
        source: that was looked at.
        new, changed: ids of items.
        known: how many were there already.
        told: sentences about what could not be kept or had to be left.
        error, way_out: why it failed, and what to do; empty where it did not.
        waits: whether it failed only for now, because its host asked for patience.
    """

    source: PressSource
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    known: int = 0
    told: tuple[str, ...] = ()
    error: str = ""
    way_out: str = ""
    waits: bool = False


def look_at(source: PressSource, state: SourceState, room: Room) -> tuple[Looked, SourceState]:
    """Look at a source, put on the desk what is new there, and say when to look again.

    Args:
        source: to look at.
        state: how the last look at it went.
        room: to work with.
    """
    tally = Tally()
    try:
        after = LOOKS[source.kind](source, state, room, tally)
        error = Refused("", "", "content")
    except Refused as refused:
        after, error = state_after_failure(source, refused, state, now()), refused
    if room.stopped():
        # Whatever was left is looked for again at once.
        after = replace(after, etag="", modified="", due=None)
    waits = bool(error.what) and error.kind == "later"
    counts = (tuple(tally.new), tuple(tally.changed), tally.known, tuple(tally.told))
    return Looked(source, *counts, error.what, error.way_out, waits), after


def _feed(source: PressSource, state: SourceState, room: Room, tally: Tally) -> SourceState:
    answer = ask(source, state, room, FEEDS, FetchLimits(LARGEST_FEED))
    if answer.status == 304:
        return state_after(source, answer, tally, state, now(), 0)
    return _of_feed(source, answer, state, room, tally)


def _of_feed(source: PressSource, answer: Answer, state: SourceState, room: Room, tally: Tally) -> SourceState:
    feed = read_feed(answer.body, answer.url, room.seen, answer.headers.get("content-type", ""))
    tally.told += feed.told
    if answer.moved_to:
        tally.told.append(f"{source.address} has moved for good to {answer.moved_to}: change its address.")
    (put_pages if source.pages else put_entries)(source, feed.entries, room, tally)
    return state_after(source, answer, tally, state, now(), feed.minutes)


def _sitemap(source: PressSource, state: SourceState, room: Room, tally: Tally) -> SourceState:
    answer = ask(source, state, room, FEEDS, FetchLimits(LARGEST_SITEMAP))
    if answer.status == 304:
        return state_after(source, answer, tally, state, now(), 0)
    return _of_sitemap(source, answer, state, room, tally)


def _of_sitemap(source: PressSource, answer: Answer, state: SourceState, room: Room, tally: Tally) -> SourceState:
    first = read_sitemap(answer.body, answer.url, answer.headers.get("content-type", ""))
    recent = room.seen - timedelta(days=source.days)
    pages = pages_below(first, answer.url, room, tally)
    listed = [one for one in pages if (one.published or one.changed or room.seen) >= recent]
    # The newest first; those without a moment come last, in the sitemap's own order.
    listed.sort(key=lambda one: one.published or one.changed or recent, reverse=True)
    entries = []
    for one in listed:
        published, flaws = settled(one.published, room.seen)
        entries.append(Entry(one.url, one.title, "", "", published, flaws, not flaws, language=one.language))
    put_pages(source, entries, room, tally)
    return state_after(source, answer, tally, state, now(), 0)


def _page(source: PressSource, state: SourceState, room: Room, tally: Tally) -> SourceState:
    answer = ask(source, state, room, PAGES, FetchLimits(LARGEST_PAGE))
    if answer.status == 304:
        return state_after(source, answer, tally, state, now(), 0)
    return _of_page(source, answer, state, room, tally)


def _of_page(source: PressSource, answer: Answer, state: SourceState, room: Room, tally: Tally) -> SourceState:
    page = read_page(answer.body, answer.url, answer.headers, overrides=room.overrides)
    signals = host_signals(source, answer.url, room, always=True)
    tally.add(room.put([item_of_page(page, None, source, room.seen, signals)]))
    return state_after(source, answer, tally, state, now(), 0)


def _any(source: PressSource, state: SourceState, room: Room, tally: Tally) -> SourceState:
    """Whatever lies at an address that somebody named: a feed, a sitemap or a page."""
    answer = ask(source, state, room, f"{PAGES}, {FEEDS}", FetchLimits(LARGEST_FEED))
    head = text_of(answer.body[:20_000], answer.headers.get("content-type", ""))[0]
    if SITEMAP.search(head) or answer.body[:2] == GZIPPED:
        return _of_sitemap(source, answer, state, room, tally)
    if FEED.search(head) or JSON_FEED.search(head):
        return _of_feed(source, answer, state, room, tally)
    return _of_page(source, answer, state, room, tally)


LOOKS: dict[SourceKind, Callable[[PressSource, SourceState, Room, Tally], SourceState]] = {
    "feed": _feed,
    "sitemap": _sitemap,
    "page": _page,
    "any": _any,
}
