"""OPML: the lists in which readers of feeds hand their sources to one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from openslate.apps.press.feeds.decoding import text_of
from openslate.apps.press.feeds.plain import one_line
from openslate.apps.press.feeds.xml_events import Element, elements
from openslate.apps.press.fetching.refusals import Refused

LARGEST = 10_000_000
MOST = 10_000
LONGEST_NAME = 200


@dataclass(frozen=True)
class Outline:
    """A feed in a list.

    Attributes:
        name: that people know it by.
        address: of the feed.
        topics: names of the folders and categories it lies in.
        language: ISO 639-1; empty where it says none.
    """

    name: str
    address: str
    topics: tuple[str, ...] = ()
    language: str = ""


def read_opml(content: bytes, shown: str) -> tuple[Outline, ...]:
    """The feeds of an OPML list, in its order; one that is there twice counts once.

    Args:
        content: of the file.
        shown: its name or address, for messages.

    Raises:
        Refused: it is too large, no OPML, or means harm.

    Source: http://opml.org/spec2.opml

    Example:
        >>> held = b'<opml><body><outline text="Slate" xmlUrl="https://slate.example/feed"/></body></opml>'
        >>> read_opml(held, "list.opml")
        (Outline(name='Slate', address='https://slate.example/feed', topics=(), language=''),)
    """
    if len(content) > LARGEST:
        raise Refused(f"{shown} is larger than {LARGEST:,} bytes.", "Cut it into several.", "size")
    text, _ = text_of(content)
    found: dict[str, Outline] = {}
    is_opml = False
    for element in elements(text, shown):
        is_opml = element.path[0] == "opml"
        if not is_opml:
            break
        outline = _outline(element)
        if outline is not None:
            found.setdefault(outline.address, outline)
        if len(found) > MOST:
            raise Refused(f"{shown} holds more than {MOST:,} feeds.", "Cut it into several.", "size")
    if not is_opml:
        raise Refused(f"{shown} is no OPML.", "Name a list that a reader of feeds wrote.", "content")
    return tuple(found.values())


def write_opml(title: str, outlines: Sequence[Outline]) -> str:
    """A list of feeds as OPML 2.0; `read_opml` gives the same back.

    Args:
        title: of the list.
        outlines: to be listed.

    Example:
        >>> held = write_opml("Press", [Outline("Slate", "https://slate.example/feed", ("Film",))])
        >>> read_opml(held.encode(), "it")[0].topics
        ('Film',)
    """
    head = f"<head><title>{_text(title)}</title></head>"
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<opml version="2.0">', head, "<body>"]
    for one in outlines:
        more = f" category={quoteattr(','.join(one.topics))}" if one.topics else ""
        more += f" language={quoteattr(one.language)}" if one.language else ""
        lines.append(f'<outline type="rss" text={quoteattr(one.name)} xmlUrl={quoteattr(one.address)}{more}/>')
    return "\n".join((*lines, "</body>", "</opml>", ""))


def _outline(element: Element) -> Outline | None:
    """The feed that an element names; None where it names none."""
    if element.path[-1] != "outline":
        return None
    attributes = {name.lower(): one_line(value) for name, value in element.attributes.items()}
    address = attributes.get("xmlurl", "")
    if not address:
        return None
    folders = [one_line(one.get("title") or one.get("text") or "")[:LONGEST_NAME] for one in element.above]
    categories = [one.strip("/ ")[:LONGEST_NAME] for one in attributes.get("category", "").split(",")]
    return Outline(
        (attributes.get("title") or attributes.get("text") or address)[:LONGEST_NAME],
        address,
        tuple(dict.fromkeys(filter(None, (*folders, *categories)))),
        attributes.get("language", "")[:2].lower(),
    )


def _text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
