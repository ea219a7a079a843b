"""Parquet files written anew without one member's rows, and the manifest that names them in the place of the old ones.

A rewritten file keeps its place in the order of commits, and every row that stays keeps its value and its place. The
manifest changes in one transaction; a crash before it leaves the old files the tables, one after it the new ones.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias

import duckdb

from openslate.errors import ProjectError
from openslate.storage.files import sync_folder
from openslate.storage.lake import Lake, copy_to, quoted
from openslate.storage.manifest import Shard
from openslate.storage.state import State

Connection: TypeAlias = duckdb.DuckDBPyConnection
"""What `without` gives, for those who may not know DuckDB."""

LABEL = "openslate"
"""The name in a file's footer under which `copy_to` puts its label."""


@dataclass(frozen=True)
class Rewritten:
    """A shard and what takes its place.

    Attributes:
        old: as it is in the manifest.
        new: the same without the member's rows, or None where no row is left.
        removed: how many rows were theirs.
    """

    old: Shard
    new: Shard | None
    removed: int


@contextmanager
def without(lake: Lake, member: str) -> Iterator[Connection]:
    """A DuckDB that knows whose rows are to go, for the functions of this module.

    Raises:
        ProjectError: a file cannot be read, or there is no room for a new one.
    """
    with lake.connect_in_order() as connection:
        # As a value and not in the text of a query: an id may hold any character.
        connection.execute("CREATE TEMP TABLE gone (member VARCHAR)")
        connection.execute("INSERT INTO gone VALUES (?)", [member])
        connection.execute("SET VARIABLE gone = (SELECT member FROM gone)")
        try:
            yield connection
        except duckdb.Error as error:
            lake.verify(lake.snapshot())
            raise ProjectError(
                f"A file of the project cannot be written anew: {str(error).splitlines()[0]}.",
                "Make room on its disk or mend its permissions, then run the command again; nothing was lost.",
            ) from error


def rows_of(connection: Connection, path: Path) -> int:
    """How many rows of a file are the member's; 0 for a file without a column `member`."""
    described = connection.execute(f"SELECT name FROM parquet_schema({quoted(path)}) WHERE name = 'member'")
    if not described.fetchall():
        return 0
    found = connection.execute(
        f"SELECT count(*) FROM read_parquet({quoted(path)}) WHERE member::VARCHAR = getvariable('gone')"
    )
    return int(found.fetchall()[0][0])


def copy_without(connection: Connection, source: Path, target: Path) -> int:
    """Write a file's other rows, in their order and with what its footer says, and return how many they are."""
    told = {
        bytes(key).decode(): bytes(value).decode()
        for key, value in connection.execute(f"SELECT key, value FROM parquet_kv_metadata({quoted(source)})").fetchall()
    }
    told.pop("ARROW:schema", None)
    noted = ", ".join(f'"{key.replace(chr(34), chr(34) * 2)}": {quoted(value)}' for key, value in told.items())
    connection.execute(
        f"COPY ({_others(source)}) TO {quoted(target)} "
        f"(FORMAT parquet, COMPRESSION snappy{f', KV_METADATA {{{noted}}}' if noted else ''})"
    )
    return rows_in(connection, target)


def rewrite(lake: Lake, connection: Connection, shard: Shard, taken: Sequence[str]) -> Rewritten | None:
    """A shard without the member's rows, finished on the disk and not yet in the manifest; None where it has none.

    Args:
        lake: where; hold its write lock.
        connection: from `without`.
        shard: which.
        taken: hashes that other shards of the table have, or will have.

    Raises:
        ProjectError: a row was lost on the way; nothing has changed.
    """
    path = lake.path_of(shard)
    removed = rows_of(connection, path)
    if not removed:
        return None
    if removed == shard.rows:
        return Rewritten(shard, None, removed)
    label = _label(connection, path)
    new = _written(lake, connection, shard, label)
    if new.hash in taken:
        # Two files may differ in the member's rows alone, and a name stands once in a table.
        new = _written(lake, connection, shard, f"{label} {shard.ordinal}".strip())
    if new.rows != shard.rows - removed:
        raise ProjectError(
            f"{path.name} has {shard.rows} rows, {removed} of them the member's, and {new.rows} were written.",
            "Nothing was changed; check the disk, and report this if it happens again.",
        )
    return Rewritten(shard, new, removed)


def replace_shards(state: State, rewritten: Sequence[Rewritten]) -> None:
    """Name the new files in the places of the old ones; call it in a transaction, under the write lock."""
    for one in rewritten:
        if one.new is None:
            state.execute("DELETE FROM shards WHERE ordinal = ?", (one.old.ordinal,))
        else:
            values = (one.new.hash, one.new.rows, one.old.ordinal)
            state.execute("UPDATE shards SET hash = ?, rows = ? WHERE ordinal = ?", values)


def replace_texts(state: State, changed: Callable[[str], str], leaving_out: Collection[str]) -> int:
    """Change texts wherever they stand in the state, in one transaction, and return how many were changed.

    Args:
        state: the project's.
        changed: what a text becomes.
        leaving_out: tables that stay as they are.
    """
    count = 0
    tables = [str(row[0]) for row in state.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    with state.transaction():
        for table in sorted(set(tables) - set(leaving_out)):
            columns = [str(row[1]) for row in state.rows(f"PRAGMA table_info('{table}')") if row[2] == "TEXT"]
            for column in columns:
                for row, text in state.rows(f'SELECT rowid, "{column}" FROM "{table}"'):
                    new = changed(text) if isinstance(text, str) else text
                    if new != text:
                        state.execute(f'UPDATE OR REPLACE "{table}" SET "{column}" = ? WHERE rowid = ?', (new, row))
                        count += 1
    return count


def unlink_durably(paths: Sequence[Path]) -> None:
    """Remove files that may be gone already, so that a power cut does not bring them back."""
    for path in paths:
        path.unlink(missing_ok=True)
    for folder in {path.parent for path in paths}:
        if folder.exists():
            sync_folder(folder)


def _written(lake: Lake, connection: Connection, shard: Shard, label: str) -> Shard:
    with lake.unnamed(shard.table) as temporary:
        rows = copy_to(connection, _others(lake.path_of(shard)), temporary, label)
        return replace(lake.adopt(temporary, shard.table, rows, shard.source), ordinal=shard.ordinal)


def _others(path: Path) -> str:
    return f"SELECT * FROM read_parquet({quoted(path)}) WHERE member::VARCHAR IS DISTINCT FROM getvariable('gone')"


def _label(connection: Connection, path: Path) -> str:
    found = connection.execute(f"SELECT key, value FROM parquet_kv_metadata({quoted(path)})").fetchall()
    return next((bytes(value).decode() for key, value in found if bytes(key).decode() == LABEL), "")


def rows_in(connection: Connection, path: Path) -> int:
    """How many rows a file has."""
    return int(connection.execute(f"SELECT num_rows FROM parquet_file_metadata({quoted(path)})").fetchall()[0][0])
