"""The gate: which rows about people may be used for a purpose now, with the decision on the ledger before any is read.

A row may be used when its member agreed to every purpose named, or said nothing while its source has a grant for it.
Whatever is not covered is left out: no record, no use.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass

import duckdb

from openslate import clock
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.consent import CONSENT_COLUMNS, check_purposes
from openslate.rights.epochs import authorised, epoch_id
from openslate.rights.read_root import committed
from openslate.rights.viewers import SourceBases
from openslate.rights.words import packs_at, words_at
from openslate.storage.lake import quoted
from openslate.storage.manifest import Snapshot

OWN_WORD, BY_SOURCE = "own_word", "source"
"""On what a member was let through: what they said themselves, or the licence or contract of a source."""


@dataclass(frozen=True)
class Decision:
    """What the gate let through, as it stands on the ledger.

    Attributes:
        purposes: what the data is used for.
        reader: which step asked.
        snapshot: id of the data.
        members_allowed: members with at least one row let through.
        members_denied: members with rows, none of which was let through.
        rows_allowed: rows let through.
        rows_denied: rows held back.
        root: Merkle root over salted commitments to each member and source, allowed or denied, in hexadecimal.
        allowed: members let through by the basis that let them: `own_word` where they agreed to every purpose
            themselves, `source` where at least one rests on a licence or contract of the source.
        denied: members held back by reason code: R20 where they refused, R18 where all their sources that would have
            served are reserved, R01 where there was no basis.
        texts_denied: synopses held back because their source is reserved against learning (R18).
        packs: the packs that governed, as 'id@version'.
        entry: hash of the ledger entry.
    """

    purposes: tuple[str, ...]
    reader: str
    snapshot: str
    members_allowed: int
    members_denied: int
    rows_allowed: int
    rows_denied: int
    root: str
    allowed: Mapping[str, int]
    denied: Mapping[str, int]
    texts_denied: int
    packs: tuple[str, ...]
    entry: str


def permitted(project: Project, rows: str, purposes: Sequence[str]) -> str:
    """SQL for the rows that may be used for all the purposes now.

    Args:
        project: whose consents and grants decide.
        rows: SQL of rows with at least the columns `member` and `source`.
        purposes: some of `PURPOSES`.

    Raises:
        UsageError: a purpose is unknown.
    """
    return (
        f"(SELECT * EXCLUDE (granted, refused, reserved, by_word) FROM {judged(project, rows, purposes)} WHERE granted)"
    )


def judged(project: Project, rows: str, purposes: Sequence[str]) -> str:
    """SQL for rows with whether they may be used for all the purposes now, `granted`, and, where they may not, whether
    it is their member who refused, `refused`, or their source that is reserved, `reserved`, or only that nobody gave a
    basis; and whether every purpose rests on the member's own word, `by_word`.

    It says of each row what `decide` says of its member, for millions at once; the tests hold the two together.

    Args:
        project: whose consents and grants decide.
        rows: SQL of rows with at least the columns `member` and `source`.
        purposes: some of `PURPOSES`.

    Raises:
        UsageError: a purpose is unknown.
    """
    check_purposes(purposes)
    consents = project.lake.relation(project.lake.snapshot("consents"), "consents", CONSENT_COLUMNS)
    now = clock.now()
    bases = SourceBases(project, _sources(project), purposes, now)
    moment = quoted(now.replace(tzinfo=None).isoformat())
    conditions, refusals, reservations, words, joins = [], [], [], [], []
    for number, purpose in enumerate(sorted(set(purposes))):
        # At one and the same moment a refusal outweighs a consent.
        last = "last(granted ORDER BY recorded, shard, NOT granted)"
        said = (
            f"(SELECT member, {last} AS granted, NOT {last} AS refused, max(recorded) AS said FROM {consents} "
            f"WHERE purpose = {quoted(purpose)} AND recorded <= {moment}::TIMESTAMP GROUP BY member)"
        )
        by_record = words_at(project, purpose, now)
        spoken = said if by_record is None else _later(said, by_record)
        joins.append(f"LEFT JOIN {spoken} AS said{number} ON said{number}.member = everything.member")
        reserved = _among(purpose, bases.reserved)
        conditions.append(f"coalesce(said{number}.granted, {_among(purpose, bases.permitted)}) AND NOT {reserved}")
        refusals.append(f"coalesce(said{number}.refused, false)")
        reservations.append(reserved)
        words.append(f"coalesce(said{number}.granted, false)")
    return (
        f"(SELECT everything.*, ({' AND '.join(conditions)}) AS granted, ({' OR '.join(refusals)}) AS refused, "
        f"({' OR '.join(reservations)}) AS reserved, ({' AND '.join(words)}) AS by_word "
        f"FROM {rows} AS everything {' '.join(joins)})"
    )


def _later(said: str, by_record: str) -> str:
    """SQL of what counts of what was said in a word and by a record: the later, and a refusal where both are of one
    moment."""
    chosen = (
        "CASE WHEN record.said IS NULL OR word.said > record.said THEN word.{0} "
        "WHEN word.said IS NULL OR record.said > word.said THEN record.{0} ELSE {1} END AS {0}"
    )
    granted = chosen.format("granted", "word.granted AND record.granted")
    refused = chosen.format("refused", "word.refused OR record.refused")
    return f"(SELECT member, {granted}, {refused} FROM {said} AS word FULL JOIN {by_record} AS record USING (member))"


def reserved_among(project: Project, sources: Collection[str]) -> frozenset[str]:
    """Those of some sources from which nothing may be learned now: reserved by their owners, and without a licence.

    Args:
        project: whose ledger holds the reservations, and whose records the licences.
        sources: their names, as imports have them.

    Raises:
        RightsError: the ledger is not what it was.
    """
    return frozenset(source for source, _ in SourceBases(project, sources, ("train",), clock.now()).reserved)


def _among(purpose: str, pairs: Collection[tuple[str, str]]) -> str:
    """SQL that is true for rows of the sources that stand beside a purpose."""
    sources = sorted(source for source, one in pairs if one == purpose)
    return f"(everything.source IN ({', '.join(map(quoted, sources))}))" if sources else "false"


def _sources(project: Project) -> set[str]:
    """Every source of which the project holds rows."""
    return {shard.source for shard in project.lake.snapshot().shards}


def pass_through(
    project: Project,
    connection: duckdb.DuckDBPyConnection,
    rows: str,
    into: str,
    purposes: Sequence[str],
    reader: str,
    snapshot: Snapshot,
    texts_denied: int = 0,
) -> Decision:
    """Decide on rows, put the decision on the ledger, and then make the permitted rows a view.

    The decision is made once, on each pair of a member and a source: however many rows there are, only the pairs are
    held in memory. The view reads the rows where they lie and never shows one of a pair that was denied.

    Args:
        project: whose consents and grants decide.
        connection: where the rows are read.
        rows: SQL of rows with at least the columns `member` and `source`; it must give the same rows every time.
        into: name of the view; a temporary table of that name with `_allowed` behind it holds each permitted
            `member` and `source` and the number of their `rows`.
        purposes: some of `PURPOSES`.
        reader: which step asks, for the ledger.
        snapshot: the data that `rows` reads.
        texts_denied: synopses that the caller leaves out because of `reserved_among`.

    Raises:
        RightsError: the ledger cannot be written; then nothing was let through.
    """
    epoch = epoch_id(project)
    decision = _passed(project, connection, rows, into, purposes, reader, snapshot, texts_denied)
    # Somebody may have withdrawn while the others were looked up: then the whole of it is decided anew.
    while epoch != (now := epoch_id(project)):
        epoch = now
        decision = _passed(project, connection, rows, into, purposes, reader, snapshot, texts_denied)
    return decision


def pass_under(
    project: Project, connection: duckdb.DuckDBPyConnection, rows: str, into: str, purpose: str, reader: str
) -> tuple[int, int]:
    """Make the permitted rows of one member a view, under the epoch's entry on the ledger.

    Args:
        project: whose consents and grants decide.
        connection: where the rows are read.
        rows: SQL of rows with at least the columns `member` and `source`.
        into: name of the temporary table.
        purpose: one of `PURPOSES`.
        reader: which step asks, for the ledger.

    Returns:
        How many rows were let through, and how many held back.

    Raises:
        RightsError: the ledger cannot be written; then nothing was let through.
    """
    while True:
        epoch = authorised(project, purpose, reader)
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {into} AS SELECT * FROM {judged(project, rows, (purpose,))}")
        if epoch.id == epoch_id(project):
            break
    found = connection.execute(
        f"SELECT count(*) FILTER (granted), count(*) FILTER (NOT granted) FROM {into}"
    ).fetchall()[0]
    connection.execute(f"DELETE FROM {into} WHERE NOT granted")
    return int(found[0]), int(found[1])


def _passed(
    project: Project,
    connection: duckdb.DuckDBPyConnection,
    rows: str,
    into: str,
    purposes: Sequence[str],
    reader: str,
    snapshot: Snapshot,
    texts_denied: int,
) -> Decision:
    wanted = tuple(sorted(set(purposes)))
    met, allowed, held_back = f"{into}_met", f"{into}_allowed", f"{into}_held_back"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {met} AS SELECT * FROM "
        f"{judged(project, f'(SELECT member, source, count(*) AS rows FROM {rows} GROUP BY ALL)', purposes)}"
    )
    for table, condition in ((allowed, "granted"), (held_back, "NOT granted")):
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {table} AS SELECT member, source, rows FROM {met} WHERE {condition}"
        )
    counts, allowed_by, denied = _counted(connection, met)
    packs = _governing(project, connection, met, wanted)
    try:
        # Before the entry, so that no root ever stands on the ledger that nobody could open.
        root = committed(project, connection, met)
        entry = ledger.append(
            project,
            {
                "decision": "read",
                "purposes": list(wanted),
                "reader": reader,
                "snapshot": snapshot.id,
                "root": root,
                "allowed": allowed_by,
                "denied": denied,
                "texts_denied": texts_denied,
                "packs": list(packs),
                **counts,
            },
        ).hash
    except BaseException:
        connection.execute(f"DROP TABLE {allowed}; DROP TABLE {held_back}")
        raise
    finally:
        connection.execute(f"DROP TABLE {met}")
    # Every pair of these very rows was decided on, so both say the same; the fewer of them are looked up more quickly.
    few_denied = 2 * counts["members_denied"] < counts["members_allowed"]
    chosen = f"ANTI JOIN {held_back}" if few_denied else f"SEMI JOIN {allowed}"
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {into} AS SELECT everything.* FROM {rows} AS everything "
        f"{chosen} USING (member, source) WHERE everything.member IS NOT NULL"
    )
    return Decision(
        wanted,
        reader,
        snapshot.id,
        **counts,
        root=root,
        allowed=allowed_by,
        denied=denied,
        texts_denied=texts_denied,
        packs=packs,
        entry=entry,
    )


def _governing(
    project: Project, connection: duckdb.DuckDBPyConnection, met: str, purposes: Sequence[str]
) -> tuple[str, ...]:
    """The packs that govern a read of these rows: those of their sources' bases and of the records of their members."""
    sources = [str(source) for (source,) in connection.execute(f"SELECT DISTINCT source FROM {met}").fetchall()]
    at = clock.now()
    return tuple(sorted(SourceBases(project, sources, purposes, at).packs | packs_at(project, purposes, at)))


