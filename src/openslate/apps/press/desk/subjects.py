"""What a decision by hand can be about, and whether the desk has any of it."""

from dataclasses import dataclass
from typing import cast

from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.items import item_by_id
from openslate.apps.press.desk.story import resolved
from openslate.errors import UsageError

KINDS = ("source", "story", "word", "title")
WAY_OUT = "Name an item's id or address, or source:NAME, story:ID, word:TEXT or title:ID."


@dataclass(frozen=True)
class Subject:
    """What a decision is about.

    Attributes:
        name: as decisions keep it.
        items: how many items of the desk it is about now, as far as they can be counted; None for words, which are
            looked for when something is shown.
    """

    name: str
    items: int | None


def subject_of(desk: Desk, text: str) -> Subject:
    """The subject that a person named.

    Args:
        desk: that has it, or may come to have it: sources, words and titles can be named before anything is there.
        text: an item's id or address, or 'source:NAME', 'story:ID', 'word:TEXT' or 'title:ID'.

    Raises:
        UsageError: it is none of these, or the desk has no such item or story.
    """
    kind, _, name = text.strip().partition(":")
    if kind not in KINDS:
        return Subject(_item(desk, text.strip()), 1)
    if not name.strip():
        raise UsageError(f"{text!r} names no {kind}.", WAY_OUT)
    match kind:
        case "story":
            known = resolved(desk, name)
            return Subject(f"story:{known}", _count(desk, "SELECT count(*) FROM story_items WHERE story = ?", known))
        case "source":
            domain = "SELECT count(*) FROM items WHERE source = ?1 OR json_extract(document, '$.domain') = ?1"
            return Subject(f"source:{name}", _count(desk, domain, name))
        case "title":
            mentions = "SELECT count(*) FROM mentions WHERE kind = 'title' AND id = ?"
            return Subject(f"title:{name}", _count(desk, mentions, name))
        case _:
            return Subject(f"word:{' '.join(name.split())}", None)


def _item(desk: Desk, text: str) -> str:
    try:
        return item_by_id(desk, text).id
    except UsageError:
        raise UsageError(f"The desk has no item {text!r}.", WAY_OUT) from None


def _count(desk: Desk, sql: str, name: str) -> int:
    return cast(int, desk.rows(sql, (name,))[0][0])
