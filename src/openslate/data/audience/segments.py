"""What members watched by segments of the catalogue, counted in groups of members from which intervals are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb
import numpy as np
from numpy.typing import NDArray

from openslate.data.audience.plays import Plays
from openslate.storage.lake import quoted

GROUPS = 200
"""Members are counted in so many groups, which are drawn anew in their stead: one at a time would be too many."""
AGES = (7, 28, 91, 365)
"""Days since release that part the bins of age: what a title finds falls steeply with its age."""
MOST_SHARE = 2 / 3
LEAST_SUPPLY = 3
"""Who has watched two thirds of a segment has exhausted it; of one or two titles that says nothing."""
QUIET_DAYS = 28
"""Members without a play for so long before the day have gone quiet."""
MOST_PAIRS = 2_000_000
"""Of members and segments that are joined with one another: beyond, a part of the groups stands for all."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SegmentCounts:
    """Counts by title, and by group of members and segment.

    Attributes:
        on_service: bool [titles], in the order of the titles given.
        watched: float64 [titles, ages], members by how old the title was when they first watched it in the period.
        days: float64 [titles, ages], days of the period in which it was so old.
        pairs: float64 [groups, segments], first plays of a title by a member in the period.
        totals: float64 [groups], the same over all titles, each once.
        group_members: float64 [groups], how many members each holds.
        members: float64 [segments], members who watched something of it in the period.
        hours: float64 [segments], in the period.
        exhausted: float64 [segments], those of `members` who have watched most of it, in the period or earlier.
        exhausted_quiet: float64 [segments], those of them who have gone quiet.
        others: float64 [segments], the rest of `members`, who have not exhausted it.
        others_quiet: float64 [segments], those of them who have gone quiet.
        both: float64 [segments, segments], members of the sample who watched something of both in the period.
        since: first day of the period.
    """

    on_service: NDArray[np.bool_]
    watched: Floats
    days: Floats
    pairs: Floats
    totals: Floats
    group_members: Floats
    members: Floats
    hours: Floats
    exhausted: Floats
    exhausted_quiet: Floats
    others: Floats
    others_quiet: Floats
    both: Floats
    since: date


def count_segments(
    plays: Plays,
    titles: Sequence[str],
    released: NDArray[np.datetime64],
    standing: tuple[NDArray[np.int64], NDArray[np.int64]],
    segments: int,
    as_of: date,
    days: int,
) -> SegmentCounts:
    """Count what members watched of each segment in the days up to the last that plays are of.

    Args:
        plays: from `permitted_plays`.
        titles: ids.
        released: datetime64[D] [titles], NaT where unknown: such a title counts as an old one.
        standing: numbers of titles and of the segments in which they stand, aligned; a title may stand in several.
        segments: how many there are.
        as_of: the last day.
        days: of the period.
    """
    until = min(as_of, plays.last)
    since = max(until - timedelta(days=days - 1), plays.first)
    connection = plays.connection
    _name(connection, titles, released, standing)
    quiet_from = until - timedelta(days=QUIET_DAYS - 1)
    _pair(connection, since, quiet_from)
    on_service = np.zeros(len(titles), dtype=np.bool_)
    on_service[_column(connection, "SELECT DISTINCT number FROM numbered SEMI JOIN service USING (title)")] = True
    period = f"first_in_period >= {quoted(since.isoformat())}::DATE"
    watched = np.zeros((len(titles), len(AGES) + 1))
    age = "coalesce(date_diff('day', released, first_in_period::DATE), 1000000)"
    bin_of = " + ".join(f"({age} >= {edge})::INTEGER" for edge in AGES)
    _fill(
        watched,
        connection,
        f"SELECT number, {bin_of} AS age, count(*) FROM pairs JOIN numbered USING (number) WHERE {period} GROUP BY ALL",
    )
    pairs = np.zeros((GROUPS, segments))
    _fill(
        pairs,
        connection,
        f"SELECT code % {GROUPS}, segment, count(*) FROM pairs JOIN standing USING (number) WHERE {period} "
        "GROUP BY ALL",
    )
    totals = np.zeros(GROUPS)
    _fill(totals, connection, f"SELECT code % {GROUPS}, count(*) FROM pairs WHERE {period} GROUP BY ALL")
    sizes = np.zeros(GROUPS)
    _fill(sizes, connection, f"SELECT code % {GROUPS}, count(*) FROM chosen GROUP BY ALL")
    return SegmentCounts(
        on_service=on_service,
        watched=watched,
        days=_days_at(released, on_service, since, until),
        pairs=pairs,
        totals=totals,
        group_members=sizes,
        **_by_segment(connection, segments),
        both=_overlaps(connection, segments),
        since=since,
    )


def _name(
    connection: duckdb.DuckDBPyConnection,
    titles: Sequence[str],
    released: NDArray[np.datetime64],
    standing: tuple[NDArray[np.int64], NDArray[np.int64]],
) -> None:
    """The tables `numbered` (number, title, released) and `standing` (number, segment)."""
    columns = {
        "number": np.arange(len(titles), dtype=np.int32),
        "title": np.array(titles, dtype=object),
        "moment": released.astype("datetime64[us]"),
    }
    connection.register("given_titles", columns)
    connection.register("given_standing", {"number": standing[0].astype(np.int32), "segment": standing[1]})
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE numbered AS SELECT number, title, moment::DATE AS released FROM given_titles"
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE standing AS SELECT number, segment FROM given_standing")
    connection.unregister("given_titles")
    connection.unregister("given_standing")


