"""Symmetric sums packed into their lower half, row after row: how the item-item models' accumulators are kept.

Entry (i, j) with j <= i of a catalogue of n titles lies at i (i + 1) / 2 + j, and there are n (n + 1) / 2 of them:
at 20,000 titles 1.6 GB of int64, where the square would take 3.2 GB.
"""

from math import isqrt

import numpy as np
from numpy.typing import NDArray

from openslate.errors import UsageError

WORTH_COMPILING = 1024
"""Titles below which NumPy is done with a matrix before a compiled loop is even loaded."""


def half_size(n_titles: int) -> int:
    """How many entries a packed half has.

    Example:
        >>> half_size(3)
        6
    """
    return n_titles * (n_titles + 1) // 2


def titles_of_half(size: int) -> int:
    """How many titles a packed half of `size` entries is of.

    Raises:
        UsageError: no whole number of titles has as many.

    Example:
        >>> titles_of_half(6)
        3
    """
    n_titles = (isqrt(8 * size + 1) - 1) // 2
    if half_size(n_titles) != size:
        raise UsageError(f"{size} numbers are no packed half of a matrix.", "Give it n (n + 1) / 2 of them.")
    return n_titles


def packed(square: NDArray[np.int64]) -> NDArray[np.int64]:
    """The lower half of a square matrix, int64 [n (n + 1) / 2].

    Example:
        >>> packed(np.array([[1, 9], [2, 3]])).tolist()
        [1, 2, 3]
    """
    half = np.empty(half_size(len(square)), dtype=np.int64)
    for title, start in enumerate(row_starts(len(square))):
        half[start : start + title + 1] = square[title, : title + 1]
    return half


def diagonal(half: NDArray[np.int64]) -> NDArray[np.int64]:
    """The entries (i, i) of a packed half, int64 [n]."""
    starts = row_starts(titles_of_half(len(half)))
    entries: NDArray[np.int64] = half[starts + np.arange(len(starts))]
    return entries


def unpacked(half: NDArray[np.int64], titles: NDArray[np.int64], step: float) -> NDArray[np.float32]:
    """The rows and columns of some titles as a float32 matrix; no wider copy of it is ever made.

    Args:
        half: int64 [n (n + 1) / 2].
        titles: int64 [m], ascending.
        step: what an entry of one stands for.

    Returns:
        float32 [m, m]. Only its lower half is set: what is above the diagonal is undefined.

    Example:
        >>> square = unpacked(np.array([1, 2, 3, 4, 5, 6]), np.array([0, 2]), step=0.5)
        >>> np.tril(square).tolist()
        [[0.5, 0.0], [2.0, 3.0]]
    """
    if len(titles) < WORTH_COMPILING:
        return plainly_unpacked(half, titles, step)
    from openslate.models.kernels import squares

    return squares.unpacked(half, titles, step)


def plainly_unpacked(half: NDArray[np.int64], titles: NDArray[np.int64], step: float) -> NDArray[np.float32]:
    """What `unpacked` does, in NumPy: the compiled loop's reference, and the quick way for few titles."""
    starts = row_starts(titles_of_half(len(half)))
    all_titles = len(titles) == len(starts)
    square = np.empty((len(titles), len(titles)), dtype=np.float32)
    for row, title in enumerate(titles):
        start, below = starts[title], square[row, : row + 1]
        below[...] = half[start : start + row + 1] if all_titles else half[start + titles[: row + 1]]
        below *= np.float32(step)
    return square


def rearranged(half: NDArray[np.int64], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The packed half over other titles, or over the same ones in another order.

    Args:
        half: int64 [n (n + 1) / 2]; a view of a file will do, it is read row by row.
        places: int64 [m], where each of the new titles stood before; -1 for one that had no place.

    Returns:
        int64 [m (m + 1) / 2], zero in rows and columns of titles that had no place.

    Example:
        >>> rearranged(np.array([1, 2, 3]), np.array([1, -1, 0])).tolist()
        [3, 0, 0, 2, 0, 1]
    """
    starts = row_starts(titles_of_half(len(half)))
    result = np.zeros(half_size(len(places)), dtype=np.int64)
    for row, (start, place) in enumerate(zip(row_starts(len(places)), places, strict=True)):
        others = places[: row + 1]
        both = np.flatnonzero(others >= 0) if place >= 0 else others[:0]
        others = places[both]
        result[start + both] = half[starts[np.maximum(others, place)] + np.minimum(others, place)]
    return result


def row_starts(n_titles: int) -> NDArray[np.int64]:
    """Where each title's row begins in a packed half, int64 [n_titles]."""
    titles = np.arange(n_titles, dtype=np.int64)
    return titles * (titles + 1) // 2
