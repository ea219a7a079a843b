"""The audience map as a stored forecaster keeps it: sums over titles, as arrays."""

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from openslate.apps.greenlight.comps.watched_together import WatchedTogether

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class KeptAudience:
    """Members who watched both of two titles, each pair once.

    Attributes:
        titles: uint8, JSON of their ids.
        rows, columns, both: int64 [pairs], two titles and how many watched both; of a title with itself, its viewers.
        members: how many members were counted.
    """

    titles: NDArray[np.uint8]
    rows: Numbers
    columns: Numbers
    both: Numbers
    members: int


def keep_audience(found: WatchedTogether) -> KeptAudience:
    """The same arrays for the same counts.

    Example:
        >>> found = WatchedTogether(("a", "b"), csr_array(np.array([[40, 25], [25, 30]])), 90)
        >>> kept = keep_audience(found)
        >>> kept.both.tolist(), kept_audience(kept).counts("b", "a")[0]
        ([40, 25, 30], 25)
    """
    entries = found.both.tocoo()
    rows, columns = entries.coords
    order = np.lexsort((columns, rows))
    order = order[rows[order] <= columns[order]]
    return KeptAudience(
        np.frombuffer(json.dumps(list(found.titles)).encode(), dtype=np.uint8),
        rows[order].astype(np.int64),
        columns[order].astype(np.int64),
        entries.data[order].astype(np.int64),
        found.members,
    )


def kept_audience(kept: KeptAudience) -> WatchedTogether:
    """The counts that were kept."""
    titles = tuple(json.loads(kept.titles.tobytes()))
    apart = kept.rows != kept.columns
    rows = np.concatenate([kept.rows, kept.columns[apart]])
    columns = np.concatenate([kept.columns, kept.rows[apart]])
    values = np.concatenate([kept.both, kept.both[apart]])
    both = csr_array((values, (rows, columns)), shape=(len(titles), len(titles)), dtype=np.int64)
    return WatchedTogether(titles, both, kept.members)
