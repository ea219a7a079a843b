"""Text files on their way in: CSV, MovieLens' `.dat` and JSON Lines, read by DuckDB where they are well-formed.

Where they are not, `mended` writes a clean copy record by record, sends what cannot be a row to quarantine, and
remembers which line each row came from.
"""

import json
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from openslate.data.admission.part import Sink
from openslate.data.admission.refusals import Refusal, Spot
from openslate.data.admission.scratch import Scratch
from openslate.data.schema import Table
from openslate.data.sources.cutting import BOM, Dialect, Record, cut
from openslate.errors import AdmitError
from openslate.storage.lake import quoted

NO_DELIMITER = "\x1e"
"""The record separator, which stands in no JSON text, so that DuckDB reads a line as one value."""
_READ_BUFFER = 1 << 20


@dataclass(frozen=True)
class Places:
    """From row numbers to line numbers: a step function, kept at the rows where it changes.

    Attributes:
        rows: the first row of each step, ascending; the first is 0.
        shifts: what is added to a row's number to get its line.
    """

    rows: list[int] = field(default_factory=list)
    shifts: list[int] = field(default_factory=list)

    def add(self, row: int, line: int) -> None:
        """Say on which line a row is; rows come in order."""
        if not self.shifts or self.shifts[-1] != line - row:
            self.rows.append(row)
            self.shifts.append(line - row)

    def line(self, row: int) -> int:
        """The line of a row.

        Example:
            >>> places = Places()
            >>> places.add(0, 2); places.add(1, 3); places.add(2, 7)
            >>> places.line(1), places.line(5)
            (3, 10)
        """
        return row + self.shifts[bisect_right(self.rows, row) - 1]


