"""One thing that was found: an article or a video, whose it is, and what may be done with it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from openslate.apps.press.records.record import Image, Kind, Provider


@dataclass(frozen=True)
class Item:
    """An article or a video, as its publisher has it.

    Stability: provisional.

    Attributes:
        address: its canonical address, by which it is known.
        title: plain text.
        excerpt: plain text, at most 339 letters.
        published: moment, UTC; the moment it was seen where the publisher says none.
        seen: moment at which it arrived here, UTC.
        provider: who published it.
        source: name of the source it came from.
        found_at: address it was found at, where that is another one.
        type: article or video.
        language: ISO 639-1; empty where unknown.
        topics: names of topics that its source stands for.
        image: its picture.
        amp_address: of its page for phones.
        featured_content: the frame that plays it.
        text: whole, plain, a paragraph on a line; empty where it may not be kept.
        training: whether its source's reservations allow that models learn from it.
        reservation: what was found of them, in words; empty for nothing.
        flaws: what had to be supposed, such as a missing date.
    """

    address: str
    title: str
    excerpt: str
    published: datetime
    seen: datetime
    provider: Provider
    source: str
    found_at: str = ""
    type: Kind = "article"
    language: str = ""
    topics: tuple[str, ...] = ()
    image: Image | None = None
    amp_address: str = ""
    featured_content: str = ""
    text: str = ""
    training: bool = False
    reservation: str = ""
    flaws: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Sixteen letters that its address gives it, for ever."""
        return item_id(self.address)


def item_id(address: str) -> str:
    """The id of what lies at a canonical address.

    Example:
        >>> item_id("https://slate.example/harbour")
        '2d80a0dfc51c231b'
    """
    return hashlib.sha256(address.encode()).hexdigest()[:16]
