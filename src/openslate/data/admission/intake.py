"""One table's rows from raw parts to finished shards: typed, checked, told apart, and written in their order."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from openslate.data.admission.casting import TimeUnit, identifier
from openslate.data.admission.explain import explain
from openslate.data.admission.part import Part
from openslate.data.admission.quarantine import Quarantine
from openslate.data.admission.repeats import (
    find_duplicates,
    find_erased,
    find_repeated,
    find_unknown_titles,
    known_titles,
    refers_to_titles,
    removed_rows,
    start_removing,
)
from openslate.data.admission.report import TableCounts
from openslate.data.admission.scratch import Scratch
from openslate.data.admission.told import first_sentence
from openslate.data.admission.typed import TypedPart, all_rows, write_typed, wrong_rows
from openslate.data.schema import Table
from openslate.errors import AdmitError, ProjectError
from openslate.project import Project
from openslate.storage.lake import copy_to
from openslate.storage.manifest import Shard, Snapshot


@dataclass(frozen=True)
class Work:
    """What an import carries along.

    Attributes:
        project: where the rows go.
        connection: the DuckDB of this import.
        scratch: its temporary files.
        quarantine: takes refused rows.
        source: the name under which the rows' basis is kept.
        label: goes into files of titles and members, whose equal rows may mean different versions.
        now: the moment of the import, as SQL text.
        unit: how times are written, or None to recognise it.
        tell: takes what is being done and the share of this table that is done, 0 to 1.
    """

    project: Project
    connection: duckdb.DuckDBPyConnection
    scratch: Scratch
    quarantine: Quarantine
    source: str
    label: str
    now: str
    unit: TimeUnit | None
    tell: Callable[[str, float], None]


class _LinesUnknown(Exception):
    def __init__(self, place: int) -> None:
        super().__init__(place)
        self.place = place


def take_in(work: Work, table: Table, parts: Sequence[Part], snapshot: Snapshot) -> tuple[list[Shard], TableCounts]:
    """Write one table's rows as shards that a commit can add.

    Args:
        work: what the import carries along.
        table: the schema.
        parts: the rows.
        snapshot: what the project holds, and what this import adds to other tables.

    Raises:
        AdmitError: a part cannot be read, or not one of its rows is good.
    """
    titles = known_titles(work.project, snapshot) if refers_to_titles(table) else None
    current = list(parts)
    for part in current:
        for refusal in part.refusals:
            work.quarantine.add(table.name, refusal)
    while True:
        with ExitStack() as stack:
            typed = _all_typed(work, stack, current, titles)
            try:
                return _settle(work, table, typed, snapshot)
            except _LinesUnknown as unknown:
                current[unknown.place] = _mend(work, current[unknown.place], "its lines cannot be counted")


def _all_typed(work: Work, stack: ExitStack, parts: list[Part], titles: str | None) -> list[TypedPart]:
    """Every part typed; one that is not well-formed is replaced in `parts` by its mended self."""
    typed: list[TypedPart] = []
    first = 0
    for place, part in enumerate(list(parts)):
        work.tell(f"Reading {part.place}", 0.05 + 0.6 * place / len(parts))
        path = stack.enter_context(work.project.lake.unnamed(part.table.name))
        label = work.label if part.table.time is None else ""
        how = (path, first, work.unit, work.now, label, titles)
        if part.odd:
            part = parts[place] = _mend(work, part, "it holds NUL bytes")
        try:
            typed.append(write_typed(work.connection, part, *how))
        except duckdb.Error as error:
            parts[place] = _mend(work, part, _told(part, error))
            try:
                typed.append(write_typed(work.connection, parts[place], *how))
            except duckdb.Error as again:
                raise AdmitError(
                    f"{part.place} cannot be read: {_told(part, again)}.", "Write it anew, as RFC 4180 describes."
                ) from again
        first += typed[-1].rows
    return typed


def _told(part: Part, error: duckdb.Error) -> str:
    """What DuckDB said, in a sentence.

    Raises:
        ProjectError: what it said is that there is no room.
    """
    said = first_sentence(error)
    if isinstance(error, duckdb.OutOfMemoryException) or "No space left" in said:
        raise ProjectError(f"There is no room for {part.place}: {said}.", "Make room on the disk and in memory.")
    return said


def _mend(work: Work, part: Part, problem: str) -> Part:
    work.tell(f"Looking for what is wrong with {part.place}", 0.3)
    return part.mended(work.scratch, lambda refusal: work.quarantine.add(part.table.name, refusal), problem)


def _settle(work: Work, table: Table, typed: list[TypedPart], snapshot: Snapshot) -> tuple[list[Shard], TableCounts]:
    """Sort the typed rows into wrong, repeated and good, and write the good ones."""
    for part in typed:
        part.part.check(part.rows)
    work.tell(f"Checking {table.name}", 0.7)
    connection, everything, total = work.connection, all_rows(typed), sum(part.rows for part in typed)
    read = work.quarantine.counts[table.name] + total
    start_removing(connection)
    wrong = [wrong_rows(connection, part) for part in typed]
    find_erased(work.project, connection, table, everything)
    find_unknown_titles(work.project, connection, table, everything, snapshot)
    find_duplicates(connection, table, everything, total)
    _quarantine_all(work, typed, wrong)
    if read == work.quarantine.counts[table.name]:
        raise _nothing_good(work, typed, table, read)
    repeated = find_repeated(work.project, connection, table, everything, snapshot)
    shards: list[Shard] = []
    for place, part in enumerate(typed):
        work.tell(f"Writing {table.name}", 0.8 + 0.2 * place / len(typed))
        shards.extend(_shards(work, part, len(wrong[place])))
    counts = TableCounts(read, sum(shard.rows for shard in shards), repeated, work.quarantine.counts[table.name])
    return shards, counts.checked(table.name)


def _quarantine_all(work: Work, typed: list[TypedPart], wrong: list[NDArray[np.int64]]) -> None:
    """Send wrong rows, unknown titles and duplicates to quarantine, once it is certain where they stand."""
    removed = {row.ordinal: row for row in removed_rows(work.connection)}
    for place, part in enumerate(typed):
        touched = len(wrong[place]) > 0 or any(part.holds(ordinal) for ordinal in removed)
        if touched and not part.part.certain(part.rows):
            raise _LinesUnknown(place)
    for place, part in enumerate(typed):
        for refusal in explain(work.connection, typed, part, wrong[place], removed, work.now, work.scratch):
            work.quarantine.add(part.part.table.name, refusal)


def _shards(work: Work, part: TypedPart, wrong: int) -> Iterator[Shard]:
    """The good rows of a part as shards: its file as it is where every row is good and it is not too long."""
    connection, table, most = work.connection, part.part.table, work.project.settings.limits.rows_per_shard
    counted = connection.execute(
        "SELECT count(*) FROM removed WHERE ordinal BETWEEN ? AND ?", (part.first, part.first + part.rows - 1)
    ).fetchall()
    removed = int(counted[0][0])
    if part.rows == wrong + removed:
        return
    if part.path is not None and wrong == removed == 0 and part.rows <= most:
        yield work.project.lake.adopt(part.path, table.name, part.rows, work.source)
        return
    columns = ", ".join(identifier(column.name) for column in table.columns)
    good = f"{identifier(table.key[0])} IS NOT NULL"
    if removed:
        good += " AND ordinal NOT IN (SELECT ordinal FROM removed)"
    for start in range(part.first, part.first + part.rows, most):
        here = f" AND ordinal BETWEEN {start} AND {start + most - 1}" if part.rows > most else ""
        with work.project.lake.unnamed(table.name) as path:
            label = work.label if table.time is None else ""
            rows = copy_to(connection, f"SELECT {columns} FROM ({part.numbered()}) WHERE {good}{here}", path, label)
            if rows:
                yield work.project.lake.adopt(path, table.name, rows, work.source)


def _nothing_good(work: Work, typed: list[TypedPart], table: Table, read: int) -> AdmitError:
    places = sorted({part.part.place for part in typed})
    if read == 0:
        return AdmitError(
            f"{' and '.join(places)} holds no rows for {table.name}.", "Check that it was written to the end."
        )
    first = [refusal.sentence for refusal in work.quarantine.first]
    every = f"all {read:,} rows of {' and '.join(places)} were" if read > 1 else f"the only row of {places[0]} was"
    return AdmitError(
        f"Nothing was imported: {every} refused. {' '.join(first)}",
        "Mend the file, or name its columns with --column and its time unit with --time-unit "
        "(in Python: columns= and time_unit=).",
    )
