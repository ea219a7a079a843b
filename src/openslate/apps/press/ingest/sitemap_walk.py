"""The pages of a sitemap and of all below it: each list is read once, however they name one another."""

from collections.abc import Sequence

from openslate.apps.press.feeds.sitemaps import LARGEST, Listed, Sitemap, read_sitemap
from openslate.apps.press.fetching.answers import Asked, FetchLimits
from openslate.apps.press.fetching.refusals import Refused
from openslate.apps.press.ingest.canonical import canonical
from openslate.apps.press.ingest.looking import FEEDS, Room, Tally
from openslate.clock import now

MOST_SITEMAPS = 50
"""Sitemaps below one that are read at one look."""
DEEPEST = 3
"""Sitemaps within one another; the protocol has one level of lists."""


def pages_below(first: Sitemap, url: str, room: Room, tally: Tally) -> list[Listed]:
    """The pages of a sitemap and of those that it lists, each read once.

    Args:
        first: that was read.
        url: of it.
        room: to work with.
        tally: that is told of those that cannot be had.
    """
    pages, waiting, read = [*first.pages], [(one, 1) for one in _newest(first.lists)], {canonical(url)}
    tally.told += first.told
    while waiting and not room.stopped():
        one, depth = waiting.pop(0)
        if canonical(one.url) in read or depth > DEEPEST:
            continue
        if len(read) > MOST_SITEMAPS:
            tally.told.append(f"{url} lists more than {MOST_SITEMAPS} sitemaps, and the newest of them were read.")
            break
        read.add(canonical(one.url))
        try:
            answer = room.hosts.fetch(Asked(one.url, FEEDS), FetchLimits(LARGEST))
            found = read_sitemap(answer.body, answer.url, answer.headers.get("content-type", ""))
        except Refused as refused:
            tally.told.append(refused.what)
            continue
        tally.told += found.told
        pages += found.pages
        waiting += [(below, depth + 1) for below in _newest(found.lists)]
    return pages


def _newest(lists: Sequence[Listed]) -> list[Listed]:
    dated = sorted((one for one in lists if one.changed), key=lambda one: one.changed or now(), reverse=True)
    return [*dated, *(one for one in lists if not one.changed)]
