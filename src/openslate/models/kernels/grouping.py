"""Events in the order of their titles: what a loop over the rows of an item-item matrix walks along."""

import numpy as np
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled


@compiled
def by_title(titles: NDArray[np.int32], n_titles: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Sort places by the title they hold, by counting; places of one title stay in order.

    Args:
        titles: int32 [places], 0 to n_titles - 1.
        n_titles: size of the catalogue.

    Returns:
        int64 [n_titles + 1], where each title's places begin, and int64 [places], the places.

    Example:
        >>> offsets, places = by_title(np.array([2, 0, 2], dtype=np.int32), 3)
        >>> offsets.tolist(), places.tolist()
        ([0, 1, 1, 3], [1, 0, 2])
    """
    offsets = np.zeros(n_titles + 1, np.int64)
    for title in titles:
        offsets[title + 1] += 1
    for title in range(n_titles):
        offsets[title + 1] += offsets[title]
    free = offsets[:-1].copy()
    places = np.empty(len(titles), np.int64)
    for place, title in enumerate(titles):
        places[free[title]] = place
        free[title] += 1
    return offsets, places
