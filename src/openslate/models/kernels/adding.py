"""One member's scores: rows of a dense matrix added up, several at a time, so that sums stay in the processor."""

import numpy as np
from numba import uint64
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled
from openslate.models.kernels.events import read_only
from openslate.models.sparse_rows import SparseRows


def sum_of_rows(
    rows: NDArray[np.int64], weights: NDArray[np.float32], matrix: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The weighted sum of some rows, in their order; `plain.sum_of_rows` says what that is.

    Args:
        rows: int64 [named], rows of the matrix; one may be named twice.
        weights: float32 [named].
        matrix: float32 [rows, n_titles], in C order.

    Returns:
        float32 [n_titles], the same bits as SciPy's product.
    """
    scores = np.zeros(matrix.shape[1], dtype=np.float32)
    _add_rows(scores, read_only(rows), read_only(weights), read_only(matrix))
    return scores


def sum_of_sparse_rows(
    rows: NDArray[np.int64], weights: NDArray[np.float32], matrix: SparseRows
) -> NDArray[np.float32]:
    """The same of sparse rows.

    Args:
        rows: int64 [named], rows of the matrix; one may be named twice.
        weights: float32 [named].
        matrix: from watched titles to scored ones.

    Returns:
        float32 [n_titles], the same bits as SciPy's product.
    """
    scores = np.zeros(matrix.n_titles, dtype=np.float32)
    offsets, columns, values = read_only(matrix.row_offsets), read_only(matrix.columns), read_only(matrix.values)
    _add_sparse_rows(scores, read_only(rows), read_only(weights), offsets, columns, values)
    return scores


@compiled
def _add_rows(
    scores: NDArray[np.float32], rows: NDArray[np.int64], weights: NDArray[np.float32], matrix: NDArray[np.float32]
) -> None:
    whole = len(rows) // 4 * 4
    for start in range(0, whole, 4):
        first, second = matrix[rows[start]], matrix[rows[start + 1]]
        third, fourth = matrix[rows[start + 2]], matrix[rows[start + 3]]
        one, two, three, four = weights[start], weights[start + 1], weights[start + 2], weights[start + 3]
        for title in range(len(scores)):
            # One addition after the other, as if each row were added by itself.
            score = scores[title] + one * first[title]
            score = score + two * second[title]
            score = score + three * third[title]
            scores[title] = score + four * fourth[title]
    for place in range(whole, len(rows)):
        row, weight = matrix[rows[place]], weights[place]
        for title in range(len(scores)):
            scores[title] += weight * row[title]


@compiled
def _add_sparse_rows(
    scores: NDArray[np.float32],
    rows: NDArray[np.int64],
    weights: NDArray[np.float32],
    row_offsets: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.float32],
) -> None:
    for place in range(len(rows)):
        row, weight = rows[place], weights[place]
        for entry in range(uint64(row_offsets[row]), uint64(row_offsets[row + 1])):
            scores[uint64(columns[entry])] += weight * values[entry]
