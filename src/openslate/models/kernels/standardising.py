"""Scores standardised member by member: three looks at a row that stays in the processor's cache."""

import numpy as np
from numba import float32, float64, uint64
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled
from openslate.models.kernels.plain import LANES, LEVEL
from openslate.models.kernels.sharing import share_rows

WIDE = 32


def standardised(
    scores: NDArray[np.float32], seen: NDArray[np.bool_], most_threads: int | None = None
) -> NDArray[np.float32]:
    """Scores with mean zero and deviation one; `plain.standardised` says what that is.

    Args:
        scores: float32 [members, n_titles].
        seen: bool [members, n_titles], titles left out of mean and deviation.
        most_threads: None for all there are; the result does not depend on it.

    Returns:
        float32 [members, n_titles], the same bits.
    """
    # Scores that are one row for everybody come as a view without a length of its own.
    whole = np.ascontiguousarray(scores)
    result = np.empty(scores.shape, dtype=np.float32)

    def standardise(first: int, last: int) -> None:
        _standardise_rows(result, whole, seen, first, last)

    share_rows(np.ones(len(scores), dtype=np.int64), standardise, most_threads)
    return result


def lowest(
    scores: NDArray[np.float32], seen: NDArray[np.bool_], most_threads: int | None = None
) -> NDArray[np.float32]:
    """Each member's lowest score of an unseen title; `plain.lowest` says what that is.

    Args:
        scores: float32 [members, n_titles].
        seen: bool [members, n_titles].
        most_threads: None for all there are; the result does not depend on it.

    Returns:
        float32 [members].
    """
    result = np.zeros(len(scores), dtype=np.float32)

    def find(first: int, last: int) -> None:
        _find_lowest(result, scores, seen, first, last)

    share_rows(np.ones(len(scores), dtype=np.int64), find, most_threads)
    return result


@compiled
def _find_lowest(
    result: NDArray[np.float32], scores: NDArray[np.float32], seen: NDArray[np.bool_], first: int, last: int
) -> None:
    # Kept lane by lane, because one lowest alone would wait for itself at every comparison.
    lanes = np.empty(WIDE, np.float32)
    n_titles = scores.shape[1]
    whole = n_titles // WIDE * WIDE
    for member in range(first, last):
        row, left_out = scores[member], seen[member]
        lanes[:] = 0
        for start in range(0, whole, WIDE):
            for lane in range(WIDE):
                score = float32(0) if left_out[start + lane] else row[start + lane]
                lanes[lane] = score if score < lanes[lane] else lanes[lane]
        for title in range(whole, n_titles):
            score = float32(0) if left_out[title] else row[title]
            lanes[0] = score if score < lanes[0] else lanes[0]
        result[member] = lanes.min()


@compiled
def _standardise_rows(
    result: NDArray[np.float32], scores: NDArray[np.float32], seen: NDArray[np.bool_], first: int, last: int
) -> None:
    n_titles = scores.shape[1]
    for member in range(first, last):
        row, left_out, standard = scores[member], seen[member], result[member]
        unseen = 0
        for title in range(n_titles):
            unseen += not left_out[title]
            standard[title] = float32(0) if left_out[title] else row[title]
        unseen = max(unseen, 1)
        mean = _sum(standard) / unseen
        centre = float32(mean)
        for title in range(n_titles):
            centred = row[title] - centre
            standard[title] = float32(0) if left_out[title] else centred * centred
        deviation = np.sqrt(_sum(standard) / unseen)
        spread = float32(deviation) if deviation > abs(mean) * LEVEL else float32(np.inf)
        for title in range(n_titles):
            standard[title] = (row[title] - centre) / spread


@compiled
def _sum(values: NDArray[np.float32]) -> float:
    # Eight sums side by side, because one alone would wait for itself at every addition; LANES of them, by name, so
    # that they stay in registers.
    one = two = three = four = five = six = seven = eight = float64(0)
    whole = len(values) // LANES * LANES
    for start in range(uint64(0), uint64(whole), uint64(LANES)):
        one += float64(values[start])
        two += float64(values[start + uint64(1)])
        three += float64(values[start + uint64(2)])
        four += float64(values[start + uint64(3)])
        five += float64(values[start + uint64(4)])
        six += float64(values[start + uint64(5)])
        seven += float64(values[start + uint64(6)])
        eight += float64(values[start + uint64(7)])
    sums = np.array([one, two, three, four, five, six, seven, eight])
    for place in range(whole, len(values)):
        sums[place - whole] += float64(values[place])
    total = 0.0
    for lane in range(LANES):
        total += sums[lane]
    return total
