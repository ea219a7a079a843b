"""Scores from sparse rows, and the best of them: a member's row of scores never leaves the processor's cache.

The rows that a member's titles name are added into one row of scores, seen titles are struck out, and the best are
found without sorting: of as many blocks of titles as are wanted, each holds a score at least as high as the lowest
of their maxima, so that only scores as high as that can be among the best.
"""

import numpy as np
from numba import float32, int32, int64, uint64
from numpy.typing import NDArray
from scipy.sparse import csr_array

from openslate.models.histories import Histories
from openslate.models.kernels.compiling import compiled
from openslate.models.kernels.sharing import share_rows
from openslate.models.sparse_rows import SparseRows

MOST_TITLES_PER_BLOCK = 64
LOWEST = np.int32(-0x7F800001)
"""What `_order` makes of minus infinity."""
TITLE_BITS = np.int64(2**32 - 1)
"""The lower half of a key holds the title, turned over: of equal scores, the lower title index comes first."""


def scores_of_rows(rows: csr_array, weights: SparseRows, most_threads: int | None = None) -> NDArray[np.float32]:
    """Every title's score for every member; `plain.scores_of_rows` says what that is.

    Args:
        rows: sparse float32 [members, rows of weights], what each member's titles weigh.
        weights: from watched titles to scored ones.
        most_threads: None for all there are; the result does not depend on it.

    Returns:
        float32 [members, n_titles], the same bits as SciPy's product.
    """
    scores = np.zeros((rows.shape[0], weights.n_titles), dtype=np.float32)
    member = _as_arrays(rows)

    def add(first: int, last: int) -> None:
        _add_all(scores, *member, weights.row_offsets, weights.columns, weights.values, first, last)

    share_rows(np.diff(rows.indptr) + 1, add, most_threads)
    return scores


