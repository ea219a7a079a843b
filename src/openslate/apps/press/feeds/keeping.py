"""Entries as they are kept: one by one, each with what had to be supposed of it."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from openslate.apps.press.feeds.entry import Entry
from openslate.apps.press.feeds.moments import settled
from openslate.apps.press.feeds.plain import shortened

MOST = 2_000
"""Entries of a feed that are kept."""
LONGEST_TITLE = 500
"""Letters."""


def kept_entries(
    raw: Sequence[Any], of: Callable[[Any, int], Entry], url: str
) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Entries one by one, so that what is wrong with one loses no other, and sentences about those that were lost.

    Args:
        raw: as the feed has them.
        of: makes an entry of one, given its place; a ValueError says why it cannot be kept.
        url: of the feed.
    """
    entries: list[Entry] = []
    told: list[str] = []
    for place, one in enumerate(raw[:MOST], 1):
        try:
            entries.append(of(one, place))
        except ValueError as error:
            told.append(f"Entry {place} of {url} is left out: {error}.")
        except (TypeError, KeyError, AttributeError, OverflowError, RecursionError):
            told.append(f"Entry {place} of {url} is left out: it cannot be read.")
    if len(raw) > MOST:
        told.append(f"{url} has {len(raw):,} entries, and {MOST:,} of them were read.")
    return tuple(entries), tuple(told)


def entry_from(
    url: str, title: str, summary: str, text: str, said: datetime | None, seen: datetime, **more: Any
) -> Entry:
    """An entry whose missing title is the beginning of its text.

    Args:
        url, title, summary, text: of it, plain; any may be empty.
        said: moment that it says it was published at.
        seen: moment at which it came.
        more: other fields of `Entry`.

    Raises:
        ValueError: it has neither title nor text, or neither an address nor words that would be worth keeping.
    """
    flaws: tuple[str, ...] = ()
    if not title:
        if not (summary or text):
            raise ValueError("it has neither a title nor a text")
        title = shortened((summary or text).split("\n")[0], 100)
        flaws = ("it has no title: its text's beginning is taken",)
    if not url:
        flaws = (*flaws, "it has no link")
    published, supposed = settled(said, seen)
    return Entry(url, title[:LONGEST_TITLE], summary, text, published, (*flaws, *supposed), not supposed, **more)


def web_link(base: str, link: str) -> str:
    """A link made absolute; empty where it leads nowhere on the web."""
    try:
        found = urljoin(base, link.strip()) if link.strip() else ""
    except ValueError:
        return ""
    return found if found.lower().startswith(("http://", "https://")) and len(found) <= 4_000 else ""
