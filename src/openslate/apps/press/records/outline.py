"""Front matter as an outline: what stands under which name, and on which line; the part of YAML that records use."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from openslate.apps.press.records.scalars import unquoted
from openslate.errors import AdmitError

FENCE = "---"
WAY_OUT = "Write it as docs/press-records.md shows."
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9]*):(?: (.*))?")
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,17})")

Value = str | int | bool | None | list["Value"] | dict[str, "Value"]
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Outline:
    """What a text holds.

    Attributes:
        values: by name, as deep as the text is.
        lines: of each path, counted from 1.
        line_end: of the text.
    """

    values: dict[str, Value]
    lines: dict[Path, int] = field(default_factory=dict)
    line_end: str = "\n"

    def line_of(self, path: Path) -> int:
        """The line of a path, or of what it would stand in."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)


@dataclass
class _Lines:
    """Lines that are still to be read."""

    name: str
    lines: list[tuple[int, str]]
    place: int = 0
    at: dict[Path, int] = field(default_factory=dict)

    def peek(self) -> tuple[int, str] | None:
        """The next one, with its number; None at the end."""
        return self.lines[self.place] if self.place < len(self.lines) else None

    def refused(self, line: int, why: str) -> AdmitError:
        """That a line is wrong."""
        return AdmitError(f"{self.name}, line {line}: {why}.", WAY_OUT)


def read_outline(text: str, name: str) -> Outline:
    """The outline of a record's text.

    Args:
        text: of the file.
        name: of the file, for refusals.

    Raises:
        AdmitError: it is no such text; it says which line is wrong.
    """
    line_end = "\r\n" if "\r\n" in text else "\n"
    bare = text.replace("\r\n", "\n")
    if bare.count("\n") != text.count(line_end) or "\r" in bare:
        raise AdmitError(f"{name} ends its lines in two ways.", "Let all of them end in the same.")
    rows = bare.split("\n")
    ends = [place for place, row in enumerate(rows) if row == FENCE]
    if not ends or ends[0] != 0 or len(ends) < 2:
        raise AdmitError(f"{name} does not stand between two lines of ---.", WAY_OUT)
    body = [place for place, row in enumerate(rows[ends[1] + 1 :], start=ends[1] + 2) if row.strip()]
    if body:
        raise AdmitError(f"{name}, line {body[0]}: a record has no text below its second ---.", "Take it out.")
    lines = [(place, row) for place, row in enumerate(rows[1 : ends[1]], start=2) if row]
    reader = _Lines(name, lines)
    values = _mapping(reader, 0, ())
    return Outline(values, reader.at, line_end)


def _mapping(reader: _Lines, indent: int, path: Path) -> dict[str, Value]:
    found: dict[str, Value] = {}
    while (here := reader.peek()) is not None:
        number, row = here
        if _indent(row) != indent or row[indent:].startswith("- "):
            break
        matched = _FIELD.fullmatch(row[indent:])
        if matched is None:
            raise reader.refused(number, f"{row.strip()[:60]!r} is no name with a value")
        key, written = matched.group(1), matched.group(2)
        if key in found:
            raise reader.refused(number, f"{key} is there twice")
        reader.at[(*path, key)] = number
        reader.place += 1
        found[key] = _nested(reader, indent, (*path, key)) if written is None else _scalar(reader, number, key, written)
    _check_indent(reader, indent)
    return found


def _nested(reader: _Lines, indent: int, path: Path) -> Value:
    here = reader.peek()
    if here is None or _indent(here[1]) != indent + 2:
        return None
    if here[1][indent + 2 :].startswith("- "):
        return list(_items(reader, indent + 2, path))
    return dict(_mapping(reader, indent + 2, path))


def _items(reader: _Lines, indent: int, path: Path) -> Iterator[Value]:
    place = 0
    while (here := reader.peek()) is not None:
        number, row = here
        if _indent(row) != indent or not row[indent:].startswith("- "):
            break
        item, where = row[indent + 2 :], (*path, place)
        reader.at[where] = number
        if _FIELD.fullmatch(item) and not item.startswith('"'):
            # Its first field stands behind the dash; the others below it, two further in.
            reader.lines[reader.place] = (number, " " * (indent + 2) + item)
            yield dict(_mapping(reader, indent + 2, where))
        else:
            reader.place += 1
            yield _scalar(reader, number, f"item {place + 1}", item)
        place += 1
    _check_indent(reader, indent)


def _check_indent(reader: _Lines, indent: int) -> None:
    here = reader.peek()
    if here is not None and _indent(here[1]) > indent:
        raise reader.refused(here[0], "it stands further in than what it belongs to")


def _scalar(reader: _Lines, number: int, name: str, written: str) -> Value:
    if not written or written != written.strip():
        raise reader.refused(number, f"{name} has a space too many, or nothing behind the colon")
    if written.startswith('"'):
        try:
            return unquoted(written)
        except ValueError as error:
            raise reader.refused(number, f"{name} is wrong: {error}") from None
    if written in ("true", "false"):
        return written == "true"
    return int(written) if _WHOLE.fullmatch(written) else written


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))
