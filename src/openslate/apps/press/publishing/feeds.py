"""Feeds of stories: RSS 2.0 and JSON Feed 1.1, of the whole site and of each topic.

Sources: the RSS 2.0 specification of the RSS Advisory Board, RFC 4287 for `atom:link`, and JSON Feed version 1.1.
"""

import json
from collections.abc import Iterator, Sequence
from email.utils import format_datetime
from xml.etree import ElementTree as Xml

from openslate.apps.press.publishing.edition_types import ShownStory
from openslate.apps.press.publishing.paths import outside, story_path, topic_path
from openslate.apps.press.publishing.rendering import covered_by, iso
from openslate.apps.press.publishing.whole_site import Site
from openslate.drawing.words import printable

MOST = 50
"""Stories of a feed."""
ATOM = "http://www.w3.org/2005/Atom"


def feed_files(site: Site) -> Iterator[tuple[str, str]]:
    """Every feed of a site with its path.

    Args:
        site: whose published stories they have, the newest first.
    """
    yield from _both(site, "feed", site.settings.name, "index.html", site.published)
    for topic, stories in site.by_topic().items():
        path = topic_path(topic)
        published = [one for one in stories if one.published]
        yield from _both(site, path.removesuffix(".html"), f"{site.settings.name}: {topic}", path, published)


def _both(site: Site, base: str, name: str, page: str, stories: Sequence[ShownStory]) -> Iterator[tuple[str, str]]:
    newest = stories[:MOST]
    yield f"{base}.xml", _rss(site, f"{base}.xml", name, page, newest)
    yield f"{base}.json", _json_feed(site, f"{base}.json", name, page, newest)


def _rss(site: Site, path: str, name: str, page: str, stories: Sequence[ShownStory]) -> str:
    Xml.register_namespace("atom", ATOM)
    root = Xml.Element("rss", version="2.0")
    channel = Xml.SubElement(root, "channel")
    _text(channel, "title", name)
    _text(channel, "link", site.settings.at(page))
    _text(channel, "description", f"{name}: news by story, a story once.")
    _text(channel, "language", "en")
    if stories:
        # Of its content, not of its making: equal content gives equal bytes.
        _text(channel, "lastBuildDate", format_datetime(stories[0].latest))
    if site.settings.address:
        link = {"href": site.settings.at(path), "rel": "self", "type": "application/rss+xml"}
        Xml.SubElement(channel, f"{{{ATOM}}}link", link)
    for story in stories:
        _rss_item(site, Xml.SubElement(channel, "item"), story)
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'


def _rss_item(site: Site, item: Xml.Element, story: ShownStory) -> None:
    lead = story.lead.item
    _text(item, "title", printable(lead.title))
    _text(item, "link", _page_of(site, story))
    _text(item, "description", _summary(story))
    guid = Xml.SubElement(item, "guid", isPermaLink="false")
    guid.text = story.id
    _text(item, "pubDate", format_datetime(lead.published))
    for topic in story.topics:
        _text(item, "category", topic)


def _json_feed(site: Site, path: str, name: str, page: str, stories: Sequence[ShownStory]) -> str:
    settings = site.settings
    document: dict[str, object] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": printable(name),
        "language": "en",
        "items": [_json_item(site, one) for one in stories],
    }
    if settings.address:
        document |= {"home_page_url": settings.at(page), "feed_url": settings.at(path)}
    return json_text(document)


def _json_item(site: Site, story: ShownStory) -> dict[str, object]:
    lead = story.lead.item
    item: dict[str, object] = {
        "id": story.id,
        "url": _page_of(site, story),
        "title": printable(lead.title),
        "content_text": _summary(story),
        "date_published": iso(lead.published),
        "date_modified": iso(story.latest),
        "authors": [{"name": printable(lead.provider.name)}],
        "tags": list(story.topics),
        "_openslate": {"heat": story.heat, "articles": len(story.items), "sources": len(story.sources)},
    }
    if outside(lead.address):
        item["external_url"] = lead.address
    if lead.language:
        item["language"] = lead.language
    return item


def json_text(document: object) -> str:
    """A JSON document; equal ones give equal bytes."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False) + "\n"


def _page_of(site: Site, story: ShownStory) -> str:
    """A feed is read far from its site: without the site's address, its entries lead to the article itself."""
    return site.settings.at(story_path(story.id)) if site.settings.address else outside(story.lead.item.address)


def _summary(story: ShownStory) -> str:
    excerpt = printable(story.lead.item.excerpt)
    return f"{excerpt} ({covered_by(story)})" if excerpt else f"{covered_by(story)}."


def _text(parent: Xml.Element, name: str, text: str) -> None:
    Xml.SubElement(parent, name).text = printable(text)
