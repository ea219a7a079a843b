"""Reading Final Draft: a screenplay in XML, whose paragraphs say what they are."""

import re
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from openslate.apps.production.reading.final_draft_parser import Paragraph, RefusedDocument, paragraphs
from openslate.apps.production.reading.plain_text import read_bytes
from openslate.apps.production.reading.script import Kind, Line, Notice, Script, about_the_beginning, gathered
from openslate.errors import AdmitError

LARGEST_MEGABYTES = 32
LONGEST_SCENE = 8 * 999
"""Eighths of a page; more than that is no scene's length."""
KINDS: dict[str, Kind] = {
    "Scene Heading": "heading",
    "Action": "action",
    "General": "action",
    "Shot": "action",
    "Cast List": "action",
    "Character": "character",
    "Parenthetical": "parenthetical",
    "Dialogue": "dialogue",
    "Singing": "lyric",
    "Lyrics": "lyric",
    "Transition": "transition",
    "New Act": "section",
    "End of Act": "section",
}
_LENGTH = re.compile(r"(?:(\d{1,3})(?:\s+|$))?(?:(\d{1,3})/8)?")
_BY = re.compile(r"(?:(?:screenplay|script|story|written)\s+)?by\b[ :]*", re.IGNORECASE)


def read_final_draft(path: Path) -> Script:
    """The screenplay that a Final Draft file (.fdx) holds.

    Raises:
        AdmitError: the file cannot be read, is larger than 32 MB, is no Final Draft file, declares a document type or
            an entity, or lies too deep; with the line.

    Source: no specification is published; files that Final Draft and others have written.
    """
    held = read_bytes(path, LARGEST_MEGABYTES, "A screenplay has some megabytes at most; name another file.")
    try:
        return final_draft(held)
    except RefusedDocument as error:
        raise AdmitError(f"{path}, {error}.", "Save it from Final Draft as .fdx once more.") from None


def final_draft(document: bytes) -> Script:
    """The screenplay that the bytes of a Final Draft file hold.

    Raises:
        RefusedDocument: they are no such file, or are not safe to read.

    Example:
        >>> held = b'''<FinalDraft><Content><Paragraph Type="Scene Heading" Number="3"><SceneProperties Length="1 2/8"/>
        ... <Text>INT. QUAY - DAY</Text></Paragraph></Content></FinalDraft>'''
        >>> scene = final_draft(held).scenes[0].heading
        >>> scene.number, scene.eighths
        ('3', 10)
    """
    found = paragraphs(document)
    notices: list[Notice] = []
    lines = [line for one in found if not one.title_page for line in _line(one, notices)]
    notices += _omitted(found)
    before, scenes = gathered(lines)
    pairs = _title_page(one.text.strip() for one in found if one.title_page and not one.note)
    keyed = dict(pairs)
    notices = sorted([*notices, *about_the_beginning(before)], key=lambda one: one.line)
    return Script(keyed.get("title", ""), keyed.get("author", ""), pairs, before, scenes, tuple(notices))


def _line(one: Paragraph, notices: list[Notice]) -> Iterable[Line]:
    text = one.text.strip()
    if one.note or one.omitted:
        return [Line("note", text, one.line)] if text else []
    kind = KINDS.get(one.kind)
    if kind != "heading" and not text:
        return []
    if kind is None:
        if not one.kind.startswith("Outline"):
            notices.append(Notice(one.line, f"A paragraph of the kind {one.kind[:40]!r} is read as action."))
        kind = "section" if one.kind.startswith("Outline") else "action"
    if kind == "heading" and not text:
        notices.append(Notice(one.line, "A scene's heading has no text."))
    return [Line(kind, text, one.line, one.dual, one.number.strip(), _eighths(one, notices), one.page.strip())]


def _omitted(found: Iterable[Paragraph]) -> list[Notice]:
    notices: list[Notice] = []
    for omitted, run in groupby(found, key=lambda one: one.omitted):
        rows = [one for one in run if one.text.strip()]
        if omitted and rows:
            count = f"{len(rows)} paragraphs" if len(rows) > 1 else "a paragraph"
            notices.append(Notice(rows[0].line, f"The file keeps what was omitted here ({count}); it is not read."))
    return notices


def _eighths(one: Paragraph, notices: list[Notice]) -> int | None:
    length = one.length.strip()
    if not length:
        return None
    found = _LENGTH.fullmatch(length)
    eighths = 8 * int(found[1] or 0) + int(found[2] or 0) if found else 0
    if not 1 <= eighths <= LONGEST_SCENE:
        notices.append(
            Notice(one.line, f"The length {length[:20]!r} is no pages and eighths; it is estimated instead.")
        )
        return None
    return eighths


def _title_page(texts: Iterable[str]) -> tuple[tuple[str, str], ...]:
    rows = [text for text in texts if text]
    if not rows:
        return ()
    pairs = [("title", rows[0])]
    author_next = False
    for text in rows[1:]:
        by = _BY.match(text)
        rest = text[by.end() :].strip() if by else ""
        is_author = author_next or bool(rest)
        pairs.append(("author" if is_author else "text", rest if by and rest else text))
        author_next = by is not None and not rest
    return tuple(pairs)
