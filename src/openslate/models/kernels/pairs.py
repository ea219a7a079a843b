"""The sums over pairs of events that the sequential model is solved from, row by row.

For each title, and each event on it, the same member's events before and after it are added to two rows of sums that
stay in the processor's cache. Pairs of sources are met from both sides, and what falls above the diagonal is not
kept: that is quicker than asking each pair on which side it is.
"""

import numpy as np
from numba import uint64
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled
from openslate.models.kernels.events import LagWeights, WeighedEvents
from openslate.models.kernels.grouping import by_title
from openslate.models.kernels.sharing import share_rows


def add_pairs(
    half: NDArray[np.int64],
    full: NDArray[np.int64],
    events: WeighedEvents,
    lags: LagWeights,
    sign: int,
    most_threads: int | None = None,
) -> None:
    """Add what pairs of events give to S'DS and S'DT, in place; `plain.add_pairs` says what that is.

    Args:
        half: int64 [n (n + 1) / 2], S'DS in its packed half.
        full: int64 [n, n], S'DT.
        events: the members' events.
        lags: what lags weigh.
        sign: 1 to add members, -1 to take them out.
        most_threads: None for all there are; the result does not depend on it.
    """
    titles = events.titles.astype(np.uint32)
    title_offsets, places = by_title(events.titles.astype(np.int32), events.n_titles)
    earlier, later = events.earlier(), events.later()
    own = sign * events.weights()

    def add(first: int, last: int) -> None:
        _add_rows(
            half, full, title_offsets, places, titles, own, events.engagement, earlier, later,
            lags.source_target, lags.shared, first, last,
        )  # fmt: skip

    pairs_per_event = 2 * lags.past + len(lags.source_target)
    share_rows(np.diff(title_offsets) * pairs_per_event + events.n_titles, add, most_threads)


@compiled
def _add_rows(
    half: NDArray[np.int64],
    full: NDArray[np.int64],
    title_offsets: NDArray[np.int64],
    places: NDArray[np.int64],
    titles: NDArray[np.uint32],
    own: NDArray[np.int64],
    engagement: NDArray[np.int64],
    earlier: NDArray[np.int64],
    later: NDArray[np.int64],
    source_target: NDArray[np.int64],
    shared: NDArray[np.int64],
    first: int,
    last: int,
) -> None:
    n_titles, past = len(title_offsets) - 1, len(shared)
    sources, targets = np.zeros(n_titles, np.int64), np.zeros(n_titles, np.int64)
    for title in range(first, last):
        if title_offsets[title] == title_offsets[title + 1]:
            continue
        sources[:] = 0
        targets[:] = 0
        for place in places[title_offsets[title] : title_offsets[title + 1]]:
            weight, after = own[place], later[place]
            for lag in range(1, min(after, len(source_target)) + 1):
                second = uint64(place + lag)
                targets[uint64(titles[second])] += weight * engagement[second] * source_target[uint64(lag - 1)]
            for lag in range(min(after, past - 1) + 1):
                second, rows = uint64(place + lag), uint64(min(after - lag, past))
                sources[uint64(titles[second])] += weight * engagement[second] * shared[uint64(lag), rows]
            rows = uint64(min(after, past))
            for lag in range(1, min(earlier[place], past - 1) + 1):
                before = uint64(place - lag)
                sources[uint64(titles[before])] += weight * engagement[before] * shared[uint64(lag), rows]
        start = title * (title + 1) // 2
        for other in range(title + 1):
            half[start + other] += sources[other]
        for other in range(n_titles):
            full[title, other] += targets[other]
