"""What a briefing holds: the stories of one day, each once under one topic, and whom they are about."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from openslate.apps.press.publishing.edition_types import Edition, ShownStory
from openslate.apps.press.scores.taxonomy import Taxonomy
from openslate.drawing.page_words import day_in_words

MOST_STORIES, MOST_OF_TOPIC, MOST_NAMES = 20, 5, 12
"""What two pages have room for."""


@dataclass(frozen=True)
class DayStory:
    """A story on one day.

    Attributes:
        story: as readers see it.
        today: how many of its articles are of that day.
    """

    story: ShownStory
    today: int


@dataclass(frozen=True)
class DayTopic:
    """A topic on one day.

    Attributes:
        name: of it.
        stories: the hottest first, as many as there is room for.
        more: how many there are besides.
    """

    name: str
    stories: tuple[DayStory, ...]
    more: int


@dataclass(frozen=True)
class Briefing:
    """A day.

    Attributes:
        title: of the document.
        day: UTC.
        at: moment of the edition that it is of.
        topics: the hottest first.
        names: of titles and people, with how many stories of the day are about each.
        stories, articles, sources: how many there are in all.
    """

    title: str
    day: date
    at: datetime
    topics: tuple[DayTopic, ...]
    names: tuple[tuple[str, int], ...]
    stories: int
    articles: int
    sources: int

    @property
    def heading(self) -> str:
        """With its day."""
        return f"{self.title}, {day_in_words(self.day)}"

    @property
    def summary(self) -> str:
        """The whole in a sentence."""
        if not self.stories:
            return "Nothing was published on this day."
        stories = "1 story" if self.stories == 1 else f"{self.stories:,} stories"
        articles = "1 article" if self.articles == 1 else f"{self.articles:,} articles"
        sources = "1 source" if self.sources == 1 else f"{self.sources:,} sources"
        return f"{stories} in {articles} of {sources}."


def briefing_of(edition: Edition, day: date, title: str = "Press briefing") -> Briefing:
    """The briefing of a day.

    Args:
        edition: what readers see.
        day: UTC, by the moments at which articles were published.
        title: of the document.
    """
    found = [DayStory(one, _of_day(one, day)) for one in edition.stories]
    found = sorted((one for one in found if one.today), key=lambda one: (-one.story.heat, one.story.id))
    items = [one for each in found for one in each.story.items if _day(one.item.published) == day]
    names = Counter(entity.name for each in found for entity in each.story.entities)
    return Briefing(
        title,
        day,
        edition.at,
        _topics(found, edition.taxonomy),
        tuple(sorted(names.items(), key=lambda one: (-one[1], one[0]))[:MOST_NAMES]),
        len(found),
        len(items),
        len({one.item.provider.name for one in items}),
    )


def _topics(found: Sequence[DayStory], taxonomy: Taxonomy) -> tuple[DayTopic, ...]:
    by_topic: dict[str, list[DayStory]] = {}
    for one in found:
        by_topic.setdefault(_narrowest(one.story.topics, taxonomy), []).append(one)
    # The hottest stories have the room, whatever their topic is.
    shown = {one.story.id for one in found[:MOST_STORIES]}
    topics = []
    for name, stories in by_topic.items():
        kept = tuple(one for one in stories[:MOST_OF_TOPIC] if one.story.id in shown)
        topics.append(DayTopic(name, kept, len(stories) - len(kept)))
    return tuple(topics)


def _narrowest(topics: Sequence[str], taxonomy: Taxonomy) -> str:
    """The first topic that is no parent of another one of the story."""
    parents = {taxonomy.topic(one).parent for one in topics}
    return next((one for one in topics if one not in parents), topics[0])


def _of_day(story: ShownStory, day: date) -> int:
    return sum(_day(one.item.published) == day for one in story.items)


def _day(moment: datetime) -> date:
    return moment.astimezone(UTC).date()
