"""Tables as CSV, as spreadsheets write them: read with the line of every row, written so that no cell is a formula."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from openslate.apps.production.reading.plain_text import read_text
from openslate.drawing.words import printable
from openslate.errors import AdmitError

LARGEST_MEGABYTES = 8
MOST_ROWS = 50_000
FORMULAS = ("=", "+", "-", "@")
GUARD = "'"
DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes:
        path: of the file.
        line: on which the row begins.
        cells: by column.
    """

    path: Path
    line: int
    cells: Mapping[str, str]

    def refused(self, column: str, why: str, way_out: str) -> AdmitError:
        """The error that names file, line, column and value.

        Example:
            >>> str(Row(Path("scenes.csv"), 3, {"pages": "x"}).refused("pages", "it is no length", "Write 1 4/8."))
            "scenes.csv, line 3, column pages, 'x': it is no length. Write 1 4/8."
        """
        value = self.cells.get(column, "")[:60]
        return AdmitError(f"{self.path}, line {self.line}, column {column}, {value!r}: {why}.", way_out)


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; `unguarded` undoes it.

    Example:
        >>> guarded("=1+1"), guarded("Mira"), unguarded(guarded("'=1"))
        ("'=1+1", 'Mira', "'=1")
    """
    return GUARD + cell if cell.startswith((*FORMULAS, GUARD)) else cell


def unguarded(cell: str) -> str:
    """A cell as it was before `guarded`; others stay as they are."""
    return cell[1:] if cell.startswith(GUARD) and cell[1:2] in (*FORMULAS, GUARD) else cell


def table_text(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table as CSV, with commas and lines that end in a carriage return and a line feed."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()


def table_rows(path: Path, columns: Sequence[str], needed: Sequence[str]) -> list[Row]:
    """The rows of a CSV file; empty rows are left out.

    Semicolons and tabs part cells as commas do, whichever the first row has; columns may stand in any order.

    Args:
        path: of the file.
        columns: those that a table may have.
        needed: those that it must have.

    Raises:
        AdmitError: it cannot be read, has another column or too many cells; with the line.
    """
    text = read_text(path, LARGEST_MEGABYTES, "A breakdown has some hundred kilobytes; name another file.")
    first = text.split("\n", 1)[0]
    delimiter = max(DELIMITERS, key=first.count)
    lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[Row] = []
    header: list[str] = []
    begins = 1
    try:
        for cells in lines:
            if not header:
                header = _header(path, begins, cells, columns, needed)
            elif any(cell.strip() for cell in cells):
                found.append(_row(path, begins, header, cells))
            begins = lines.line_num + 1
            if len(found) > MOST_ROWS:
                raise AdmitError(f"{path} has more than {MOST_ROWS:,} rows.", "Name the table of one shoot.")
    except csv.Error as error:
        way_out = "Save it from a spreadsheet as CSV in UTF-8."
        raise AdmitError(f"{path}, line {begins}: it is no CSV: {error}.", way_out) from None
    if not header:
        raise AdmitError(f"{path} is empty.", f"Its first row names columns: {', '.join(needed)} at least.")
    return found


def _header(path: Path, line: int, cells: list[str], columns: Sequence[str], needed: Sequence[str]) -> list[str]:
    names = [printable(cell).lower() for cell in cells]
    while names and not names[-1]:
        names.pop()
    for name in names:
        if name not in columns:
            raise AdmitError(f"{path}, line {line}: there is no column {name!r}.", f"Columns are {', '.join(columns)}.")
        if names.count(name) > 1:
            raise AdmitError(f"{path}, line {line}: column {name!r} is there twice.", "Take one of them out.")
    missing = [name for name in needed if name not in names]
    if missing:
        raise AdmitError(
            f"{path}, line {line}: column {missing[0]!r} is missing.", f"Columns are {', '.join(columns)}."
        )
    return names


def _row(path: Path, line: int, header: list[str], cells: list[str]) -> Row:
    if any(cell.strip() for cell in cells[len(header) :]):
        said = f"{path}, line {line}: there are {len(cells)} cells under {len(header)} columns."
        raise AdmitError(said, "Put cells that hold commas into quotes.")
    values = (unguarded(printable(cell)) for cell in cells)
    return Row(path, line, {name: value for name, value in zip(header, values, strict=False) if value})
