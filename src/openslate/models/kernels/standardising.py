"""Scores standardised member by member: three looks at a row that stays in the processor's cache."""

import numpy as np
from numba import float32, float64
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled
from openslate.models.kernels.plain import LANES, LEVEL
from openslate.models.kernels.sharing import share_rows


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

    if len(scores) == 1:
        _standardise_rows(result, whole, seen, 0, 1)
        return result

    def standardise(first: int, last: int) -> None:
        _standardise_rows(result, whole, seen, first, last)

    share_rows(np.ones(len(scores), dtype=np.int64), standardise, most_threads)
    return result


@compiled
def _standardise_rows(
    result: NDArray[np.float32], scores: NDArray[np.float32], seen: NDArray[np.bool_], first: int, last: int
) -> None:
    n_titles = scores.shape[1]
    whole = n_titles // LANES * LANES
    # Several sums side by side, because one alone would wait for itself at every addition.
    sums = np.empty(LANES, np.float64)
    for member in range(first, last):
        row, left_out, standard = scores[member], seen[member], result[member]
        unseen = 0
        for title in range(n_titles):
            unseen += not left_out[title]
        unseen = max(unseen, 1)
        sums[:] = 0
        for start in range(0, whole, LANES):
            for lane in range(LANES):
                sums[lane] += float64(0) if left_out[start + lane] else float64(row[start + lane])
        for title in range(whole, n_titles):
            sums[title - whole] += float64(0) if left_out[title] else float64(row[title])
        mean = _total(sums) / unseen
        centre = float32(mean)
        sums[:] = 0
        for start in range(0, whole, LANES):
            for lane in range(LANES):
                centred = float32(0) if left_out[start + lane] else float32(row[start + lane] - centre)
                sums[lane] += float64(centred * centred)
        for title in range(whole, n_titles):
            centred = float32(0) if left_out[title] else float32(row[title] - centre)
            sums[title - whole] += float64(centred * centred)
        deviation = np.sqrt(_total(sums) / unseen)
        spread = float32(deviation) if deviation > abs(mean) * LEVEL else float32(np.inf)
        for title in range(n_titles):
            standard[title] = float32(row[title] - centre) / spread


@compiled
def _total(sums: NDArray[np.float64]) -> float:
    total = 0.0
    for lane in range(LANES):
        total += sums[lane]
    return total
