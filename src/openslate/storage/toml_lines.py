"""On which line of a TOML file each value stands, so that whoever mends it finds it."""

import re
from collections.abc import Mapping

Place = tuple[str | int, ...]
"""Where a value lies: names of fields, and numbers of list entries from 0."""

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)|(?P<newline>\n)|(?P<space>[^\S\n]+)
    |(?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5}|'{3}.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
    |(?P<mark>[\[\]{},=.])|(?P<bare>[^\s\[\]{},=.\#"']+)""",
    re.VERBOSE | re.DOTALL,
)


def toml_lines(text: str) -> Mapping[Place, int]:
    """The line, from 1, of every value of a TOML text by its place; of the whole by the empty one.

    Args:
        text: valid TOML.

    Example:
        >>> lines = toml_lines('name = "A"\\n[[cast]]\\nid = "1"\\n[[cast]]\\nrate = { day = 3 }\\n')
        >>> lines["cast", 1, "rate", "day"], lines["cast", 0]
        (5, 2)
    """
    return _Scan(text).lines


def line_of(lines: Mapping[Place, int], place: Place) -> int:
    """The line of a value, or of what it would lie in where it is not there."""
    return next(lines[place[:end]] for end in range(len(place), -1, -1) if place[:end] in lines)


class _Scan:
    """Goes along the tokens of a text once, and notes where keys and list entries begin."""

    def __init__(self, text: str) -> None:
        self.lines: dict[Place, int] = {(): 1}
        self._tokens: list[tuple[str, int]] = []
        line = 1
        for found in _TOKEN.finditer(text):
            if found.lastgroup not in ("comment", "space"):
                self._tokens.append((found.group(0), line))
            line += found.group(0).count("\n")
        self._at = 0
        self._last_entry: dict[Place, int] = {}
        table: Place = ()
        while self._at < len(self._tokens):
            if self._peek() == "\n":
                self._at += 1
            elif self._peek() == "[":
                table = self._header()
            else:
                self._pair(table)

    def _peek(self) -> str:
        return self._tokens[self._at][0] if self._at < len(self._tokens) else ""

    def _take(self) -> tuple[str, int]:
        token = self._tokens[self._at]
        self._at += 1
        return token

    def _header(self) -> Place:
        """A `[table]` or `[[entry]]`; the place of what follows."""
        _, line = self._take()
        entry = self._peek() == "["
        if entry:
            self._at += 1
        place: Place = ()
        keys = self._key()
        for number, key in enumerate(keys, start=1):
            place = (*place, key)
            if entry and number == len(keys):
                self.lines.setdefault(place, line)
                self._last_entry[place] = self._last_entry.get(place, -1) + 1
            if place in self._last_entry:
                place = (*place, self._last_entry[place])
            self.lines.setdefault(place, line)
        self._at += 2 if entry else 1
        return place

    def _key(self) -> list[str]:
        """A key that may be dotted and quoted, up to the mark that ends it."""
        parts = []
        while self._peek() not in ("=", "]", ""):
            part, _ = self._take()
            if part != ".":
                parts.append(part[1:-1] if part[0] in "\"'" else part)
        return parts

    def _pair(self, table: Place) -> None:
        line = self._tokens[self._at][1]
        place = table
        for key in self._key():
            place = (*place, key)
            self.lines.setdefault(place, line)
        self._at += 1
        self._value(place)

    def _value(self, place: Place) -> None:
        if self._peek() == "[":
            self._list(place)
        elif self._peek() == "{":
            self._inline_table(place)
        else:
            while self._peek() not in (",", "]", "}", "\n", ""):
                self._at += 1

    def _list(self, place: Place) -> None:
        self._at += 1
        number = 0
        while self._peek() not in ("]", ""):
            if self._peek() in ("\n", ","):
                self._at += 1
                continue
            self.lines[(*place, number)] = self._tokens[self._at][1]
            self._value((*place, number))
            number += 1
        self._at += 1

    def _inline_table(self, place: Place) -> None:
        self._at += 1
        while self._peek() not in ("}", ""):
            if self._peek() in ("\n", ","):
                self._at += 1
                continue
            self._pair(place)
        self._at += 1
