"""Texts that are nearly the same: marks of their shingles, and the first earlier text with enough of them."""

import numpy as np
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled


@compiled
def least_hashes(
    shingles: NDArray[np.uint64], factors: NDArray[np.uint64], turned: NDArray[np.uint64]
) -> NDArray[np.uint32]:
    """The least of each hash over a text's shingles.

    Args:
        shingles: (shingles,) at least one.
        factors, turned: (hashes,) of each, random; factors are odd.

    Returns:
        uint32 (hashes,): two texts agree in as large a share of them as they share shingles.

    Source: A. Broder, "On the resemblance and containment of documents", SEQUENCES, 1997.
    """
    found = np.empty(len(factors), np.uint32)
    for at in range(len(factors)):
        least = np.uint64(0xFFFFFFFF)
        for shingle in shingles:
            value = (shingle * factors[at] + turned[at]) >> np.uint64(32)
            least = min(least, value)
        found[at] = np.uint32(least)
    return found


@compiled
def first_alike(
    keys: NDArray[np.uint64], marks: NDArray[np.uint32], first: int, least: float, fewest: float
) -> NDArray[np.int64]:  # fmt: skip
    """The first earlier text that each of the last ones is a copy of.

    Args:
        keys: (texts, 2 + bands) of address, of title, of bands of marks; 0 for none.
        marks: (texts, hashes); all 0 where a text is too short for them.
        first: row of the first text that is asked about.
        least: share of marks in which copies agree.
        fewest: share below which two texts of one title are no copies, where both have marks.

    Returns:
        int64 (texts asked about,) rows; below 0 for none.
    """
    many, wide = len(keys), keys.shape[1]
    asked = many - first
    room = np.uint64(1)
    while room < np.uint64(2 * asked * wide + 2):
        room = room * np.uint64(2)
    heads = np.full(int(room), -1, np.int64)
    following = np.full(asked * wide, -1, np.int64)
    for row in range(first, many):
        for column in range(wide):
            if keys[row, column] == np.uint64(0):
                continue
            at = (keys[row, column] * np.uint64(0x9E3779B97F4A7C15) + np.uint64(column)) >> np.uint64(20)
            at = at & (room - np.uint64(1))
            entry = (row - first) * wide + column
            following[entry] = heads[at]
            heads[at] = entry
    found = np.full(asked, -1, np.int64)
    for row in range(many):
        for column in range(wide):
            if keys[row, column] == np.uint64(0):
                continue
            at = (keys[row, column] * np.uint64(0x9E3779B97F4A7C15) + np.uint64(column)) >> np.uint64(20)
            entry = heads[at & (room - np.uint64(1))]
            while entry >= 0:
                other = entry // wide + first
                near = other > row and found[other - first] < 0 and entry % wide == column
                if near and keys[other, column] == keys[row, column]:
                    both = marks[row].any() and marks[other].any()
                    share = (marks[row] == marks[other]).mean() if both else 0.0
                    same = keys[other, 0] == keys[row, 0] and keys[row, 0] != np.uint64(0)
                    titled = keys[other, 1] == keys[row, 1] and keys[row, 1] != np.uint64(0)
                    if same or (titled and not (both and share < fewest)) or share >= least:
                        found[other - first] = row
                entry = following[entry]
    return found
