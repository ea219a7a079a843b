"""Sitemaps: lists of a site's pages, lists of such lists, and those of news with titles and moments."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from openslate.apps.press.feeds.decoding import text_of
from openslate.apps.press.feeds.keeping import web_link
from openslate.apps.press.feeds.moments import moment_of
from openslate.apps.press.feeds.plain import one_line
from openslate.apps.press.feeds.xml_events import Element, elements
from openslate.apps.press.fetching.bodies import gunzipped
from openslate.apps.press.fetching.refusals import Refused

LARGEST = 52_428_800
"""Bytes of a sitemap, unpacked, by its protocol."""
MOST = 50_000
"""Pages or lists of one sitemap, by its protocol."""


@dataclass(frozen=True)
class Listed:
    """A page, or another sitemap, that a sitemap lists.

    Attributes:
        url: of it.
        changed: moment of its last change, UTC; None where it says none.
        title: of the news; empty in others.
        published: moment of the news, UTC; None in others.
        language: of the news, ISO 639-1; empty in others.
    """

    url: str
    changed: datetime | None = None
    title: str = ""
    published: datetime | None = None
    language: str = ""


@dataclass(frozen=True)
class Sitemap:
    """A sitemap.

    Attributes:
        pages: that it lists.
        lists: other sitemaps that it lists.
        told: sentences about what was left out.
    """

    pages: tuple[Listed, ...]
    lists: tuple[Listed, ...]
    told: tuple[str, ...] = ()


def read_sitemap(content: bytes, url: str, content_type: str = "") -> Sitemap:
    """What a sitemap lists of its own site; addresses of other sites are none of its business and are left out.

    Args:
        content: of it: XML, one address a line, or either in a .gz file.
        url: of it.
        content_type: header of the answer.

    Raises:
        Refused: it is too large, no sitemap, or means harm.

    Source: https://www.sitemaps.org/protocol.html, and Google's news extension of it.

    Example:
        >>> held = b"<urlset><url><loc>https://slate.example/a</loc><lastmod>2027-05-14</lastmod></url></urlset>"
        >>> read_sitemap(held, "https://slate.example/sitemap.xml").pages[0].url
        'https://slate.example/a'
    """
    body = gunzipped(content, LARGEST, url)
    if len(body) > LARGEST:
        raise Refused(f"{url} is larger than {LARGEST:,} bytes.", "Ask its publisher for a shorter one.", "size")
    text, _ = text_of(body, content_type)
    if "<" not in text[:2_000]:
        pages = [Listed(line.strip()) for line in text.splitlines() if line.strip()]
        if not any(one.url.startswith(("http://", "https://")) for one in pages):
            raise Refused(f"{url} is no sitemap.", "Name the sitemap itself.", "content")
        return _of_its_site(url, pages, [], ())
    pages, lists, told = _read(text, url)
    return _of_its_site(url, pages, lists, tuple(told))


def _read(text: str, url: str) -> tuple[list[Listed], list[Listed], list[str]]:
    """Pages, other lists, and sentences; a list that breaks off is read as far as it goes."""
    pages: list[Listed] = []
    lists: list[Listed] = []
    told: list[str] = []
    try:
        for listed, is_list in _listed(text, url):
            (lists if is_list else pages).append(listed)
            if len(pages) + len(lists) >= MOST:
                told.append(f"{url} lists more than {MOST:,} addresses, and the first of them were read.")
                break
    except Refused as refused:
        if not (pages or lists) or "well-formed" not in refused.what:
            raise
        told.append(f"{refused.what} What came before was read.")
    return pages, lists, told


def same_site(first: str, second: str) -> bool:
    """Whether two addresses are of one site: the same host, with or without 'www.', or one below the other.

    Example:
        >>> same_site("https://www.slate.example/a", "https://news.slate.example/b")
        True
    """
    hosts = [(urlsplit(one).hostname or "").removeprefix("www.") for one in (first, second)]
    first_host, second_host = (f".{host}" for host in hosts)
    return all(hosts) and (first_host.endswith(second_host) or second_host.endswith(first_host))


def _listed(text: str, url: str) -> Iterator[tuple[Listed, bool]]:
    """What is listed, and whether it is a list itself."""
    held: dict[str, str] = {}
    for element in elements(text, url):
        if element.path[0] not in ("urlset", "sitemapindex"):
            raise Refused(f"{url} is no sitemap.", "Name the sitemap itself.", "content")
        if len(element.path) == 2 and element.path[1] in ("url", "sitemap"):
            link = web_link(url, held.get("loc", ""))
            if link:
                yield _made(link, held), element.path[0] == "sitemapindex"
            held = {}
        else:
            _hold(held, element)


def _hold(held: dict[str, str], element: Element) -> None:
    name, depth = element.path[-1], len(element.path)
    if (depth == 3 and name in ("loc", "lastmod")) or (
        element.path[2:3] == ("news",) and name in ("title", "publication_date", "language")
    ):
        held[name] = element.text


def _made(link: str, held: dict[str, str]) -> Listed:
    return Listed(
        link,
        moment_of(held.get("lastmod", "")),
        one_line(held.get("title", ""))[:500],
        moment_of(held.get("publication_date", "")),
        held.get("language", "")[:2].lower(),
    )


def _of_its_site(url: str, pages: list[Listed], lists: list[Listed], told: tuple[str, ...]) -> Sitemap:
    kept = tuple(one for one in pages if same_site(one.url, url))
    below = tuple(one for one in lists if same_site(one.url, url))
    left = len(pages) + len(lists) - len(kept) - len(below)
    if left:
        told = (*told, f"{url} lists {left:,} addresses of other sites, which were left out.")
    return Sitemap(kept, below, told)
