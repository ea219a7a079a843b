"""Entries put on the desk: as the feed has them, or with the page of each."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from openslate.apps.press.feeds.entry import Entry
from openslate.apps.press.fetching.answers import Asked, FetchLimits
from openslate.apps.press.fetching.refusals import Refused
from openslate.apps.press.ingest.canonical import canonical
from openslate.apps.press.ingest.host_signals import feed_signals, host_signals
from openslate.apps.press.ingest.items import address_of, item_of_entry, item_of_page, read_page
from openslate.apps.press.ingest.looking import PAGES, Room, Tally, of_text
from openslate.apps.press.ingest.page_facts import LARGEST
from openslate.apps.press.ingest.source import PressSource
from openslate.rights.reservation import Reservation


def put_entries(source: PressSource, entries: Sequence[Entry], room: Room, tally: Tally) -> None:
    """Put entries on the desk as the feed has them, all at once.

    Args:
        source: whose they are.
        entries: of it.
        room: to work with.
        tally: that counts them.
    """
    signals: dict[str, tuple[Reservation, ...]] = {}
    items = []
    for entry in entries:
        url = address_of(entry, source)
        host = urlsplit(url).netloc
        if host not in signals:
            signals[host] = feed_signals(source, url, room, len(signals))
        try:
            items.append(item_of_entry(entry, source, room.seen, signals[host], url))
        except ValueError as error:
            tally.told.append(f"An entry of {source.name} is left out: {error}.")
    tally.add(room.put(items))


def put_pages(source: PressSource, entries: Sequence[Entry], room: Room, tally: Tally) -> None:
    """Read the page of every entry that is not known yet, one by one, each put on the desk at once.

    Args:
        source: whose they are.
        entries: of it.
        room: to work with.
        tally: that counts them, and those that are left.
    """
    urls = {address_of(one, source): one for one in reversed(entries)}
    known = room.known([*urls, *(_canonical(url) for url in urls)])
    new = [(url, one) for url, one in reversed(urls.items()) if url not in known and _canonical(url) not in known]
    tally.known += len(urls) - len(new)
    for place, (url, entry) in enumerate(new):
        if place >= source.most or room.stopped():
            tally.left += len(new) - place
            return
        try:
            if not entry.url:
                raise Refused(f"An entry of {source.name} has no link.", "Its feed's own text is taken.", "content")
            answer = of_text(room.hosts.fetch(Asked(url, PAGES), FetchLimits(LARGEST)))
            page = read_page(answer.body, answer.url, answer.headers, entry.text or entry.summary, room.overrides)
            signals = host_signals(source, answer.url, room, always=True)
            tally.add(room.put([item_of_page(page, entry, source, room.seen, signals)]))
        except Refused as refused:
            _without_page(source, entry, url, refused, room, tally)


def _without_page(source: PressSource, entry: Entry, url: str, refused: Refused, room: Room, tally: Tally) -> None:
    """Keep what the feed says of an entry whose page cannot be had, unless its host only asked for patience."""
    tally.told.append(refused.what)
    if refused.kind == "later":
        tally.left += 1
    elif entry.title:
        tally.add(room.put([item_of_entry(entry, source, room.seen, host_signals(source, url, room, False), url)]))


def _canonical(url: str) -> str:
    try:
        return canonical(url)
    except ValueError:
        return url
