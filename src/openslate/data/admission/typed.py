"""Raw rows written down with the schema's types: one pass over the source, in which a wrong row loses its key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from openslate.data.admission import casting
from openslate.data.admission.casting import TimeForm, TimeUnit, identifier
from openslate.data.admission.part import Part
from openslate.data.schema import Table
from openslate.storage.lake import copy_to, quoted

LARGEST_IN_MEMORY = 4 << 30
"""Bytes of the largest source whose rows are kept in DuckDB, which spills what does not fit."""
_SAMPLES = 1_000
_FIRST_ROWS = 50_000


@dataclass(frozen=True)
class TypedPart:
    """A part after its values got their types; a row that is wrong has no key.

    Attributes:
        part: where the rows came from.
        relation: SQL of the rows with `place`, their number from 0.
        path: the Parquet file that holds them, or None where a temporary table does.
        rows: how many they are.
        first: how many rows of the table came in earlier parts.
        forms: how each time column is written.
    """

    part: Part
    relation: str
    path: Path | None
    rows: int
    first: int
    forms: Mapping[str, TimeForm]

    def numbered(self) -> str:
        """SQL of the rows with `ordinal`, their number over all parts of the table."""
        return f"SELECT *, place + {self.first} AS ordinal FROM {self.relation}"

    def holds(self, ordinal: int) -> bool:
        """Whether a row of the table is one of these."""
        return self.first <= ordinal < self.first + self.rows


def all_rows(typed: Sequence[TypedPart]) -> str:
    """SQL of all rows of a table with their `ordinal`."""
    return "(" + " UNION ALL ".join(part.numbered() for part in typed) + ")"


def write_typed(
    connection: duckdb.DuckDBPyConnection,
    part: Part,
    path: Path,
    first: int,
    unit: TimeUnit | None,
    now: str,
    label: str,
    titles: str | None,
) -> TypedPart:
    """Write a part's rows with the schema's types, as a Parquet file that can become a shard as it is.

    Where the first rows show that some will be left out, the shard must be written a second time anyway; then the rows
    are kept in DuckDB instead, unless there are too many.

    Args:
        connection: where the query runs.
        part: the rows.
        path: the Parquet file to write.
        first: how many rows of the table came in earlier parts.
        unit: how times are written, or None to recognise it.
        now: the moment of the import, as SQL text.
        label: goes into the file.
        titles: SQL of the titles there are, where the rows must name one of them.

    Raises:
        AdmitError: a column has a type that cannot be meant, or times in two forms.
        duckdb.Error: the source is not well-formed, or there is no room.
    """
    table = part.table
    forms = _time_forms(connection, part, unit)
    key = identifier(table.key[0])
    others = ", ".join(identifier(column.name) for column in table.columns if column.name != table.key[0])
    faults = casting.faults(table, part.types, now, part.nul_possible)
    wrong = " OR ".join(sql for found in faults.values() for _, sql in found)
    query = f"SELECT CASE WHEN {wrong} THEN NULL ELSE {key} END AS {key}, {others} FROM {typed_rows(part, forms)}"
    if part.path.stat().st_size <= LARGEST_IN_MEMORY and _wrong_at_first(connection, query, table, titles):
        kept = identifier(f"rows from {first}")
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {kept} AS {query}")
        rows = int(connection.execute(f"SELECT count(*) FROM {kept}").fetchall()[0][0])
        return TypedPart(part, f"(SELECT *, rowid AS place FROM {kept})", None, rows, first, forms)
    rows = copy_to(connection, query, path, label)
    numbered = "* EXCLUDE (file_row_number), file_row_number AS place"
    relation = f"(SELECT {numbered} FROM read_parquet({quoted(path)}, file_row_number = true))"
    return TypedPart(part, relation, path, rows, first, forms)


def _wrong_at_first(connection: duckdb.DuckDBPyConnection, query: str, table: Table, titles: str | None) -> bool:
    """Whether one of the first rows is wrong."""
    wrong = f"{identifier(table.key[0])} IS NULL"
    if titles is not None:
        wrong += f" OR title NOT IN (SELECT title FROM {titles})"
    return bool(connection.execute(f"SELECT 1 FROM ({query} LIMIT {_FIRST_ROWS}) WHERE {wrong} LIMIT 1").fetchall())


def typed_rows(part: Part, forms: Mapping[str, TimeForm], rows: str | None = None) -> str:
    """SQL of a part's rows: each column typed, as text, and whether its value is missing.

    Args:
        part: the rows.
        forms: how each time column is written.
        rows: SQL of raw rows to take in place of all.
    """
    chosen: list[str] = []
    for column in part.table.columns:
        kind, name = part.types.get(column.name), identifier(column.name)
        sql = casting.typed(column, kind, forms.get(column.name, TimeForm()), part.place)
        chosen.append(f"{sql} AS {name}")
        if kind is not None:
            chosen.append(f"{name} IS NULL AS {casting.missing_name(column)}")
            chosen.append(f"{name}::VARCHAR AS {casting.text_name(column)}")
    return f"(SELECT {', '.join(chosen)} FROM {rows or part.relation()})"


def wrong_rows(connection: duckdb.DuckDBPyConnection, typed: TypedPart) -> NDArray[np.int64]:
    """Numbers from 0 of the rows that have a wrong value, ascending."""
    key = identifier(typed.part.table.key[0])
    found = connection.execute(f"SELECT place FROM {typed.relation} WHERE {key} IS NULL ORDER BY place").fetchnumpy()
    return np.asarray(found["place"], dtype=np.int64)


def _time_forms(connection: duckdb.DuckDBPyConnection, part: Part, unit: TimeUnit | None) -> dict[str, TimeForm]:
    forms: dict[str, TimeForm] = {}
    for column in part.table.columns:
        kind, name = part.types.get(column.name), identifier(column.name)
        if column.sql != "TIMESTAMP" or kind is None or kind.startswith(("TIMESTAMP", "DATE")):
            continue
        if unit is None:
            samples = connection.execute(
                f"SELECT {name}::VARCHAR FROM {part.relation()} WHERE {name} IS NOT NULL LIMIT {_SAMPLES}"
            ).fetchall()
            forms[column.name] = casting.time_form([str(row[0]) for row in samples], column.name, part.place)
        else:
            forms[column.name] = TimeForm(unit)
    return forms