def as_record(decision: Decision) -> dict[str, object]:
    """A decision as plain values, for run records and reports."""
    return {**asdict(decision), "purposes": list(decision.purposes), "packs": list(decision.packs)}


def _counted(connection: duckdb.DuckDBPyConnection, met: str) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
    """How many members and rows were let through and held back, on which basis, and for which reason not."""
    found = connection.execute(
        f"WITH people AS (SELECT bool_or(granted) AS granted, bool_or(refused) AS refused, "
        f"bool_or(reserved) AS reserved, bool_or(by_word) AS by_word, sum(rows) AS rows, "
        f"coalesce(sum(rows) FILTER (granted), 0) AS passed FROM {met} GROUP BY member) "
        f"SELECT count(*) FILTER (granted), count(*) FILTER (NOT granted), coalesce(sum(passed), 0), "
        f"coalesce(sum(rows) - sum(passed), 0), count(*) FILTER (granted AND by_word), "
        f"count(*) FILTER (granted AND NOT by_word), count(*) FILTER (NOT granted AND refused), "
        f"count(*) FILTER (NOT granted AND NOT refused AND reserved), "
        f"count(*) FILTER (NOT granted AND NOT refused AND NOT reserved) FROM people"
    ).fetchone()
    assert found is not None
    members_allowed, members_denied, rows_allowed, rows_denied, own_word, by_source, *held_back = map(int, found)
    counts = {
        "members_allowed": members_allowed,
        "members_denied": members_denied,
        "rows_allowed": rows_allowed,
        "rows_denied": rows_denied,
    }
    allowed = {basis: number for basis, number in ((OWN_WORD, own_word), (BY_SOURCE, by_source)) if number}
    denied = {code: number for code, number in zip(("R20", "R18", "R01"), held_back, strict=True) if number}
    return counts, allowed, dict(sorted(denied.items()))
