"""A screenplay as it is read: lines with their kinds, in scenes, and what could not be read as one."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "heading", "action", "character", "parenthetical", "dialogue", "lyric", "transition", "centred", "section",
    "synopsis", "note", "page break",
]  # fmt: skip
UNSEEN = ("section", "synopsis", "note", "page break")
"""Kinds of lines that are not printed, and take no room on a page."""


@dataclass(frozen=True)
class Notice:
    """Something that a person should look at.

    Attributes:
        line: of the file, from 1; 0 for the file as a whole.
        words: what it is, in a sentence.
    """

    line: int
    words: str


@dataclass(frozen=True)
class Line:
    """A line of a screenplay, or a paragraph of it.

    Attributes:
        kind: what it is.
        text: without the marks that made it so.
        line: where it stands in the file, from 1.
        dual: of a character: speaks at the same time as the one before.
        number: of a heading: the scene's number; empty where the script gives none.
        eighths: of a heading: the length that the file tells; None where it tells none.
        page: of a heading: the page that the file tells; empty where it tells none.
    """

    kind: Kind
    text: str
    line: int
    dual: bool = False
    number: str = ""
    eighths: int | None = None
    page: str = ""


@dataclass(frozen=True)
class ScriptScene:
    """A heading and what stands below it, up to the next."""

    heading: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Script:
    """A screenplay.

    Attributes:
        title, author: as the title page has them; empty where it does not.
        title_page: all of it, as pairs of key and value.
        before: what stands before the first scene.
        scenes: in order.
        notices: what a person should look at, in order of lines.
    """

    title: str
    author: str
    title_page: tuple[tuple[str, str], ...]
    before: tuple[Line, ...]
    scenes: tuple[ScriptScene, ...]
    notices: tuple[Notice, ...]


def gathered(lines: Iterable[Line]) -> tuple[tuple[Line, ...], tuple[ScriptScene, ...]]:
    """Lines under their headings: what stands before the first heading, and the scenes.

    Example:
        >>> before, scenes = gathered([Line("action", "Black.", 1), Line("heading", "INT. QUAY", 3)])
        >>> before[0].text, scenes[0].heading.text
        ('Black.', 'INT. QUAY')
    """
    before: list[Line] = []
    scenes: list[tuple[Line, list[Line]]] = []
    for one in lines:
        if one.kind == "heading":
            scenes.append((one, []))
        else:
            (scenes[-1][1] if scenes else before).append(one)
    return tuple(before), tuple(ScriptScene(heading, tuple(below)) for heading, below in scenes)


def about_the_beginning(before: Iterable[Line]) -> list[Notice]:
    """A notice where text stands before the first scene, which no scene of a breakdown holds."""
    seen = [one for one in before if one.kind not in (*UNSEEN, "transition")]
    if not seen:
        return []
    several = f"{len(seen)} lines" if len(seen) > 1 else "a line"
    return [Notice(seen[0].line, f"Before the first scene there is text ({several}), which is in no scene.")]
