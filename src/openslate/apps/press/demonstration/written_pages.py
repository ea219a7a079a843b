"""The invented newsroom as files: a feed for each source, and pages of articles with all that stands around them."""

import json
from collections.abc import Sequence
from email.utils import format_datetime
from html import escape
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from openslate.apps.press.demonstration.newsroom import InventedItem, InventedSource, Newsroom
from openslate.storage.files import make_folder, write_atomically


def write_newsroom(newsroom: Newsroom, folder: Path) -> list[Path]:
    """Write feeds and pages, and return the feeds.

    Args:
        newsroom: that is written.
        folder: where.
    """
    make_folder(folder / "pages")
    for item in newsroom.items:
        write_atomically(folder / "pages" / page_name(item), page_of(item, newsroom).encode())
    found = []
    for source in newsroom.sources:
        mine = [item for item in newsroom.items if item.source == source]
        path = folder / f"{source.domain}.{'json' if source.feed == 'json' else 'xml'}"
        write_atomically(path, _feed_of(source, mine).encode())
        found.append(path)
    return found


def page_name(item: InventedItem) -> str:
    """The name of an article's file."""
    return f"{item.source.domain}-{item.published:%d-%H}.html"


def page_of(item: InventedItem, newsroom: Newsroom) -> str:
    """The page of an article: menu, text, what else there is to read, a form for comments, and a foot.

    Args:
        item: the article.
        newsroom: whose other articles are offered beside it.
    """
    others = [one for one in newsroom.items if one.source == item.source and one is not item][:3]
    more = "".join(f'<li><a href="{escape(one.address)}">{escape(one.title)}</a></li>' for one in others)
    text = "\n".join(f"<p>{escape(one)}</p>" for one in item.paragraphs)
    reserved = '<meta name="tdm-reservation" content="1">' if item.source.reserved else ""
    plays = '<meta property="og:type" content="video.other">' if item.is_video else ""
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{escape(item.title)} | {escape(item.source.name)}</title>
<link rel="canonical" href="{escape(item.address)}">{reserved}{plays}
<meta property="og:site_name" content="{escape(item.source.name)}">
<meta property="og:title" content="{escape(item.title)}">
<meta name="description" content="{escape(item.paragraphs[0])}">
<meta property="article:published_time" content="{item.published.isoformat()}"></head>
<body><nav><a href="/">Home</a> <a href="/films">Films</a> <a href="/series">Series</a></nav>
<article><h1>{escape(item.title)}</h1>
{text}
<p><strong>You may also like:</strong></p><ul>{more}</ul></article>
<form action="/comment"><h3>Leave a Reply</h3><textarea name="words"></textarea><button>Post Comment</button></form>
<footer><p>All of {escape(item.source.name)} is invented.</p></footer></body></html>
"""


def _feed_of(source: InventedSource, items: Sequence[InventedItem]) -> str:
    match source.feed:
        case "json":
            return _json_feed(source, items)
        case "rss":
            return _rss(source, items)
        case "atom":
            return _atom(source, items)


def _json_feed(source: InventedSource, items: Sequence[InventedItem]) -> str:
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": source.name,
            "home_page_url": f"https://www.{source.domain}/",
            "items": [
                {
                    "id": item.address,
                    "url": item.address,
                    "title": item.title,
                    "summary": item.paragraphs[0],
                    "content_text": "\n".join(item.paragraphs),
                    "date_published": item.published.isoformat(),
                }
                for item in items
            ],
        },
        indent=1,
    )


def _rss(source: InventedSource, items: Sequence[InventedItem]) -> str:
    rss = Element("rss", version="2.0")
    channel = SubElement(rss, "channel")
    SubElement(channel, "title").text = source.name
    SubElement(channel, "link").text = f"https://www.{source.domain}/"
    SubElement(channel, "description").text = f"News of {source.name}, all of it invented."
    for item in items:
        entry = SubElement(channel, "item")
        SubElement(entry, "title").text = item.title
        SubElement(entry, "link").text = item.address
        SubElement(entry, "guid").text = item.address
        SubElement(entry, "pubDate").text = format_datetime(item.published)
        SubElement(entry, "description").text = item.paragraphs[0]
    return tostring(rss, encoding="unicode", xml_declaration=True)


def _atom(source: InventedSource, items: Sequence[InventedItem]) -> str:
    feed = Element("feed", xmlns="http://www.w3.org/2005/Atom")
    SubElement(feed, "title").text = source.name
    SubElement(feed, "id").text = f"https://www.{source.domain}/"
    SubElement(feed, "updated").text = max(item.published for item in items).isoformat()
    for item in items:
        entry = SubElement(feed, "entry")
        SubElement(entry, "title").text = item.title
        SubElement(entry, "id").text = item.address
        SubElement(entry, "link", href=item.address)
        SubElement(entry, "updated").text = item.published.isoformat()
        SubElement(entry, "published").text = item.published.isoformat()
        SubElement(entry, "summary").text = item.paragraphs[0]
    return tostring(feed, encoding="unicode", xml_declaration=True)
