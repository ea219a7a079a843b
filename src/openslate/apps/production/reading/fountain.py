"""Reading Fountain: a screenplay in plain text, whose elements are told by how lines look and where they stand."""

import re
from pathlib import Path

from openslate.apps.production.reading.fountain_cuts import Cut, cut
from openslate.apps.production.reading.fountain_marks import (
    is_almost_heading,
    is_cue,
    is_heading,
    is_transition,
    numbered,
    plain,
    title_page,
)
from openslate.apps.production.reading.plain_text import read_text
from openslate.apps.production.reading.script import Kind, Line, Notice, Script, about_the_beginning, gathered

LARGEST_MEGABYTES = 8
AUTHORS = ("author", "authors", "writer", "writers")
_BREAK = re.compile(r"={3,}")
OPENS_NO_GAP = ("page break", "section", "synopsis")


def read_fountain(path: Path) -> Script:
    """The screenplay that a Fountain file holds.

    Raises:
        AdmitError: the file cannot be read, is larger than 8 MB, or is no text in UTF-8; with the line.

    Source: the syntax of Fountain.
    """
    return fountain(read_text(path, LARGEST_MEGABYTES, "A screenplay has some hundred kilobytes; name another file."))


def fountain(text: str) -> Script:
    r"""The screenplay that a text in Fountain holds.

    Args:
        text: with lines ended by a line feed.

    Source: the syntax of Fountain.

    Example:
        >>> script = fountain("Title: Low Water\n\nEXT. QUAY - DAY #1#\n\nMIRA (O.S.)\nIs it out?\n")
        >>> script.title, script.scenes[0].heading.number, [one.kind for one in script.scenes[0].lines]
        ('Low Water', '1', ['character', 'dialogue'])
    """
    held = cut(text)
    pairs, taken = title_page(list(held.lines))
    reader = _Reader(held, taken)
    before, scenes = gathered(reader.read())
    keyed = dict(reversed(pairs))
    author = next((keyed[one] for one in AUTHORS if keyed.get(one)), "")
    notices = [*held.notices, *reader.notices, *about_the_beginning(before)]
    notices.sort(key=lambda one: one.line)
    return Script(keyed.get("title", ""), author, tuple(pairs), before, scenes, tuple(notices))


class _Reader:
    def __init__(self, held: Cut, taken: int) -> None:
        self._held, self._place = held, taken
        self._speaking = False
        self._gap = True
        """Whether a line may begin something new: at the top, after an empty line or what is not printed."""
        self._found: list[Line] = []
        self._number = 0
        self.notices: list[Notice] = []

    def read(self) -> list[Line]:
        notes = iter(self._held.notes)
        note = next(notes, None)
        lines = self._held.lines
        for place in range(self._place, len(lines)):
            self._number, text = lines[place]
            while note is not None and note.line < self._number:
                self._found.append(note)
                note = next(notes, None)
            following = lines[place + 1][1] if place + 1 < len(lines) else ""
            self._take(text, following)
        self._found.extend([] if note is None else [note, *notes])
        return self._found

    def _take(self, text: str, following: str) -> None:
        bare = text.strip()
        if not bare:
            self._gap = not (self._speaking and text.startswith("  "))
            self._speaking = self._speaking and not self._gap
            return
        if not (self._marked(bare) or (self._gap and self._begins(bare, following))):
            self._continues(text, bare)
        self._gap = self._found[-1].kind in OPENS_NO_GAP

    def _add(self, kind: Kind, text: str, dual: bool = False, number: str = "") -> bool:
        self._speaking = kind in ("character", "dialogue", "parenthetical") or (kind == "lyric" and self._speaking)
        self._found.append(Line(kind, plain(text).strip(), self._number, dual, number))
        return True

    def _marked(self, bare: str) -> bool:
        if _BREAK.fullmatch(bare):
            return self._add("page break", "")
        if bare.startswith("~"):
            return self._add("lyric", bare[1:])
        if bare.startswith("!"):
            return self._add("action", bare[1:])
        if bare.startswith(">"):
            centred = bare.endswith("<") and len(bare) > 1
            return self._add("centred", bare[1:-1]) if centred else self._add("transition", bare[1:])
        if self._speaking:
            return False
        if bare.startswith("#"):
            return self._add("section", bare.lstrip("#"))
        return bare.startswith("=") and self._add("synopsis", bare[1:])

    def _begins(self, bare: str, following: str) -> bool:
        forced = bare.startswith(".") and not bare.startswith("..") and len(bare) > 1
        if forced or is_heading(bare):
            heading, number = numbered(bare[1:] if forced else bare)
            return self._add("heading", heading, number=number)
        if bare.startswith("@") and len(bare) > 1:
            return self._cue(bare[1:])
        if is_almost_heading(bare):
            words = "This line looks like a scene's heading, and begins with neither INT. nor EXT.; it is read as text."
            self.notices.append(Notice(self._number, words))
            return self._add("action", bare)
        if is_transition(bare):
            return self._add("transition", bare)
        return is_cue(bare) and bool(following.strip() or following == "  ") and self._cue(bare)

    def _cue(self, bare: str) -> bool:
        return self._add("character", bare.removesuffix("^"), dual=bare.endswith("^"))

    def _continues(self, text: str, bare: str) -> None:
        if is_heading(bare):
            words = "This line looks like a scene's heading, but no empty line is above it; it is read as text."
            self.notices.append(Notice(self._number, words))
        if not self._speaking:
            self._add("action", text)
        elif bare.startswith("(") and bare.endswith(")"):
            self._add("parenthetical", bare)
        else:
            self._add("dialogue", bare)
