"""NumPy arrays in chunks, for several tables in one import: how the simulator, and any program, hands over rows."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import duckdb
from numpy.typing import NDArray

from openslate.data.admission.admit import Delivery, Desk, Progress, admit, already_imported, content_of, desk
from openslate.data.admission.report import ImportReport
from openslate.data.admission.told import first_sentence
from openslate.data.sources.csv import known_table
from openslate.data.sources.stored import StoredPart, stored_part
from openslate.errors import AdmitError
from openslate.project import Project
from openslate.rights.consent import Basis
from openslate.storage.files import content_hash
from openslate.storage.lake import copy_to

Columns = Mapping[str, NDArray[Any]]
"""A table's columns by name, of equal length: numbers, datetime64 in UTC, or text."""


def import_arrays(
    project: Project,
    chunks: Iterable[Mapping[str, Columns]],
    *,
    source: str,
    location: str = "arrays",
    basis: Basis | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Bring columns of arrays into several tables, all in one commit.

    A chunk may hold rows of any of the tables; each chunk becomes a file of its own, and only one is in memory.
    Genres are text between bars or JSON lists, credits JSON text. NaN in a column of numbers means unknown.

    Stability: stable.

    Args:
        project: where.
        chunks: from table to columns, chunk after chunk; it may be a generator.
        source: the name under which the rows' basis is kept.
        location: what is told about where they came from.
        basis: why the rows may be used, and for what; without one they are stored and nothing may use them.
        progress: called with what is being done and the share that is done, 0 to 1.

    Raises:
        AdmitError: columns differ in length, a required one is missing, or a table has not one good row.
    """
    parts: list[StoredPart] = []
    hashes: list[tuple[str, str]] = []
    rows: dict[str, int] = {}
    with desk(project, progress) as at:
        for chunk in chunks:
            for table, columns in chunk.items():
                schema, first = known_table(table), rows.get(table, 0)
                _check_lengths(table, columns)
                spool = at.scratch.path(".parquet")
                count = _spooled(at, table, columns, spool)
                if count:
                    rows[table] = first + count
                    hashes.append((table, content_hash(spool)))
                    parts.append(stored_part(at.connection, schema, spool, f"{location}:{table}", {}, first + 1))
            at.tell(f"Took {sum(rows.values()):,} rows", 0.0)
        if not parts:
            raise AdmitError(f"{location} brought no rows.", "Give at least one.")
        content = content_of("arrays", hashes, source)
        known = already_imported(at, source, content, basis)
        if known is not None:
            return known
        return admit(at, Delivery(source, location, content, parts), basis)


def _spooled(at: Desk, table: str, columns: Columns, spool: Path) -> int:
    """Write columns to a Parquet file, in whatever types they come, and tell how many rows they are."""
    # DuckDB knows no days and seconds of NumPy, only moments.
    known = {
        name: column.astype("datetime64[us]") if column.dtype.kind == "M" else column
        for name, column in columns.items()
    }
    try:
        at.connection.register("columns", known)
        return copy_to(at.connection, "SELECT * FROM columns", spool)
    except duckdb.Error as error:
        raise AdmitError(
            f"The columns of {table} cannot be read: {first_sentence(error)}.",
            "Give arrays of numbers, of datetime64, or of text.",
        ) from error
    finally:
        at.connection.unregister("columns")


def _check_lengths(table: str, columns: Columns) -> None:
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        said = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise AdmitError(f"The columns of {table} differ in length: {said}.", "Give each row a value in every column.")
