"""A coverage record: what one article or video says, whose it is, and how it was scored."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

Kind = Literal["article", "video"]
LineEnd = Literal["\n", "\r\n"]


@dataclass(frozen=True)
class Image:
    """A picture.

    Attributes:
        url: of it.
        width, height: in pixels.
        cached: whether a copy is kept; None for logos, which do not say.
    """

    url: str
    width: int
    height: int
    cached: bool | None = None


@dataclass(frozen=True)
class Provider:
    """Who published something.

    Attributes:
        name: as readers know them.
        domain: of their site.
        images: their logo, where there is one.
    """

    name: str
    domain: str
    images: tuple[Image, ...] = ()


@dataclass(frozen=True)
class Related:
    """A later item near the subject of a record.

    Attributes:
        title, excerpt: of the item.
        published_at: UTC, as '2023-07-26T18:16:00Z'.
        web_url: where it is read.
        amp_url, cdn_amp_url: its pages for phones; empty for none.
        type: article or video.
        provider: whose it is, without a logo.
        quality: as scored by its own topics.
        images: one or none.
    """

    title: str
    excerpt: str
    published_at: str
    web_url: str
    type: Kind
    provider: Provider
    quality: int
    amp_url: str = ""
    cdn_amp_url: str = ""
    images: tuple[Image, ...] = ()


@dataclass(frozen=True)
class Record:
    """One record.

    Stability: provisional.

    Attributes:
        title, excerpt: of the item.
        published_at: UTC, as '2023-07-26T18:16:00Z': the text is kept, since readers of dates lose its form.
        original_url: where it was found.
        provider: who published it.
        topics: of the taxonomy, by name.
        secured: a token of the service that wrote it, which nobody else reads.
        type: article or video.
        quality, heat: whole numbers; a heat of -1 where a related item outranks it.
        published: whether readers are shown it.
        category: of the collection.
        web_url: where it is read; empty for videos.
        amp_url, cdn_amp_url: its pages for phones; empty for none.
        featured_content: the frame that plays it; empty for none.
        images: one or none.
        related: later items, by quality.
        line_end: of its file.
    """

    title: str
    excerpt: str
    published_at: str
    original_url: str
    provider: Provider
    topics: tuple[str, ...]
    secured: str
    type: Kind = "article"
    quality: int = 0
    heat: int = 0
    published: bool = False
    category: str = "news"
    web_url: str = ""
    amp_url: str = ""
    cdn_amp_url: str = ""
    featured_content: str = ""
    images: tuple[Image, ...] = ()
    related: tuple[Related, ...] = ()
    line_end: LineEnd = "\n"

    @property
    def moment(self) -> datetime:
        """When it was published."""
        return moment_of(self.published_at)


def moment_of(text: str) -> datetime:
    """The moment that a record's text names.

    Args:
        text: UTC, as '2023-07-26T18:16:00Z'.

    Raises:
        ValueError: it is none.

    Example:
        >>> moment_of("2023-07-26T18:16:00Z").isoformat()
        '2023-07-26T18:16:00+00:00'
    """
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
