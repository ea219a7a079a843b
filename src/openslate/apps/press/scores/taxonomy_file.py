"""The file in which people keep topics, source tiers and what is published."""

from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from openslate.apps.press.scores.taxonomy import Rule, Taxonomy, Topic
from openslate.storage.toml_lines import Place
from openslate.storage.written_toml import Form, read_toml

FORM = Form(
    "a taxonomy",
    "docs/press-scores.md",
    {
        "name": 'Write what records call it: name = "AI".',
        "keywords": 'Write a list of words in small letters, such as ["ai", "machine learning"].',
        "matching": "Write substring, as the format has it, or word.",
        "domain": 'Write it as "engadget.com", or as a host such as "news.microsoft.com" below one that goes by hosts.',
        "points": "Write a whole number from 0 to 1000.",
        "by": "Write heat or quality.",
    },
)
Name = Annotated[str, Field(strict=True, min_length=1, max_length=300)]
Domain = Annotated[str, Field(strict=True, pattern=r"^[a-z0-9][a-z0-9.-]{0,252}$")]
Keyword = Annotated[str, Field(strict=True, min_length=1, max_length=200)]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenTopic(_Written):
    """A topic."""

    name: Name
    keywords: Annotated[list[Keyword], Field(max_length=1_000)]
    parent: Name | None = None


class WrittenSource(_Written):
    """The tier of a source."""

    domain: Domain
    points: Annotated[int, Field(strict=True, ge=0, le=1_000)]


class WrittenRule(_Written):
    """When a record is published."""

    by: Literal["heat", "quality"] = "heat"
    least: Annotated[int, Field(strict=True, ge=0, le=100_000)] = 70


class WrittenTaxonomy(_Written):
    """A taxonomy."""

    matching: Literal["substring", "word"] = "substring"
    by_host: list[Domain] = []
    published: WrittenRule = WrittenRule()
    topic: Annotated[list[WrittenTopic], Field(min_length=1)]
    source: list[WrittenSource] = []

    def flaws(self) -> Iterator[tuple[Place, str]]:
        """What is wrong though each field is right by itself."""
        yield from _twice("topic", [one.name for one in self.topic], "name")
        yield from _twice("source", [one.domain for one in self.source], "domain")
        names = {one.name for one in self.topic}
        for row, topic in enumerate(self.topic):
            if topic.parent is not None and topic.parent not in names:
                yield ("topic", row, "parent"), "there is no topic of that name"
            for at, word in enumerate(topic.keywords):
                if word != word.lower():
                    yield ("topic", row, "keywords", at), "titles are compared in small letters, and it has others"

    def taxonomy(self) -> Taxonomy:
        """The same."""
        return Taxonomy(
            topics={one.name: Topic(one.name, tuple(one.keywords), one.parent or "") for one in self.topic},
            tiers={one.domain: one.points for one in self.source},
            matching=self.matching,
            by_host=frozenset(self.by_host),
            rule=Rule(self.published.by, self.published.least),
        )


def read_taxonomy(path: Path) -> Taxonomy:
    """The taxonomy that a file holds.

    Args:
        path: of a TOML file.

    Raises:
        AdmitError: it cannot be read, or a field is wrong; every one that is stands in the message.
    """
    written, file = read_toml(path, WrittenTaxonomy, FORM)
    flaws = list(written.flaws())
    if flaws:
        raise file.refused(flaws)
    return written.taxonomy()


def film_and_tv() -> Taxonomy:
    """The topics of film and television that come with Openslate, without any source above another."""
    with as_file(files("openslate.apps.press.scores") / "taxonomies" / "film-and-tv.toml") as path:
        return read_taxonomy(path)


def _twice(table: str, names: list[str], field: str) -> Iterator[tuple[Place, str]]:
    for row, name in enumerate(names):
        if name in names[:row]:
            yield (table, row, field), "it is there already"
