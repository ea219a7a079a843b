"""Cuts text into records exactly, one line at a time: the slow way, taken when something in a file is wrong.

DuckDB reads good files much faster; this module decides what a row of a bad one is. A quoted field may span lines.
Where a quote is never closed, its line alone is refused and the next line starts afresh.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LONGEST_RECORD = 1_000_000
"""Bytes of the longest record; DuckDB's own limit is twice that."""
_BLOCK = 1 << 20
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Dialect:
    """How a text file is cut into records and fields.

    Attributes:
        delimiter: between fields, or None where a line is one value, as in JSON Lines.
        quote: around fields that hold delimiters or line ends, or None where there are no quotes.
        header: whether the first record names the fields.
    """

    delimiter: str | None = ","
    quote: str | None = '"'
    header: bool = True


@dataclass(frozen=True)
class Record:
    """One record.

    Attributes:
        line: its first line, from 1.
        text: its bytes, without the line end.
        fields: how many fields it has.
        fault: what is wrong with it, or None.
    """

    line: int
    text: bytes
    fields: int
    fault: str | None = None


def cut(path: Path, dialect: Dialect) -> Iterator[Record]:
    """The records of a file in order, blank lines left out.

    Args:
        path: a UTF-8 file; a byte order mark at its start is left out.
        dialect: how it is written.
    """
    lines = _lines(path)
    again: list[tuple[int, bytes]] = []
    while True:
        number, line = again.pop() if again else next(lines, (0, b""))
        if number == 0:
            return
        if line in (b"", b"\r"):
            continue
        record, read_ahead = _record(number, line, lines, again, dialect)
        again.extend(reversed(read_ahead))
        yield record


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Numbered lines without their line feeds; of a line that is too long only the beginning."""
    with path.open("rb") as file:
        number = 0
        while line := file.readline(LONGEST_RECORD + 2):
            number += 1
            rest = line
            while rest and not rest.endswith(b"\n"):
                rest = file.readline(_BLOCK)
            yield number, (line.removeprefix(BOM) if number == 1 else line).removesuffix(b"\n")


def _record(
    number: int, line: bytes, lines: Iterator[tuple[int, bytes]], again: list[tuple[int, bytes]], dialect: Dialect
) -> tuple[Record, list[tuple[int, bytes]]]:
    """The record that starts at a line, and the lines that were read in vain."""
    text = line.removesuffix(b"\r")
    fault = _fault(text)
    if fault is not None or dialect.delimiter is None:
        return Record(number, text, 1, fault), []
    delimiter, quote = dialect.delimiter.encode(), (dialect.quote or "").encode()
    if not quote or quote not in text:
        fault = "holds a bare carriage return" if b"\r" in text else None
        return Record(number, text, text.count(delimiter) + 1, fault), []
    state = _scan(text, delimiter, quote, False)
    whole, taken, fields = line, [], state.fields
    while state.open and len(whole) <= LONGEST_RECORD:
        following = again.pop() if again else next(lines, None)
        if following is None:
            break
        taken.append(following)
        whole += b"\n" + following[1]
        state = _scan(following[1].removesuffix(b"\r"), delimiter, quote, True)
        fields += state.fields - 1
    if state.open:
        return Record(number, text, fields, "opens a quote that is never closed"), taken
    if state.broken:
        return Record(number, text, fields, "has text right after a closing quote"), taken
    whole = whole.removesuffix(b"\r")
    return Record(number, whole, fields, _fault(whole)), []


@dataclass(frozen=True)
class _State:
    fields: int
    open: bool = False
    broken: bool = False


def _scan(line: bytes, delimiter: bytes, quote: bytes, inside: bool) -> _State:
    """Walk along one line, from field to field.

    Args:
        line: without its end.
        delimiter: one byte.
        quote: one byte.
        inside: whether the line starts within a quoted field.
    """
    at, fields = 0, 1
    while True:
        start = at if inside else _skip_spaces(line, at)
        if inside or line[start : start + 1] == quote:
            at = start if inside else start + 1
            inside = False
            while True:
                at = line.find(quote, at)
                if at < 0:
                    return _State(fields, open=True)
                if line[at + 1 : at + 2] != quote:
                    break
                at += 2
            at = _skip_spaces(line, at + 1)
            if at < len(line) and line[at : at + 1] != delimiter:
                return _State(fields, broken=True)
        else:
            at = line.find(delimiter, at)
        if at < 0 or at >= len(line):
            return _State(fields)
        at, fields = at + 1, fields + 1


def _skip_spaces(line: bytes, at: int) -> int:
    while line[at : at + 1] == b" ":
        at += 1
    return at


def _fault(text: bytes) -> str | None:
    if len(text) > LONGEST_RECORD:
        return f"is longer than {LONGEST_RECORD:,} bytes"
    if b"\0" in text:
        return "holds a NUL byte"
    try:
        text.decode()
    except UnicodeDecodeError as error:
        return f"is not UTF-8: byte {error.start + 1} is 0x{text[error.start]:02x}"
    return None
