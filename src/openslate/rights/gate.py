"""The gate: which rows about people may be used for a purpose now, with the decision on the ledger before any is read.

A row may be used when its member agreed to every purpose named, or said nothing while its source has a grant for it.
Whatever is not covered is left out: no record, no use.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import duckdb

from openslate import clock
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.consent import CONSENT_COLUMNS, check_purposes, source_grants
from openslate.storage.lake import quoted
from openslate.storage.manifest import Snapshot


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
        entry: hash of the ledger entry.
    """

    purposes: tuple[str, ...]
    reader: str
    snapshot: str
    members_allowed: int
    members_denied: int
    rows_allowed: int
    rows_denied: int
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
    check_purposes(purposes)
    consents = project.lake.relation(project.lake.snapshot("consents"), "consents", CONSENT_COLUMNS)
    grants = source_grants(project)
    moment = quoted(clock.now().replace(tzinfo=None).isoformat())
    conditions = []
    joins = []
    for number, purpose in enumerate(sorted(set(purposes))):
        # At one and the same moment a refusal outweighs a consent.
        joins.append(
            f"LEFT JOIN (SELECT member, last(granted ORDER BY recorded, shard, NOT granted) AS granted "
            f"FROM {consents} WHERE purpose = {quoted(purpose)} AND recorded <= {moment}::TIMESTAMP "
            f"GROUP BY member) AS said{number} ON said{number}.member = everything.member"
        )
        sources = [quoted(source) for source, granted in grants if granted == purpose]
        by_source = f"everything.source IN ({', '.join(sources)})" if sources else "false"
        conditions.append(f"coalesce(said{number}.granted, {by_source})")
    return f"(SELECT everything.* FROM {rows} AS everything {' '.join(joins)} WHERE {' AND '.join(conditions)})"


def pass_through(
    project: Project,
    connection: duckdb.DuckDBPyConnection,
    rows: str,
    into: str,
    purposes: Sequence[str],
    reader: str,
    snapshot: Snapshot,
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

    Raises:
        RightsError: the ledger cannot be written; then nothing was let through.
    """
    met, allowed = f"{into}_met", f"{into}_allowed"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {met} AS SELECT member, source, count(*) AS rows FROM {rows} GROUP BY ALL"
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {allowed} AS SELECT * FROM {permitted(project, met, purposes)}")
    members, count = _counted(connection, allowed)
    all_members, all_count = _counted(connection, met)
    counts = {
        "members_allowed": members,
        "members_denied": all_members - members,
        "rows_allowed": count,
        "rows_denied": all_count - count,
    }
    described = {"purposes": sorted(set(purposes)), "reader": reader, "snapshot": snapshot.id}
    try:
        entry = ledger.append(project, {"decision": "read", **described, **counts}).hash
    except BaseException:
        connection.execute(f"DROP TABLE {allowed}")
        raise
    finally:
        connection.execute(f"DROP TABLE {met}")
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {into} AS "
        f"SELECT everything.* FROM {rows} AS everything SEMI JOIN {allowed} USING (member, source)"
    )
    return Decision(tuple(sorted(set(purposes))), reader, snapshot.id, **counts, entry=entry)


def as_record(decision: Decision) -> dict[str, object]:
    """A decision as plain values, for run records and reports."""
    return {**asdict(decision), "purposes": list(decision.purposes)}


def _counted(connection: duckdb.DuckDBPyConnection, pairs: str) -> tuple[int, int]:
    """How many members a table of pairs names, and how many rows they have."""
    found = connection.execute(f"SELECT count(DISTINCT member), coalesce(sum(rows), 0) FROM {pairs}").fetchone()
    assert found is not None
    return int(found[0]), int(found[1])
