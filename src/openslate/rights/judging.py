"""Judging rows about people in bulk: which of them may be used for a purpose now, as SQL over millions of rows.

A row may be used when its member agreed to every purpose named, or said nothing while its source has a grant for it.
Whatever is not covered is left out: no record, no use.
"""

from collections.abc import Collection, Sequence

import duckdb

from openslate import clock
from openslate.project import Project
from openslate.rights.consent import CONSENT_COLUMNS, check_purposes
from openslate.rights.kept_words import packs_at, words_at
from openslate.rights.viewers import SourceBases
from openslate.storage.lake import quoted


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


def judged(project: Project, rows: str, purposes: Sequence[str], member: str | None = None) -> str:
    """SQL for rows with whether they may be used for all the purposes now, `granted`, and, where they may not, whether
    it is their member who refused, `refused`, or their source that is reserved, `reserved`, or only that nobody gave a
    basis; and whether every purpose rests on the member's own word, `by_word`.

    It says of each row what `decide` says of its member, for millions at once; the tests hold the two together.

    Args:
        project: whose consents and grants decide.
        rows: SQL of rows with at least the columns `member` and `source`.
        purposes: some of `PURPOSES`.
        member: whose rows they all are; of anybody when left out.

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
        by_record = words_at(project, purpose, now, member)
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


def reserved_among(project: Project, sources: Collection[str]) -> frozenset[str]:
    """Those of some sources from which nothing may be learned now: reserved by their owners, and without a licence.

    Args:
        project: whose ledger holds the reservations, and whose records the licences.
        sources: their names, as imports have them.

    Raises:
        RightsError: the ledger is not what it was.
    """
    return frozenset(source for source, _ in SourceBases(project, sources, ("train",), clock.now()).reserved)


def governing(
    project: Project, connection: duckdb.DuckDBPyConnection, met: str, purposes: Sequence[str]
) -> tuple[str, ...]:
    """The packs that govern a read of these rows: those of their sources' bases and of the records of their members.

    Args:
        project: whose.
        connection: where the rows are.
        met: the table of them, with the columns `member` and `source`.
        purposes: what they are read for.
    """
    sources = [str(source) for (source,) in connection.execute(f"SELECT DISTINCT source FROM {met}").fetchall()]
    at = clock.now()
    of_members = packs_at(project, connection, met, purposes, at)
    return tuple(sorted(SourceBases(project, sources, purposes, at).packs | of_members))


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


def _among(purpose: str, pairs: Collection[tuple[str, str]]) -> str:
    """SQL that is true for rows of the sources that stand beside a purpose."""
    sources = sorted(source for source, one in pairs if one == purpose)
    return f"(everything.source IN ({', '.join(map(quoted, sources))}))" if sources else "false"


def _sources(project: Project) -> set[str]:
    """Every source of which the project holds rows."""
    return {shard.source for shard in project.lake.snapshot().shards}
