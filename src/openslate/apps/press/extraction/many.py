"""Many pages at once, one process a core: finding text is all processor, and each page stands alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from openslate.apps.press.extraction.extracting import NOTHING, Article, extracted
from openslate.apps.press.extraction.overrides import Override
from openslate.storage.engine import Engine


@dataclass(frozen=True)
class Page:
    """A page whose text is wanted.

    Attributes:
        content: HTML, as it came.
        url: of the page.
        feed_text: what the feed says of the article, plain.
    """

    content: bytes
    url: str
    feed_text: str = ""


def extract_pages(
    pages: Iterable[Page], overrides: Mapping[str, Override] = NOTHING, engine: Engine = Engine()
) -> Iterator[Article]:
    """The articles of pages, in their order.

    Args:
        pages: whose texts are wanted.
        overrides: by host.
        engine: where they are looked for, such as that of `storage.engine.processes`.

    Raises:
        MissingExtra: trafilatura is not installed.

    Example:
        >>> page = Page(b"<html><body><article><p>The crew is at sea.</p></article></body></html>", "https://a.example/1")
        >>> [article.text for article in extract_pages([page])]
        ['The crew is at sea.']
    """
    return engine.map(partial(_of, overrides), pages)


def _of(overrides: Mapping[str, Override], page: Page) -> Article:
    return extracted(page.content, page.url, page.feed_text, overrides)
