"""The file in which people keep their sources: TOML of ours, or the OPML of their reader of feeds."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from openslate.apps.press.feeds.opml import LARGEST, Outline, read_opml, write_opml
from openslate.apps.press.ingest.source import PressSource
from openslate.errors import AdmitError
from openslate.storage.toml_lines import Place
from openslate.storage.written_toml import Form, read_toml

FORM = Form(
    "a list of sources",
    "docs/press-ingest.md",
    {
        "name": 'Write what people call it: name = "The Slate".',
        "address": 'Write it as "https://www.slate.example/feed.xml".',
        "kind": "Write feed, sitemap or page.",
        "minutes": "Write a whole number from 5 to 43200.",
        "language": 'Write two letters, such as "en".',
        "most": "Write a whole number from 1 to 1000.",
        "days": "Write a whole number from 1 to 3650.",
        "contact": 'Write an address of mail or of a page, such as "press@studio.example".',
    },
)
Name = Annotated[str, Field(strict=True, min_length=1, max_length=200)]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenSource(_Written):
    """A source."""

    name: Name
    address: Annotated[str, Field(strict=True, pattern=r"^https?://[!-~]{1,3990}$")]
    kind: Literal["feed", "sitemap", "page"] = "feed"
    minutes: Annotated[int, Field(strict=True, ge=5, le=43_200)] = 60
    topics: Annotated[list[Name], Field(max_length=50)] = []
    language: Annotated[str, Field(strict=True, pattern="^([a-z]{2})?$")] = ""
    training: Annotated[bool, Field(strict=True)] = False
    full_text: Annotated[bool, Field(strict=True)] = False
    pages: Annotated[bool, Field(strict=True)] = False
    most: Annotated[int, Field(strict=True, ge=1, le=1_000)] = 50
    days: Annotated[int, Field(strict=True, ge=1, le=3_650)] = 7

    def source(self) -> PressSource:
        """The same."""
        return PressSource(**{**self.model_dump(), "topics": tuple(self.topics)})


class WrittenSources(_Written):
    """A list of sources."""

    contact: Annotated[str, Field(strict=True, pattern="^[ -'*-~]{0,200}$")] = ""
    source: Annotated[list[WrittenSource], Field(min_length=1, max_length=10_000)]


@dataclass(frozen=True)
class SourcesFile:
    """What such a file holds.

    Attributes:
        sources: in its order.
        contact: whom a host may write to; empty for nobody.
    """

    sources: tuple[PressSource, ...]
    contact: str = ""


def read_sources(path: Path) -> SourcesFile:
    """The sources that a file lists.

    Args:
        path: of a TOML or OPML file.

    Raises:
        AdmitError: it cannot be read, or a field is wrong; every one that is stands in the message.
    """
    if path.suffix.lower() == ".opml":
        return SourcesFile(_from_outlines(read_opml(_content(path), path.name)))
    written, file = read_toml(path, WrittenSources, FORM)
    flaws: list[tuple[Place, str]] = []
    for field in ("name", "address"):
        values = [getattr(one, field) for one in written.source]
        rows = [row for row, value in enumerate(values) if value in values[:row]]
        flaws += [(("source", row, field), "it is there already") for row in rows]
    if flaws:
        raise file.refused(flaws)
    return SourcesFile(tuple(one.source() for one in written.source), written.contact)


def sources_as_opml(sources: Sequence[PressSource], title: str = "Sources of Openslate") -> str:
    """Sources as OPML, for a reader of feeds; those that are no feeds are left out."""
    feeds = [one for one in sources if one.kind == "feed"]
    return write_opml(title, [Outline(one.name, one.address, one.topics, one.language) for one in feeds])


def _from_outlines(outlines: Sequence[Outline]) -> tuple[PressSource, ...]:
    names: set[str] = set()
    found: list[PressSource] = []
    for one in outlines:
        name, number = one.name, 1
        while name in names:
            number += 1
            name = f"{one.name} ({number})"
        names.add(name)
        language = one.language if one.language.isascii() and one.language.isalpha() else ""
        found.append(PressSource(name, one.address, topics=one.topics, language=language))
    return tuple(found)


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise AdmitError(f"{path} cannot be read: {error.strerror}.", "Name a list of feeds.") from error
