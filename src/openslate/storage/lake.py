"""Immutable Parquet files named by their content, and the manifest that says which of them are the table.

A file joins a table only when its name is committed to the manifest in SQLite, so a crash at any moment leaves the
last committed state; the files a killed writer left behind are swept by the next one. DuckDB always runs in memory
over these files.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from datetime import datetime
from pathlib import Path

import duckdb

from openslate.errors import ProjectError
from openslate.settings import Limits
from openslate.storage.connections import Connections
from openslate.storage.files import OWNER_ONLY, adopt, content_hash, make_folder, sweep, temporary_path
from openslate.storage.lock import write_lock
from openslate.storage.manifest import Import, Shard, Snapshot
from openslate.storage.replaced import names_replaced, replaced, require_current
from openslate.storage.state import State

PEOPLE_TABLES = frozenset({"members", "plays", "ratings", "impressions", "consents"})
"""Tables about people: they lie in the owner-only folder and are read through the gate alone."""

HASH_LENGTH = 64


class Lake:
    """The tables of one project.

    Stability: internal.
    """

    def __init__(self, folder: Path, state: State, limits: Limits) -> None:
        self.folder = folder
        self._state = state
        self._limits = limits
        self._connections = Connections(folder / "people", limits)
        self._until: int | None = None

    def earlier(self, snapshot: str, *tables: str) -> "Lake | None":
        """These tables as they stood when they were a snapshot, to be read; None where its files are no more.

        Tables about people are never earlier than now: what may be read of them is decided by what stands today.

        Args:
            snapshot: id of the snapshot, taken of the same tables.
            tables: names of tables.
        """
        shards = self.snapshot(*tables).shards
        for count in range(len(shards), -1, -1):
            if Snapshot(shards[:count]).id == snapshot:
                found = copy(self)
                found._until = shards[count - 1].ordinal if count else 0
                return found
        return None

    def folder_of(self, table: str) -> Path:
        """Where a table's files lie."""
        return self.folder / ("people" if table in PEOPLE_TABLES else "lake") / table

    def connect(self) -> duckdb.DuckDBPyConnection:
        """A connection to a DuckDB of its own, within the project's limits."""
        return self._connections.own()

    def connect_in_order(self) -> duckdb.DuckDBPyConnection:
        """A connection that works on one thread: neither rows nor dictionaries depend on which of several was first."""
        return self._connections.shared(threads=1)

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection for reading the tables; when a read fails over a damaged or missing file, the error names it.

        All of a process lead to one DuckDB and share the memory that the project allows; temporary tables are its own.

        Raises:
            ProjectError: see `verify`.
        """
        with self._connections.shared() as connection:
            try:
                yield connection
            except duckdb.Error as error:
                now = self.snapshot()
                self.verify(now)
                if names_replaced(str(error), now):
                    raise replaced() from error
                raise

    def verify(self, snapshot: Snapshot) -> None:
        """Make sure that every file of a snapshot is what its name says.

        Args:
            snapshot: which files; all their bytes are read.

        Raises:
            ProjectError: a file is missing, or its content is not what its name says.
        """
        for shard in snapshot.shards:
            path = self.path_of(shard)
            try:
                whole = content_hash(path) == shard.hash
            except OSError:
                whole = False
            if not whole:
                require_current(snapshot, self.snapshot())
                raise ProjectError(
                    f"{path.relative_to(self.folder)} is damaged or missing.",
                    "Restore it from a backup, or import the data into a new project.",
                )

    def path_of(self, shard: Shard) -> Path:
        """Where a shard's file lies."""
        return self.folder_of(shard.table) / f"{shard.hash}.parquet"

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock, and clear away what killed writers left.

        Raises:
            ProjectError: these are tables as they stood earlier, which are only read.
        """
        if self._until is not None:
            raise ProjectError("Tables as they stood earlier are only read.", "Write into the project as it is now.")
        with write_lock(self.folder, self._limits.lock_wait_seconds):
            for table_folder in (*self.folder.glob("people/*/"), *self.folder.glob("lake/*/")):
                sweep(table_folder)
            self._connections.sweep()
            self._drop_uncommitted()
            yield

    def _drop_uncommitted(self) -> None:
        """Remove the shards that a writer finished but was killed before it could commit.

        An empty manifest proves nothing about the files beside it, so then they are left alone until there is a commit.
        """
        committed = {(shard.table, shard.hash) for shard in self.snapshot().shards}
        if not committed:
            return
        for shard_file in (*self.folder.glob("people/*/*.parquet"), *self.folder.glob("lake/*/*.parquet")):
            if len(shard_file.stem) == HASH_LENGTH and (shard_file.parent.name, shard_file.stem) not in committed:
                shard_file.unlink()

    def write(
        self, connection: duckdb.DuckDBPyConnection, table: str, query: str, source: str, label: str = ""
    ) -> Shard:
        """Write a query's rows as one content-named file; it joins the table when `commit` is called with it.

        Args:
            connection: where the query runs.
            table: the table it will be part of.
            query: SQL whose columns are the table's.
            source: where the rows came from.
            label: goes into the file, to tell it apart from one of equal rows that means something else.
        """
        with self.unnamed(table) as temporary:
            rows = copy_to(connection, query, temporary, label)
            return self.adopt(temporary, table, rows, source)

    @contextmanager
    def unnamed(self, table: str) -> Iterator[Path]:
        """A path in a table's folder for a file that may be adopted, and is gone afterwards when it was not."""
        folder = self.folder_of(table)
        make_folder(folder, OWNER_ONLY if table in PEOPLE_TABLES else 0o777)
        temporary = temporary_path(folder, ".parquet")
        try:
            yield temporary
        finally:
            temporary.unlink(missing_ok=True)

    def adopt(self, temporary: Path, table: str, rows: int, source: str) -> Shard:
        """Give a finished file from `unnamed` the name of its content; it joins the table with `commit`.

        Args:
            temporary: the file.
            table: the table it will be part of.
            rows: how many rows it holds.
            source: where they came from.
        """
        return Shard(table, adopt(temporary, self.folder_of(table), ".parquet"), rows, source)

    def commit(self, record: Import, shards: Sequence[Shard]) -> None:
        """Make the shards part of their tables, all of them at once; call it inside `writing`."""
        with self._state.transaction():
            self._state.execute(
                "INSERT INTO imports VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    record.id,
                    record.source,
                    record.location,
                    record.content,
                    json.dumps(record.counts, sort_keys=True),
                    record.quarantine,
                    record.recorded.isoformat(),
                ),
            )
            for shard in shards:
                self._state.execute(
                    "INSERT INTO shards (table_name, hash, rows, source, import_id) VALUES (?, ?, ?, ?, ?)",
                    (shard.table, shard.hash, shard.rows, shard.source, record.id),
                )

    def imports(self) -> list[Import]:
        """Every import, from first to latest."""
        rows = self._state.rows("SELECT * FROM imports ORDER BY rowid")
        return [
            Import(
                str(row[0]),
                str(row[1]),
                str(row[2]),
                str(row[3]),
                json.loads(str(row[4])),
                None if row[5] is None else str(row[5]),
                datetime.fromisoformat(str(row[6])),
            )
            for row in rows
        ]

    def snapshot(self, *tables: str) -> Snapshot:
        """The files that are the named tables (or all of them) now, or as far as this lake reads."""
        rows = self._state.rows("SELECT table_name, hash, rows, source, ordinal FROM shards ORDER BY ordinal")
        shards = (Shard(str(r[0]), str(r[1]), int(str(r[2])), str(r[3]), int(str(r[4]))) for r in rows)
        return Snapshot(
            tuple(shard for shard in shards if (not tables or shard.table in tables) and self._is_read(shard))
        )

    def _is_read(self, shard: Shard) -> bool:
        return self._until is None or shard.table in PEOPLE_TABLES or shard.ordinal <= self._until

    def relation(self, snapshot: Snapshot, table: str, columns: Mapping[str, str]) -> str:
        """SQL for a table's rows, each with its `source`, and with `shard` and `line` that give its place in order.

        Args:
            snapshot: which files.
            table: the table's name.
            columns: SQL type of each column, for files that lack one and for a table without rows.
        """
        shards = snapshot.of(table)
        if not shards:
            empty = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in columns.items())
            return f"(SELECT {empty}, '' AS source, 0 AS shard, 0 AS line WHERE false)"
        names = ", ".join(f'"{name}"' for name in columns)
        return (
            "("
            + " UNION ALL ".join(
                f"SELECT {names}, {quoted(shard.source)} AS source, {shard.ordinal} AS shard, file_row_number AS line "
                f"FROM read_parquet({quoted(self.path_of(shard))}, file_row_number = true)"
                for shard in shards
            )
            + ")"
        )


def copy_to(connection: duckdb.DuckDBPyConnection, query: str, path: Path, label: str = "") -> int:
    """Write a query's rows to a Parquet file, in their order.

    Args:
        connection: where the query runs.
        query: SQL.
        path: the file.
        label: goes into the file, to tell apart files of equal rows that mean different versions.

    Returns:
        How many rows it holds.
    """
    labelled = f", KV_METADATA {{openslate: {quoted(label)}}}" if label else ""
    connection.execute(f"COPY ({query}) TO {quoted(path)} (FORMAT parquet, COMPRESSION snappy{labelled})")
    counted = connection.execute(f"SELECT num_rows FROM parquet_file_metadata({quoted(path)})").fetchall()
    return int(counted[0][0])


def quoted(text: str | Path) -> str:
    """A SQL string literal, for the places such as COPY that take no parameter.

    Example:
        >>> quoted("O'Hara")
        "'O''Hara'"
    """
    return "'" + str(text).replace("'", "''") + "'"
