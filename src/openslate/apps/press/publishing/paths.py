"""Where things stand in a site: plain names that every server, file system and reader of addresses takes."""

import hashlib
import re
from urllib.parse import urlsplit

from openslate.apps.press.publishing.edition_types import Entity
from openslate.apps.press.records.naming import slug_of

_PLAIN = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
FOLDERS = {"title": "titles", "person": "people"}
"""Kinds of entities that have pages."""


def plain_name(text: str) -> str:
    """A text as part of a path; two texts never give the same.

    Args:
        text: an id or a name.

    Example:
        >>> plain_name("tt-0042"), plain_name("Box office")
        ('tt-0042', 'box-office-6ded2c')
    """
    if _PLAIN.fullmatch(text):
        return text
    mark = hashlib.sha256(text.encode()).hexdigest()[:6]
    return f"{slug_of(text)[:40].strip('-')}-{mark}".strip("-")


def story_path(story: str) -> str:
    """The page of a story.

    Args:
        story: its id.
    """
    return f"stories/{plain_name(story)}.html"


def topic_name(topic: str) -> str:
    """A topic as part of a path: with a mark only where its name has more than words in it.

    Example:
        >>> topic_name("Box office"), topic_name("AI & TV")
        ('box-office', 'ai-tv-3c2529')
    """
    slug = slug_of(topic)
    return slug if slug == "-".join(topic.lower().split()) and _PLAIN.fullmatch(slug) else plain_name(topic)


def topic_path(topic: str) -> str:
    """The page of a topic.

    Args:
        topic: its name.
    """
    return f"topics/{topic_name(topic)}.html"


def entity_path(entity: Entity) -> str:
    """The page of a title or a person; empty for what has none.

    Args:
        entity: of an item.
    """
    folder = FOLDERS.get(entity.kind)
    return f"{folder}/{plain_name(entity.id)}.html" if folder else ""


def numbered(path: str, number: int) -> str:
    """A further page of what takes several.

    Example:
        >>> numbered("topics/labour.html", 1), numbered("topics/labour.html", 2)
        ('topics/labour.html', 'topics/labour-page-2.html')
    """
    return path if number == 1 else path.replace(".html", f"-page-{number}.html")


def root_of(path: str) -> str:
    """The way from a page to the top of its site.

    Example:
        >>> root_of("index.html"), root_of("topics/labour.html")
        ('', '../')
    """
    return "../" * path.count("/")


def outside(url: str) -> str:
    """An address that a page may lead to; empty where it is none of http or https.

    Args:
        url: from anywhere.

    Example:
        >>> outside("https://slate.example/a?b=1"), outside("javascript:alert(1)"), outside("https:///x")
        ('https://slate.example/a?b=1', '', '')
    """
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    plain = not any(letter.isspace() or not letter.isprintable() for letter in url)
    return url if plain and parts.scheme in ("http", "https") and host else ""
