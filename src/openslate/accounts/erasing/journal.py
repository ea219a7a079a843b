"""Erasures that were begun: what was asked, what was done so far, and whose they are until that is forgotten, too.

The journal lies in the vault. A step is written down before it takes effect and may be done again, so a killed erasure
is found by the next command and finished. Its last step removes the id from the journal itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from openslate.accounts.erasing.receipt import FileChange
from openslate.project import Project
from openslate.rights.canonical import canonical, parsed


@dataclass(frozen=True)
class Begun:
    """An erasure that is not finished.

    Stability: provisional.

    Attributes:
        mark: the keyed hash of the member's id, by which it is found.
        member: the id, or None once nothing but the receipt is missing.
        document: `subject` (the commitment), `reason`, `requested`, and what the steps so far came to.
    """

    mark: str
    member: str | None
    document: Mapping[str, Any]

    @property
    def subject(self) -> str:
        """The member's salted commitment, under which the ledger knows them."""
        return str(self.document["subject"])

    @property
    def token(self) -> str:
        """What stands in the place of the id where a text must go on without it."""
        return f"erased-{self.subject[:12]}"


def every(project: Project) -> list[Begun]:
    """Every erasure that is not finished."""
    rows = project.vault.rows("SELECT mark, subject, document FROM erasures ORDER BY rowid")
    return [_begun(row) for row in rows]


def find(project: Project, mark: str) -> Begun | None:
    """The unfinished erasure of the member with a mark, or None."""
    rows = project.vault.rows("SELECT mark, subject, document FROM erasures WHERE mark = ?", (mark,))
    return _begun(rows[0]) if rows else None


def begin(project: Project, begun: Begun) -> Begun:
    """Write a new erasure down."""
    values = (begun.mark, begun.member, canonical(dict(begun.document)))
    project.vault.execute("INSERT INTO erasures (mark, subject, document) VALUES (?, ?, ?)", values)
    return begun


def tell(project: Project, begun: Begun, **news: Any) -> Begun:
    """Write down what a step came to."""
    told = replace(begun, document={**begun.document, **news})
    values = (canonical(dict(told.document)), begun.mark)
    project.vault.execute("UPDATE erasures SET document = ? WHERE mark = ?", values)
    return told


def note(project: Project, begun: Begun, changes: Sequence[FileChange]) -> None:
    """Write down files that are about to change; one that is named again takes the place of what was said before."""
    with project.vault.transaction():
        for change in changes:
            values = (begun.mark, change.file, canonical(asdict(change)))
            project.vault.execute("INSERT OR REPLACE INTO erased_files VALUES (?, ?, ?)", values)


def noted(project: Project, begun: Begun) -> tuple[FileChange, ...]:
    """Every change so far, by file."""
    rows = project.vault.rows("SELECT document FROM erased_files WHERE mark = ? ORDER BY file", (begun.mark,))
    return tuple(FileChange(**parsed(_bytes(row[0]))) for row in rows)


def forget(project: Project, begun: Begun) -> Begun:
    """Forget whose the erasure is: nothing but its receipt is missing."""
    project.vault.execute("UPDATE erasures SET subject = NULL WHERE mark = ?", (begun.mark,))
    project.vault.compact()
    return replace(begun, member=None)


def end(project: Project, begun: Begun) -> None:
    """Remove the erasure, which is finished."""
    project.vault.execute("DELETE FROM erasures WHERE mark = ?", (begun.mark,))


def _begun(row: Sequence[Any]) -> Begun:
    return Begun(str(row[0]), None if row[1] is None else str(row[1]), parsed(_bytes(row[2])))


def _bytes(value: object) -> bytes:
    assert isinstance(value, bytes)
    return value
