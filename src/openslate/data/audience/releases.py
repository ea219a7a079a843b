"""Audiences of titles since their release, counted over windows that are closed."""

from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
from numpy.typing import NDArray

from openslate.data.audience.plays import Plays
from openslate.data.catalogue import natural_order
from openslate.storage.lake import quoted


@dataclass(frozen=True)
class Audiences:
    """Titles whose window is closed, in the catalogue's order; arrays are aligned.

    Attributes:
        titles: ids, as objects.
        released: datetime64[D].
        members: int64 [titles, steps], members by the step of their first play that counts; before the first, nobody.
        hours: float64 [titles, steps].
        before: titles released before the plays begin, whose first days nobody saw.
        open: titles whose window is not closed.
        undated: titles on the service without a release day.
        silent: plays in the windows that do not say how long they were.
    """

    titles: NDArray[np.object_]
    released: NDArray[np.datetime64]
    members: NDArray[np.int64]
    hours: NDArray[np.float64]
    before: int
    open: int
    undated: int
    silent: int


def audiences(plays: Plays, as_of: date, step_days: int, steps: int = 1) -> Audiences:
    """Count the members and hours of each title, in steps of days from its release on.

    A window is closed when it ends before both the day and the last play: on the last day that plays are of, more of
    them may be missing than are there.

    Args:
        plays: from `permitted_plays`.
        as_of: the day on which windows must be closed.
        step_days: days in a step.
        steps: how many of them a window is.
    """
    days, known = step_days * steps, min(as_of, plays.last)
    first, until = quoted(plays.first.isoformat()), quoted(known.isoformat())
    connection = plays.connection
    closed = f"released >= {first}::DATE AND released + {days} <= {until}::DATE"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE windows AS SELECT title, released FROM service WHERE {closed}")
    counted = connection.execute(
        f"SELECT count(*) FILTER (released < {first}::DATE), "
        f"count(*) FILTER (released >= {first}::DATE AND NOT ({closed})), count(*) FILTER (released IS NULL) "
        "FROM service"
    ).fetchall()[0]
    titles = connection.execute(f"SELECT title, released FROM windows ORDER BY {natural_order('title')}").fetchall()
    place = {title: row for row, (title, _) in enumerate(titles)}
    members = np.zeros((len(titles), steps), dtype=np.int64)
    hours = np.zeros((len(titles), steps))
    _step(connection, step_days, days)
    for title, number, count in connection.execute(
        "SELECT title, step, count(*) FROM (SELECT title, code, min(step) FILTER (counted) AS step FROM stepped "
        "GROUP BY title, code) WHERE step IS NOT NULL GROUP BY ALL"
    ).fetchall():
        members[place[title], number] = count
    silent = 0
    for title, number, milliseconds, without in connection.execute(
        "SELECT title, step, sum(milliseconds)::BIGINT, sum(silent) FROM stepped GROUP BY ALL"
    ).fetchall():
        hours[place[title], number] = int(milliseconds) / 3_600_000
        silent += int(without)
    return Audiences(
        titles=np.array([title for title, _ in titles], dtype=object),
        released=np.array([day for _, day in titles], dtype="datetime64[D]"),
        members=members,
        hours=hours,
        before=int(counted[0]),
        open=int(counted[1]),
        undated=int(counted[2]),
        silent=silent,
    )


def _step(connection: duckdb.DuckDBPyConnection, step_days: int, days: int) -> None:
    """The table `stepped` of what each member watched of each title in each step: the plays are gone through once."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE stepped AS SELECT title, code, "
        f"date_diff('day', released, started::DATE) // {step_days} AS step, bool_or(counted) AS counted, "
        "coalesce(sum(milliseconds), 0)::BIGINT AS milliseconds, count(*) FILTER (milliseconds IS NULL) AS silent "
        f"FROM plays_of JOIN windows USING (title) WHERE started >= released AND started < released + {days} "
        "GROUP BY ALL"
    )
