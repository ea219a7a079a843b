"""Related items of a record: later ones of its story, the best first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from openslate.apps.press.desk.item import Item
from openslate.apps.press.publishing.plain_record import moment_text, pages_for_phones, writable
from openslate.apps.press.records.record import Related

MOST = 50
"""Related items of a record: a story of hundreds would otherwise be written hundreds of times over."""


@dataclass(frozen=True)
class Candidate:
    """An item of a story with its quality.

    Attributes:
        item: of the story.
        quality: of it.
        copy_of: id of what it is a copy of; empty for an original.
    """

    item: Item
    quality: int
    copy_of: str = ""


def related_to(one: Candidate, story: Sequence[Candidate]) -> tuple[Related, ...]:
    """The related items of one item: later originals of its story, by quality, the earlier first among equals.

    Args:
        one: whose they are.
        story: all items of it.
    """
    originals = [other for other in story if not other.copy_of and other.item.id not in (one.item.id, one.copy_of)]
    after = [other for other in originals if _when(other) > _when(one)]
    after.sort(key=lambda other: (-other.quality, _when(other)))
    return tuple(_related(other) for other in after[:MOST])


def _when(one: Candidate) -> tuple[float, str]:
    return one.item.published.timestamp(), one.item.id


def _related(one: Candidate) -> Related:
    item = one.item
    amp, cached = pages_for_phones(item)
    return Related(
        title=writable(item.title) or "Untitled",
        excerpt=writable(item.excerpt),
        published_at=moment_text(item.published),
        web_url=item.address,
        type=item.type,
        provider=replace(item.provider, name=writable(item.provider.name) or item.provider.domain, images=()),
        quality=one.quality,
        amp_url=amp,
        cdn_amp_url=cached,
        images=() if item.image is None else (item.image,),
    )
