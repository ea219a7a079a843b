"""A table of one row a title, in whichever form it lies: Parquet, CSV, tab-separated text or JSON Lines."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb

from openslate.data.admission.refusals import Refusal, Spot
from openslate.data.admission.told import first_sentence
from openslate.data.sources.cutting import Dialect, cut
from openslate.data.sources.files import header_of, split_fields
from openslate.errors import AdmitError
from openslate.storage.lake import quoted

_ROWS_AT_ONCE = 10_000
DIALECTS = {".csv": Dialect(), ".tsv": Dialect(delimiter="\t", quote=None)}
FORMS = (".parquet", *DIALECTS, ".jsonl")


@dataclass(frozen=True)
class Row:
    """One row as it came.

    Attributes:
        values: by the file's names; None for nothing.
        spot: where it stands.
    """

    values: dict[str, Any]
    spot: Spot


def read_table(
    path: Path, place: str, connection: duckdb.DuckDBPyConnection, refused: list[Refusal]
) -> tuple[list[str], Iterator[Row]]:
    """The names of a file's columns, and its rows.

    Args:
        path: the file; its ending says how it is written.
        place: what messages call it.
        connection: where Parquet is read.
        refused: takes the lines that are no row.

    Raises:
        AdmitError: the ending is none of those known, or the file is damaged.
    """
    form = path.suffix.lower()
    if form == ".parquet":
        return _parquet(path, place, connection)
    if form in DIALECTS:
        names, _ = header_of(path, place, DIALECTS[form])
        return names, _text(path, place, DIALECTS[form], names, refused)
    if form == ".jsonl":
        rows = list(_objects(path, place, refused))
        return list(dict.fromkeys(name for row in rows for name in row.values)), iter(rows)
    raise AdmitError(f"{place} ends in none of {', '.join(FORMS)}.", "Name a file whose ending says how it is written.")


def require(names: list[str], needed: tuple[str, ...], place: str, what: str) -> None:
    """See that columns are there.

    Raises:
        AdmitError: one is not.
    """
    missing = [name for name in needed if name not in names]
    if missing:
        raise AdmitError(
            f"{place} has no column {missing[0]!r}. It has: {', '.join(names)[:300]}.",
            f"Name a file that holds {what}.",
        )


def _parquet(path: Path, place: str, connection: duckdb.DuckDBPyConnection) -> tuple[list[str], Iterator[Row]]:
    try:
        found = connection.execute(f"SELECT * FROM read_parquet({quoted(path)})")
        names = [str(column[0]) for column in found.description or ()]
        rows: list[tuple[Any, ...]] = []
        while some := found.fetchmany(_ROWS_AT_ONCE):
            rows.extend(some)
    except duckdb.Error as error:
        problem = first_sentence(error).replace(str(path), place)
        raise AdmitError(f"{place} is no complete Parquet file: {problem}.", "Write it anew.") from None
    return names, (
        Row(values, Spot(number, row_text(values), "row"))
        for number, values in enumerate((dict(zip(names, row, strict=True)) for row in rows), 1)
    )


def row_text(values: object) -> str:
    """A row as quarantine keeps it."""
    return json.dumps(values, ensure_ascii=False, default=str)


def _text(path: Path, place: str, dialect: Dialect, names: list[str], refused: list[Refusal]) -> Iterator[Row]:
    records = cut(path, dialect)
    next(records, None)
    for record in records:
        spot = Spot(record.line, record.text.decode(errors="backslashreplace"))
        fault = record.fault
        if fault is None and record.fields != len(names):
            fault = f"has {record.fields} fields where there should be {len(names)}"
        if fault is not None:
            refused.append(Refusal(place, spot, "", None, f"the line {fault}", "write the line anew"))
            continue
        fields = split_fields(spot.row, dialect)
        yield Row({name: field if field else None for name, field in zip(names, fields, strict=True)}, spot)


def _objects(path: Path, place: str, refused: list[Refusal]) -> Iterator[Row]:
    for record in cut(path, Dialect(delimiter=None, quote=None, header=False)):
        spot = Spot(record.line, record.text.decode(errors="backslashreplace"))
        try:
            values = json.loads(spot.row) if record.fault is None else None
        except (ValueError, RecursionError):
            values = None
        if isinstance(values, dict):
            yield Row(values, spot)
        else:
            fault = f"the line {record.fault}" if record.fault else "the line is no JSON object"
            refused.append(Refusal(place, spot, "", None, fault, "write the line anew"))


def day_of(value: object) -> date | str | None:
    """A day as admission reads it: of a moment its day, and text as it stands.

    Example:
        >>> day_of(datetime(2024, 3, 1, 12)), day_of("2024-03-01"), day_of("")
        (datetime.date(2024, 3, 1), '2024-03-01', None)
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = "" if value is None else str(value).strip()
    return text or None


def known_day(value: object) -> date | None:
    """The day that a value names in full, or None.

    Example:
        >>> known_day("2024-03-01"), known_day("2024"), known_day("soon")
        (datetime.date(2024, 3, 1), None, None)
    """
    day = day_of(value)
    if isinstance(day, date):
        return day
    try:
        return None if day is None or len(day) != 10 else date.fromisoformat(day)
    except ValueError:
        return None
