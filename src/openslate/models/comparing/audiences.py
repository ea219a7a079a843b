"""Who watched both: how far the audiences of two titles are the same people, where enough people say so."""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from openslate.models.histories import Histories

FEWEST_IN_COMMON = 20
"""Of two titles with fewer viewers in common nothing is told: so few could be recognised, and they prove nothing."""
TITLES_AT_ONCE = 256
DECIMALS = 9


def audience_cosine(histories: Histories, fewest: int = FEWEST_IN_COMMON) -> csr_array:
    """The cosine of any two titles' audiences, as far as it is sure.

    Of `c` viewers in common `c - sqrt(c)` are believed, one standard deviation below what was counted: few viewers are
    believed less. Every member counts once for a title, however often they watched it.

    Args:
        histories: of members who permit it.
        fewest: viewers in common.

    Returns:
        csr float64 [titles, titles], symmetric, 0 to 1; 1 between a title and itself; not stored where nothing is told.

    Example:
        >>> watched = Histories.from_lists([[0, 1]] * 25 + [[0]] * 75, n_titles=2)
        >>> audience_cosine(watched).toarray().tolist()
        [[1.0, 0.4], [0.4, 1.0]]
    """
    watched = _watched(histories)
    viewers = np.asarray(watched.sum(axis=0)).astype(np.float64)
    titles = watched.T.tocsr()
    blocks = [
        _told(titles[start : start + TITLES_AT_ONCE] @ watched, start, viewers, fewest)
        for start in range(0, max(histories.n_titles, 1), TITLES_AT_ONCE)
    ]
    return csr_array(vstack(blocks))


def cosine_of(both: csr_array, fewest: int = FEWEST_IN_COMMON) -> csr_array:
    """The same of numbers of viewers that were counted before.

    Args:
        both: csr int64 [titles, titles], viewers in common; on the diagonal those of each title.
        fewest: viewers in common.

    Example:
        >>> cosine_of(csr_array(np.array([[100, 25], [25, 25]]))).toarray().tolist()
        [[1.0, 0.4], [0.4, 1.0]]
    """
    return _told(both, 0, both.diagonal().astype(np.float64), fewest)


def _watched(histories: Histories) -> csr_array:
    """csr int64 [members, titles], 1 where a member watched any of a title."""
    chosen = histories.engagement > 0
    places = (histories.members_of_events()[chosen], histories.titles[chosen])
    shape = (histories.n_members, histories.n_titles)
    found = csr_array((np.ones(int(chosen.sum()), dtype=np.int64), places), shape=shape)
    found.data[:] = 1
    return found


def _told(common: csr_array, start: int, viewers: NDArray[np.float64], fewest: int) -> csr_array:
    entries = common.tocoo()
    rows, columns = entries.coords
    kept = entries.data >= max(fewest, 1)
    rows, columns, count = rows[kept], columns[kept], entries.data[kept].astype(np.float64)
    cosine = (count - np.sqrt(count)) / np.sqrt(viewers[rows + start] * viewers[columns])
    cosine[rows + start == columns] = 1.0
    return csr_array((cosine.round(DECIMALS), (rows, columns)), shape=common.shape)
