"""The project's one SQLite database in WAL mode: manifest, grants, registry and runs."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from openslate.errors import ProjectError
from openslate.storage.migrations import MIGRATIONS

SqlValue = str | int | float | bytes | None
BUSY_SECONDS = 30.0


class State:
    """A connection to the state database, brought to the present schema when it is opened.

    Stability: internal.

    Args:
        path: the database file; it is created when absent.

    Raises:
        ProjectError: the file is no database, is damaged, or comes from a newer Openslate.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            self._prepare()
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise ProjectError(
                f"{path} cannot be read as the project's state: {error}.",
                "Restore the file from a backup, or import the data into a new project.",
            ) from error
        except ProjectError:
            self._connection.close()
            raise

    def _prepare(self) -> None:
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            self._connection.execute(f"PRAGMA {pragma}").fetchall()
        version = self._version()
        if version > len(MIGRATIONS):
            raise ProjectError(
                f"{self.path} has state version {version}, and this Openslate knows versions up to {len(MIGRATIONS)}.",
                "Install the newer Openslate that wrote it.",
            )
        for number in range(version + 1, len(MIGRATIONS) + 1):
            self._migrate_to(number)

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _migrate_to(self, number: int) -> None:
        with self.transaction():
            # Another process may have migrated while this one waited for the write lock.
            if self._version() >= number:
                return
            for statement in MIGRATIONS[number - 1].split(";"):
                self._connection.execute(statement)
            self._connection.execute(f"PRAGMA user_version = {number}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside take effect together, or none does."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def execute(self, sql: str, values: Sequence[SqlValue] = ()) -> None:
        """Run one statement with its parameters."""
        self._connection.execute(sql, values)

    def rows(self, sql: str, values: Sequence[SqlValue] = ()) -> list[tuple[SqlValue, ...]]:
        """All rows of one query."""
        return self._connection.execute(sql, values).fetchall()

    def close(self) -> None:
        """Release the file."""
        self._connection.close()
