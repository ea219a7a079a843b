"""Rows that say nothing new or nothing known: titles nobody has heard of, duplicates, and what the project has already.

What is found goes into the temporary table `removed` of the import's connection.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb
import numpy as np
from numpy.typing import NDArray

from openslate.data.admission.casting import identifier
from openslate.data.schema import TITLES, Table
from openslate.project import Project
from openslate.rights.erased import ERASED_ROWS, marks
from openslate.storage.lake import PEOPLE_TABLES, quoted
from openslate.storage.manifest import Snapshot

ROWS_PER_PASS = 64_000_000
"""Keys whose 64-bit hashes are compared at once: half a gigabyte of them."""

UNKNOWN, DUPLICATE, REPEATED, ERASED = "unknown title", "duplicate", "repeated", "erased member"


@dataclass(frozen=True)
class Removed:
    """A row that does not go into the table.

    Attributes:
        ordinal: its number over all parts.
        earlier: the number of the row it repeats, or None.
        why: one of the words above.
        title: the title nobody knows, or None.
    """

    ordinal: int
    earlier: int | None
    why: str
    title: str | None


def removed_rows(connection: duckdb.DuckDBPyConnection) -> list[Removed]:
    """What `removed` holds, in order."""
    return [Removed(*row) for row in connection.execute("SELECT * FROM removed ORDER BY ordinal").fetchall()]


def start_removing(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the table `removed` anew: number of the row, number of the earlier one it repeats, why, and its title."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE removed (ordinal BIGINT, earlier BIGINT, why VARCHAR, title VARCHAR)"
    )


def refers_to_titles(table: Table) -> bool:
    """Whether a table's rows name titles of another table."""
    return table.name != TITLES.name and any(column.name == "title" for column in table.columns)


def known_titles(project: Project, snapshot: Snapshot) -> str:
    """SQL of the titles there are."""
    return project.lake.relation(snapshot, TITLES.name, TITLES.types())


def find_erased(project: Project, connection: duckdb.DuckDBPyConnection, table: Table, rows: str) -> None:
    """Mark the rows of members who were erased and have not consented anew.

    Args:
        project: where.
        connection: where `removed` is.
        table: the schema.
        rows: SQL of the typed rows with `ordinal`.
    """
    known = marks(project) if table.name in PEOPLE_TABLES else None
    if known is None:
        return
    known.offer(connection)
    connection.execute(
        f"INSERT INTO removed SELECT ordinal, NULL, '{ERASED}', NULL FROM {rows} WHERE member IN "
        f"(SELECT member FROM (SELECT DISTINCT member FROM {rows} WHERE member IS NOT NULL) WHERE {ERASED_ROWS})"
    )


def find_unknown_titles(
    project: Project, connection: duckdb.DuckDBPyConnection, table: Table, rows: str, snapshot: Snapshot
) -> None:
    """Mark the rows whose title is in no titles table.

    Args:
        project: where.
        connection: where `removed` is.
        table: the schema.
        rows: SQL of the typed rows with `ordinal`.
        snapshot: the files that are the project's tables.
    """
    if not refers_to_titles(table):
        return
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE unknown_titles AS SELECT title FROM (SELECT DISTINCT title FROM {rows}) "
        f"WHERE title NOT IN (SELECT title FROM {known_titles(project, snapshot)})"
    )
    if connection.execute("SELECT 1 FROM unknown_titles LIMIT 1").fetchall():
        connection.execute(
            f"INSERT INTO removed SELECT ordinal, NULL, '{UNKNOWN}', title FROM {rows} "
            f"WHERE {identifier(table.key[0])} IS NOT NULL AND title IN (SELECT title FROM unknown_titles) "
            "AND ordinal NOT IN (SELECT ordinal FROM removed)"
        )


def find_duplicates(connection: duckdb.DuckDBPyConnection, table: Table, rows: str, total: int) -> None:
    """Mark every row whose key an earlier row has, with that row's ordinal.

    Hashes of all keys are compared first; only where two are equal are the keys themselves.

    Args:
        connection: where `removed` is.
        table: the schema.
        rows: SQL of the typed rows with `ordinal`.
        total: how many they are.
    """
    key = ", ".join(identifier(name) for name in table.key)
    suspects = np.concatenate(list(_twice(connection, rows, key, identifier(table.key[0]), total)))
    if not len(suspects):
        return
    connection.register("suspects", {"mark": suspects})
    connection.execute(
        f"INSERT INTO removed SELECT ordinal, earlier, '{DUPLICATE}', NULL FROM ("
        f"SELECT ordinal, min(ordinal) OVER (PARTITION BY {key}) AS earlier FROM {rows} "
        f"WHERE {identifier(table.key[0])} IS NOT NULL AND hash({key}) IN (SELECT mark FROM suspects) "
        "AND ordinal NOT IN (SELECT ordinal FROM removed)) WHERE ordinal > earlier"
    )
    connection.unregister("suspects")


def _twice(
    connection: duckdb.DuckDBPyConnection, rows: str, key: str, first: str, total: int
) -> Iterator[NDArray[np.uint64]]:
    """Hashes that more than one key has, a share of all hashes at a time."""
    passes = max(1, -(-total // ROWS_PER_PASS))
    for number in range(passes):
        share = "" if passes == 1 else f" AND hash({key}) % {passes} = {number}"
        found = connection.execute(f"SELECT hash({key}) AS mark FROM {rows} WHERE {first} IS NOT NULL{share}")
        marks = np.sort(np.asarray(found.fetchnumpy()["mark"], dtype=np.uint64))
        yield np.unique(marks[1:][marks[1:] == marks[:-1]])


def find_repeated(
    project: Project, connection: duckdb.DuckDBPyConnection, table: Table, rows: str, snapshot: Snapshot
) -> int:
    """Mark the rows the project has already, and count them.

    An event is known by its key. A title or member is known when its latest version is equal in every column; one
    that differs is a new version.

    Args:
        project: where.
        connection: where `removed` is.
        table: the schema.
        rows: SQL of the typed rows with `ordinal`.
        snapshot: the files that are the project's tables.
    """
    if not snapshot.of(table.name):
        return 0
    known = project.lake.relation(snapshot, table.name, table.types())
    key = ", ".join(identifier(name) for name in table.key)
    if table.time is None:
        latest = f"PARTITION BY {key} ORDER BY shard DESC, line DESC"
        known = f"(SELECT * FROM {known} QUALIFY row_number() OVER ({latest}) = 1)"
        compared = [column.name for column in table.columns]
    else:
        time = identifier(table.time)
        first, last = connection.execute(f"SELECT min({time})::VARCHAR, max({time})::VARCHAR FROM {rows}").fetchall()[0]
        # Files whose times lie elsewhere are left unread: their footers tell.
        known = f"(SELECT * FROM {known} WHERE {time} BETWEEN {quoted(first)}::TIMESTAMP AND {quoted(last)}::TIMESTAMP)"
        compared = list(table.key)
    equal = " AND ".join(f"a.{identifier(name)} IS NOT DISTINCT FROM b.{identifier(name)}" for name in compared)
    connection.execute(
        f"INSERT INTO removed SELECT ordinal, NULL, '{REPEATED}', NULL FROM {rows} a "
        f"WHERE {identifier(table.key[0])} IS NOT NULL AND ordinal NOT IN (SELECT ordinal FROM removed) "
        f"AND EXISTS (SELECT 1 FROM {known} b WHERE {equal})"
    )
    return int(connection.execute(f"SELECT count(*) FROM removed WHERE why = '{REPEATED}'").fetchall()[0][0])
