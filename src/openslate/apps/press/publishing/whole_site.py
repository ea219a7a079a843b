"""An edition on its way to becoming pages: which stories stand where."""

from dataclasses import dataclass

from openslate.apps.press.publishing.edition_types import Edition, Entity, ShownStory
from openslate.apps.press.publishing.paths import entity_path
from openslate.apps.press.publishing.shown_interest import ShownInterest
from openslate.apps.press.publishing.site_settings import SiteSettings


@dataclass(frozen=True)
class Site:
    """An edition on its way to becoming pages.

    Attributes:
        edition: what is shown.
        settings: how.
        interest: that was learned, beside the rules.
    """

    edition: Edition
    settings: SiteSettings
    interest: ShownInterest = ShownInterest()

    @property
    def published(self) -> tuple[ShownStory, ...]:
        """Stories of the front page, the newest first."""
        return tuple(one for one in self.edition.stories if one.published)

    def by_topic(self) -> dict[str, list[ShownStory]]:
        """Stories by topic, the topics of the taxonomy first."""
        found: dict[str, list[ShownStory]] = {name: [] for name in self.edition.taxonomy.topics}
        for story in self.edition.stories:
            for topic in story.topics:
                found.setdefault(topic, []).append(story)
        return {topic: stories for topic, stories in found.items() if stories}

    def by_entity(self) -> dict[Entity, list[ShownStory]]:
        """Stories by title and person, under the first name of each that was met."""
        found: dict[str, tuple[Entity, list[ShownStory]]] = {}
        for story in self.edition.stories:
            for one in story.entities:
                if path := entity_path(one):
                    found.setdefault(path, (one, []))[1].append(story)
        return dict(found[path] for path in sorted(found))
