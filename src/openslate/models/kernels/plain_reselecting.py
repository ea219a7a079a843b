"""What `reselecting` does, in NumPy: its reference in tests."""

import numpy as np
from numpy.typing import NDArray

from openslate.models.top import highest


def reselected(
    square: NDArray[np.float32],
    left: NDArray[np.float32],
    right: NDArray[np.float32],
    scale: NDArray[np.float32],
    per_row: int,
    without_diagonal: bool,
) -> tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.int64]]:
    """Add left @ right to the square in place, product after product, and choose each row's largest weights.

    Args:
        square: float32 [rows, columns]; written to.
        left: float32 [rows, rank].
        right: float32 [rank, columns].
        scale: float32 [columns]; a weight is an entry of the square times its column's scale.
        per_row: how many weights of a row are kept at most; zeros never are, and of equal magnitudes the first are.
        without_diagonal: whether weights from a title to itself are left out.

    Returns:
        values float32 [rows, per_row] and columns int32 [rows, per_row], ascending, with zero and -1 where a row has
        fewer; and how many each row has, int64 [rows].
    """
    sums = np.zeros_like(square)
    for place in range(len(right)):
        sums += left[:, place, None] * right[place]
    square += sums
    weights = square * scale
    if without_diagonal:
        np.fill_diagonal(weights, 0)
    chosen = highest(np.abs(weights), per_row) & (weights != 0)
    values = np.zeros((len(square), per_row), dtype=np.float32)
    columns = np.full((len(square), per_row), -1, dtype=np.int32)
    for row, marks in enumerate(chosen):
        places = np.flatnonzero(marks)
        values[row, : len(places)] = weights[row, places]
        columns[row, : len(places)] = places
    return values, columns, chosen.sum(axis=1)
