"""The fields of a record as its text names them, with what each may hold."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt
from pydantic.alias_generators import to_camel

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
    # The form writes its names in camel case, and knows no others.
    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=to_camel)


class WrittenImage(_Written):
    """A picture; `isCached` is not said of logos."""

    url: Url
    width: Pixels
    height: Pixels
    is_cached: StrictBool | None = None

    def image(self) -> Image:
        """The same."""
        return Image(self.url, self.width, self.height, self.is_cached)


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
    published_date_time: Moment
    web_url: Url | None = None
    amp_web_url: Url | None = None
    cdn_amp_web_url: Url | None = None
    type: Type
    quality: Annotated[StrictInt, Field(ge=0)]
    provider: WrittenProvider
    images: Annotated[list[WrittenImage], Field(min_length=1, max_length=1)] | None = None


class WrittenRelated(_WrittenItem):
    """A later item near the subject of a record."""

    web_url: Url

    def related(self) -> Related:
        """The same."""
        return Related(
            title=self.title,
            excerpt=self.excerpt,
            published_at=self.published_date_time,
            web_url=self.web_url,
            type=self.type,
            provider=self.provider.provider(),
            quality=self.quality,
            amp_url=self.amp_web_url or "",
            cdn_amp_url=self.cdn_amp_web_url or "",
            images=tuple(one.image() for one in self.images or ()),
        )


class WrittenRecord(_WrittenItem):
    """A record."""

    category: Name
    original_url: Url
    heat: Annotated[StrictInt, Field(ge=-1)]
    published: StrictBool
    featured_content: Annotated[str, Field(strict=True, min_length=1, max_length=LONGEST_EXCERPT)] | None = None
    topics: Annotated[list[Name], Field(min_length=1, max_length=100)]
    related: Annotated[list[WrittenRelated], Field(min_length=1, max_length=1_000)] | None = None
    secured: Annotated[str, Field(strict=True, min_length=1, max_length=100_000)]

    def record(self, line_end: LineEnd) -> Record:
        """The same, of a file with such ends of lines."""
        return Record(
            title=self.title,
            excerpt=self.excerpt,
            published_at=self.published_date_time,
            original_url=self.original_url,
            provider=self.provider.provider(),
            topics=tuple(self.topics),
            secured=self.secured,
            type=self.type,
            quality=self.quality,
            heat=self.heat,
            published=self.published,
            category=self.category,
            web_url=self.web_url or "",
            amp_url=self.amp_web_url or "",
            cdn_amp_url=self.cdn_amp_web_url or "",
            featured_content=self.featured_content or "",
            images=tuple(one.image() for one in self.images or ()),
            related=tuple(one.related() for one in self.related or ()),
            line_end=line_end,
        )
