"""The Gram matrix X'X of whole-number weights, row by row: a title's row is added up by those who watched it.

For each title, and each member who watched it, the member's titles up to this one are added to a row of sums that
stays in the processor's cache: one addition for each pair of titles that one member watched, and no more.
"""

import numpy as np
from numba import uint32, uint64
from numpy.typing import NDArray
from scipy.sparse import csr_array

from openslate.models.kernels.compiling import compiled
from openslate.models.kernels.grouping import by_title
from openslate.models.kernels.sharing import share_rows

WEIGHT_BITS = 6
"""A title and its weight, at most 32, share 32 bits, because reading members' rows is most of the work."""
WEIGHT_MASK = 2**WEIGHT_BITS - 1

VISITS_PER_SUM = 2**20
"""Members, each with a product of at most 32 * 32 = 2^10, that 32-bit sums take before they go into the 64-bit ones:
they reach 2^30 of the 2^31 there are."""


def add_gram(half: NDArray[np.int64], weights: csr_array, sign: int, most_threads: int | None = None) -> None:
    """Add sign * X'X to its packed half, in place.

    Args:
        half: int64 [n (n + 1) / 2].
        weights: X, sparse int32 [members, titles], 0 to 32, titles ascending and at most once in each row.
        sign: 1 to add members, -1 to take them out.
        most_threads: None for all there are; the result does not depend on it.
    """
    n_titles = weights.shape[1]
    titles = weights.indices.astype(np.uint32)
    title_offsets, visits = by_title(weights.indices.astype(np.int32), n_titles)
    member_starts = np.repeat(weights.indptr[:-1].astype(np.int64), np.diff(weights.indptr))[visits]
    entries = (titles << np.uint32(WEIGHT_BITS)) | weights.data.astype(np.uint32)
    pairs = np.concatenate([[0], np.cumsum(visits + 1 - member_starts)])[title_offsets]

    def add(first: int, last: int) -> None:
        _add_rows(half, entries, title_offsets, visits, member_starts, sign, first, last)

    share_rows(np.diff(pairs) + np.arange(n_titles), add, most_threads)


@compiled
def _add_rows(
    half: NDArray[np.int64],
    entries: NDArray[np.uint32],
    title_offsets: NDArray[np.int64],
    visits: NDArray[np.int64],
    member_starts: NDArray[np.int64],
    sign: int,
    first: int,
    last: int,
) -> None:
    sums = np.zeros(last, np.int32)
    for title in range(first, last):
        row = half[title * (title + 1) // 2 : (title + 1) * (title + 2) // 2]
        for start in range(title_offsets[title], title_offsets[title + 1], VISITS_PER_SUM):
            sums[: title + 1] = 0
            for visit in range(start, min(start + VISITS_PER_SUM, title_offsets[title + 1])):
                place = visits[visit]
                weight = np.int32(entries[place] & uint32(WEIGHT_MASK))
                for entry in entries[member_starts[visit] : place + 1]:
                    # Unsigned, because a place counted from the end would cost a comparison each.
                    sums[uint64(entry >> uint32(WEIGHT_BITS))] += weight * np.int32(entry & uint32(WEIGHT_MASK))
            for other in range(title + 1):
                row[other] += sign * sums[other]
