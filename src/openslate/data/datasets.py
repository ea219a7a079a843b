"""The only way to people's events: as-of reads that name a purpose, pass the gate and leave a ledger entry.

A dataset is fixed by three things: the snapshot (which files), `as_of` (no event later than that moment is seen) and
what members allow now. Rows that arrive later for a later moment never change it; a member's withdrawal does, at once.
"""

import hashlib
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property

import duckdb
import numpy as np
from numpy.typing import NDArray

from openslate.data.buzz import read_buzz as read_buzz
from openslate.data.catalogue import Catalogue, read_catalogue, reserved_sources, texts_of
from openslate.data.encoding import COLUMNS, events_of, number_members
from openslate.data.prepared import Asked, prepare
from openslate.data.schema import MEMBERS
from openslate.errors import NothingAllowed
from openslate.models.histories import Histories
from openslate.progress import Progress, silent, within
from openslate.project import Project
from openslate.rights.consent import check_text, source_grants
from openslate.rights.gate import Decision, pass_through, pass_under
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
        completion: float64 [events], share watched, NaN where the event was a rating or the share is unknown; None
            where it was not asked for.
        prepared: the name under which the histories lie prepared, '' for those that do not.
    """

    members: tuple[str, ...]
    countries: tuple[str, ...]
    catalogue: Catalogue
    histories: Histories
    snapshot: str
    as_of: datetime | None
    decision: Decision
    completion: NDArray[np.float64] | None = None
    prepared: str = ""

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
            *(() if self.completion is None else (self.completion,)),
        ):
            digest.update(np.ascontiguousarray(array).data)
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
    with_completion: bool = False,
    progress: Progress = silent,
) -> Viewing:
    """Every event that may be used for the purposes, up to a moment.

    The events are never in memory all at once: they are streamed into memory-mapped arrays, which a later read that
    passes the gate with the same outcome finds prepared.

    Args:
        project: where.
        purposes: what for: some of 'train', 'evaluate', 'personalize'; members must have a basis for all of them.
        reader: which step asks, for the ledger.
        as_of: events later than this are not seen; None for all.
        snapshot: the files to read; None for those of now.
        with_completion: whether to bring the share watched of each event.
        progress: told what is done.

    Raises:
        RightsError: nothing may be used for the purposes, or the ledger cannot be written.
        ProjectError: a file is missing, or is not what its name says.
    """
    files = snapshot if snapshot is not None else project.lake.snapshot(*TABLES)
    progress("Checking the files", 0.0)
    project.lake.verify(files)
    with project.lake.reading() as connection:
        progress("Asking what may be used", 0.05)
        rows = events_of(project, files, moment_as_text(as_of))
        reserved = reserved_sources(project, files) if "train" in purposes else frozenset()
        texts = texts_of(project, connection, files, reserved)
        decision = pass_through(project, connection, rows, "events", purposes, reader, files, texts)
        if decision.rows_allowed == 0:
            raise nothing_allowed(project, decision)
        watched = "(SELECT DISTINCT title FROM events)"
        catalogue = read_catalogue(project, as_of, watched, connection, reserved)
        members = number_members(connection)
        countries = _countries(project, connection, files)
        columns = tuple(name for name in COLUMNS if with_completion or name != "completion")
        asked = Asked(project, connection, files, moment_as_text(as_of), decision, members, catalogue, columns)
        prepared = prepare(asked, within(progress, 0.1, 1.0))
    histories, completion = prepared.histories, prepared.completion
    name = prepared.folder.name
    return Viewing(members, countries, catalogue, histories, files.id, as_of, decision, completion, name)


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
        f"FROM {events_of(project, files, moment_as_text(as_of))} WHERE member = {quoted(member)} "
        f"UNION ALL SELECT member, NULL, NULL, NULL, source, shard, line, NULL, country "
        f"FROM {project.lake.relation(files, 'members', MEMBERS.types())} WHERE member = {quoted(member)})"
    )
    with project.lake.reading() as connection:
        allowed, denied = pass_under(project, connection, member, theirs, "events", purpose, reader)
        rows = connection.execute(
            "SELECT title, epoch_us(happened), engagement, completion, country FROM events "
            "ORDER BY happened, shard, line"
        ).fetchall()
    country = next((row[4] for row in reversed(rows) if row[4] is not None), NO_COUNTRY)
    known = [row for row in rows if row[0] in catalogue.index]
    return MemberHistory(
        member=member,
        permitted=allowed > 0,
        known=allowed + denied > 0,
        country=str(country),
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
        pass_through(project, connection, events_of(project, files, None), "events", purposes, reader, files)
        rows = connection.execute(
            "SELECT source, epoch_us(date_trunc('day', happened)), count(*) FROM events GROUP BY ALL ORDER BY ALL"
        ).fetchall()
    return [(str(source), int(day), int(count)) for source, day, count in rows]


def moment_as_text(as_of: datetime | None) -> str | None:
    """A moment as SQL writes it, UTC and without a zone."""
    if as_of is None:
        return None
    return (as_of.astimezone(UTC).replace(tzinfo=None) if as_of.tzinfo is not None else as_of).isoformat()


def _countries(project: Project, connection: duckdb.DuckDBPyConnection, files: Snapshot) -> tuple[str, ...]:
    """Countries of the members whose events were let through, in their order."""
    relation = project.lake.relation(files, "members", MEMBERS.types())
    rows = connection.execute(
        f"SELECT coalesce(country, '{NO_COUNTRY}') FROM member_codes LEFT JOIN (SELECT member, country FROM {relation} "
        "WHERE country IS NOT NULL "
        "QUALIFY row_number() OVER (PARTITION BY member ORDER BY shard DESC, line DESC) = 1) USING (member) "
        "ORDER BY member_index"
    ).fetchall()
    # There are few countries and many members.
    return tuple(sys.intern(str(country)) for (country,) in rows)


def nothing_allowed(project: Project, decision: Decision) -> NothingAllowed:
    """The error of a read that let nothing through, with the way to a basis."""
    wanted = " and ".join(decision.purposes)
    if decision.rows_denied == 0:
        return NothingAllowed(
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
    return NothingAllowed(
        f"None of the {decision.members_denied} members has a basis to {wanted} on {decision.rows_denied} events.",
        way_out,
    )
