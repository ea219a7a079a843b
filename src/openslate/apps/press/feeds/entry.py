"""What a feed says: entries with what had to be supposed, and what could not be kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

FeedKind: TypeAlias = Literal["rss", "atom", "json", "sitemap", "index", "opml"]


@dataclass(frozen=True)
class Entry:
    """One entry.

    Attributes:
        url: absolute; empty where it has none.
        title: plain text; empty where it has none.
        summary: plain text, a paragraph on a line.
        text: the whole, plain, where the feed gives it.
        published: moment, UTC; the moment it was seen where it says none, or one to come.
        flaws: what had to be supposed, each a short sentence's end.
        dated: whether it says itself when it was published.
        image: address of its picture; empty for none.
        video: whether what it brings is a video.
        language: ISO 639-1; empty where it says none.
    """

    url: str
    title: str
    summary: str
    text: str
    published: datetime
    flaws: tuple[str, ...] = ()
    dated: bool = True
    image: str = ""
    video: bool = False
    language: str = ""


@dataclass(frozen=True)
class Feed:
    """A feed.

    Attributes:
        kind: of it.
        title: of the feed; plain text.
        home: address of the site; empty where it says none.
        entries: in its order.
        told: sentences about what could not be kept.
        minutes: that the feed asks to be left alone between two looks; 0 where it says nothing.
    """

    kind: FeedKind
    title: str
    home: str
    entries: tuple[Entry, ...]
    told: tuple[str, ...] = ()
    minutes: int = 0
