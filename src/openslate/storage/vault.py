"""The vault: what is known of people by name, apart from the ledger, in a database for the owner's eyes only.

Records, mandates, salts and tokens lie here; the ledger holds salted commitments to them. So a person can be erased
here, bytes and all, while the chain of decisions stands. SQLite overwrites what is deleted (`secure_delete`), and keeps
its journal in the same folder only while it writes.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from openslate.errors import RightsError
from openslate.storage.files import OWNER_ONLY, make_folder

NAME = "vault.sqlite"
BUSY_SECONDS = 30.0
SqlValue = str | int | float | bytes | None

TABLES = (
    # A salt is all that ties a commitment on the ledger to a person; without it the commitment says nothing.
    "CREATE TABLE IF NOT EXISTS salts (subject TEXT PRIMARY KEY, salt BLOB NOT NULL) STRICT",
    # Every version of every consent record and mandate, as canonical JSON.
    "CREATE TABLE IF NOT EXISTS records (record TEXT NOT NULL, version INTEGER NOT NULL, kind TEXT NOT NULL, "
    "subject TEXT NOT NULL, hash TEXT NOT NULL, document BLOB NOT NULL, PRIMARY KEY (record, version)) STRICT",
    "CREATE INDEX IF NOT EXISTS records_by_subject ON records (subject, record, version)",
    # What members said by records, as bulk reads need it: from when on what holds (`rights.words`), and the hash of the
    # packs that all of it was made with. A vault without one is from before, and its words are made at the next read.
    "CREATE TABLE IF NOT EXISTS words_made (one INTEGER PRIMARY KEY CHECK (one = 1), packs TEXT NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS words (member TEXT NOT NULL, purpose TEXT NOT NULL, since TEXT NOT NULL, "
    "said TEXT NOT NULL, granted INTEGER NOT NULL, refused INTEGER NOT NULL, packs TEXT NOT NULL, "
    "PRIMARY KEY (member, purpose, since)) STRICT",
    # What an allowed use may still be done with: spent once, and bound to one request.
    "CREATE TABLE IF NOT EXISTS tokens (token TEXT PRIMARY KEY, request TEXT NOT NULL, entry INTEGER NOT NULL, "
    "expires TEXT NOT NULL, spent TEXT) STRICT",
    # What else a paper is found by, such as the hash of a picture's pixels; it goes when its paper goes.
    "CREATE TABLE IF NOT EXISTS paper_keys (kind TEXT NOT NULL, name TEXT NOT NULL, key TEXT NOT NULL, "
    "PRIMARY KEY (key, kind, name), "
    "FOREIGN KEY (kind, name) REFERENCES papers (kind, name) ON DELETE CASCADE) STRICT",
    "CREATE INDEX IF NOT EXISTS paper_keys_by_paper ON paper_keys (kind, name)",
    # Where on the ledger the hash of a file or of its content stands: an index that names nobody and outlasts papers.
    "CREATE TABLE IF NOT EXISTS marked_files (key TEXT NOT NULL, entry INTEGER NOT NULL, "
    "PRIMARY KEY (key, entry)) STRICT",
    # Bytes that belong to a person and to no other table: scans' descriptions, disputes, frozen periods, by kind.
    "CREATE TABLE IF NOT EXISTS papers (kind TEXT NOT NULL, name TEXT NOT NULL, subject TEXT NOT NULL, "
    "document BLOB NOT NULL, PRIMARY KEY (kind, name)) STRICT",
    "CREATE INDEX IF NOT EXISTS papers_by_subject ON papers (subject, kind, name)",
    # Scripts, treatments and outlines of made titles: somebody's work, with whoever must be asked before it is read.
    "CREATE TABLE IF NOT EXISTS texts (text TEXT PRIMARY KEY, title TEXT NOT NULL, kind TEXT NOT NULL, "
    "source TEXT NOT NULL, asked BLOB NOT NULL, content TEXT NOT NULL, UNIQUE (title, kind)) STRICT",
    "CREATE TABLE IF NOT EXISTS text_holders (text TEXT NOT NULL REFERENCES texts (text) ON DELETE CASCADE, "
    "subject TEXT NOT NULL, PRIMARY KEY (text, subject)) STRICT",
    "CREATE INDEX IF NOT EXISTS text_holders_by_subject ON text_holders (subject, text)",
    # Secrets of this project that nobody outside the vault needs.
    "CREATE TABLE IF NOT EXISTS keys (name TEXT PRIMARY KEY, key BLOB NOT NULL) STRICT",
    # Who was erased, by a keyed hash, and the hash of the receipt once there is one.
    "CREATE TABLE IF NOT EXISTS erased (mark TEXT PRIMARY KEY, since TEXT NOT NULL, receipt TEXT) STRICT",
    # Erasures that were begun and are not finished: the only place that still knows whose they are, until they forget.
    "CREATE TABLE IF NOT EXISTS erasures (mark TEXT PRIMARY KEY, subject TEXT, document BLOB NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS erased_files (mark TEXT NOT NULL REFERENCES erasures (mark) ON DELETE CASCADE, "
    "file TEXT NOT NULL, document BLOB NOT NULL, PRIMARY KEY (mark, file)) STRICT",
)


class Vault:
    """A connection to the vault of one project.

    Stability: internal.

    Args:
        people: the project's owner-only folder.

    Raises:
        RightsError: the vault cannot be opened or is damaged.
    """

    def __init__(self, people: Path) -> None:
        self.path = people / NAME
        with self._explained():
            make_folder(people, OWNER_ONLY)
            new = not self.path.exists()
            self._connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
            for pragma in ("secure_delete = ON", "journal_mode = DELETE", "synchronous = EXTRA", "foreign_keys = ON"):
                self._connection.execute(f"PRAGMA {pragma}").fetchall()
            if new:
                self.path.chmod(0o600)
            self._complete()

    def _complete(self) -> None:
        """Make what is not there yet, in one transaction: each by itself would wait for the disk several times."""
        there = {row[0] for row in self._connection.execute("SELECT name FROM sqlite_schema").fetchall()}
        if not {_name(statement) for statement in TABLES} <= there:
            with self.transaction():
                for statement in TABLES:
                    self._connection.execute(statement)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All statements inside take effect together, or none does."""
        self.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def execute(self, sql: str, values: Sequence[SqlValue] = ()) -> int:
        """Run one statement with its parameters, and return how many rows it changed.

        Raises:
            RightsError: the disk is full, the file may not be written, or it is damaged.
        """
        with self._explained():
            return self._connection.execute(sql, values).rowcount

    def rows(self, sql: str, values: Sequence[SqlValue] = ()) -> list[tuple[SqlValue, ...]]:
        """All rows of one query.

        Raises:
            RightsError: the file cannot be read, or is damaged.
        """
        with self._explained():
            return self._connection.execute(sql, values).fetchall()

    def compact(self) -> None:
        """Rewrite the file without the pages that deleted rows left."""
        with self._explained():
            self._connection.execute("VACUUM")

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
            raise
        except (sqlite3.DatabaseError, OSError) as error:
            raise RightsError(
                f"The vault {self.path} cannot be used: {error}.",
                "Mend its permissions or make room; if it is damaged, restore it from a backup.",
            ) from error


def _name(statement: str) -> str:
    """What a statement of `TABLES` makes.

    Example:
        >>> _name("CREATE TABLE IF NOT EXISTS salts (subject TEXT PRIMARY KEY)")
        'salts'
    """
    return statement.partition(" IF NOT EXISTS ")[2].split()[0]
