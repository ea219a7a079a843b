"""What the compiled loops do, in NumPy and SciPy: their reference in tests, and the quick way for a little.

Nothing here loads numba.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, tril

from openslate.models.histories import Histories
from openslate.models.kernels.events import LagWeights, WeighedEvents
from openslate.models.sparse_rows import SparseRows
from openslate.models.top import top_titles


def add_gram(half: NDArray[np.int64], weights: csr_array, sign: int) -> None:
    """Add sign * X'X to its packed half by one product of sparse integers.

    Args:
        half: int64 [n (n + 1) / 2], added to in place.
        weights: X, sparse int32 [members, titles].
        sign: 1 to add members, -1 to take them out.
    """
    wide = weights.astype(np.int64)
    products = tril(wide.T @ wide).tocoo()
    half[_places(products.row.astype(np.int64), products.col)] += sign * products.data


def add_pairs(
    half: NDArray[np.int64], full: NDArray[np.int64], events: WeighedEvents, lags: LagWeights, sign: int
) -> None:
    """Add what each pair of one member's events gives to S'DS and S'DT, one lag after the other.

    An event a, and b `lag` events after it with e later events of its own, have the product
    p = member weight * engagement of a * engagement of b. They give

        p * source_target[lag - 1]         to S'DT at (title of a, title of b),
        p * shared[lag, min(e, past)]      to S'DS at (title of a, title of b), and the same turned over;

    an event with itself (lag 0) gives to S'DS once.

    Args:
        half: int64 [n (n + 1) / 2], S'DS in its packed half, added to in place.
        full: int64 [n, n], S'DT, in C order, added to in place.
        events: the members' events.
        lags: what lags weigh.
        sign: 1 to add members, -1 to take them out.
    """
    titles, later = events.titles.astype(np.int64), events.later()
    own = sign * events.weights()
    for lag in range(max(lags.past, len(lags.source_target) + 1)):
        first = np.flatnonzero(later >= lag)
        second = first + lag
        products = own[first] * events.engagement[second]
        if 0 < lag <= len(lags.source_target):
            cells = titles[first] * events.n_titles + titles[second]
            np.add.at(full.reshape(-1), cells, products * lags.source_target[lag - 1])
        if lag < lags.past:
            row, column = np.maximum(titles[first], titles[second]), np.minimum(titles[first], titles[second])
            # Two plays of one title meet on the diagonal, where turning over puts them a second time.
            times = 1 + ((row == column) & (lag > 0))
            shared = lags.shared[lag, np.minimum(later[second], lags.past)]
            np.add.at(half, _places(row, column), times * products * shared)


def _places(row: NDArray[np.int64], column: NDArray[np.int64]) -> NDArray[np.int64]:
    return row * (row + 1) // 2 + column


def scores_of_rows(rows: csr_array, weights: SparseRows) -> NDArray[np.float32]:
    """Every title's score for every member: the sum of the weights' rows that the member's row names.

    Args:
        rows: sparse float32 [members, rows of weights], what each member's titles weigh.
        weights: from watched titles to scored ones.

    Returns:
        float32 [members, n_titles].
    """
    scores: NDArray[np.float32] = (rows @ weights.matrix()).toarray()
    return scores


def best_of_rows(
    rows: csr_array, weights: SparseRows, seen: Histories, count: int
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Each member's best titles not yet seen, best first; of equal scores, the lower title index first.

    Args:
        rows: sparse float32 [members, rows of weights], what each member's titles weigh.
        weights: from watched titles to scored ones.
        seen: the members' histories.
        count: how many titles.

    Returns:
        int32 [members, count], -1 where a member has fewer, and their scores, float32 [members, count], minus
        infinity there.
    """
    scores = scores_of_rows(rows, weights)
    scores[seen.members_of_events(), seen.titles] = -np.inf
    best = top_titles(scores, count)
    return best, np.where(best < 0, -np.inf, np.take_along_axis(scores, best, axis=1)).astype(np.float32)


def ease_weights(inverted: NDArray[np.float32], titles: NDArray[np.int64], n_titles: int) -> NDArray[np.float32]:
    """-P_ij / P_jj off the diagonal, and zero on it, at the places of P's titles; zero elsewhere.

    Args:
        inverted: P, float32 [m, m], symmetric, of which the lower half is read.
        titles: int64 [m], ascending: the titles that P's rows are of.
        n_titles: size of the catalogue.

    Returns:
        float32 [n_titles, n_titles].
    """
    below = np.tril(inverted, -1)
    weights = np.zeros((n_titles, n_titles), dtype=np.float32)
    weights[np.ix_(titles, titles)] = (below + below.T) * (np.float32(-1) / inverted.diagonal())
    np.fill_diagonal(weights, 0)  # which was minus zero
    return weights
