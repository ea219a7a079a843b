"""What an alert says: the same in words, for a console and a mail, and as a document, for a webhook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openslate.apps.press.alerts.matching import Caught
from openslate.apps.press.publishing.paths import outside
from openslate.apps.press.publishing.rendering import covered_by, iso
from openslate.apps.press.publishing.story_timeline import moment_in_words
from openslate.drawing.words import printable


@dataclass(frozen=True)
class Message:
    """An alert's news.

    Attributes:
        alert: name of it.
        query: of it.
        at: moment of the edition, UTC.
        stories: that it tells of.
    """

    alert: str
    query: str
    at: datetime
    stories: tuple[Caught, ...]

    @property
    def subject(self) -> str:
        """One line."""
        first = printable(self.stories[0].story.lead.item.title)
        more = len(self.stories) - 1
        return f"{self.alert}: {first}" + (f", and {more} more" if more else "")

    def lines(self) -> list[str]:
        """The whole in words."""
        return [line for one in self.stories for line in story_lines(one)]

    def document(self) -> dict[str, Any]:
        """The whole as JSON has it."""
        return {
            "alert": self.alert,
            "query": self.query,
            "at": iso(self.at),
            "stories": [story_document(one) for one in self.stories],
        }


def story_lines(one: Caught) -> list[str]:
    """A story in a few lines.

    Args:
        one: that is told.
    """
    story, item = one.story, one.story.lead.item
    told = [
        printable(item.title),
        f"  heat {story.heat}, {covered_by(story)}, latest {moment_in_words(story.latest)}",
        f"  {outside(item.address)}",
    ]
    others = [other for other in one.by if other is not story.lead]
    if others and story.lead not in one.by:
        told.append(f"  caught by: {printable(others[0].item.title)} ({printable(others[0].item.provider.name)})")
    return told


def story_document(one: Caught) -> dict[str, Any]:
    """A story as JSON has it.

    Args:
        one: that is told.
    """
    story, item = one.story, one.story.lead.item
    return {
        "id": story.id,
        "title": printable(item.title),
        "url": outside(item.address),
        "source": printable(item.provider.name),
        "heat": story.heat,
        "articles": len(story.items),
        "sources": len(story.sources),
        "latest": iso(story.latest),
        "topics": list(story.topics),
        "caught_by": [{"title": printable(each.item.title), "url": outside(each.item.address)} for each in one.by[:20]],
    }


def count_of(stories: Sequence[Caught]) -> str:
    """How many stories, in words."""
    return "1 story" if len(stories) == 1 else f"{len(stories):,} stories"
