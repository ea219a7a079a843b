"""Things that come one after another, each put to the group it is most like, or to one of its own."""

import numpy as np
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled


@compiled
def join_in_turn(
    starts: NDArray[np.int64],
    columns: NDArray[np.int64],
    values: NDArray[np.float32],
    labels: NDArray[np.int64],
    sizes: NDArray[np.int64],
    first: int,
    known: int,
    least: float,
) -> int:
    """Label things in turn; says how many groups there are then.

    A group is worth half its best member and half the average over all members, those counted as 0 that are not in
    the thing's row.

    Args:
        starts, columns, values: of each thing that comes, how alike it is to others; a sparse matrix by rows.
        labels: (all things,), below 0 where there is none yet; changed.
        sizes: (room for all groups,) members; changed.
        first: which thing the first row is of; rows follow one another.
        known: groups before.
        least: worth below which a thing has a group of its own.
    """
    total, most = np.zeros(len(sizes)), np.zeros(len(sizes))
    met = np.empty(len(sizes), np.int64)
    many = known
    for row in range(len(starts) - 1):
        count = 0
        for at in range(starts[row], starts[row + 1]):
            group = labels[columns[at]]
            if group < 0 or columns[at] == first + row:
                continue
            if total[group] == 0.0:
                met[count] = group
                count += 1
            total[group] += values[at]
            most[group] = max(most[group], values[at])
        best, worth = -1, least
        for at in range(count):
            group = met[at]
            found = 0.5 * most[group] + 0.5 * total[group] / sizes[group]
            if found > worth or (found == worth and group < best):
                best, worth = group, found
            total[group] = 0.0
            most[group] = 0.0
        if best < 0:
            best = many
            many += 1
        labels[first + row] = best
        sizes[best] += 1
    return many
