"""The sums of the temporal model, row by row: sources weigh by the time before their target, not by their lag, so
every step of every history is counted by itself."""

import numpy as np
from numba import uint64
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled
from openslate.models.kernels.events import TimedEvents
from openslate.models.kernels.grouping import by_title
from openslate.models.kernels.sharing import share_rows


def add_gaps(
    half: NDArray[np.int64],
    full: NDArray[np.int64],
    events: TimedEvents,
    sign: int,
    most_threads: int | None = None,
) -> None:
    """Add what steps give to S'DS and S'DT, in place; `plain.add_gaps` says what that is.

    Args:
        half: int64 [n (n + 1) / 2], S'DS in its packed half.
        full: int64 [n, n], S'DT.
        events: the members' events.
        sign: 1 to add members, -1 to take them out.
        most_threads: None for all there are; the result does not depend on it.
    """
    title_offsets, places = by_title(events.titles, events.n_titles)
    past = events.source_weights.shape[1]

    def add(first: int, last: int) -> None:
        _add_rows(
            half, full, title_offsets, places, events.titles.astype(np.uint32), events.later, events.member_weights,
            events.target_weights, events.source_weights, sign, first, last,
        )  # fmt: skip

    share_rows(np.diff(title_offsets) * past**2 + events.n_titles, add, most_threads)


@compiled
def _add_rows(
    half: NDArray[np.int64],
    full: NDArray[np.int64],
    title_offsets: NDArray[np.int64],
    places: NDArray[np.int64],
    titles: NDArray[np.uint32],
    later: NDArray[np.int64],
    member_weights: NDArray[np.int64],
    target_weights: NDArray[np.int64],
    source_weights: NDArray[np.int32],
    sign: int,
    first: int,
    last: int,
) -> None:
    n_titles, past = len(title_offsets) - 1, source_weights.shape[1]
    sources, targets = np.zeros(n_titles, np.int64), np.zeros(n_titles, np.int64)
    for title in range(first, last):
        if title_offsets[title] == title_offsets[title + 1]:
            continue
        sources[:] = 0
        targets[:] = 0
        for place in places[title_offsets[title] : title_offsets[title + 1]]:
            for lag in range(1, min(later[place], past) + 1):
                target = uint64(place + lag)
                weight = sign * member_weights[place] * source_weights[target, lag - 1]
                targets[uint64(titles[target])] += weight * target_weights[target]
                for back in range(1, past + 1):
                    # Sources before the member's first event weigh nothing, so no border is asked for.
                    other = source_weights[target, back - 1]
                    if other == 0:
                        continue
                    sources[uint64(titles[target - uint64(back)])] += weight * other
        start = title * (title + 1) // 2
        for other in range(title + 1):
            half[start + other] += sources[other]
        for other in range(n_titles):
            full[title, other] += targets[other]
