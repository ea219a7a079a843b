"""The only way to people's events: as-of reads that name a purpose, pass the gate and leave a ledger entry.

A dataset is fixed by three things: the snapshot (which files), `as_of` (no event later than that moment is seen) and
what members allow now. Rows that arrive later for a later moment never change it; a member's withdrawal does, at once.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

import duckdb
import numpy as np
from numpy.typing import NDArray

from openslate.data.catalogue import Catalogue, natural_order, read_catalogue
from openslate.data.schema import MEMBERS, PLAYS, RATINGS
from openslate.errors import RightsError
from openslate.models.histories import ENGAGEMENT_STEPS, Histories
from openslate.project import Project
from openslate.rights.consent import check_text, source_grants
from openslate.rights.gate import Decision, pass_through
from openslate.storage.lake import quoted
from openslate.storage.manifest import Snapshot

TABLES = ("titles", "members", "plays", "ratings", "consents")
NO_COUNTRY = ""


@dataclass(frozen=True)
class Viewing:
    """What permitted members watched and rated, as arrays.

    Stability: stable.

    Attributes:
        members: ids [members], in natural order.
        countries: ISO 3166 alpha-2 [members], '' where unknown.
        catalogue: the titles of that moment.
        histories: the events, member after member.
        snapshot: id of the files read.
        as_of: the moment up to which events are seen, UTC, or None for all.
        decision: what the gate let through.
    """

    members: tuple[str, ...]
    countries: tuple[str, ...]
    catalogue: Catalogue
    histories: Histories
    snapshot: str
    as_of: datetime | None
    decision: Decision

    @cached_property
    def hash(self) -> str:
        """SHA-256 over members, titles and events: equal content gives an equal hash."""
        digest = hashlib.sha256()
        # As JSON, because an id may hold any character, a new line included.
        named = [self.members, self.countries, [repr(title) for title in self.catalogue.titles]]
        digest.update(json.dumps(named).encode())
        for array in (
            self.histories.offsets,
            self.histories.titles,
            self.histories.times,
            self.histories.engagement,
        ):
            digest.update(np.ascontiguousarray(array).tobytes())
        return digest.hexdigest()

    @cached_property
    def member_index(self) -> dict[str, int]:
        """From a member's id to the place in the arrays."""
        return {member: place for place, member in enumerate(self.members)}

    @property
    def latest(self) -> int:
        """Microseconds since 1970-01-01 UTC of the last event; 0 without events."""
        return int(self.histories.times.max(initial=0))


@dataclass(frozen=True)
class MemberHistory:
    """One member's events, for choosing what to show that member.

    Attributes:
        member: the id.
        permitted: False where nothing about the member may be used for the purpose; then nothing is in it.
        known: whether the project holds any event or record of the member at all.
        country: ISO 3166 alpha-2, '' where unknown or not permitted.
        histories: exactly one member's events, over the catalogue given.
        completion: float64 [events], share watched; NaN where the event was a rating or the share is unknown.
    """

    member: str
    permitted: bool
    known: bool
    country: str
    histories: Histories
    completion: NDArray[np.float64]


def viewing(
    project: Project,
    purposes: Sequence[str],
    reader: str,
    as_of: datetime | None = None,
    snapshot: Snapshot | None = None,
) -> Viewing:
    """Every event that may be used for the purposes, up to a moment.

    Args:
        project: where.
        purposes: what for: some of 'train', 'evaluate', 'personalize'; members must have a basis for all of them.
        reader: which step asks, for the ledger.
        as_of: events later than this are not seen; None for all.
        snapshot: the files to read; None for those of now.

    Raises:
        RightsError: nothing may be used for the purposes, or the ledger cannot be written.
        ProjectError: a file is missing, or is not what its name says.
    """
    files = snapshot if snapshot is not None else project.lake.snapshot(*TABLES)
    project.lake.verify(files)
    with project.lake.reading() as connection:
        decision = pass_through(project, connection, _events(project, files, as_of), "events", purposes, reader, files)
        if decision.rows_allowed == 0:
            raise _nothing_allowed(project, decision)
        catalogue = read_catalogue(project, as_of, "(SELECT title FROM events)", connection)
        members, countries = _members(project, connection, files)
        histories = _encode(connection, members, catalogue)
    return Viewing(members, countries, catalogue, histories, files.id, as_of, decision)


