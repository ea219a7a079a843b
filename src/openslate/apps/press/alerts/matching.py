"""Which stories a query catches, and by which of their articles."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from openslate.apps.press.alerts.query import Query, Term
from openslate.apps.press.publishing.edition_types import ShownItem, ShownStory
from openslate.apps.press.publishing.paths import topic_name


@dataclass(frozen=True)
class Caught:
    """A story that a query catches.

    Attributes:
        story: that is caught.
        by: its articles of which the query holds, by moment.
    """

    story: ShownStory
    by: tuple[ShownItem, ...]


def caught(query: Query, stories: Iterable[ShownStory], least_heat: int = 0) -> list[Caught]:
    """The stories of which one article answers a whole query, in their order.

    Args:
        query: what is looked for, in titles and excerpts as readers see them.
        stories: of an edition.
        least_heat: of a story.
    """
    found = []
    for story in stories:
        by = tuple(one for one in story.items if holds(query, one)) if story.heat >= least_heat else ()
        if by:
            found.append(Caught(story, by))
    return found


def holds(query: Query, one: ShownItem) -> bool:
    """Whether one article answers a whole query.

    Args:
        query: what is looked for.
        one: the article.
    """
    return all(any(_holds(term, one) for term in group) for group in query.groups)


def _holds(term: Term, one: ShownItem) -> bool:
    return _is_there(term, one) is not term.absent


def _is_there(term: Term, one: ShownItem) -> bool:
    wanted = term.text.casefold()
    match term.field:
        case "topic":
            return any(wanted in (topic.casefold(), topic_name(topic)) for topic in one.record.topics)
        case "source":
            provider = one.item.provider
            return wanted in (one.item.source.casefold(), provider.domain.casefold(), provider.name.casefold())
        case "title" | "person":
            named = (entity for entity in one.entities if entity.kind == term.field)
            return any(wanted in (entity.id.casefold(), entity.name.casefold()) for entity in named)
        case _:
            return _pattern(wanted).search(f"{one.item.title}\n{one.item.excerpt}".casefold()) is not None


@lru_cache(maxsize=1_000)
def _pattern(words: str) -> re.Pattern[str]:
    spaced = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(rf"(?<!\w){spaced}(?!\w)")
