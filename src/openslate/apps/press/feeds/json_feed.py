"""JSON Feed 1.0 and 1.1, read as what it is: JSON that anybody may have written."""

import json
from datetime import datetime
from typing import Any

from openslate.apps.press.feeds.entry import Entry, Feed
from openslate.apps.press.feeds.keeping import LONGEST_TITLE, entry_from, kept_entries, web_link
from openslate.apps.press.feeds.moments import moment_of
from openslate.apps.press.feeds.plain import one_line, plain
from openslate.apps.press.fetching.refusals import Refused

VERSIONS = ("https://jsonfeed.org/version/1", "https://jsonfeed.org/version/1.1")


def read_json_feed(text: str, url: str, seen: datetime) -> Feed:
    """The entries of a JSON Feed.

    Args:
        text: of it.
        url: of it.
        seen: moment at which it came, UTC.

    Raises:
        Refused: it is no JSON, or no JSON Feed.

    Source: https://www.jsonfeed.org/version/1.1/

    Example:
        >>> from datetime import UTC
        >>> text = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "A", "url": "/a"}]}'
        >>> read_json_feed(text, "https://slate.example/f.json", datetime(2027, 5, 14, tzinfo=UTC)).entries[0].url
        'https://slate.example/a'
    """
    try:
        held = json.loads(text, parse_constant=lambda name: None, parse_int=_number)
    except (ValueError, RecursionError):
        raise Refused(f"{url} is no valid JSON.", "Tell its publisher.", "content") from None
    version = _words(held.get("version")) if isinstance(held, dict) else ""
    if not version.startswith(VERSIONS[0]) or not isinstance(held.get("items"), list):
        raise Refused(f"{url} is JSON, and no JSON Feed.", "Name the feed itself.", "content")
    language = _language(held)
    entries, told = kept_entries(held["items"], lambda one, place: _entry(one, url, seen, language), url)
    title, home = _words(held.get("title"))[:LONGEST_TITLE], web_link(url, _words(held.get("home_page_url")))
    return Feed("json", title, home, entries, told)


def _entry(one: Any, url: str, seen: datetime, language: str) -> Entry:
    if not isinstance(one, dict):
        raise ValueError("it is no object")
    text = plain(_words(one.get("content_html"))) or plain(_words(one.get("content_text")))
    identity = _words(one.get("id"))
    link = web_link(url, _words(one.get("url"))) if one.get("url") else ""
    said = moment_of(_words(one.get("date_published"))) or moment_of(_words(one.get("date_modified")))
    attached = one.get("attachments")
    parts = [part for part in attached if isinstance(part, dict)] if isinstance(attached, list) else []
    return entry_from(
        link or (web_link(url, identity) if identity.startswith(("http://", "https://")) else ""),
        one_line(_words(one.get("title"))),
        plain(_words(one.get("summary"))) or text,
        text,
        said,
        seen,
        image=web_link(url, _words(one.get("image"))) if one.get("image") else "",
        video=any(_words(part.get("mime_type")).startswith("video/") for part in parts),
        language=_language(one) or language,
    )


def _words(value: object) -> str:
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _number(digits: str) -> int:
    # Python reads thousands of digits slowly, and no field of a feed has them.
    return int(digits) if len(digits) < 20 else 0


def _language(held: dict[str, Any]) -> str:
    said = _words(held.get("language"))[:2].lower()
    return said if len(said) == 2 and said.isascii() and said.isalpha() else ""