def member_history(
    project: Project,
    member: str,
    catalogue: Catalogue,
    purpose: str = "personalize",
    reader: str = "home",
    as_of: datetime | None = None,
) -> MemberHistory:
    """One member's events over a given catalogue, or an empty history where the member has not agreed.

    Args:
        project: where.
        member: the member's id.
        catalogue: the titles that have an index; events on other titles are left out.
        purpose: what for.
        reader: which step asks, for the ledger.
        as_of: events later than this are not seen; None for all.

    Raises:
        UsageError: the member's id cannot be written as UTF-8.
        ProjectError: a file cannot be read.
    """
    check_text(member)
    files = project.lake.snapshot(*TABLES)
    theirs = (
        f"(SELECT member, title, happened, completion, source, shard, line, engagement, NULL AS country "
        f"FROM {_events(project, files, as_of)} WHERE member = {quoted(member)} "
        f"UNION ALL SELECT member, NULL, NULL, NULL, source, shard, line, NULL, country "
        f"FROM {project.lake.relation(files, 'members', MEMBERS.types())} WHERE member = {quoted(member)})"
    )
    with project.lake.reading() as connection:
        decision = pass_through(project, connection, theirs, "events", (purpose,), reader, files)
        rows = connection.execute(
            "SELECT title, epoch_us(happened) AS moment, engagement, completion FROM events "
            "WHERE title IS NOT NULL ORDER BY happened, shard, line"
        ).fetchall()
        country = connection.execute(
            "SELECT country FROM events WHERE country IS NOT NULL ORDER BY shard DESC, line DESC LIMIT 1"
        ).fetchone()
    known = [row for row in rows if row[0] in catalogue.index]
    return MemberHistory(
        member=member,
        permitted=decision.rows_allowed > 0,
        known=decision.rows_allowed + decision.rows_denied > 0,
        country=NO_COUNTRY if country is None else str(country[0]),
        histories=Histories(
            offsets=np.array([0, len(known)], dtype=np.int64),
            titles=np.array([catalogue.index[row[0]] for row in known], dtype=np.int32),
            times=np.array([row[1] for row in known], dtype=np.int64),
            engagement=np.array([row[2] for row in known], dtype=np.int32),
            n_titles=len(catalogue),
        ),
        completion=np.array([np.nan if row[3] is None else row[3] for row in known], dtype=np.float64),
    )


