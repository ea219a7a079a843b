"""Who was erased: a keyed mark in the place of the id, so that nobody who was forgotten comes back with an import.

An erased member's refusal must outlive their id. What is kept is HMAC-SHA256 of the id under a key that lies in the
vault and nowhere else: a later import can ask of each id that it brings whether it is a marked one, and the mark alone
says nothing. Whoever holds the vault's file can try ids against it, as anybody must who is to recognise somebody; that
is why it is for the owner's eyes only.

The mark is lifted by the member's own new consent (`record_member`, or a record that was given since), and by nothing
else.
"""

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import duckdb

from openslate import clock
from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.canonical import canonical
from openslate.storage.vault import NAME

KEY_NAME = "erased members"
KEY_BYTES = 32
BLOCK = 64
"""Bytes of a block of SHA-256, over which HMAC is defined."""


@dataclass(frozen=True)
class Marks:
    """The marks of a project, to be asked about many ids.

    Attributes:
        key: the key they were made with; never leaves the process.
        marks: hexadecimal HMAC-SHA256 of each erased id.
    """

    key: bytes
    marks: frozenset[str]

    def hold(self, ids: Iterable[str]) -> bool:
        """Whether one of the ids is an erased member's."""
        return any(_mark(self.key, one) in self.marks for one in ids)

    def offer(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Make the temporary tables that `ERASED_ROWS` reads."""
        connection.execute("CREATE OR REPLACE TEMP TABLE erased_key (inside BLOB, outside BLOB)")
        padded = self.key.ljust(BLOCK, b"\0")
        blocks = [bytes(byte ^ pad for byte in padded) for pad in (0x36, 0x5C)]
        # As values and not in the text of a query, which an error might repeat.
        connection.execute("INSERT INTO erased_key VALUES (?, ?)", blocks)
        connection.execute("CREATE OR REPLACE TEMP TABLE erased_marks (mark VARCHAR)")
        connection.executemany("INSERT INTO erased_marks VALUES (?)", [(mark,) for mark in sorted(self.marks)])


ERASED_ROWS = (
    "sha256((SELECT outside FROM erased_key) || unhex(sha256((SELECT inside FROM erased_key) || encode(member)))) "
    "IN (SELECT mark FROM erased_marks)"
)
"""SQL, once `Marks.offer` was called: whether a row's `member` was erased. It is HMAC as RFC 2104 defines it."""


def marks(project: Project) -> Marks | None:
    """All marks, or None where nobody was ever erased.

    Raises:
        RightsError: the vault cannot be read.
    """
    if not (project.people / NAME).exists():
        return None
    found = frozenset(str(row[0]) for row in project.vault.rows("SELECT mark FROM erased"))
    return Marks(_key(project), found) if found else None


def is_erased(project: Project, member: str) -> bool:
    """Whether a member was erased, or is being erased, and has not consented anew."""
    known = marks(project)
    return known is not None and known.hold([member])


def mark_of(project: Project, member: str) -> str:
    """A member's mark, whether it is among those kept or not."""
    return _mark(_key(project), member)


def mark(project: Project, member: str) -> None:
    """Refuse everything of a member from now on, by their mark; saying it twice changes nothing."""
    project.vault.execute(
        "INSERT OR IGNORE INTO erased (mark, since, receipt) VALUES (?, ?, NULL)",
        (mark_of(project, member), clock.now().isoformat()),
    )


def is_anybody(project: Project) -> bool:
    """Whether anybody was ever erased."""
    return bool(project.vault.rows("SELECT 1 FROM erased LIMIT 1"))


def subject_mark_of(project: Project, subject: str) -> str:
    """The mark of somebody who is no member: another one than that of a member by the same id."""
    return _mark(_key(project), _as_subject(subject))


def mark_subject(project: Project, subject: str) -> None:
    """Refuse a subject's old consents from now on; saying it twice changes nothing."""
    mark(project, _as_subject(subject))


def erased_since(project: Project, member: str) -> datetime | None:
    """Since when a member is erased; None for one who is not, or who consented anew."""
    return _since(project, mark_of(project, member))


def erased_subject_since(project: Project, subject: str) -> datetime | None:
    """Since when a subject is erased; None for one who is not, or who consented anew."""
    return _since(project, subject_mark_of(project, subject))


def lift_subject(project: Project, subject: str) -> None:
    """Take a subject in again, because they consented anew."""
    lift(project, _as_subject(subject))


def _as_subject(subject: str) -> str:
    return canonical(["subject", subject]).decode()


def require_finished(project: Project, member: str) -> None:
    """Refuse what would take effect for a member who is being erased.

    Raises:
        RightsError: their erasure was begun and is not finished.
    """
    if is_erased(project, member) and is_unfinished(project, member, is_member=True):
        raise RightsError(
            "This member is being erased, and the erasure is not finished.",
            "Finish it with `openslate rights forget`, and record the new consent then.",
        )


def is_unfinished(project: Project, identifier: str, is_member: bool) -> bool:
    """Whether the erasure of a member, or of a subject, was begun and is not finished."""
    mark = (mark_of if is_member else subject_mark_of)(project, identifier)
    return bool(project.vault.rows("SELECT 1 FROM erasures WHERE mark = ?", (mark,)))


def lift(project: Project, member: str) -> None:
    """Take a member in again, because they consented anew."""
    project.vault.execute("DELETE FROM erased WHERE mark = ?", (mark_of(project, member),))


def _since(project: Project, mark: str) -> datetime | None:
    rows = project.vault.rows("SELECT since FROM erased WHERE mark = ?", (mark,))
    return datetime.fromisoformat(str(rows[0][0])) if rows else None


def _mark(key: bytes, member: str) -> str:
    # An id that is no text of UTF-8 is nobody's, and must not stop an import.
    return hmac.new(key, member.encode(errors="surrogatepass"), "sha256").hexdigest()


def _key(project: Project) -> bytes:
    project.vault.execute("INSERT OR IGNORE INTO keys VALUES (?, ?)", (KEY_NAME, secrets.token_bytes(KEY_BYTES)))
    key = project.vault.rows("SELECT key FROM keys WHERE name = ?", (KEY_NAME,))[0][0]
    assert isinstance(key, bytes)
    return key
