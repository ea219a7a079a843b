"""What the project's files hold, as text: the values of Parquet files and of SQLite databases that contain a word."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from openslate.errors import ProjectError
from openslate.storage.lake import quoted

_NO_TEXT = ("BOOLEAN", "TINYINT", "SMALLINT", "INTEGER", "FLOAT", "DOUBLE", "DATE", "TIME", "DECIMAL")


@dataclass(frozen=True)
class Held:
    """A value that contains a word.

    Attributes:
        where: the column, or table and column.
        value: all of it, as text.
    """

    where: str
    value: str


def parquet_values(connection: duckdb.DuckDBPyConnection, path: Path, word: str) -> list[Held]:
    """The different values of a Parquet file, decoded, that contain a word in any column.

    Raises:
        ProjectError: the file is damaged.
    """
    found: list[Held] = []
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted(path)})").fetchall()
        for name, kind in ((str(row[0]), str(row[1])) for row in described):
            if kind.startswith(_NO_TEXT):
                continue
            column = '"' + name.replace('"', '""') + '"'
            values = connection.execute(
                f"SELECT DISTINCT {column}::VARCHAR FROM read_parquet({quoted(path)}) "
                f"WHERE contains({column}::VARCHAR, ?)",
                [word],
            ).fetchall()
            found.extend(Held(f"column {name}", str(value)) for (value,) in values)
    except duckdb.Error as error:
        raise ProjectError(
            f"{path} cannot be read: {str(error).splitlines()[0]}.", "Restore it from a backup, or remove it."
        ) from error
    return found


def sqlite_values(path: Path, leaving_out: frozenset[str] = frozenset()) -> Iterator[Held]:
    """Every text of a SQLite database, and every blob that is text.

    Args:
        path: the database.
        leaving_out: tables that are not looked at.

    Raises:
        ProjectError: it is damaged.
    """
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            names = [str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for table in sorted(set(names) - leaving_out):
                cursor = connection.execute(f'SELECT * FROM "{table}"')
                columns = [str(column[0]) for column in cursor.description]
                for row in cursor:
                    for column, value in zip(columns, row, strict=True):
                        if isinstance(value, bytes):
                            yield Held(f"{table}.{column}", value.decode(errors="replace"))
                        elif isinstance(value, str):
                            yield Held(f"{table}.{column}", value)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise ProjectError(f"{path} cannot be read: {error}.", "Restore it from a backup.") from error
