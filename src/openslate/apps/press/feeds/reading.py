"""Reading a feed: which kind it is, and its entries as far as they can be kept."""

import io
import re
from datetime import datetime
from typing import Any

from openslate.apps.press.feeds.decoding import text_of
from openslate.apps.press.feeds.entry import Entry, Feed, FeedKind
from openslate.apps.press.feeds.guarding import guard, shortened_feed
from openslate.apps.press.feeds.json_feed import read_json_feed
from openslate.apps.press.feeds.keeping import LONGEST_TITLE, entry_from, kept_entries, web_link
from openslate.apps.press.feeds.moments import moment_from, moment_of
from openslate.apps.press.feeds.plain import one_line, plain
from openslate.apps.press.fetching.refusals import Refused
from openslate.native import load

LARGEST = 10_000_000
"""Bytes of a feed."""
_LOOKS_LIKE_FEED = re.compile(r"<(\w+:)?(rss|feed|RDF|channel|item|entry)\b", re.IGNORECASE)


def read_feed(content: bytes, url: str, seen: datetime, content_type: str = "") -> Feed:
    """The entries of a feed: RSS, Atom or JSON Feed, well-formed or not.

    Args:
        content: of the feed.
        url: of it, which relative links are read against.
        seen: moment at which it came, UTC.
        content_type: header of the answer, which may name an encoding.

    Raises:
        Refused: it is too large, is no feed, or means harm.

    Example:
        >>> from datetime import UTC
        >>> page = b"<rss><channel><item><title>Wrapped</title><link>/wrap</link></item></channel></rss>"
        >>> feed = read_feed(page, "https://www.slate.example/feed", datetime(2027, 5, 14, tzinfo=UTC))
        >>> feed.entries[0].url, feed.entries[0].title
        ('https://www.slate.example/wrap', 'Wrapped')
    """
    if len(content) > LARGEST:
        raise Refused(f"{url} is larger than {LARGEST:,} bytes.", "Ask its publisher for a shorter feed.", "size")
    text, whole = text_of(content, content_type)
    if not text.strip():
        raise Refused(f"{url} is empty.", "Mend the address, or try again later.", "content")
    if text.lstrip()[:1] == "{":
        return read_json_feed(text, url, seen)
    if not _LOOKS_LIKE_FEED.search(text):
        raise Refused(f"{url} is no feed.", "Name the feed itself; a page of a site often links to it.", "content")
    told = () if whole else (f"{url} has letters in an encoding that nobody knows.",)
    kept, cut = shortened_feed(text, guard(text, url), url)
    return _feed(_parsed(kept, url), url, seen, (*told, *cut))


def _parsed(text: str, url: str) -> Any:
    feedparser = load("feedparser", "Reading feeds", "pip install 'openslate[press]'")
    # As a stream: a bare text could be taken for an address or the name of a file.
    stream = io.BytesIO(b'<?xml version="1.0" encoding="utf-8"?>' + text.lstrip().encode())
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        return feedparser.parse(stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:
        # Whatever a reader of other people's feeds stumbles over, it is the feed that is at fault.
        raise Refused(f"{url} cannot be read as a feed.", "Tell its publisher.", "content") from error


def _feed(parsed: Any, url: str, seen: datetime, told: tuple[str, ...]) -> Feed:
    version = str(parsed.get("version") or "")
    kind: FeedKind = "atom" if version.startswith("atom") else "rss"
    head = parsed.feed
    language = _language(head.get("language"))
    entries, lost = kept_entries(parsed.entries, lambda one, place: _entry(one, url, seen, language), url)
    if not entries and not version and not head.get("title"):
        raise Refused(f"{url} is no feed.", "Name the feed itself; a page of a site often links to it.", "content")
    minutes = str(head.get("ttl") or "")
    return Feed(
        kind=kind,
        title=one_line(str(head.get("title") or ""))[:LONGEST_TITLE],
        home=web_link(url, str(head.get("link") or "")),
        entries=entries,
        told=(*told, *lost),
        minutes=min(int(minutes), 10_080) if minutes.isascii() and minutes.isdigit() and len(minutes) < 9 else 0,
    )


def _entry(one: Any, url: str, seen: datetime, language: str) -> Entry:
    link = web_link(url, str(one.get("link") or ""))
    if not link and str(one.get("id") or "").startswith(("http://", "https://")):
        link = web_link(url, str(one["id"]))
    summary = plain(str(one.get("summary") or ""))
    contents = [plain(str(part.get("value") or "")) for part in one.get("content") or []]
    said = None
    for field in ("published", "updated", "created"):
        # As a plain dictionary: its own `get` takes one date for another.
        parsed, written = dict.get(one, f"{field}_parsed"), dict.get(one, field)
        said = said or moment_from(parsed) or moment_of(str(written or ""))
    return entry_from(
        link,
        one_line(str(one.get("title") or "")),
        summary,
        max(contents, key=len, default=""),
        said,
        seen,
        image=_image(one, url),
        video=_is_video(one),
        language=_language(one.get("language")) or language,
    )


def _image(one: Any, url: str) -> str:
    medias = [media for media in one.get("media_content") or [] if str(media.get("type") or "").startswith("image")]
    medias += [media for media in one.get("media_content") or [] if media.get("medium") == "image"]
    medias += [media for media in one.get("links") or [] if str(media.get("type") or "").startswith("image/")]
    medias += list(one.get("media_thumbnail") or [])
    found = (web_link(url, str(media.get("url") or media.get("href") or "")) for media in medias)
    return next(filter(None, found), "")


def _is_video(one: Any) -> bool:
    medias = [*(one.get("media_content") or []), *(one.get("enclosures") or [])]
    return any(str(media.get("type") or "").startswith("video/") for media in medias)


def _language(said: object) -> str:
    found = re.match(r"([a-zA-Z]{2})([-_].*)?$", str(said or "").strip())
    return found.group(1).lower() if found else ""
