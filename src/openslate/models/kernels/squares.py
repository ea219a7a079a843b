"""Between packed sums and square matrices: unpacking before a system is solved, and EASE's weights after it."""

import numpy as np
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled
from openslate.models.kernels.sharing import share_rows
from openslate.models.packed import row_starts, titles_of_half

TILE = 64
"""Rows and columns turned over at a time: what is read across and what is written down both stay in cache."""


def unpacked(
    half: NDArray[np.int64], titles: NDArray[np.int64], step: float, most_threads: int | None = None
) -> NDArray[np.float32]:
    """The rows and columns of some titles as a float32 matrix; `packed.unpacked` says what that is.

    Args:
        half: int64 [n (n + 1) / 2].
        titles: int64 [m], ascending.
        step: what an entry of one stands for.
        most_threads: None for all there are; the result does not depend on it.

    Returns:
        float32 [m, m], of which the lower half is set.
    """
    square = np.empty((len(titles), len(titles)), dtype=np.float32)
    starts = row_starts(titles_of_half(len(half)))[titles]

    def unpack(first: int, last: int) -> None:
        _unpack_rows(square, half, starts, titles, np.float32(step), first, last)

    share_rows(np.arange(len(titles)), unpack, most_threads)
    return square


def ease_weights(
    inverted: NDArray[np.float32],
    multipliers: NDArray[np.float32],
    titles: NDArray[np.int64],
    n_titles: int,
    most_threads: int | None = None,
) -> NDArray[np.float32]:
    """-P_ij mu_j off the diagonal, and zero on it; `plain.ease_weights` says what that is.

    Args:
        inverted: P, float32 [m, m], of which the lower half is read.
        multipliers: mu, float32 [m].
        titles: int64 [m], ascending: the titles that P's rows are of.
        n_titles: size of the catalogue.
        most_threads: None for all there are; the result does not depend on it.

    Returns:
        float32 [n_titles, n_titles].
    """
    weights = np.zeros((n_titles, n_titles), dtype=np.float32)

    def spread(first: int, last: int) -> None:
        _spread_tiles(weights, inverted, -multipliers, titles, first, last)

    share_rows(np.ones(-(-len(titles) // TILE), dtype=np.int64), spread, most_threads)
    return weights


@compiled
def _unpack_rows(
    square: NDArray[np.float32],
    half: NDArray[np.int64],
    starts: NDArray[np.int64],
    titles: NDArray[np.int64],
    step: np.float32,
    first: int,
    last: int,
) -> None:
    for row in range(first, last):
        for column in range(row + 1):
            square[row, column] = np.float32(half[starts[row] + titles[column]]) * step


@compiled
def _spread_tiles(
    weights: NDArray[np.float32],
    inverted: NDArray[np.float32],
    scale: NDArray[np.float32],
    titles: NDArray[np.int64],
    first: int,
    last: int,
) -> None:
    size = len(titles)
    for top in range(first * TILE, min(last * TILE, size), TILE):
        bottom = min(top + TILE, size)
        for row in range(top, bottom):
            for column in range(row):
                weights[titles[row], titles[column]] = inverted[row, column] * scale[column]
        for left in range(top, size, TILE):
            for row in range(top, bottom):
                for column in range(max(left, row + 1), min(left + TILE, size)):
                    weights[titles[row], titles[column]] = inverted[column, row] * scale[column]
