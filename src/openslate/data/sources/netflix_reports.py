"""Netflix's half-yearly engagement reports as they are published: which sheet, which row, which half-year.

The workbooks change from one half to the next: one sheet without runtimes and views at first, then one for series and
one for films, under changing names. So the line of column names is found by its words, and nothing is counted off.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from openslate.data.admission.refusals import Refusal, Spot
from openslate.data.sources.given import Value
from openslate.data.sources.netflix_cells import Half, half_in, kind_in, minutes, name_in, number_in, printed, yes_in
from openslate.data.sources.tabular import day_of, read_table, require, row_text
from openslate.data.sources.workbook import Broken, Sheet, read_workbook
from openslate.errors import AdmitError

STEP = 100_000.0
"""Hours and views are published in steps of so many."""
_ROWS_FOR_HEADER = 40
_FIELDS = {
    "title": "title",
    "availableglobally": "worldwide",
    "releasedate": "released",
    "hoursviewed": "hours",
    "hours": "hours",
    "runtime": "runtime",
    "views": "views",
}
_REST = re.compile(
    r"(?:all )?others?(?: (?:shows?|movies?|films?|tv|series|titles))?"
    r"|(?:grand )?totals?(?: (?:shows?|movies?|films?|tv|series|titles|views|hours|hours viewed))?",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Reported:
    """One row of a report.

    Attributes:
        half: of which half-year.
        kind: 'film', 'series', or None where the report does not say.
        name: as printed, without spaces around it.
        values: of worldwide, released, hours, runtime and views, as they came; None for nothing.
        place: what messages call the file.
        spot: where in it.
    """

    half: Half
    kind: str | None
    name: str
    values: Mapping[str, Value]
    place: str
    spot: Spot


@dataclass
class Reading:
    """What was read of the reports, and what was not.

    Attributes:
        rows: of titles.
        refused: rows that are none.
        notes: what was left out.
        ignored: columns that nothing takes.
    """

    rows: list[Reported] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    ignored: dict[str, None] = field(default_factory=dict)


def read_reports(path: Path, files: Sequence[Path], connection: duckdb.DuckDBPyConnection) -> Reading:
    """Every row of some reports.

    Args:
        path: what was named, for messages.
        files: workbooks, or tables of several halves.
        connection: where Parquet is read.

    Raises:
        AdmitError: a file is no report, or there is not one row in all of them.
    """
    reading = Reading()
    for file in files:
        if file.suffix.lower() in (".xlsx", ".xlsm"):
            _read_workbook(reading, file)
        else:
            _read_table(reading, file, connection)
    if not reading.rows:
        first = f" {reading.refused[0].sentence}" if reading.refused else ""
        raise AdmitError(f"{path.name} holds no row that could be read.{first}", "Name a report as it was published.")
    return reading


def _read_workbook(reading: Reading, path: Path) -> None:
    place = path.name
    taken = 0
    for sheet in read_workbook(path, place):
        header = _header(sheet)
        if header is None:
            reading.notes.append(f"{place}, sheet {sheet.name}: no line of column names was found; it was left out.")
            continue
        taken += 1
        at, columns = header
        above = [str(cell) for row in sheet.rows[:at] for cell in row]
        half = next((one for one in map(half_in, above) if one is not None), None) or half_in(place)
        if half is None:
            raise AdmitError(
                f"{place}, sheet {sheet.name}: neither its title nor the file's name says which half-year it is of.",
                "Name the file such as Engagement_2025Jan-Jun.xlsx.",
            )
        names = [str(cell).strip() for cell in sheet.rows[at]]
        reading.ignored.update(
            (name, None) for number, name in enumerate(names) if name and number not in columns.values()
        )
        for number, cells in enumerate(sheet.rows[at + 1 :], at + 2):
            if any(cell != "" for cell in cells):
                spot = Spot(number, row_text([printed(cell) for cell in cells]), f"sheet {sheet.name}, row")
                values = {name: cells[column] if column < len(cells) else "" for name, column in columns.items()}
                _take(reading, half, kind_in(sheet.name), values, place, spot)
    if not taken:
        raise AdmitError(
            f"{place} is no engagement report: no sheet has a line with the columns Title and Hours Viewed.",
            "Name a workbook as Netflix publishes it.",
        )


def _header(sheet: Sheet) -> tuple[int, dict[str, int]] | None:
    """The line of column names, from 0, and the place of each known column in it."""
    for number, row in enumerate(sheet.rows[:_ROWS_FOR_HEADER]):
        columns: dict[str, int] = {}
        for place, cell in enumerate(row):
            known = _FIELDS.get(re.sub(r"[^a-z]", "", str(cell).casefold()))
            if known is not None:
                columns.setdefault(known, place)
        if "title" in columns and columns.keys() & {"hours", "views"}:
            return number, columns
    return None


def _read_table(reading: Reading, path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    place = path.name
    names, rows = read_table(path, place, connection, reading.refused)
    require(names, ("half", "title"), place, "engagement reports, with the half-year of each row")
    known = {name: _FIELDS[key] for name in names if (key := re.sub(r"[^a-z]", "", name.casefold())) in _FIELDS}
    used = {*known, "half", "kind"}
    reading.ignored.update((name, None) for name in names if name not in used)
    for row in rows:
        half = half_in(str(row.values["half"]))
        if half is None:
            said = None if row.values["half"] is None else str(row.values["half"])
            reading.refused.append(Refusal(place, row.spot, "half", said, "is no half-year", "write it such as 2024H1"))
            continue
        values = {ours: row.values[theirs] for theirs, ours in known.items()}
        _take(reading, half, kind_in(str(row.values.get("kind") or "")), values, place, row.spot)


def _take(reading: Reading, half: Half, kind: str | None, cells: Mapping[str, Any], place: str, spot: Spot) -> None:
    """Put one row among those that were read, or say why it is none."""
    for name, cell in cells.items():
        if isinstance(cell, Broken):
            reading.refused.append(
                Refusal(place, spot, name, cell.said or None, cell.reason, "mend it in the workbook, and save that")
            )
            return
    name = name_in(cells["title"])
    values: dict[str, Value] = {
        "worldwide": yes_in(cells.get("worldwide")),
        "released": day_of(cells.get("released")),
        "runtime": minutes(cells.get("runtime")),
        "hours": number_in(cells.get("hours")),
        "views": number_in(cells.get("views")),
    }
    if _REST.fullmatch(name) and values["released"] is None:
        reading.notes.append(f"{place}, {spot}: {name!r} stands for no title; it was left out.")
    elif not name:
        reading.refused.append(Refusal(place, spot, "title", None, "is missing", "fill in what it is called"))
    elif values["hours"] is None and values["views"] is None:
        reading.refused.append(Refusal(place, spot, "hours", None, "is missing", "fill in the hours viewed"))
    else:
        reading.rows.append(Reported(half, kind, name, values, place, spot))
