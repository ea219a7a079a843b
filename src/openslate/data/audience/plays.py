"""The plays that may be counted, as tables of one connection: through the gate first, and then who, what and how far.

What is counted here is measured, and learned from by whoever forecasts: a member needs a basis for both.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from openslate.data.catalogue import newest_titles
from openslate.data.datasets import nothing_allowed
from openslate.data.schema import MEMBERS, PLAYS
from openslate.errors import NothingAllowed, UsageError
from openslate.project import Project
from openslate.rights.gate import Decision, pass_through
from openslate.storage.lake import quoted
from openslate.storage.manifest import Snapshot

COMMISSIONING = ("evaluate", "train")
"""What members must allow: their plays measure titles, and forecasts learn from what was measured."""
LEAST_SECONDS = 120
LEAST_SHARE = 0.05
"""A play counts from two minutes or a twentieth of the title on: who stops before has looked at it and left. The share
is there for what is short, where two minutes may be most of it."""
SMALLEST_SERVICE = 0.1
"""Titles of a source count as on the service where at least a tenth of them was watched: tables of films from
elsewhere lie in the same catalogue, and what nobody could watch is no failure."""
TABLES = ("titles", "members", "plays", "consents")


@dataclass(frozen=True)
class Plays:
    """Plays that may be counted, in three temporary tables of the connection.

    `people` (member, code): every member let through, numbered from 0 in an order that says nothing of them.
    `plays_of` (view: code, title, started, milliseconds, counted): their plays, of the chosen members alone.
    `service` (title, released): the titles that were on the service.

    Attributes:
        connection: where the tables are.
        decision: what the gate let through.
        first, last: days of the first and the last play of anybody let through.
        members: how many members the chosen ones are.
    """

    connection: duckdb.DuckDBPyConnection
    decision: Decision
    first: date
    last: date
    members: int


@contextmanager
def permitted_plays(
    project: Project,
    as_of: date,
    reader: str,
    country: str = "*",
    age_band: str = "",
    purposes: tuple[str, ...] = COMMISSIONING,
) -> Iterator[Plays]:
    """Plays of members who allow it, up to the end of a day (UTC).

    Args:
        project: where.
        as_of: the last day of which plays are seen.
        reader: which step asks, for the ledger.
        country: of the members, ISO 3166-1 alpha-2; '*' for all.
        age_band: of the members, as the service writes it; '' for all.
        purposes: what for; members must have a basis for all of them.

    Raises:
        NothingAllowed: there are no plays up to that day, or none may be used.
        UsageError: nobody let through is of that country or age band.
        ProjectError: a file is missing, or is not what its name says.
    """
    files = project.lake.snapshot(*TABLES)
    project.lake.verify(files)
    relation = project.lake.relation(files, "plays", PLAYS.types())
    until = quoted((as_of + timedelta(days=1)).isoformat())
    rows = (
        f"(SELECT member, title, started, seconds, completion, source FROM {relation} "
        f"WHERE started < {until}::TIMESTAMP)"
    )
    with project.lake.reading() as connection:
        decision = pass_through(project, connection, rows, "watching", purposes, reader, files)
        if decision.rows_allowed == 0:
            raise _nothing(project, decision, as_of)
        connection.execute(
            # Numbered by a digest, so that groups of numbers are alike whatever ids are made of.
            "CREATE OR REPLACE TEMP TABLE people AS SELECT member, "
            "(row_number() OVER (ORDER BY md5(member), member) - 1)::INTEGER AS code "
            "FROM (SELECT DISTINCT member FROM watching_allowed)"
        )
        members = _choose(project, connection, files, country, age_band)
        connection.execute(
            "CREATE OR REPLACE TEMP VIEW plays_of AS SELECT code, title, started, "
            # Whole numbers, because sums of them are the same in whichever order the engine adds.
            "round(1000 * seconds)::BIGINT AS milliseconds, "
            f"coalesce(seconds >= {LEAST_SECONDS}, false) OR coalesce(completion >= {LEAST_SHARE}, false) "
            # As everywhere: the service recorded it as a play, and says no more.
            "OR (seconds IS NULL AND completion IS NULL) AS counted FROM watching JOIN chosen USING (member)"
        )
        first, last = _spanned(connection)
        _find_service(project, connection, files, as_of)
        yield Plays(connection, decision, first, last, members)


def _choose(
    project: Project, connection: duckdb.DuckDBPyConnection, files: Snapshot, country: str, age_band: str
) -> int:
    """The table `chosen` (member, code) of those of a country and an age band; how many they are."""
    asked = {name: value for name, value in (("country", country), ("age_band", age_band)) if value not in ("*", "")}
    relation = project.lake.relation(files, "members", MEMBERS.types())
    latest = (
        f"(SELECT member, {{0}} FROM {relation} WHERE {{0}} IS NOT NULL "
        "QUALIFY row_number() OVER (PARTITION BY member ORDER BY shard DESC, line DESC) = 1)"
    )
    joins = " ".join(
        f"SEMI JOIN (SELECT member FROM {latest.format(name)} WHERE {name} = {quoted(value)}) AS of_{name} "
        "USING (member)"
        for name, value in asked.items()
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE chosen AS SELECT member, code FROM people {joins}")
    count = int(connection.execute("SELECT count(*) FROM chosen").fetchall()[0][0])
    if count == 0:
        for name in asked:
            _require_told(connection, latest.format(name), name)
        said = " and ".join(f"{name.replace('_', ' ')} {value!r}" for name, value in asked.items())
        raise UsageError(
            f"No member whose plays may be counted has the {said}.",
            "Name one that the members' table has, or leave it out.",
        )
    return count


def _require_told(connection: duckdb.DuckDBPyConnection, latest: str, name: str) -> None:
    """Refuse to look for members of a country or an age band where that is told of nobody.

    Raises:
        UsageError: it is told of no member whose plays may be counted.
    """
    told = connection.execute(f"SELECT count(*) FROM people SEMI JOIN {latest} AS told USING (member)").fetchall()
    if told[0][0] == 0:
        words = name.replace("_", " ")
        raise UsageError(
            f"The members' table tells the {words} of no member whose plays may be counted.",
            f"Import members with a column {name}, or leave the {words} out.",
        )


def _spanned(connection: duckdb.DuckDBPyConnection) -> tuple[date, date]:
    """The days of the first and last play of anybody, with the table `watched` of titles."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE watched AS SELECT title, min(started) AS first, max(started) AS last "
        "FROM watching GROUP BY title"
    )
    first, last = connection.execute("SELECT min(first)::DATE, max(last)::DATE FROM watched").fetchall()[0]
    return first, last


def _find_service(project: Project, connection: duckdb.DuckDBPyConnection, files: Snapshot, as_of: date) -> None:
    """The table `service` of titles that could be watched by the day."""
    known = f"(SELECT title, released, source FROM {newest_titles(project, files)})"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE service AS WITH known AS "
        f"(SELECT known.*, watched.title IS NOT NULL AS was_watched FROM {known} AS known LEFT JOIN watched "
        f"USING (title) WHERE watched.title IS NOT NULL OR released <= {quoted(as_of.isoformat())}::DATE) "
        "SELECT title, released FROM known "
        f"QUALIFY was_watched OR avg(was_watched::INTEGER) OVER (PARTITION BY source) >= {SMALLEST_SERVICE}"
    )


def _nothing(project: Project, decision: Decision, as_of: date) -> NothingAllowed:
    if decision.rows_denied:
        return nothing_allowed(project, decision)
    return NothingAllowed(
        f"The project holds no plays up to {as_of.isoformat()}, and nothing else tells what its own members watch.",
        "Import some, such as with `openslate import csv plays.csv --table plays`.",
    )
