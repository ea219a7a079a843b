"""Where the words of records are kept for bulk reads: in the vault, beside the records and made from them.

A changed record rewrites its member's words in the same transaction. Packs are files that people edit, so the words
carry the hash of the packs that they were made with: where it is another than that of now, or none because the vault is
older than the words, all of them are made anew before the first read.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import duckdb

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights.packs.loading import Known, known_packs
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.versions import latest, latest_of
from openslate.rights.words import words_of
from openslate.storage.lake import quoted
from openslate.storage.vault import SqlValue

SPOKEN = '{"member": "VARCHAR", "granted": "BOOLEAN", "refused": "BOOLEAN", "said": "TIMESTAMP"}'
GOVERNED = '{"member": "VARCHAR", "packs": "VARCHAR"}'


def rewrite_words(project: Project, members: Iterable[str]) -> None:
    """Write down what bulk reads need of some members; inside the transaction of the vault that changed records."""
    changed = sorted(set(members))
    if not changed:
        return
    try:
        known = known_packs(project)
    except RightsError:
        # No broken pack keeps a withdrawal from being taken. Every read names it, and none passes until it is mended.
        project.vault.execute("DELETE FROM words_made")
        return
    if _made_with(project) != known.hash:
        _remake(project, known)
        return
    for member in changed:
        project.vault.execute("DELETE FROM words WHERE member = ?", (member,))
        _write(project, member, (one.value for one in latest_of(project, [member])), known)


def words_at(project: Project, purpose: str, moment: datetime, member: str | None = None) -> str | None:
    """SQL of what members said about a purpose by records, as of a moment; None where nobody did.

    Args:
        project: whose vault.
        purpose: which.
        moment: now.
        member: of whom alone; of everybody when left out.

    Raises:
        RightsError: the vault, a record or a pack is not what it was.
    """
    rows = _standing(project, "member, granted, refused, said", purpose, moment, member)
    told = [{"member": one[0], "granted": bool(one[1]), "refused": bool(one[2]), "said": one[3]} for one in rows]
    return _as_sql(told, SPOKEN) if told else None


def packs_at(
    project: Project, connection: duckdb.DuckDBPyConnection, met: str, purposes: Sequence[str], moment: datetime
) -> set[str]:
    """Names of the packs that govern what the members of some rows said by records about some purposes.

    Args:
        project: whose vault.
        connection: where the rows are.
        met: the table of them, with a column `member`.
        purposes: which.
        moment: now.

    Raises:
        RightsError: as for `words_at`.
    """
    found: set[str] = set()
    for purpose in sorted(set(purposes)):
        governed = [{"member": one[0], "packs": one[1]} for one in _standing(project, "member, packs", purpose, moment)]
        if governed:
            sql = f"SELECT DISTINCT packs FROM {_as_sql(governed, GOVERNED)} SEMI JOIN {met} USING (member)"
            found |= {name for (packs,) in connection.execute(sql).fetchall() for name in str(packs).split()}
    return found


def next_word(project: Project, moment: datetime) -> datetime | None:
    """The first later moment at which something said by a record changes.

    Raises:
        RightsError: as for `words_at`.
    """
    _follow(project)
    found = project.vault.rows("SELECT min(since) FROM words WHERE since > ?", (_text(moment),))[0][0]
    return None if found is None else datetime.fromisoformat(str(found)).replace(tzinfo=UTC)


def _standing(
    project: Project, columns: str, purpose: str, moment: datetime, member: str | None = None
) -> list[tuple[SqlValue, ...]]:
    """Columns of the words that hold at a moment, by member."""
    _follow(project)
    return project.vault.rows(
        f"SELECT {columns} FROM words AS one WHERE purpose = ? AND since = (SELECT max(since) "
        "FROM words WHERE member = one.member AND purpose = one.purpose AND since <= ?) "
        f"{'' if member is None else 'AND member = ? '}ORDER BY member",
        (purpose, _text(moment), *(() if member is None else (member,))),
    )


def _as_sql(rows: Sequence[dict[str, SqlValue]], columns: str) -> str:
    # One text instead of a list of values, which takes long to parse.
    return f"(SELECT unnest(from_json({quoted(json.dumps(rows))}, '[{columns}]'), recursive := true))"


def _follow(project: Project) -> None:
    """See that the words are those of the packs of now; where they are, it costs one look."""
    known = known_packs(project)
    if _made_with(project) == known.hash:
        return
    with project.vault.transaction():
        # Somebody else may have made them in the meantime.
        if _made_with(project) != known.hash:
            _remake(project, known)


def _made_with(project: Project) -> str | None:
    """Hash of the packs that the words were made with; None where they were not."""
    found = project.vault.rows("SELECT packs FROM words_made")
    return str(found[0][0]) if found else None


def _remake(project: Project, known: Known) -> None:
    """All words of all members anew, inside a transaction of the vault."""
    project.vault.execute("DELETE FROM words")
    members: dict[str, list[ConsentRecord]] = {}
    for one in latest(project):
        if isinstance(one.value, ConsentRecord):
            members.setdefault(one.value.subject_id, []).append(one.value)
    for member in sorted(members):
        _write(project, member, members[member], known)
    project.vault.execute("INSERT OR REPLACE INTO words_made VALUES (1, ?)", (known.hash,))


def _write(project: Project, member: str, values: Iterable[object], known: Known) -> None:
    records = [one for one in values if isinstance(one, ConsentRecord) and one.subject_kind == "viewer"]
    for word in words_of(records, known.packs):
        project.vault.execute(
            "INSERT INTO words VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(member, word.purpose, _text(word.since), _text(word.said)),
                *(int(word.granted), int(word.refused), " ".join(word.packs)),
            ),
        )


def _text(moment: datetime) -> str:
    """UTC in a form whose order is that of time, and which SQL reads."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
