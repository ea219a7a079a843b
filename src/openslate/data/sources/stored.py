"""Parquet files on their way in: a caller's own, or what a dataframe or arrays were spooled into."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray

from openslate.data.admission.casting import identifier
from openslate.data.admission.part import Sink, match_columns
from openslate.data.admission.refusals import Refusal, Spot, numbered
from openslate.data.admission.scratch import Scratch
from openslate.data.admission.told import first_sentence
from openslate.data.schema import Table
from openslate.errors import AdmitError
from openslate.storage.lake import quoted

_LINES_AT_ONCE = 10_000


@dataclass(frozen=True)
class StoredPart:
    """A Parquet file as rows of one table; its rows count as lines from 1.

    Stability: internal.

    Attributes:
        table: where the rows go.
        place: what messages call the file.
        path: the file.
        connection: where it is read.
        sources: from the schema's names to the file's.
        types: DuckDB type of each of them.
        ignored: columns that no table has.
        first: the number of the first row, where a table comes in several parts.
        spots: where each row came from, if it came from a text file.
        refusals: what of that text file was no row.
    """

    table: Table
    place: str
    path: Path
    connection: duckdb.DuckDBPyConnection
    sources: Mapping[str, str]
    types: Mapping[str, str]
    ignored: tuple[str, ...] = ()
    first: int = 1
    spots: Sequence[Spot] | None = None
    refusals: Sequence[Refusal] = ()

    @property
    def odd(self) -> bool:
        """Nothing passes unseen."""
        return False

    @property
    def nul_possible(self) -> bool:
        """Parquet text may hold anything."""
        return True

    def relation(self) -> str:
        """SQL of all rows, in order."""
        return f"(SELECT {self._columns()} FROM read_parquet({quoted(self.path)}))"

    def subset(self, rows: NDArray[np.int64], spots: Sequence[Spot], scratch: Scratch) -> str:
        """SQL of the rows with these numbers from 0, in order."""
        return self._chosen(rows)

    def _chosen(self, rows: NDArray[np.int64]) -> str:
        return (
            f"(SELECT {self._columns()} FROM read_parquet({quoted(self.path)}, file_row_number = true) "
            f"WHERE file_row_number IN ({numbered(rows)}) ORDER BY file_row_number)"
        )

    def check(self, total: int) -> None:
        """A Parquet file knows its own rows."""

    def certain(self, total: int) -> bool:
        """Rows are what they are."""
        return True

    def locate(self, rows: NDArray[np.int64]) -> Iterator[Spot]:
        """Numbers of some rows, and their values as JSON."""
        if self.spots is not None:
            yield from (self.spots[row] for row in rows.tolist())
            return
        packed = ", ".join(f"{quoted(name)}, {identifier(name)}" for name in self.sources)
        for at in range(0, len(rows), _LINES_AT_ONCE):
            some = rows[at : at + _LINES_AT_ONCE]
            texts = self.connection.execute(
                f"SELECT to_json(json_object({packed}))::VARCHAR FROM {self._chosen(some)}"
            ).fetchall()
            for row, (text,) in zip(some.tolist(), texts, strict=True):
                yield Spot(row + self.first, str(text), "row")

    def no_row(self, spot: Spot) -> str | None:
        """Parquet holds nothing but rows."""
        return None

    def mended(self, scratch: Scratch, sink: Sink, problem: str) -> "StoredPart":
        """Nothing can be cut here.

        Raises:
            AdmitError: always.
        """
        raise AdmitError(f"{self.place} cannot be read: {problem}.", "Write it anew, or convert it to CSV.")

    def _columns(self) -> str:
        return ", ".join(
            f"{_plain(identifier(source), self.types[name])} AS {identifier(name)}"
            for name, source in self.sources.items()
        )


def _plain(column: str, kind: str) -> str:
    return f"{column}::VARCHAR" if kind == "VARCHAR" else column


def stored_part(
    connection: duckdb.DuckDBPyConnection,
    table: Table,
    path: Path,
    place: str,
    columns: Mapping[str, str],
    first: int = 1,
    spots: Sequence[Spot] | None = None,
    refusals: Sequence[Refusal] = (),
) -> StoredPart:
    """A Parquet file as rows of a table.

    Args:
        connection: where it is read.
        table: the schema.
        path: the file.
        place: what messages call it.
        columns: from names of the file to names of the table, where they differ.
        first: the number of its first row.
        spots: where each row came from, if it came from a text file.
        refusals: what of that text file was no row.

    Raises:
        AdmitError: the file is damaged, or lacks a required column.
    """
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted(path)})").fetchall()
    except duckdb.Error as error:
        problem = first_sentence(error).replace(str(path), place)
        raise AdmitError(f"{place} is no complete Parquet file: {problem}.", "Write it anew.") from None
    kinds = {str(row[0]): str(row[1]) for row in described}
    matched, left = match_columns(table, list(kinds), columns, place)
    types = {name: _kind(kinds[source]) for name, source in matched.items()}
    return StoredPart(table, place, path, connection, matched, types, left, first, spots, refusals)


def _kind(kind: str) -> str:
    return "VARCHAR" if kind.startswith("ENUM") else kind
