"""What no feed needs and only harms: XML that declares entities is refused before anything reads it for good."""

import re
from itertools import islice
from xml.parsers import expat

from openslate.apps.press.feeds.keeping import MOST
from openslate.apps.press.fetching.refusals import Refused

DEEPEST = 200
"""Elements within one another."""
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)
_FIRST = re.compile(r"<\w")


_ENTRY = re.compile(r"<(?:item|entry)[\s>/]", re.IGNORECASE)
LONGEST_BROKEN = 1_000_000
"""Letters of a feed that is not well-formed: reading those takes ten times as long."""


class _Found(Exception):
    pass


class _Deep(Exception):
    pass


def guard(text: str, shown: str) -> bool:
    """Refuse XML with entities of its own, or with elements nested beyond all use; say whether it is well-formed.

    XML that is not is let through as far as it can be read: feeds often are not.

    Args:
        text: of it.
        shown: its address, for the message.

    Raises:
        Refused: it declares an entity, or lies too deep.

    Example:
        >>> guard("<rss><channel/></rss>", "feed.xml"), guard("<rss><channel>", "feed.xml")
        (True, False)
    """
    first = _FIRST.search(text)
    # Both as a reader of words would see it, which looks at the head alone, and as a parser does.
    if _ENTITY.search(text, 0, first.start() if first else len(text)):
        raise _declares(shown)
    depth = 0

    def declare(*ignored: object) -> None:
        raise _Found

    def start(*ignored: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _Deep

    def end(*ignored: object) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate("utf-8")
    parser.EntityDeclHandler = declare
    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        parser.Parse(text.encode(), True)
    except _Found:
        raise _declares(shown) from None
    except _Deep:
        raise Refused(f"{shown} nests elements more than {DEEPEST} deep.", "Tell its publisher.", "content") from None
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return True


def shortened_feed(text: str, well_formed: bool, shown: str) -> tuple[str, tuple[str, ...]]:
    """A feed of no more than what is read of it, and sentences about what was cut.

    Args:
        text: of it.
        well_formed: whether it is; the rest of it stays so.
        shown: its address, for the sentences.
    """
    if not well_formed and len(text) > LONGEST_BROKEN:
        return text[:LONGEST_BROKEN], (f"{shown} is not well-formed and long: its first million letters were read.",)
    begins = [one.start() for one in islice(_ENTRY.finditer(text), MOST + 1)]
    end = max(text.rfind(f"</{name}>") for name in ("item", "entry"))
    if len(begins) <= MOST:
        return text, ()
    after = text.index(">", end) + 1 if end > begins[MOST] else len(text)
    return text[: begins[MOST]] + text[after:], (f"{shown} has more than {MOST:,} entries: the first were read.",)


def _declares(shown: str) -> Refused:
    return Refused(f"{shown} declares entities of its own, which no feed needs.", "Tell its publisher.", "content")
