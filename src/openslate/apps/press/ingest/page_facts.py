"""What the head of a page says of it: its address, its picture, its moment, and what its owner reserves."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from openslate.apps.press.feeds.decoding import text_of
from openslate.apps.press.feeds.keeping import web_link
from openslate.apps.press.feeds.moments import moment_of
from openslate.apps.press.feeds.plain import one_line
from openslate.native import load

LARGEST = 5_000_000
"""Bytes of a page."""
MOST_METAS = 500
MOST_SCRIPTS = 20


@dataclass(frozen=True)
class PageFacts:
    """What a page's head says.

    Attributes:
        canonical: address by its rel=canonical or og:url; empty for none.
        amp: address of its page for phones; empty for none.
        title, description, site: plain; empty for none.
        published: moment, UTC; None where it says none.
        image: address, width and height in pixels, 0 where it says none.
        language: ISO 639-1; empty for none.
        video: whether it is one.
        metas: all meta elements' names and contents, names in small letters.
        elements: how many the page has.
    """

    canonical: str = ""
    amp: str = ""
    title: str = ""
    description: str = ""
    site: str = ""
    published: datetime | None = None
    image: tuple[str, int, int] = ("", 0, 0)
    language: str = ""
    video: bool = False
    metas: tuple[tuple[str, str], ...] = field(default_factory=tuple)
    elements: int = 0


def page_facts(content: bytes, url: str, content_type: str = "") -> PageFacts:
    """What the head of a page says.

    Args:
        content: HTML.
        url: of it, which its links are read against; empty where it is not known.
        content_type: header of the answer.

    Example:
        >>> page_facts(b'<meta property="og:title" content="Wrapped">', "https://slate.example/a").title
        'Wrapped'
    """
    tree = _tree(content, content_type)
    if tree is None:
        return PageFacts()
    metas = tuple(_metas(tree))
    first: dict[str, str] = {}
    for name, value in metas:
        first.setdefault(name, value)
    links = list(islice(tree.iter("link"), MOST_METAS))
    title = next((one.text_content() for one in islice(tree.iter("title"), 1)), "")
    return PageFacts(
        canonical=_link(links, "canonical", url) or web_link(url, first.get("og:url", "")),
        amp=_link(links, "amphtml", url),
        title=one_line(first.get("og:title") or title)[:500],
        description=one_line(first.get("og:description") or first.get("description", "")),
        site=one_line(first.get("og:site_name", ""))[:200],
        published=_published(tree, first),
        image=(web_link(url, first.get("og:image", "")), _pixels(first, "width"), _pixels(first, "height")),
        language=_language(str(tree.get("lang") or first.get("og:locale") or "")),
        video=first.get("og:type", "").startswith("video"),
        metas=metas,
        elements=sum(1 for _ in tree.iter()),
    )


def _tree(content: bytes, content_type: str) -> Any:
    html = load("lxml.html", "Reading pages", "pip install 'openslate[press]'")
    etree = load("lxml.etree", "Reading pages", "pip install 'openslate[press]'")
    text, _ = text_of(content[:LARGEST], content_type)
    try:
        return html.document_fromstring(text)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _metas(tree: Any) -> Iterator[tuple[str, str]]:
    for one in islice(tree.iter("meta"), MOST_METAS):
        name = str(one.get("property") or one.get("name") or one.get("http-equiv") or "").strip().lower()
        if name:
            yield name[:100], str(one.get("content") or "")[:4_000]


def _link(links: list[Any], relation: str, url: str) -> str:
    found = (str(one.get("href") or "") for one in links if relation in str(one.get("rel") or "").lower().split())
    return next(filter(None, (web_link(url, one) for one in found)), "")


def _published(tree: Any, metas: dict[str, str]) -> datetime | None:
    for name in ("article:published_time", "og:article:published_time", "datepublished", "pubdate", "date"):
        found = moment_of(metas.get(name, ""))
        if found is not None:
            return found
    scripts = (one for one in tree.iter("script") if "ld+json" in str(one.get("type") or "").lower())
    for script in islice(scripts, MOST_SCRIPTS):
        try:
            held = json.loads((script.text or "")[:200_000], parse_int=lambda digits: 0)
        except (ValueError, RecursionError):
            continue
        found = next(filter(None, map(moment_of, _dates(held))), None)
        if found is not None:
            return found
    return None


def _dates(held: object) -> Iterator[str]:
    """Every datePublished in linked data, the outermost first, without recursion that a page could exhaust."""
    waiting = [held]
    while waiting:
        one = waiting.pop(0)
        if isinstance(one, dict):
            if isinstance(one.get("datePublished"), str):
                yield one["datePublished"]
            waiting += [value for value in one.values() if isinstance(value, dict | list)]
        elif isinstance(one, list):
            waiting += one[:200]
        del waiting[2_000:]


def _pixels(metas: dict[str, str], side: str) -> int:
    said = metas.get(f"og:image:{side}", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0


def _language(said: str) -> str:
    head = said[:2].lower()
    return head if len(head) == 2 and head.isascii() and head.isalpha() and (said[2:3] in ("", "-", "_")) else ""
