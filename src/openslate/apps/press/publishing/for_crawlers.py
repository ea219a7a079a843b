"""What programs that read sites ask for first: `robots.txt`, and the map of pages where the address is known.

Source: RFC 9309, and the sitemap protocol 0.9, which wants whole addresses, at most 50,000 a file.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from xml.etree import ElementTree as Xml

from openslate.apps.press.publishing.paths import entity_path, story_path, topic_path
from openslate.apps.press.publishing.rendering import iso
from openslate.apps.press.publishing.whole_site import Site

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000
"""Pages of a map."""


def crawler_files(site: Site) -> Iterator[tuple[str, str]]:
    """Both files with their paths.

    Args:
        site: that they are of.
    """
    lines = ["User-agent: *", "Allow: /", "Disallow: /_posts/", "Disallow: /_data/"]
    if site.settings.address:
        lines.append(f"Sitemap: {site.settings.at('sitemap.xml')}")
    yield "robots.txt", "\n".join([*lines, ""])
    pages = [(site.settings.at(path), changed) for path, changed in _pages(site)] if site.settings.address else []
    yield "sitemap.xml", _map(pages[:MOST])


def _pages(site: Site) -> Iterator[tuple[str, datetime | None]]:
    stories = site.edition.stories
    newest = stories[0].latest if stories else None
    yield from ((path, newest) for path in ("index.html", "all.html"))
    yield "about.html", None
    for topic, within in site.by_topic().items():
        yield topic_path(topic), within[0].latest
    for entity, within in site.by_entity().items():
        yield entity_path(entity), within[0].latest
    for story in stories:
        yield story_path(story.id), story.latest


def _map(pages: Sequence[tuple[str, datetime | None]]) -> str:
    root = Xml.Element("urlset", xmlns=SITEMAP)
    for address, changed in pages:
        page = Xml.SubElement(root, "url")
        Xml.SubElement(page, "loc").text = address
        if changed is not None:
            Xml.SubElement(page, "lastmod").text = iso(changed)
    Xml.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{Xml.tostring(root, encoding="unicode")}\n'
