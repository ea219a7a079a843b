"""Runs of letters within words, as numbers."""

import numpy as np
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled


@compiled
def letter_runs(points: NDArray[np.uint32], shortest: int, longest: int) -> NDArray[np.int64]:
    """A number for each run of letters within a word and the space before and after it.

    Args:
        points: code points of words with one space between them, and one before and after all.
        shortest, longest: letters of a run; a word that has fewer is one run.

    Returns:
        int64 (runs,); equal runs have equal numbers.
    """
    found = np.empty(len(points) * (longest - shortest + 1) + longest + 1, np.int64)
    many, start = 0, 0
    for end in range(1, len(points)):
        if points[end] != 32:
            continue
        long = end + 1 - start
        for length in range(shortest, longest + 1):
            for at in range(max(long - length + 1, 1)):
                value = np.uint64(14695981039346656037)
                for place in range(start + at, min(start + at + length, end + 1)):
                    value = (value ^ np.uint64(points[place])) * np.uint64(1099511628211)
                found[many] = np.int64(value >> np.uint64(1))
                many += 1
        start = end
    return found[:many]
