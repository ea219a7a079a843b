"""The fields of a record as its text names them, with what each may hold."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt

from openslate.apps.press.records.record import Image, LineEnd, Provider, Record, Related, moment_of

LONGEST_TITLE = 1_000
LONGEST_EXCERPT = 20_000
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)+")
_URL = re.compile(r"https?://[^\s/?#]+[^\s]*")


def _moment(text: str) -> str:
    try:
        moment_of(text)
    except ValueError:
        raise ValueError("it is no moment in UTC, such as 2023-07-26T18:16:00Z") from None
    return text


def _url(text: str) -> str:
    if not _URL.fullmatch(text):
        raise ValueError("it is no http or https address")
    return text


def _domain(text: str) -> str:
    if not _HOST.fullmatch(text):
        raise ValueError("it is no domain, such as theguardian.com")
    return text


def _name(value: Any) -> Any:
    # A name such as 2024 stands without quotation marks, and is a name all the same.
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Text = Annotated[str, Field(strict=True, max_length=LONGEST_EXCERPT)]
Title = Annotated[str, Field(strict=True, min_length=1, max_length=LONGEST_TITLE)]
Name = Annotated[str, Field(strict=True, min_length=1, max_length=300), BeforeValidator(_name)]
Moment = Annotated[str, Field(strict=True), AfterValidator(_moment)]
Url = Annotated[str, Field(strict=True, max_length=8_000), AfterValidator(_url)]
Pixels = Annotated[StrictInt, Field(ge=1, le=100_000)]
Type = Literal["article", "video"]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WrittenImage(_Written):
    """A picture; `isCached` is not said of logos."""

    url: Url
    width: Pixels
    height: Pixels
    isCached: StrictBool | None = None  # noqa: N815  # the form's own name

    def image(self) -> Image:
        """The same."""
        return Image(self.url, self.width, self.height, self.isCached)


class WrittenProvider(_Written):
    """Who published something."""

    name: Name
    domain: Annotated[str, Field(strict=True), AfterValidator(_domain)]
    images: Annotated[list[WrittenImage], Field(min_length=1, max_length=1)] | None = None

    def provider(self) -> Provider:
        """The same."""
        return Provider(self.name, self.domain, tuple(one.image() for one in self.images or ()))


class _WrittenItem(_Written):
    title: Title
    excerpt: Text
    publishedDateTime: Moment  # noqa: N815
    webUrl: Url | None = None  # noqa: N815
    ampWebUrl: Url | None = None  # noqa: N815
    cdnAmpWebUrl: Url | None = None  # noqa: N815
    type: Type
    quality: Annotated[StrictInt, Field(ge=0)]
    provider: WrittenProvider
    images: Annotated[list[WrittenImage], Field(min_length=1, max_length=1)] | None = None


class WrittenRelated(_WrittenItem):
    """A later item near the subject of a record."""

    webUrl: Url  # noqa: N815

    def related(self) -> Related:
        """The same."""
        return Related(
            title=self.title,
            excerpt=self.excerpt,
            published_at=self.publishedDateTime,
            web_url=self.webUrl,
            type=self.type,
            provider=self.provider.provider(),
            quality=self.quality,
            amp_url=self.ampWebUrl or "",
            cdn_amp_url=self.cdnAmpWebUrl or "",
            images=tuple(one.image() for one in self.images or ()),
        )


class WrittenRecord(_WrittenItem):
    """A record."""

    category: Name
    originalUrl: Url  # noqa: N815
    heat: Annotated[StrictInt, Field(ge=-1)]
    published: StrictBool
    featuredContent: Annotated[str, Field(strict=True, min_length=1, max_length=LONGEST_EXCERPT)] | None = None  # noqa: N815
    topics: Annotated[list[Name], Field(min_length=1, max_length=100)]
    related: Annotated[list[WrittenRelated], Field(min_length=1, max_length=1_000)] | None = None
    secured: Annotated[str, Field(strict=True, min_length=1, max_length=100_000)]

    def record(self, line_end: LineEnd) -> Record:
        """The same, of a file with such ends of lines."""
        return Record(
            title=self.title,
            excerpt=self.excerpt,
            published_at=self.publishedDateTime,
            original_url=self.originalUrl,
            provider=self.provider.provider(),
            topics=tuple(self.topics),
            secured=self.secured,
            type=self.type,
            quality=self.quality,
            heat=self.heat,
            published=self.published,
            category=self.category,
            web_url=self.webUrl or "",
            amp_url=self.ampWebUrl or "",
            cdn_amp_url=self.cdnAmpWebUrl or "",
            featured_content=self.featuredContent or "",
            images=tuple(one.image() for one in self.images or ()),
            related=tuple(one.related() for one in self.related or ()),
            line_end=line_end,
        )
