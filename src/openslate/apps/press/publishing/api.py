"""The paged JSON API: published records, the newest first, twenty a page, of all topics and of each.

Source: the shape follows the collections that the form comes from, `api/news/[topic/]page/N/index.json`.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from openslate.apps.press.publishing.edition_types import ShownItem
from openslate.apps.press.publishing.feeds import json_text
from openslate.apps.press.publishing.paths import topic_name
from openslate.apps.press.publishing.whole_site import Site
from openslate.apps.press.records.record import Image, Provider, Record, Related

PAGE = 20


def api_files(site: Site) -> Iterator[tuple[str, str]]:
    """Every page of the API with its path; a topic of which nothing is published has none.

    Args:
        site: whose records they have.
    """
    records = _chosen(site)
    yield from _pages(site, "api/news", records)
    for topic in dict.fromkeys(topic for one in records for topic in one.record.topics):
        within = [one for one in records if topic in one.record.topics]
        yield from _pages(site, f"api/news/{topic_name(topic)}", within)


def _chosen(site: Site) -> list[ShownItem]:
    least = site.settings.least_heat
    every = [one for one in site.edition.items if not one.copy_of]
    kept = [one for one in every if (one.record.published if least is None else one.record.heat >= least)]
    return sorted(kept, key=lambda one: (-one.item.published.timestamp(), one.id))


def _pages(site: Site, base: str, items: Sequence[ShownItem]) -> Iterator[tuple[str, str]]:
    parts = [items[at : at + PAGE] for at in range(0, len(items), PAGE)] or [[]]
    for number, part in enumerate(parts, start=1):
        further = number < len(parts)
        document = {
            "page": number,
            "pages": len(parts),
            "pageSize": PAGE,
            "total": len(items),
            "next": _address(site, f"{base}/page/{number + 1}/index.json", number + 1) if further else None,
            "items": [_item(one) for one in part],
        }
        yield f"{base}/page/{number}/index.json", json_text(document)


def _address(site: Site, path: str, number: int) -> str:
    return site.settings.at(path) if site.settings.address else f"../{number}/index.json"


def _item(one: ShownItem) -> dict[str, Any]:
    record = one.record
    document = {
        "id": one.id,
        "story": one.story,
        "category": record.category,
        "heat": record.heat,
        "published": record.published,
        "topics": list(record.topics),
        "originalUrl": record.original_url,
        "related": [_shared(other) for other in record.related],
        "corrections": [{"field": made.field, "before": made.before} for made in one.corrections],
    }
    return document | _shared(record)


def _shared(record: Record | Related) -> dict[str, Any]:
    """What a record and a related item both have."""
    return {
        "title": record.title,
        "excerpt": record.excerpt,
        "publishedDateTime": record.published_at,
        "webUrl": record.web_url or None,
        "ampWebUrl": record.amp_url or None,
        "cdnAmpWebUrl": record.cdn_amp_url or None,
        "type": record.type,
        "quality": record.quality,
        "provider": _provider(record.provider),
        "images": [_image(one) for one in record.images],
    }


def _provider(provider: Provider) -> dict[str, Any]:
    return {"name": provider.name, "domain": provider.domain, "images": [_image(one) for one in provider.images]}


def _image(one: Image) -> dict[str, Any]:
    return {"url": one.url, "width": one.width, "height": one.height, "isCached": one.cached}
