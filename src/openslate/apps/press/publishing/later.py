"""Related items of a record: later ones of its story, the best first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice

from openslate.apps.press.desk.item import Item
from openslate.apps.press.publishing.plain_record import moment_text, pages_for_phones, writable
from openslate.apps.press.records.record import Related

MOST = 50
"""Related items of a record: a story of hundreds would otherwise be written hundreds of times over."""
AFTER = 104 * 3600.0
"""Seconds after an item in which others are related to it, as in the records that the form was read off."""


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


def related_in(story: Sequence[Candidate]) -> list[tuple[Related, ...]]:
    """The related items of every item of a story: its originals of the 104 hours after it, by quality.

    Of equals the earlier comes first. The list is directed: an item lists later ones and is listed by earlier ones.

    Args:
        story: all items of it.
    """
    # Each is written once, and is the same in whichever record it stands.
    originals = [(one, _related(one)) for one in story if not one.copy_of]
    originals.sort(key=lambda one: (-one[0].quality, _when(one[0])))
    return [_later(one, originals) for one in story]


def _later(one: Candidate, originals: Sequence[tuple[Candidate, Related]]) -> tuple[Related, ...]:
    since, itself = _when(one), (one.item.id, one.copy_of)
    after = (said for other, said in originals if _is_after(_when(other), since) and other.item.id not in itself)
    return tuple(islice(after, MOST))


def _is_after(when: tuple[float, str], since: tuple[float, str]) -> bool:
    return since < when and when[0] <= since[0] + AFTER


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
