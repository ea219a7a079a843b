"""A SQLite database in WAL mode: the project's manifest, grants, registry and runs, or what an app keeps apart."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from openslate.errors import ProjectError
from openslate.storage.migrations import MIGRATIONS

SqlValue = str | int | float | bytes | None
BUSY_SECONDS = 30.0

PERMIT = "Get write permission to {folder} and to state.sqlite in it."
RESTORE = "Restore state.sqlite from a backup, or import the data into a new project."
WAYS_OUT = {
    sqlite3.SQLITE_FULL: "Make room on the disk of {folder}, then run the command again.",
    sqlite3.SQLITE_READONLY: PERMIT,
    sqlite3.SQLITE_CANTOPEN: PERMIT,
    sqlite3.SQLITE_PERM: PERMIT,
    sqlite3.SQLITE_BUSY: "Another process is writing: wait until it is done, then run the command again.",
    sqlite3.SQLITE_IOERR: "Look after the disk of {folder}, then run the command again.",
}


class State:
    """A connection to the state database, brought to the present schema when it is opened.

    Stability: internal.

    Args:
        path: the database file.
        new: True makes the file when it is absent; otherwise an absent or empty one is refused, because an empty
            manifest would stand for tables that are not empty.
        steps: that lead an older database to the present one; those of the project's state when left out.

    Raises:
        ProjectError: the file is missing or empty, no database, damaged, or comes from a newer Openslate.
    """

    def __init__(self, path: Path, new: bool = False, steps: Sequence[str] | None = None) -> None:
        self.path = path
        self._steps = MIGRATIONS if steps is None else steps
        if not new and not (path.is_file() and path.stat().st_size):
            raise self._missing()
        with self._explained():
            self._connection = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode={_mode(path, new)}",
                timeout=BUSY_SECONDS,
                isolation_level=None,
                uri=True,
            )
            try:
                self._prepare(new)
            except BaseException:
                self._connection.close()
                raise

    def _missing(self) -> ProjectError:
        files = sum(1 for folder in ("people", "lake") for _ in self.path.parent.glob(f"{folder}/*/*.parquet"))
        return ProjectError(
            f"The state {self.path} is missing or empty, but its data files are here ({files})."
            if files
            else f"The state {self.path} is missing or empty.",
            f"Restore {self.path.name} from a backup, or import the data into a new project.",
        )

    def _prepare(self, new: bool) -> None:
        version = self._version()
        if version == 0 and not new:
            raise self._missing()
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
            self._connection.execute(f"PRAGMA {pragma}").fetchall()
        if version > len(self._steps):
            raise ProjectError(
                f"{self.path} has state version {version}, and this Openslate knows versions up to {len(self._steps)}.",
                "Install the newer Openslate that wrote it.",
            )
        if version < len(self._steps):
            self._migrate()

    def _version(self) -> int:
        return int(self._connection.execute("PRAGMA user_version").fetchone()[0])

    def _migrate(self) -> None:
        with self.transaction():
            # Another process may have migrated while this one waited for the write lock.
            for number, migration in enumerate(self._steps[self._version() :], self._version() + 1):
                for statement in migration.split(";"):
                    self._connection.execute(statement)
                self._connection.execute(f"PRAGMA user_version = {number}")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside take effect together, or none does."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            # A full disk may have ended the transaction already.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def execute(self, sql: str, values: Sequence[SqlValue] = ()) -> None:
        """Run one statement with its parameters.

        Raises:
            ProjectError: the disk is full, the file may not be written, or it is damaged.
        """
        with self._explained():
            self._connection.execute(sql, values)

    def rows(self, sql: str, values: Sequence[SqlValue] = ()) -> list[tuple[SqlValue, ...]]:
        """All rows of one query.

        Raises:
            ProjectError: the file cannot be read, or is damaged.
        """
        with self._explained():
            return self._connection.execute(sql, values).fetchall()

    def compact(self) -> None:
        """Rewrite the file without what deleted and replaced rows left in it, and empty the log beside it.

        Raises:
            ProjectError: another process is reading or writing all the while, or there is no room.
        """
        with self._explained():
            self._connection.execute("VACUUM")
            blocked = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()[0][0]
        if blocked:
            raise ProjectError(
                f"{self.path} is in use, so that its log still holds what was removed.",
                "Run the command again once other commands and servers on this project have ended.",
            )

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """What SQLite cannot do, as what the reader can do about it; wrong statements and values stay as they are."""
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise
        except sqlite3.DatabaseError as error:
            # The lower byte is the kind of error, the rest its details.
            way_out = WAYS_OUT.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, RESTORE)
            raise ProjectError(
                f"{self.path} cannot be used as the project's state: {error}.", way_out.format(folder=self.path.parent)
            ) from error


def _mode(path: Path, new: bool) -> str:
    """How SQLite opens the file: for reading alone where the folder may not be written."""
    if new:
        return "rwc"
    if os.access(path.parent, os.W_OK):
        return "rw"
    # SQLite would have to make the log when there is none, unless it is told that nobody writes.
    return "ro" if path.with_name(f"{path.name}-wal").exists() else "ro&immutable=1"
