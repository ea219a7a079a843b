"""Topics and source tiers, which people edit: what quality is reckoned from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Matching = Literal["substring", "word"]


@dataclass(frozen=True)
class Topic:
    """A topic.

    Attributes:
        name: as records have it.
        keywords: entries that are looked for in titles, small letters; one that is there twice counts twice.
        parent: name of the topic above; empty for none.
    """

    name: str
    keywords: tuple[str, ...]
    parent: str = ""


@dataclass(frozen=True)
class Rule:
    """When a record is published.

    Attributes:
        by: 'heat', which the related items of a story share in, or 'quality' alone.
        least: from which on.
    """

    by: Literal["heat", "quality"] = "heat"
    least: int = 70


@dataclass(frozen=True)
class Taxonomy:
    """Topics, source tiers, how keywords are looked for, and what is published.

    Stability: provisional.

    Attributes:
        topics: by name.
        tiers: points by host or domain; a source that is not there has none.
        matching: 'substring' as the format has it ('ai' lies in 'raises'), or 'word' for whole words.
        by_host: domains whose tier goes by the host of the address, such as those of one's own.
        rule: when a record is published.
    """

    topics: Mapping[str, Topic] = field(default_factory=dict)
    tiers: Mapping[str, int] = field(default_factory=dict)
    matching: Matching = "substring"
    by_host: frozenset[str] = frozenset()
    rule: Rule = Rule()

    def topic(self, name: str) -> Topic:
        """A topic by its name; one that is not there has its own name as its one keyword.

        Example:
            >>> Taxonomy().topic("AI Builder").keywords
            ('ai builder',)
        """
        return self.topics.get(name) or Topic(name, (name.lower(),))
