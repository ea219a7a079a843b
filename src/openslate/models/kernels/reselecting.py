"""An update of low rank and the choice of each row's largest weights, in one pass over a matrix that fills memory.

At 20,000 titles a matrix of weights takes 1.6 GB. Read once, a row is updated, scaled and looked through while it is in
the processor's cache: what would be three passes and two matrices more takes about as long as reading it.
"""

import numpy as np
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled
from openslate.models.kernels.sharing import share_rows

ROWS = 8
"""Rows updated side by side, so that what they share is read from memory once."""
TILE = 2048
"""Columns updated at a time: a tile of the sums stays in the first cache."""
SAMPLED = 512
"""Weights of a row looked at to guess where its border lies, when nothing is known of it."""
LEAST = 2.0**-149
"""The least magnitude that is not zero."""
NEARLY_ALL = 4
"""How many times the weights kept a row must be long for a guess to save anything."""


def reselected(
    square: NDArray[np.float32],
    left: NDArray[np.float32],
    right: NDArray[np.float32],
    scale: NDArray[np.float32],
    borders: NDArray[np.float32],
    per_row: int,
    without_diagonal: bool,
    most_threads: int | None = None,
) -> tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.int64]]:
    """Add left @ right to the square in place, and choose each row's largest weights square_ij * scale_j.

    `plain_reselecting.reselected` says what that is, bit by bit.

    Args:
        square: float32 [rows, columns], in C order; written to.
        left: float32 [rows, rank].
        right: float32 [rank, columns].
        scale: float32 [columns].
        borders: float32 [rows], about the least magnitude kept in each row, a little below it at best; 0 where nothing
            is known. The result does not depend on it, the time does.
        per_row: how many weights of a row are kept at most; zeros never are.
        without_diagonal: whether weights from a title to itself are left out.
        most_threads: None for all there are; the result does not depend on it.

    Returns:
        values float32 [rows, per_row] and columns int32 [rows, per_row], ascending, with zero and -1 where a row has
        fewer; and how many each row has, int64 [rows].
    """
    # In another order of memory they would be compiled for anew, and read across.
    left, right, rows = np.ascontiguousarray(left), np.ascontiguousarray(right), len(square)
    values = np.zeros((rows, per_row), dtype=np.float32)
    columns = np.full((rows, per_row), -1, dtype=np.int32)
    counts = np.zeros(rows, dtype=np.int64)

    def work(first: int, last: int) -> None:
        first, last = first * ROWS, min(last * ROWS, rows)
        _reselect(square, left, right, scale, borders, without_diagonal, values, columns, counts, first, last)

    share_rows(np.ones(-(-rows // ROWS), dtype=np.int64), work, most_threads)
    return values, columns, counts


@compiled
def _reselect(
    square: NDArray[np.float32],
    left: NDArray[np.float32],
    right: NDArray[np.float32],
    scale: NDArray[np.float32],
    borders: NDArray[np.float32],
    without_diagonal: bool,
    values: NDArray[np.float32],
    columns: NDArray[np.int32],
    counts: NDArray[np.int64],
    first: int,
    last: int,
) -> None:
    size, rank = square.shape[1], len(right)
    sums, weights = np.zeros((ROWS, size), np.float32), np.zeros(size, np.float32)
    magnitudes, places = np.zeros(size, np.float32), np.zeros(size, np.int32)
    for top in range(first, last, ROWS):
        bottom = min(top + ROWS, last)
        if rank:
            sums[:] = 0
            for start in range(0, size, TILE):
                stop = min(start + TILE, size)
                for row in range(top, bottom):
                    _add_products(sums[row - top], left[row], right, start, stop)
        for row in range(top, bottom):
            own, added = square[row], sums[row - top]
            if rank:
                for column in range(size):
                    own[column] += added[column]
            for column in range(size):
                weights[column] = own[column] * scale[column]
            if without_diagonal:
                weights[row] = 0
            counts[row] = _choose(weights, borders[row], values[row], columns[row], magnitudes, places)


@compiled
def _add_products(
    sums: NDArray[np.float32], factors: NDArray[np.float32], rows: NDArray[np.float32], start: int, stop: int
) -> None:
    # Four at a time, one after the other: the same additions in the same order, with a fourth of the reads and writes.
    rank, here = len(rows), sums[start:stop]
    whole = rank - rank % 4
    for place in range(0, whole, 4):
        one, two, three, four = factors[place], factors[place + 1], factors[place + 2], factors[place + 3]
        first, second = rows[place][start:stop], rows[place + 1][start:stop]
        third, fourth = rows[place + 2][start:stop], rows[place + 3][start:stop]
        for column in range(len(here)):
            total = here[column] + one * first[column]
            total += two * second[column]
            total += three * third[column]
            total += four * fourth[column]
            here[column] = total
    for place in range(whole, rank):
        factor, row = factors[place], rows[place][start:stop]
        for column in range(len(here)):
            here[column] += factor * row[column]


@compiled
def _choose(
    weights: NDArray[np.float32],
    border: np.float32,
    values: NDArray[np.float32],
    columns: NDArray[np.int32],
    magnitudes: NDArray[np.float32],
    places: NDArray[np.int32],
) -> int:
    size, wanted = len(weights), len(values)
    least, shrink = np.float32(LEAST), np.float32(0.5)
    if size <= NEARLY_ALL * wanted:
        border = np.float32(0)
    elif border <= 0:
        border = _guessed(weights, wanted)
    border = max(border, least)
    found = 0
    while True:
        found = 0
        for column in range(size):
            magnitude = abs(weights[column])
            if magnitude >= border:
                magnitudes[found] = magnitude
                places[found] = column
                found += 1
        if found >= wanted or border == least:
            break
        border = max(border * shrink, least)
        shrink *= shrink
    if found > wanted:
        border = _placed(magnitudes[:found].copy(), found - wanted)
    room = wanted
    for place in range(found):
        room -= magnitudes[place] > border
    kept = 0
    for place in range(found):
        if magnitudes[place] == border and found > wanted:
            if room <= 0:
                continue
            room -= 1
        elif magnitudes[place] < border:
            continue
        values[kept] = weights[places[place]]
        columns[kept] = places[place]
        kept += 1
    return kept


@compiled
def _guessed(weights: NDArray[np.float32], wanted: int) -> np.float32:
    """About the `wanted`-th largest magnitude, a little below it for most rows."""
    size = len(weights)
    sample = np.empty(SAMPLED, np.float32)
    for place in range(SAMPLED):
        sample[place] = abs(weights[place * size // SAMPLED])
    share = min(1.5 * wanted / size, 1.0)
    return _placed(sample, max(int(SAMPLED * (1 - share)) - 1, 0))


@compiled
def _placed(numbers: NDArray[np.float32], place: int) -> np.float32:
    """What stands at a place once it holds what sorting would put there: no more before it, no less behind.

    numba takes ten seconds to compile `np.partition`. Source: C. A. R. Hoare, "Algorithm 65: FIND" (1961).
    """
    low, high = 0, len(numbers) - 1
    while low < high:
        pivot, left, right = numbers[place], low, high
        while left <= right:
            while numbers[left] < pivot:
                left += 1
            while pivot < numbers[right]:
                right -= 1
            if left <= right:
                numbers[left], numbers[right] = numbers[right], numbers[left]
                left += 1
                right -= 1
        if right < place:
            low = left
        if place < left:
            high = right
    found: np.float32 = numbers[place]
    return found
