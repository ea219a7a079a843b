"""Where the feeds of a site are, as its pages tell readers of them."""

from dataclasses import dataclass

from openslate.apps.press.publishing.paths import topic_path
from openslate.apps.press.publishing.site_settings import SiteSettings


@dataclass(frozen=True)
class FeedLink:
    """A feed that a page tells readers of.

    Attributes:
        type: of its content.
        name: for readers.
        path: within the site.
    """

    type: str
    name: str
    path: str


def feeds_of(settings: SiteSettings, topic: str = "") -> list[FeedLink]:
    """The feeds of a page: of the site, and of its topic where it has one.

    Args:
        settings: of the site.
        topic: of the page; empty for none.
    """
    bases = [(settings.name, "feed")]
    if topic:
        bases.append((f"{settings.name}: {topic}", topic_path(topic).removesuffix(".html")))
    kinds = (("application/rss+xml", ".xml"), ("application/feed+json", ".json"))
    return [FeedLink(kind, name, base + ending) for name, base in bases for kind, ending in kinds]
