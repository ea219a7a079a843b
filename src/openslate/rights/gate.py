"""The gate: rows about people are let through for a purpose, with the decision on the ledger before any is read.

What may be let through is judged in `rights.judging`; here the decision is counted, committed to and made to stand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import duckdb

from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.epochs import authorised, epoch_id
from openslate.rights.judging import governing, judged
from openslate.rights.read_root import committed
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
        into: name of the view; a temporary view of that name with `_allowed` behind it holds each permitted
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
    project: Project,
    connection: duckdb.DuckDBPyConnection,
    member: str,
    rows: str,
    into: str,
    purpose: str,
    reader: str,
) -> tuple[int, int]:
    """Make the permitted rows of one member a view, under the epoch's entry on the ledger.

    Args:
        project: whose consents and grants decide.
        connection: where the rows are read.
        member: whose rows they are.
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
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {into} AS SELECT * FROM {judged(project, rows, (purpose,), member)}"
        )
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
    for view, condition in ((allowed, "granted"), (held_back, "NOT granted")):
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {view} AS SELECT member, source, rows FROM {met} WHERE {condition}"
        )
    counts, allowed_by, denied = _counted(connection, met)
    packs = governing(project, connection, met, wanted)
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
        connection.execute(f"DROP VIEW {allowed}; DROP VIEW {held_back}; DROP TABLE {met}")
        raise
    # Every pair of these very rows was decided on, so all say the same; the fewest are looked up most quickly.
    few_denied = 2 * counts["members_denied"] < counts["members_allowed"]
    chosen = (
        f"ANTI JOIN {held_back} USING (member, source)" if few_denied else f"SEMI JOIN {allowed} USING (member, source)"
    )
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {into} AS SELECT everything.* FROM {rows} AS everything "
        f"{chosen if counts['rows_denied'] else ''} WHERE everything.member IS NOT NULL"
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
