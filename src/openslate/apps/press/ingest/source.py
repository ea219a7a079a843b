"""A source of coverage: where it is, how often it is looked at, and what its owner allows."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, TypeAlias

SourceKind: TypeAlias = Literal["feed", "sitemap", "page", "any"]
"""any: whatever lies at an address that somebody named once."""


@dataclass(frozen=True)
class PressSource:
    """A source.

    Stability: provisional.

    Attributes:
        name: that people know it by.
        address: of the feed, the sitemap or the page.
        kind: of it.
        minutes: between two looks at it.
        topics: names of topics that it stands for.
        language: ISO 639-1; empty for what its pages say.
        training: whether its owner allows that models learn from it; reservations that are found count besides.
        full_text: whether its owner allows that whole texts are kept.
        pages: whether the page of each entry is read too; sitemaps always are.
        most: new pages that are read at one look.
        days: how old a page of a sitemap may be.
    """

    name: str
    address: str
    kind: SourceKind = "feed"
    minutes: int = 60
    topics: tuple[str, ...] = ()
    language: str = ""
    training: bool = False
    full_text: bool = False
    pages: bool = False
    most: int = 50
    days: int = 7


@dataclass(frozen=True)
class SourceState:
    """How looking at a source went.

    Attributes:
        etag, modified: of the copy that was read last; empty for none.
        due: moment from which it is looked at again, UTC.
        asked: moment of the last look; None before the first.
        failures: looks that failed since the last that did not.
        told: what came of the last look, in a sentence.
    """

    etag: str = ""
    modified: str = ""
    due: datetime | None = None
    asked: datetime | None = None
    failures: int = 0
    told: str = ""


def settings_key(source: PressSource) -> str:
    """What makes a copy that was read worth nothing when it changes: another address or kind, or pages read as well."""
    shown = (source.address, source.kind, str(source.pages), str(source.full_text))
    return hashlib.sha256("\x00".join(shown).encode()).hexdigest()[:16]
