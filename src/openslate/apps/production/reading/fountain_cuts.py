"""What is cut out of a Fountain script before its lines are read: the boneyard, and notes."""

from dataclasses import dataclass

from openslate.apps.production.reading.script import Line, Notice


@dataclass(frozen=True)
class Cut:
    """A script's text without boneyard and notes.

    Attributes:
        lines: number and text of each line; a line that was cut as a whole is not among them.
        notes: what stood in `[[ ]]`, in order.
        notices: what was cut, and what was opened and never closed.
    """

    lines: tuple[tuple[int, str], ...]
    notes: tuple[Line, ...]
    notices: tuple[Notice, ...]


class _Ends:
    """Where a mark stands next; asked with growing places, it looks at every letter once."""

    def __init__(self, text: str, mark: str) -> None:
        self._text, self._mark, self._next = text, mark, -1

    def after(self, place: int) -> int:
        """The next place from `place` on; the length of the text where there is none."""
        if self._next < place:
            found = self._text.find(self._mark, place)
            self._next = found if found >= 0 else len(self._text)
        return self._next


def cut(text: str) -> Cut:
    """Cut boneyard and notes; a note ends at the latest before an empty line.

    Args:
        text: with lines ended by a line feed.

    Source: the syntax of Fountain.

    Example:
        >>> found = cut("A cat[[which?]] sits./* Not\\nfilmed. */")
        >>> found.lines, found.notes[0].text
        (((1, 'A cat sits.'),), 'which?')
    """
    opens_boneyard, closes_boneyard = _Ends(text, "/*"), _Ends(text, "*/")
    opens_note, closes_note, empty = _Ends(text, "[["), _Ends(text, "]]"), _Ends(text, "\n\n")
    pieces = _Pieces()
    place = 0
    while (begins := min(opens_boneyard.after(place), opens_note.after(place))) < len(text):
        boneyard = opens_boneyard.after(place) == begins
        pieces.keep(text[place:begins])
        ends = (closes_boneyard if boneyard else closes_note).after(begins + 2)
        if ends == len(text) or (not boneyard and empty.after(begins) < ends):
            pieces.never_closed(text[begins : begins + 2])
            place = begins + 2
        else:
            pieces.leave_out(text[begins + 2 : ends], boneyard)
            place = ends + 2
    pieces.keep(text[place:])
    return pieces.done()


class _Pieces:
    def __init__(self) -> None:
        self._line = 1
        self._open: list[str] = []
        self._open_since = 1
        self._was_cut = False
        self._lines: list[tuple[int, str]] = []
        self._notes: list[Line] = []
        self._notices: list[Notice] = []

    def keep(self, text: str) -> None:
        first, *more = text.split("\n")
        self._open.append(first)
        for one in more:
            self._finish()
            self._line += 1
            self._open, self._open_since, self._was_cut = [one], self._line, False

    def never_closed(self, mark: str) -> None:
        self._open.append(mark)
        self._notices.append(Notice(self._line, f"{mark} is opened and never closed; it is read as text."))

    def leave_out(self, text: str, boneyard: bool) -> None:
        if boneyard and text.strip():
            until = self._line + text.count("\n")
            lines = f"Lines {self._line} to {until} hold" if until > self._line else "This line holds"
            self._notices.append(Notice(self._line, f"{lines} text that is commented out (/* */); it is not read."))
        elif not boneyard:
            self._notes.append(Line("note", text.strip(), self._line))
        self._line += text.count("\n")
        self._was_cut = True

    def _finish(self) -> None:
        text = "".join(self._open)
        if text.strip() or not self._was_cut:
            self._lines.append((self._open_since, text))

    def done(self) -> Cut:
        self._finish()
        return Cut(tuple(self._lines), tuple(self._notes), tuple(self._notices))