@dataclass(frozen=True)
class TextPart:
    """A text file as rows of one table.

    Stability: internal.

    Attributes:
        table: where the rows go.
        place: what messages call the file.
        path: the file; UTF-8.
        dialect: how it is written.
        fields: how many fields a record has.
        values: from the schema's names to SQL over the fields `f0`, `f1`, ..., all of them text.
        ignored: fields that no table has.
        odd: whether something in it, such as a NUL byte, would pass DuckDB unseen.
        lines: line of each row in the original, known once the file was cut.
        starts: line of each row in `path`, likewise.
        records: how many rows there are, likewise.
    """

    table: Table
    place: str
    path: Path
    dialect: Dialect
    fields: int
    values: Mapping[str, str]
    ignored: tuple[str, ...] = ()
    odd: bool = False
    lines: Places | None = None
    starts: Places | None = None
    records: int | None = None

    @property
    def types(self) -> Mapping[str, str]:
        """Everything in a text file is text."""
        return dict.fromkeys(self.values, "VARCHAR")

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """Only mending refuses rows, and tells the sink."""
        return ()

    @property
    def nul_possible(self) -> bool:
        """Only JSON can write NUL by other means than the byte, which `mended` refuses."""
        return self.dialect.delimiter is None

    def relation(self) -> str:
        """SQL of all rows, in order."""
        return self._read(self.path, self.dialect.header, clean=self.records is not None)

    def subset(self, rows: NDArray[np.int64], spots: Sequence[Spot], scratch: Scratch) -> str:
        """SQL of some rows, which are copied to a file of their own."""
        path = scratch.path(".part")
        path.write_bytes(b"".join(spot.row.encode() + b"\n" for spot in spots))
        return self._read(path, header=False, clean=True)

    def certain(self, total: int) -> bool:
        """Whether each row has a line of its own, so that a row's number gives its line, or all were counted."""
        if self.records is not None:
            return True
        with self.path.open("rb") as file:
            ends, last = 0, b"\n"
            while block := file.read(_READ_BUFFER):
                ends += block.count(b"\n")
                last = block[-1:]
        return ends + (last != b"\n") == total + self.dialect.header

    def check(self, total: int) -> None:
        """See that DuckDB found as many rows in a clean copy as were written to it.

        Raises:
            AdmitError: it did not.
        """
        if self.records is not None and self.records != total:
            raise AdmitError(
                f"{self.place} can be read in two ways: as {self.records} rows and as {total}.",
                "Write it anew with every value in quotes, as RFC 4180 describes.",
            )

    def locate(self, rows: NDArray[np.int64]) -> Iterator[Spot]:
        """Lines and texts of some rows, in one walk through the file."""
        lines = self.lines if self.lines is not None else _straight(self.dialect.header)
        starts = self.starts if self.starts is not None else lines
        with self.path.open("rb", buffering=_READ_BUFFER) as file:
            at = 1
            for row in rows.tolist():
                start, end = starts.line(row), starts.line(row + 1)
                text = b"".join(islice(file, start - at, end - at))
                at = end
                yield Spot(lines.line(row), text.removeprefix(BOM).removesuffix(b"\n").removesuffix(b"\r").decode())

    def no_row(self, spot: Spot) -> str | None:
        """A line of JSON Lines must be an object; records of other files were counted field by field."""
        if self.dialect.delimiter is not None:
            return None
        try:
            return None if isinstance(json.loads(spot.row), dict) else "the line is no JSON object"
        except ValueError:
            return "the line is no JSON object"

    def mended(self, scratch: Scratch, sink: Sink, problem: str) -> "TextPart":
        """The same rows from a clean copy; the sink gets every record that is not one."""
        path, lines, starts = scratch.path(".part"), Places(), Places()
        records = cut(self.path, self.dialect)
        if self.dialect.header:
            next(records, None)
        with path.open("wb") as copy:
            row, at = 0, 1
            for record in records:
                text, fault = self._fitted(record)
                if fault is not None:
                    spot = Spot(record.line, record.text.decode(errors="backslashreplace"))
                    sink(Refusal(self.place, spot, "", None, *fault))
                    continue
                copy.write(text + b"\n")
                lines.add(row, record.line)
                starts.add(row, at)
                row, at = row + 1, at + 1 + text.count(b"\n")
            starts.add(row, at)
        headless = replace(self.dialect, header=False)
        return replace(self, path=path, dialect=headless, odd=False, lines=lines, starts=starts, records=row)

    def _fitted(self, record: Record) -> tuple[bytes, tuple[str, str] | None]:
        """A record's text with the number of fields there should be, or what is wrong with it and the way out."""
        if record.fault is not None:
            return record.text, (f"the line {record.fault}", "write the line anew")
        text, surplus = record.text, record.fields - self.fields
        delimiter = (self.dialect.delimiter or "").encode()
        while surplus > 0 and text.endswith(delimiter):
            text, surplus = text.removesuffix(delimiter), surplus - 1
        if surplus:
            said = f"the line has {record.fields} fields where there should be {self.fields}"
            return text, (said, "quote values that hold the delimiter" if surplus > 0 else "add the missing fields")
        return text, None

    def _read(self, path: Path, header: bool, clean: bool) -> str:
        columns = ", ".join(f"'f{number}': 'VARCHAR'" for number in range(self.fields))
        values = ", ".join(f'{value} AS "{name}"' for name, value in self.values.items())
        # Told nothing, DuckDB takes the first line end for that of all lines, even where a quoted value holds it.
        ends = ", new_line = '\\n'" if clean else ""
        blank = " WHERE f0 IS NOT NULL" if self.fields == 1 else ""
        return (
            f"(SELECT {values} FROM read_csv({quoted(path)}, auto_detect = false, columns = {{{columns}}}, "
            f"header = {header}, delim = {quoted(self.dialect.delimiter or NO_DELIMITER)}, "
            f"quote = {quoted(self.dialect.quote or '')}, escape = {quoted(self.dialect.quote or '')}, "
            f"strict_mode = true, compression = 'none'{ends}){blank})"
        )


def _straight(header: bool) -> Places:
    places = Places()
    places.add(0, 1 + header)
    return places
