"""From permitted rows to numbered events, streamed: the step between the gate and the prepared histories.

Rows become four numbers in one pass over the files, which also parts them by member, so that no more than one part of
the members is ever sorted in memory. Members are numbered in natural order and titles in order of the catalogue; a
member's events stand in order of time, and at one and the same moment in the order of their arrival.
"""

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from openslate.data.catalogue import Catalogue, natural_order
from openslate.data.schema import PLAYS, RATINGS
from openslate.models.histories import ENGAGEMENT_STEPS
from openslate.project import Project
from openslate.storage.files import sync_file, sync_folder
from openslate.storage.lake import quoted
from openslate.storage.manifest import Snapshot

EVENTS_PER_PART = 5_000_000
"""Events that are sorted at once: some 200 MB."""
EVENTS_PER_PASS = 10_000_000
"""Events that are read and parted before the work so far is safe from a kill."""
MOST_PARTS = 90
"""DuckDB writes up to 100 files side by side."""

COLUMNS: Mapping[str, np.dtype[Any]] = {
    "titles": np.dtype(np.int32),
    "times": np.dtype(np.int64),
    "engagement": np.dtype(np.int32),
    "completion": np.dtype(np.float64),
}
"""What is kept of an event, by the name of its array; the first three make up `Histories`."""

_SMALLEST = {"titles": "INTEGER", "times": "BIGINT", "engagement": "TINYINT", "completion": "DOUBLE"}


@dataclass(frozen=True)
class Part:
    """Some members in a row.

    Attributes:
        number: its name in SQL.
        first: index of its first member.
        members: how many they are.
    """

    number: int
    first: int
    members: int


def events_of(project: Project, files: Snapshot, as_of: str | None) -> str:
    """SQL of plays and ratings as one stream of events with engagement in whole steps.

    Args:
        project: where.
        files: which files are the tables.
        as_of: the moment, UTC and without a zone, up to which events are seen; None for all.
    """
    plays = project.lake.relation(files, "plays", PLAYS.types())
    ratings = project.lake.relation(files, "ratings", RATINGS.types())
    # A play without a known share counts as watched: the service recorded it as a play.
    events = (
        f"SELECT member, title, started AS happened, completion, source, shard, line, "
        f"round({ENGAGEMENT_STEPS} * coalesce(completion, 1))::INTEGER AS engagement FROM {plays} "
        f"UNION ALL SELECT member, title, rated AS happened, NULL AS completion, source, shard, line, "
        f"round({ENGAGEMENT_STEPS} * rating / 5)::INTEGER AS engagement FROM {ratings}"
    )
    return (
        f"({events})" if as_of is None else f"(SELECT * FROM ({events}) WHERE happened <= {quoted(as_of)}::TIMESTAMP)"
    )


def number_members(connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """Number the members the gate let through, and part them; their ids in order.

    The temporary table `member_codes` holds each `member` with its `member_index` and `part`.

    Args:
        connection: where the gate left the view `events` and the table `events_allowed`.
    """
    total = int(connection.execute("SELECT sum(rows) FROM events_allowed").fetchall()[0][0])
    share = max(EVENTS_PER_PART, -(-total // MOST_PARTS))
    before = "sum(rows) OVER (arrival ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) - rows"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE member_codes AS SELECT member, "
        f"(row_number() OVER arrival - 1)::INTEGER AS member_index, (({before}) // {share})::INTEGER AS part "
        "FROM (SELECT member, sum(rows)::BIGINT AS rows FROM events_allowed GROUP BY member) "
        f"WINDOW arrival AS (ORDER BY {natural_order('member')})"
    )
    found = connection.execute("SELECT member FROM member_codes ORDER BY member_index").fetchall()
    return tuple(str(row[0]) for row in found)


def parts_of(connection: duckdb.DuckDBPyConnection) -> list[Part]:
    """The parts of `member_codes`, in order."""
    found = connection.execute(
        "SELECT part, min(member_index), count(*) FROM member_codes GROUP BY part ORDER BY part"
    ).fetchall()
    return [Part(*map(int, row)) for row in found]


def passes_over(files: Snapshot) -> list[tuple[int, ...]]:
    """Files of events in groups that are read together, by their ordinals."""
    groups: list[list[int]] = []
    rows = EVENTS_PER_PASS
    for shard in (*files.of("plays"), *files.of("ratings")):
        if rows >= EVENTS_PER_PASS:
            groups.append([])
            rows = 0
        groups[-1].append(shard.ordinal)
        rows += shard.rows
    return [tuple(group) for group in groups]


def numbered(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, columns: Sequence[str]) -> str:
    """SQL of the permitted events as numbers, in no order; events on titles outside the catalogue are left out.

    Args:
        connection: where `events` and `member_codes` are.
        catalogue: the titles in order of their index.
        columns: some of `COLUMNS`, `times` among them.
    """
    title_codes = {
        "title": np.array([title.title for title in catalogue.titles], dtype=object),
        "title_index": np.arange(len(catalogue), dtype=np.int32),
    }
    connection.register("title_codes", title_codes)
    values = {
        "titles": "title_index",
        "times": "epoch_us(happened)",
        "engagement": "engagement",
        "completion": "coalesce(completion, 'nan'::DOUBLE)",
    }
    chosen = ", ".join(f"({values[name]})::{_SMALLEST[name]} AS {name}" for name in columns)
    # Arrival comes along to settle the order of one and the same moment.
    return (
        f"SELECT part, member_index, shard::INTEGER AS shard, line, {chosen} FROM events "
        "JOIN member_codes USING (member) JOIN title_codes USING (title)"
    )


def write_parts(connection: duckdb.DuckDBPyConnection, rows: str, shards: Sequence[int], folder: Path) -> None:
    """Write the events of some files as Parquet, a folder for each part; the folder is there once all of it is.

    Args:
        connection: where the rows are.
        rows: SQL from `numbered`.
        shards: ordinals of the files.
        folder: where; it must not exist.
    """
    making = folder.with_name(f"{folder.name}.making")
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir()
    wanted = ", ".join(map(str, shards))
    connection.execute(
        f"COPY (SELECT * FROM ({rows}) WHERE shard IN ({wanted})) TO {quoted(making)} "
        "(FORMAT parquet, COMPRESSION snappy, PARTITION_BY (part), OVERWRITE_OR_IGNORE)"
    )
    for path in making.rglob("*.parquet"):
        sync_file(path)
    making.rename(folder)
    sync_folder(folder.parent)


def sorted_part(
    connection: duckdb.DuckDBPyConnection, part: Part, rows: str, columns: Sequence[str]
) -> tuple[NDArray[np.int64], dict[str, NDArray[Any]]]:
    """A part's events per member, int64 [members of the part], and its columns, in order of member and time.

    Args:
        connection: where the rows are.
        part: which.
        rows: SQL of its numbered events.
        columns: some of `COLUMNS`.
    """
    found = connection.execute(
        f"SELECT member_index, {', '.join(columns)} FROM ({rows}) ORDER BY member_index, times, shard, line"
    ).fetchnumpy()
    counts = np.bincount(np.asarray(found["member_index"]) - part.first, minlength=part.members)
    return counts.astype(np.int64), {name: np.asarray(found[name], dtype=COLUMNS[name]) for name in columns}
