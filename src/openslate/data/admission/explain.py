"""Says of each wrong row which column is at fault, with which value, and what to do about it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

import duckdb
import numpy as np
from numpy.typing import NDArray

from openslate.data.admission import casting
from openslate.data.admission.refusals import Refusal, Spot, without_row
from openslate.data.admission.repeats import ERASED, Removed
from openslate.data.admission.scratch import Scratch
from openslate.data.admission.typed import TypedPart, typed_rows
from openslate.data.schema import Column

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


def explain(
    connection: duckdb.DuckDBPyConnection,
    typed: Sequence[TypedPart],
    one: TypedPart,
    wrong: NDArray[np.int64],
    removed: Mapping[int, Removed],
    now: str,
    scratch: Scratch,
) -> Iterator[Refusal]:
    """The refusals of one part's rows, in their order, one each.

    Args:
        connection: where the queries run.
        typed: all parts of the table.
        one: the part.
        wrong: numbers of its rows with a wrong value, ascending.
        removed: rows of all parts that are duplicates or name a title nobody knows, by ordinal.
        now: the moment of the import, as SQL text.
        scratch: for copies of rows.
    """
    mine = {row.ordinal - one.first: row for row in removed.values() if one.holds(row.ordinal)}
    firsts = _first_lines(typed, {row.earlier for row in mine.values() if row.earlier is not None})
    rows = np.sort(np.concatenate([wrong, np.fromiter(mine, np.int64)]))
    spots = one.part.locate(rows)
    for some in _batches(rows):
        here = dict(zip(some.tolist(), islice(spots, len(some)), strict=True))
        faulty = [row for row in here if row not in mine]
        found = _explain_wrong(connection, one, faulty, [here[row] for row in faulty], now, scratch)
        for row, spot in here.items():
            yield next(found) if row not in mine else _explain_removed(one, spot, mine[row], firsts)


def _explain_wrong(
    connection: duckdb.DuckDBPyConnection,
    one: TypedPart,
    rows: Sequence[int],
    spots: Sequence[Spot],
    now: str,
    scratch: Scratch,
) -> Iterator[Refusal]:
    """What is said of rows with a wrong value: of each the first column at fault."""
    if not rows:
        return
    part = one.part
    faults = casting.faults(part.table, part.types, now, part.nul_possible)
    columns = [column for column in part.table.columns if faults.get(column.name)]
    chosen = ", ".join(
        f"CASE {' '.join(f'WHEN {sql} THEN {kind!r}' for kind, sql in faults[column.name])} END, "
        f"{casting.text_name(column)}"
        for column in columns
    )
    subset = part.subset(np.array(rows, dtype=np.int64), spots, scratch)
    answers = connection.execute(f"SELECT {chosen} FROM {typed_rows(part, one.forms, subset)}").fetchall()
    for answer, spot in zip(answers, spots, strict=True):
        no_row = part.no_row(spot)
        if no_row is not None:
            yield Refusal(part.place, spot, "", None, no_row, "write the line anew")
            continue
        at = next(place for place in range(len(columns)) if answer[2 * place] is not None)
        yield _refusal(part.place, spot, columns[at], answer[2 * at], answer[2 * at + 1])


def _explain_removed(one: TypedPart, spot: Spot, row: Removed, firsts: Mapping[int, tuple[str, Spot]]) -> Refusal:
    """What is said of a duplicate, of an erased member's row, or of one whose title nobody knows."""
    place = one.part.place
    if row.why == ERASED:
        return without_row(Refusal(place, spot, "", None, "", ""))
    if row.earlier is None:
        return Refusal(place, spot, "title", row.title, "is no title of the project", "import its title first")
    key = " and ".join(one.part.table.key)
    file, earlier = firsts[row.earlier]
    there = str(earlier) if file == place else f"{earlier} of {file}"
    return Refusal(place, spot, "", None, f"the row has the same {key} as {there}", "keep one of them")


def _first_lines(typed: Sequence[TypedPart], ordinals: set[int]) -> dict[int, tuple[str, Spot]]:
    """File and place of the rows that others repeat, by ordinal."""
    found: dict[int, tuple[str, Spot]] = {}
    for part in typed:
        rows = np.array(sorted(at - part.first for at in ordinals if part.holds(at)), dtype=np.int64)
        for row, spot in zip(rows.tolist(), part.part.locate(rows), strict=True):
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
