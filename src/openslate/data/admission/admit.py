"""Admission: the one way by which rows become part of a project, whatever source they come from.

Everything an import brings is committed at once, or nothing is. Good rows go in, wrong ones to quarantine with the
reason, and every row that was read is accounted for.
"""

import hashlib
import shlex
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC

import duckdb

from openslate import clock
from openslate.data.admission.casting import TimeUnit
from openslate.data.admission.intake import Work, take_in
from openslate.data.admission.part import Part
from openslate.data.admission.quarantine import quarantine
from openslate.data.admission.repeats import refers_to_titles
from openslate.data.admission.report import ImportReport, TableCounts
from openslate.data.admission.scratch import Scratch, scratch_in
from openslate.data.schema import TABLES
from openslate.errors import AdmitError
from openslate.progress import monotone
from openslate.project import Project
from openslate.rights.consent import PURPOSES, Basis, grant_source, source_grants
from openslate.storage.lake import PEOPLE_TABLES
from openslate.storage.manifest import Import, Shard, Snapshot

Progress = Callable[[str, float], None]
"""Takes what is being done, and the share that is done, from 0 to 1."""

VERSIONED = ("titles", "members", "productions", "outcomes")
"""Tables in which the latest import of a key wins."""


@dataclass(frozen=True)
class Desk:
    """Where an import works while it holds the project's write lock.

    Attributes:
        project: where the rows go.
        connection: a DuckDB in memory.
        scratch: temporary files.
        started: the stopwatch's reading at the start.
        progress: who wants to know how far it is, or None.
    """

    project: Project
    connection: duckdb.DuckDBPyConnection
    scratch: Scratch
    started: float
    progress: Progress | None

    def tell(self, what: str, share: float) -> None:
        """Say what is being done."""
        if self.progress is not None:
            self.progress(what, share)

    def share(self, number: int, total: int) -> Progress:
        """Progress within one of several equal shares of the work."""
        return lambda what, share: self.tell(what, (number + share) / total)


@dataclass(frozen=True)
class Delivery:
    """What a source brings.

    Attributes:
        source: the name under which the rows' basis is kept.
        location: what was read, as the caller named it.
        content: hash of the bytes and of how they are read.
        parts: the rows, in their order within each table.
        notes: what the source did not take as it stood, each a sentence.
    """

    source: str
    location: str
    content: str
    parts: Sequence[Part]
    notes: tuple[str, ...] = ()


@contextmanager
def desk(project: Project, progress: Progress | None) -> Iterator[Desk]:
    """Hold the project's write lock and give out what an import needs."""
    started = clock.stopwatch()
    with project.lake.writing(), scratch_in(project) as scratch, project.lake.reading() as connection:
        yield Desk(project, connection, scratch, started, None if progress is None else monotone(progress))


def content_of(*what: object) -> str:
    """One hash of what is read and how.

    Example:
        >>> content_of("a", {"b": "c"}) == content_of("a", {"b": "c"}), len(content_of("a"))
        (True, 64)
    """
    return hashlib.sha256(repr(what).encode()).hexdigest()


def already_imported(desk: Desk, source: str, content: str, basis: Basis | None) -> ImportReport | None:
    """The report of an import that would bring nothing, because its content came before; None where it might.

    The same content is worth reading again when rows of it were refused and titles have come since, and when it
    brought versioned rows, such as titles, of which newer versions have come since.
    """
    state = _state(desk.project.lake.snapshot(*VERSIONED))
    earlier = [record for record in desk.project.lake.imports() if record.content.startswith(content)]
    for record in reversed(earlier):
        refused = sum(counts["quarantined"] for counts in record.counts.values())
        versioned = any(table in VERSIONED for table in record.counts)
        if record.content == f"{content}:{state}" or not (refused or versioned):
            tables = {
                name: TableCounts(counts["read"], 0, counts["read"] - counts["quarantined"], counts["quarantined"])
                for name, counts in record.counts.items()
            }
            return _report(desk, source, record.location, tables, record.quarantine, (), {}, True, basis)
    return None


