"""What is held of one member, for whoever answers them: how many rows, from where, and what they said themselves.

It is no use of their data but an account of it, so it asks for no purpose; and it is a look, which stands on the ledger
before a row is counted. What is in the rows leaves only through the gate.

Source: GDPR article 15(1): a right to know what is held, for what and from where.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from openslate.data.schema import CONSENTS, TABLES
from openslate.project import Project
from openslate.rights.looking import Look, look


@dataclass(frozen=True)
class RowsHeld:
    """How many rows of a table are about a member.

    Attributes:
        table: such as 'plays'.
        source: that brought them.
        count: how many.
        first, last: moments of the earliest and the latest; None for a table without moments.
    """

    table: str
    source: str
    count: int
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True)
class Word:
    """What a member said about a purpose.

    Attributes:
        purpose: one of `PURPOSES`.
        granted: True for yes.
        recorded: when.
        source: that brought it; 'member' where they said it here.
    """

    purpose: str
    granted: bool
    recorded: datetime
    source: str


@dataclass(frozen=True)
class HeldOfMember:
    """What is held of a member.

    Attributes:
        look: this look, on the ledger.
        rows: by table and source.
        words: everything they said, first to last.
    """

    look: Look
    rows: tuple[RowsHeld, ...]
    words: tuple[Word, ...]


def held_of(project: Project, member: str, reader: str) -> HeldOfMember:
    """Count what is held of a member, once the look is on the ledger.

    Args:
        project: where.
        member: the id.
        reader: who looks, for the ledger.

    Raises:
        UsageError: the id is none, or the reader is empty.
        RightsError: the ledger cannot be written; then nothing was counted.
        ProjectError: a file cannot be read.
    """
    seen = look(project, "member", member, reader)
    rows, words = _rows(project, member), _words(project, member)
    if seen.subject is None and (rows or words):
        # Only now is it known that there is somebody to whom a commitment may be drawn, who can be told of this look.
        seen = look(project, "member", member, reader, is_held=True)
    return HeldOfMember(seen, rows, words)


def _rows(project: Project, member: str) -> tuple[RowsHeld, ...]:
    files = project.lake.snapshot()
    found = []
    with project.lake.reading() as connection:
        for table in TABLES.values():
            if "member" not in table.types() or table is CONSENTS:
                continue
            moment = table.time or "NULL"
            rows = connection.execute(
                f"SELECT source, count(*), min({moment}), max({moment}) "
                f"FROM {project.lake.relation(files, table.name, table.types())} WHERE member = ? "
                "GROUP BY source ORDER BY source",
                (member,),
            ).fetchall()
            found += [RowsHeld(table.name, str(row[0]), int(row[1]), _moment(row[2]), _moment(row[3])) for row in rows]
    return tuple(found)


def _words(project: Project, member: str) -> tuple[Word, ...]:
    consents = project.lake.relation(project.lake.snapshot("consents"), "consents", CONSENTS.types())
    with project.lake.reading() as connection:
        rows = connection.execute(
            # At one and the same moment a refusal outweighs a consent, as at the gate.
            f"SELECT purpose, granted, recorded, source FROM {consents} WHERE member = ? "
            "ORDER BY recorded, shard, NOT granted, line, purpose",
            (member,),
        ).fetchall()
    return tuple(Word(str(row[0]), bool(row[1]), row[2].replace(tzinfo=UTC), str(row[3])) for row in rows)


def _moment(found: datetime | None) -> datetime | None:
    return None if found is None else found.replace(tzinfo=UTC)