def events_by_source(
    project: Project, purposes: Sequence[str], reader: str, snapshot: Snapshot | None = None
) -> list[tuple[str, int, int]]:
    """How many events that may be used for the purposes each source brought for each day.

    Args:
        project: where.
        purposes: what for, as in `viewing`.
        reader: which step asks, for the ledger.
        snapshot: the files to read; None for those of now.

    Returns:
        (source, microseconds since 1970-01-01 UTC at which the day began, events), by source and day.
    """
    files = snapshot if snapshot is not None else project.lake.snapshot(*TABLES)
    with project.lake.reading() as connection:
        pass_through(project, connection, _events(project, files, None), "events", purposes, reader, files)
        rows = connection.execute(
            "SELECT source, epoch_us(date_trunc('day', happened)), count(*) FROM events GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    return [(str(source), int(day), int(count)) for source, day, count in rows]


def _events(project: Project, files: Snapshot, as_of: datetime | None) -> str:
    """SQL of plays and ratings as one stream of events with engagement in whole steps."""
    plays = project.lake.relation(files, "plays", PLAYS.types())
    ratings = project.lake.relation(files, "ratings", RATINGS.types())
    # A play without a known share counts as watched: the service recorded it as a play.
    events = (
        f"SELECT member, title, started AS happened, completion, source, shard, line, "
        f"round({ENGAGEMENT_STEPS} * coalesce(completion, 1))::INTEGER AS engagement FROM {plays} "
        f"UNION ALL SELECT member, title, rated AS happened, NULL AS completion, source, shard, line, "
        f"round({ENGAGEMENT_STEPS} * rating / 5)::INTEGER AS engagement FROM {ratings}"
    )
    if as_of is None:
        return f"({events})"
    moment = as_of.astimezone(UTC).replace(tzinfo=None) if as_of.tzinfo is not None else as_of
    return f"(SELECT * FROM ({events}) WHERE happened <= {quoted(moment.isoformat())}::TIMESTAMP)"


def _members(
    project: Project, connection: duckdb.DuckDBPyConnection, files: Snapshot
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The members with permitted events, and their countries."""
    found = connection.execute(
        f"SELECT member FROM events GROUP BY member ORDER BY {natural_order('member')}"
    ).fetchall()
    members = tuple(str(row[0]) for row in found)
    countries = _countries(project, connection, files)
    return members, tuple(countries.get(member, NO_COUNTRY) for member in members)


def _countries(project: Project, connection: duckdb.DuckDBPyConnection, files: Snapshot) -> dict[str, str]:
    """Countries of the members whose events were let through."""
    relation = project.lake.relation(files, "members", MEMBERS.types())
    rows = connection.execute(
        f"SELECT member, country FROM {relation} WHERE country IS NOT NULL AND member IN (SELECT member FROM events) "
        "QUALIFY row_number() OVER (PARTITION BY member ORDER BY shard DESC, line DESC) = 1"
    ).fetchall()
    return {str(member): str(country) for member, country in rows}


def _encode(connection: duckdb.DuckDBPyConnection, members: tuple[str, ...], catalogue: Catalogue) -> Histories:
    """The permitted events as arrays, in order of member, time, and arrival."""
    title_codes = {
        "title": np.array([title.title for title in catalogue.titles], dtype=object),
        "title_index": np.arange(len(catalogue), dtype=np.int32),
    }
    connection.register("title_codes", title_codes)
    number = f"(row_number() OVER (ORDER BY {natural_order('member')}) - 1)::INTEGER"
    rows = connection.execute(
        f"WITH member_codes AS (SELECT member, {number} AS member_index FROM (SELECT DISTINCT member FROM events)) "
        "SELECT member_index, title_index, epoch_us(happened) AS moment, engagement FROM events "
        "JOIN member_codes USING (member) JOIN title_codes USING (title) "
        "ORDER BY member_index, happened, shard, line"
    ).fetchnumpy()
    counts = np.bincount(np.asarray(rows["member_index"]), minlength=len(members))
    return Histories(
        offsets=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        titles=np.asarray(rows["title_index"], dtype=np.int32),
        times=np.asarray(rows["moment"], dtype=np.int64),
        engagement=np.asarray(rows["engagement"], dtype=np.int32),
        n_titles=len(catalogue),
    )


def _nothing_allowed(project: Project, decision: Decision) -> RightsError:
    wanted = " and ".join(decision.purposes)
    if decision.rows_denied == 0:
        return RightsError(
            "The project holds no plays and no ratings up to that moment.", "Import some with `openslate import`."
        )
    granted = source_grants(project)
    sources = sorted(
        {shard.source for shard in project.lake.snapshot("plays", "ratings").shards}
        - {source for source, purpose in granted if purpose in decision.purposes}
    )
    way_out = (
        f"If you have a basis, state it: openslate rights grant --source {sources[0]!r} "
        f"--purpose {' --purpose '.join(decision.purposes)} --basis '...'."
        if sources
        else "Ask members for their consent first."
    )
    return RightsError(
        f"None of the {decision.members_denied} members has a basis to {wanted} on {decision.rows_denied} events.",
        way_out,
    )