def admit(desk: Desk, delivery: Delivery, basis: Basis | None, unit: TimeUnit | None = None) -> ImportReport:
    """Bring a delivery's rows into the project, all at once.

    Args:
        desk: where the import works.
        delivery: what a source brings.
        basis: why the rows may be used, and for what; None where that is not known yet.
        unit: how times are written, or None to recognise it.

    Raises:
        AdmitError: a table has not one good row, or refers to titles while there are none.
    """
    now = clock.now()
    before = desk.project.lake.snapshot()
    key = content_of(delivery.content, _state(before))
    tables = [name for name in TABLES if any(part.table.name == name for part in delivery.parts)]
    shards: list[Shard] = []
    counts: dict[str, TableCounts] = {}
    with quarantine(desk.project, key[:16]) as refused:
        for number, name in enumerate(tables):
            work = Work(
                project=desk.project,
                connection=desk.connection,
                scratch=desk.scratch,
                quarantine=refused,
                source=delivery.source,
                label=key,
                now=now.astimezone(UTC).replace(tzinfo=None).isoformat(sep=" "),
                unit=unit,
                tell=desk.share(number, len(tables)),
            )
            parts = [part for part in delivery.parts if part.table.name == name]
            snapshot = Snapshot((*before.shards, *shards))
            _need_titles(name, parts, snapshot)
            made, counts[name] = take_in(work, TABLES[name], parts, snapshot)
            shards.extend(made)
        kept = refused.keep()
        record = Import(
            id=key[:16],
            source=delivery.source,
            location=delivery.location,
            content=f"{delivery.content}:{_state(Snapshot((*before.shards, *shards)))}",
            counts={name: vars(count) for name, count in counts.items()},
            quarantine=None if kept is None else kept.relative_to(desk.project.folder).as_posix(),
            recorded=now,
        )
        desk.project.lake.commit(record, shards)
    ignored = {part.table.name: part.ignored for part in delivery.parts if part.ignored}
    problems = tuple(refusal.sentence for refusal in refused.first)
    desk.tell("Imported", 1.0)
    done = _report(desk, delivery.source, delivery.location, counts, record.quarantine, problems, ignored, False, basis)
    return replace(done, notes=delivery.notes)


def _need_titles(name: str, parts: Sequence[Part], snapshot: Snapshot) -> None:
    if refers_to_titles(TABLES[name]) and not snapshot.of("titles"):
        raise AdmitError(
            f"{parts[0].place} holds {name}, and the project has no titles yet to match them with.",
            "Import the titles first.",
        )


def _state(snapshot: Snapshot) -> str:
    """Which versions of versioned rows there are, in one word."""
    return Snapshot(tuple(shard for shard in snapshot.shards if shard.table in VERSIONED)).id[:16]


def _report(
    desk: Desk,
    source: str,
    location: str,
    tables: dict[str, TableCounts],
    kept: str | None,
    problems: tuple[str, ...],
    ignored: dict[str, tuple[str, ...]],
    already: bool,
    basis: Basis | None,
) -> ImportReport:
    """The report, once the basis stands in the project."""
    if basis is not None:
        grant_source(desk.project, source, basis)
    granted = any(name == source for name, _ in source_grants(desk.project))
    # An import that brings members' own consents needs no basis beside them, and one of titles is about no person.
    of_people = PEOPLE_TABLES.intersection(tables) and "consents" not in tables
    advice = (
        f"Nobody's events from {source!r} may be used until their basis is stated: "
        f"openslate --project {shlex.quote(str(desk.project.folder))} rights grant --source {shlex.quote(source)} "
        f"--purpose {' --purpose '.join(PURPOSES)} --basis '...'"
        if of_people and not granted
        else ""
    )
    seconds = clock.stopwatch() - desk.started
    return ImportReport(source, location, tables, kept, problems, ignored, already, seconds, basis, advice)
