"""How many members watched both of two titles: counted through blocks of members, and only sums come out."""

from collections.abc import Mapping

import duckdb
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from openslate.data.audience.plays import Plays

MEMBERS_AT_ONCE = 20_000
"""What so many members watched is in memory at once."""


def watched_together(plays: Plays, places: Mapping[str, int], fewest: int) -> csr_array:
    """Count the members who watched both of any two titles.

    Args:
        plays: from `permitted_plays`.
        places: from a title to its row; several titles may share one, and then count as one.
        fewest: pairs that fewer members watched are not told, titles that fewer watched neither.

    Returns:
        csr int64 [rows, rows], symmetric; on the diagonal the viewers of each title.
    """
    size = max(places.values(), default=-1) + 1
    _pair(plays.connection, places)
    both = csr_array((size, size), dtype=np.int64)
    last = plays.connection.execute("SELECT coalesce(max(code), -1) FROM watched_of").fetchall()[0][0]
    for start in range(0, int(last) + 1, MEMBERS_AT_ONCE):
        found = plays.connection.execute(
            f"SELECT code - {start} AS code, number FROM watched_of "
            f"WHERE code >= {start} AND code < {start + MEMBERS_AT_ONCE} ORDER BY code, number"
        ).fetchnumpy()
        both = both + _both(found["code"].astype(np.int64), found["number"].astype(np.int64), size)
    return _many(csr_array(both), fewest)


def _pair(connection: duckdb.DuckDBPyConnection, places: Mapping[str, int]) -> None:
    """The table `watched_of` (code, number) of members and titles they watched, each pair once."""
    columns = {
        "title": np.array(list(places), dtype=object),
        "number": np.array(list(places.values()), dtype=np.int32),
    }
    connection.register("given_places", columns)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE watched_of AS SELECT DISTINCT code, number "
        "FROM plays_of JOIN (SELECT title::VARCHAR AS title, number FROM given_places) USING (title) WHERE counted"
    )
    connection.unregister("given_places")


def _both(codes: NDArray[np.int64], numbers: NDArray[np.int64], size: int) -> csr_array:
    watched = csr_array((np.ones(len(codes), dtype=np.int64), (codes, numbers)), shape=(MEMBERS_AT_ONCE, size))
    return csr_array(watched.T @ watched)


def _many(both: csr_array, fewest: int) -> csr_array:
    """Only counts of so many, in the order of rows and columns."""
    entries = both.tocoo()
    kept = entries.data >= max(fewest, 1)
    rows, columns = entries.coords
    found = csr_array((entries.data[kept], (rows[kept], columns[kept])), shape=both.shape, dtype=np.int64)
    found.sort_indices()
    return found