def _pair(connection: duckdb.DuckDBPyConnection, since: date, quiet_from: date) -> None:
    """The tables `pairs` of members and titles they watched, and `standing_of` of members and segments."""
    period = f"started >= {quoted(since.isoformat())}::DATE"
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE pairs AS SELECT code, number, "
        # First plays alone: a second one is no further demand for another title.
        f"CASE WHEN min(started) FILTER (counted) >= {quoted(since.isoformat())}::DATE "
        "THEN min(started) FILTER (counted) END AS first_in_period, "
        f"bool_or(counted AND {period}) AS in_period, "
        f"coalesce(sum(milliseconds) FILTER ({period}), 0)::BIGINT AS milliseconds "
        "FROM plays_of JOIN numbered USING (title) GROUP BY code, number HAVING bool_or(counted)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE quiet AS SELECT code FROM plays_of GROUP BY code "
        f"HAVING max(started) < {quoted(quiet_from.isoformat())}::DATE"
    )
    supply = (
        "(SELECT segment, count(*) AS supply FROM standing JOIN numbered USING (number) "
        "SEMI JOIN service USING (title) GROUP BY segment)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE standing_of AS SELECT code, segment, bool_or(in_period) AS in_period, "
        f"sum(milliseconds) AS milliseconds, any_value(supply) >= {LEAST_SUPPLY} "
        f"AND count(*) >= {MOST_SHARE} * any_value(supply) AS exhausted "
        f"FROM pairs JOIN standing USING (number) JOIN {supply} USING (segment) GROUP BY code, segment"
    )


def _by_segment(connection: duckdb.DuckDBPyConnection, segments: int) -> dict[str, Floats]:
    """Members, hours, and those who have exhausted a segment or not, by attribute."""
    quiet = "quiet.code IS NOT NULL"
    counted = {
        "members": "count(*) FILTER (in_period)",
        "hours": "sum(milliseconds) / 3600000",
        "exhausted": "count(*) FILTER (in_period AND exhausted)",
        "exhausted_quiet": f"count(*) FILTER (in_period AND exhausted AND {quiet})",
        "others": "count(*) FILTER (in_period AND NOT exhausted)",
        "others_quiet": f"count(*) FILTER (in_period AND NOT exhausted AND {quiet})",
    }
    found = connection.execute(
        f"SELECT segment, {', '.join(counted.values())} FROM standing_of LEFT JOIN quiet USING (code) GROUP BY segment"
    ).fetchall()
    columns = {name: np.zeros(segments) for name in counted}
    for segment, *values in found:
        for column, value in zip(columns.values(), values, strict=True):
            column[segment] = value
    return columns


def _overlaps(connection: duckdb.DuckDBPyConnection, segments: int) -> Floats:
    """Members who watched something of both of two segments, among as many groups as can be joined."""
    rows = int(connection.execute("SELECT count(*) FROM standing_of WHERE in_period").fetchall()[0][0])
    groups = max(1, min(GROUPS, GROUPS * MOST_PAIRS // max(rows, 1)))
    some = f"(SELECT code, segment FROM standing_of WHERE in_period AND code % {GROUPS} < {groups})"
    both = np.zeros((segments, segments))
    _fill(
        both,
        connection,
        f"SELECT one.segment, other.segment, count(*) FROM {some} AS one JOIN {some} AS other USING (code) "
        "GROUP BY ALL",
    )
    return both


def _days_at(released: NDArray[np.datetime64], on_service: NDArray[np.bool_], since: date, until: date) -> Floats:
    """Days of the period on which each title was of each age."""
    first, last = np.datetime64(since, "D"), np.datetime64(until, "D")
    unknown = np.isnat(released)
    start = (first - np.where(unknown, first, released)).astype(np.int64)
    end = start + int((last - first).astype(np.int64)) + 1
    edges = [0, *AGES]
    days = np.zeros((len(released), len(edges)))
    for place, low in enumerate(edges):
        high = edges[place + 1] if place + 1 < len(edges) else np.iinfo(np.int64).max
        days[:, place] = np.maximum(np.minimum(end, high) - np.maximum(start, low), 0)
    days[unknown] = 0
    days[unknown, -1] = (end - start)[unknown]
    days[~on_service] = 0
    return days


def _column(connection: duckdb.DuckDBPyConnection, query: str) -> NDArray[np.int64]:
    return np.array([row[0] for row in connection.execute(query).fetchall()], dtype=np.int64)


def _fill(into: Floats, connection: duckdb.DuckDBPyConnection, query: str) -> None:
    """Put counts in their places: a row is the place, and then the count."""
    rows = connection.execute(query).fetchall()
    if rows:
        *places, counts = np.array(rows, dtype=np.int64).T
        into[tuple(places)] = counts
