"""Says of each wrong row which column is at fault, with which value, and what to do about it."""

from collections.abc import Iterator, Sequence

import duckdb
import numpy as np
from numpy.typing import NDArray

from openslate.data import casting
from openslate.data.refusals import Refusal, Spot
from openslate.data.repeats import Removed
from openslate.data.schema import Column
from openslate.data.scratch import Scratch
from openslate.data.typed import TypedPart, typed_rows

_ROWS_AT_ONCE = 100_000
_KINDS = {
    "TIMESTAMP": ("is no time", "write ISO 8601 such as 2026-01-31T20:15:00Z, or seconds since 1970"),
    "DATE": ("is no date", "write it as 2026-01-31"),
    "DOUBLE": ("is no number", "write a number such as 0.5"),
    "INTEGER": ("is no whole number", "write a number such as 3"),
    "BOOLEAN": ("is neither true nor false", "write true or false"),
}
_LIST = ("is no list", "write words between bars, A|B, or a JSON list")
_CREDITS = ("is no list of credits", 'write JSON such as [{"name": "...", "role": "director"}]')


def explain_wrong(
    connection: duckdb.DuckDBPyConnection, typed: TypedPart, rows: NDArray[np.int64], now: str, scratch: Scratch
) -> Iterator[Refusal]:
    """The refusals of rows with a wrong value, one each, of the first column at fault.

    Args:
        connection: where the query runs.
        typed: the part they belong to.
        rows: their numbers in it, ascending.
        now: the moment of the import, as SQL text.
        scratch: for copies of them.
    """
    part = typed.part
    faults = {
        name: found for name, found in casting.faults(part.table, part.types, now, part.nul_possible).items() if found
    }
    columns = [column for column in part.table.columns if column.name in faults]
    chosen = ", ".join(
        f"CASE {' '.join(f'WHEN {sql} THEN {kind!r}' for kind, sql in faults[column.name])} END, "
        f"{casting.text_name(column)}"
        for column in columns
    )
    for some in _batches(rows):
        found = connection.execute(
            f"SELECT {chosen} FROM {typed_rows(part, typed.forms, part.subset(some, scratch))}"
        ).fetchall()
        for row, spot in zip(found, part.locate(some, scratch), strict=True):
            at = next(place for place in range(len(columns)) if row[2 * place] is not None)
            yield _refusal(part.place, spot, columns[at], row[2 * at], row[2 * at + 1])


def explain_removed(
    typed: Sequence[TypedPart], one: TypedPart, removed: Sequence[Removed], scratch: Scratch
) -> Iterator[Refusal]:
    """The refusals of one part's rows that are duplicates or name a title nobody knows.

    Args:
        typed: all parts of the table.
        one: the part.
        removed: the rows of all parts that were removed.
        scratch: for copies of them.
    """
    mine = {row.ordinal: row for row in removed if one.holds(row.ordinal)}
    firsts = _spots(typed, {row.earlier for row in mine.values() if row.earlier is not None}, scratch)
    key, place = " and ".join(one.part.table.key), one.part.place
    for ordinal, (_, spot) in _spots([one], set(mine), scratch).items():
        row = mine[ordinal]
        if row.earlier is None:
            yield Refusal(place, spot, "title", row.title, "is no title of the project", "import its title first")
        else:
            file, first = firsts[row.earlier]
            there = f"line {first.line}" if file == place else f"line {first.line} of {file}"
            yield Refusal(place, spot, "", None, f"the row has the same {key} as {there}", "keep one of them")


def _spots(typed: Sequence[TypedPart], ordinals: set[int], scratch: Scratch) -> dict[int, tuple[str, Spot]]:
    """File and spot of some rows of a table, by ordinal."""
    found: dict[int, tuple[str, Spot]] = {}
    for part in typed:
        rows = np.array(sorted(at - part.first for at in ordinals if part.holds(at)), dtype=np.int64)
        for some in _batches(rows):
            for row, spot in zip(some.tolist(), part.part.locate(some, scratch), strict=True):
                found[row + part.first] = (part.part.place, spot)
    return found


def _batches(rows: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    for at in range(0, len(rows), _ROWS_AT_ONCE):
        yield rows[at : at + _ROWS_AT_ONCE]


def _refusal(place: str, spot: Spot, column: Column, fault: str, value: str | None) -> Refusal:
    if fault == "missing":
        return Refusal(place, spot, column.name, None, "is missing", f"fill in {column.meaning}")
    if fault == "nul":
        return Refusal(place, spot, column.name, value, "holds the character NUL", "leave it out")
    if fault == "rule":
        return Refusal(place, spot, column.name, value, f"is not {column.rule}", "correct it")
    reason, way_out = _KINDS.get(column.sql, _LIST if column.sql == "VARCHAR[]" else _CREDITS)
    return Refusal(place, spot, column.name, value, reason, way_out)
