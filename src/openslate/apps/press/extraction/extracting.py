"""An article from a page: its text without what stands beside it, or the feed's where the page gives too little."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from openslate.apps.press.extraction.callouts import lines_of, without_callouts
from openslate.apps.press.extraction.overrides import Override
from openslate.clock import now
from openslate.native import load

LARGEST = 10_000_000
"""Bytes of a page that are looked at."""
LEAST = 200
"""Letters of a page's text, below which a longer one of the feed is taken."""
MOST_ELEMENTS = 20_000
"""Of a page whose text is looked for: ten times what articles have; more would take minutes."""
NOTHING: Mapping[str, Override] = {}


@dataclass(frozen=True)
class Article:
    """What a page says.

    Attributes:
        text: paragraphs, each on a line.
        title: as the page has it; empty where it says none.
        published: day, as 2027-05-14; empty where none is found.
        source: of the text: the page, the feed where the page gave too little, or nothing.
    """

    text: str
    title: str
    published: str
    source: Literal["page", "feed", "nothing"]


def extracted(page: bytes, url: str, feed_text: str = "", overrides: Mapping[str, Override] = NOTHING) -> Article:
    """The article of a page.

    Args:
        page: HTML, at most 10 MB of it are looked at; one of more than 20,000 elements has no text.
        url: of the page, by which overrides are found; nothing is fetched.
        feed_text: what the feed says of the article, plain.
        overrides: by host.

    Raises:
        MissingExtra: trafilatura is not installed.
    """
    trafilatura, tree = _trafilatura(), _tree(page[:LARGEST])
    if tree is None:
        return _or_feed("", "", "", feed_text)
    tree = _overridden(tree, overrides.get(urlsplit(url).hostname or ""))
    titles = _titles(tree)
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        return _or_feed("", titles[0] if titles else "", "", feed_text)
    # No page is of a day to come; the day is the clock's, so that a replay finds the same.
    dates = {"original_date": True, "extensive_search": True, "max_date": now().date().isoformat()}
    said = trafilatura.bare_extraction(
        tree, include_comments=False, include_links=True, with_metadata=True, date_extraction_params=dates
    )
    if said is None:
        return _or_feed("", titles[0] if titles else "", "", feed_text)
    text = "\n".join(without_callouts(lines_of(said.text or ""), titles))
    return _or_feed(text, said.title or (titles[0] if titles else ""), said.date or "", feed_text)


def _or_feed(text: str, title: str, published: str, feed_text: str) -> Article:
    feed = "\n".join(without_callouts(lines_of(feed_text), [title] if title else []))
    if len(text) < LEAST and len(feed) > len(text):
        return Article(feed, title, published, "feed")
    return Article(text, title, published, "page" if text else "nothing")


def _tree(page: bytes) -> Any:
    return _trafilatura().load_html(page)


def _trafilatura() -> Any:
    return load("trafilatura", "Finding the text of a page", "pip install 'openslate[press]'")


def _overridden(tree: Any, override: Override | None) -> Any:
    if override is None:
        return tree
    for expression in override.drop:
        for one in tree.xpath(expression):
            if hasattr(one, "drop_tree"):
                one.drop_tree()
    bodies = [one for one in tree.xpath(override.body) if hasattr(one, "tag")] if override.body else []
    if not bodies:
        return tree
    for child in list(tree.find("body")):
        tree.find("body").remove(child)
    for body in bodies:
        tree.find("body").append(body)
    return tree


def _titles(tree: Any) -> list[str]:
    """What the page calls itself, with and without what sites add to it."""
    said = [
        *(one for one in [tree.findtext(".//title")] if one),
        *tree.xpath('//meta[@property="og:title" or @name="twitter:title"]/@content'),
        *(one.text_content() for one in tree.xpath("//h1")[:2]),
    ]
    whole = [" ".join(str(one).split()) for one in said]
    return [one for title in whole for one in dict.fromkeys((title, re.split(r" [|\-–—»] ", title)[0])) if one]