def best_of_rows(
    rows: csr_array, weights: SparseRows, seen: Histories, count: int, most_threads: int | None = None
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Each member's best titles not yet seen; `plain.best_of_rows` says what that is.

    Args:
        rows: sparse float32 [members, rows of weights], what each member's titles weigh.
        weights: from watched titles to scored ones.
        seen: the members' histories.
        count: how many titles.
        most_threads: None for all there are; the result does not depend on it.

    Returns:
        int32 [members, count], -1 where a member has fewer, and their scores, float32 [members, count].
    """
    best = np.full((rows.shape[0], count), -1, dtype=np.int32)
    best_scores = np.full((rows.shape[0], count), -np.inf, dtype=np.float32)
    member = _as_arrays(rows)
    block = max(1, min(MOST_TITLES_PER_BLOCK, weights.n_titles // (2 * count)))

    def score(first: int, last: int) -> None:
        _best_of_all(
            best, best_scores, *member, weights.row_offsets, weights.narrow, weights.values, weights.n_titles,
            seen.offsets, seen.titles, block, first, last,
        )  # fmt: skip

    share_rows(np.diff(rows.indptr) + 1, score, most_threads)
    return best, best_scores


def best_of_scores(
    scores: NDArray[np.float32], count: int, most_threads: int | None = None
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Each member's best titles, as `top.top_titles` finds them, and their scores.

    Args:
        scores: float32 [members, n_titles]; minus infinity for titles that must not appear.
        count: how many titles.
        most_threads: None for all there are; the result does not depend on it.

    Returns:
        int32 [members, count], -1 where a member has fewer, and float32 [members, count].
    """
    best = np.full((len(scores), count), -1, dtype=np.int32)
    best_scores = np.full((len(scores), count), -np.inf, dtype=np.float32)
    block = max(1, min(MOST_TITLES_PER_BLOCK, scores.shape[1] // (2 * count)))

    def choose(first: int, last: int) -> None:
        _best_of_rows(best, best_scores, scores, block, first, last)

    share_rows(np.ones(len(scores), dtype=np.int64), choose, most_threads)
    return best, best_scores


def values_at(
    rows: NDArray[np.int64], columns: NDArray[np.int32], weights: SparseRows, most_threads: int | None = None
) -> NDArray[np.float32]:
    """What some rows say of some columns; `SparseRows.values_at` says what that is.

    Args:
        rows: int64 [members, rows]; -1 for one that says nothing.
        columns: int32 [members, columns]; -1 stands for the last.
        weights: the rows.
        most_threads: None for all there are; the result does not depend on it.

    Returns:
        float32 [members, rows, columns].
    """
    found = np.zeros((*rows.shape, columns.shape[1]), dtype=np.float32)

    def look_up(first: int, last: int) -> None:
        _look_up(
            found, rows, columns, weights.row_offsets, weights.columns, weights.values, weights.n_titles, first, last
        )

    share_rows(np.ones(len(rows), dtype=np.int64), look_up, most_threads)
    return found


def _as_arrays(rows: csr_array) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
    return rows.indptr.astype(np.int64), rows.indices.astype(np.int32), rows.data.astype(np.float32)


@compiled
def _add_one(
    scores: NDArray[np.float32],
    titles: NDArray[np.int32],
    title_weights: NDArray[np.float32],
    row_offsets: NDArray[np.int64],
    columns: NDArray[np.int32] | NDArray[np.uint16],
    values: NDArray[np.float32],
) -> None:
    for place in range(len(titles)):
        title, weight = titles[place], title_weights[place]
        for entry in range(uint64(row_offsets[title]), uint64(row_offsets[title + 1])):
            scores[uint64(columns[entry])] += weight * values[entry]


@compiled
def _look_up(
    found: NDArray[np.float32],
    rows: NDArray[np.int64],
    wanted: NDArray[np.int32],
    row_offsets: NDArray[np.int64],
    columns: NDArray[np.int32],
    values: NDArray[np.float32],
    n_titles: int,
    first: int,
    last: int,
) -> None:
    # One row is written out at a time, and what was written is cleared again: the others of it are zero already.
    row_of_scores = np.zeros(n_titles, np.float32)
    for member in range(first, last):
        for place in range(rows.shape[1]):
            row = rows[member, place]
            if row < 0:
                continue
            start, stop = row_offsets[row], row_offsets[row + 1]
            for entry in range(start, stop):
                row_of_scores[columns[entry]] = values[entry]
            for column in range(wanted.shape[1]):
                found[member, place, column] = row_of_scores[wanted[member, column]]
            for entry in range(start, stop):
                row_of_scores[columns[entry]] = 0


@compiled
def _add_all(
    scores: NDArray[np.float32],
    member_offsets: NDArray[np.int64],
    titles: NDArray[np.int32],
    title_weights: NDArray[np.float32],
    row_offsets: NDArray[np.int64],
    columns: NDArray[np.int32] | NDArray[np.uint16],
    values: NDArray[np.float32],
    first: int,
    last: int,
) -> None:
    for member in range(first, last):
        own = slice(member_offsets[member], member_offsets[member + 1])
        _add_one(scores[member], titles[own], title_weights[own], row_offsets, columns, values)


@compiled
def _best_of_all(
    best: NDArray[np.int32],
    best_scores: NDArray[np.float32],
    member_offsets: NDArray[np.int64],
    titles: NDArray[np.int32],
    title_weights: NDArray[np.float32],
    row_offsets: NDArray[np.int64],
    columns: NDArray[np.int32] | NDArray[np.uint16],
    values: NDArray[np.float32],
    n_titles: int,
    seen_offsets: NDArray[np.int64],
    seen: NDArray[np.int32],
    block: int,
    first: int,
    last: int,
) -> None:
    scores = np.empty(n_titles, np.float32)
    keys = np.empty(n_titles, np.int64)
    for member in range(first, last):
        scores[:] = 0
        own = slice(member_offsets[member], member_offsets[member + 1])
        _add_one(scores, titles[own], title_weights[own], row_offsets, columns, values)
        for title in seen[seen_offsets[member] : seen_offsets[member + 1]]:
            scores[title] = -np.inf
        _best_of_one(best[member], best_scores[member], scores, keys, block)


@compiled
def _best_of_rows(
    best: NDArray[np.int32],
    best_scores: NDArray[np.float32],
    scores: NDArray[np.float32],
    block: int,
    first: int,
    last: int,
) -> None:
    keys = np.empty(scores.shape[1], np.int64)
    for member in range(first, last):
        _best_of_one(best[member], best_scores[member], scores[member], keys, block)


@compiled
def _best_of_one(
    best: NDArray[np.int32],
    best_scores: NDArray[np.float32],
    scores: NDArray[np.float32],
    keys: NDArray[np.int64],
    block: int,
) -> None:
    n_titles, count, size = uint64(len(scores)), len(best), uint64(block)
    maxima = np.empty((len(scores) + block - 1) // block, np.int32)
    for place in range(uint64(len(maxima))):
        highest = LOWEST
        for title in range(place * size, min((place + uint64(1)) * size, n_titles)):
            highest = max(highest, _order(scores[title]))
        maxima[place] = highest
    border = LOWEST
    if count < len(maxima):
        border = int32(_placed(maxima.astype(np.int64), len(maxima) - count))
    border = max(border, int32(LOWEST + int32(1)))
    found = uint64(0)
    for place in range(uint64(len(maxima))):
        if maxima[place] >= border:
            for title in range(place * size, min((place + uint64(1)) * size, n_titles)):
                order = _order(scores[title])
                if order >= border:
                    keys[found] = (int64(order) << int64(32)) | (TITLE_BITS - int64(title))
                    found += uint64(1)
    candidates = keys[:found]
    if len(candidates) > count:
        _placed(candidates, len(candidates) - count)
        candidates = candidates[len(candidates) - count :]
    candidates = np.sort(candidates)[::-1]
    for place in range(len(candidates)):
        best[place] = TITLE_BITS - (candidates[place] & TITLE_BITS)
        best_scores[place] = scores[best[place]]


@compiled
def _order(score: np.float32) -> np.int32:
    """A whole number that is higher the higher the score: whole numbers, the processor compares several at a time."""
    # Adding zero makes one of the two zeros; turning a negative number's bits over puts it in order below the others.
    bits = np.float32(score + float32(0)).view(np.int32)
    return bits ^ ((bits >> int32(31)) & int32(2**31 - 1))


@compiled
def _placed(numbers: NDArray[np.int64], place: int) -> np.int64:
    """As in `reselecting`: the machine code that is kept knows of changes in its own file alone."""
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
    found: np.int64 = numbers[place]
    return found
