"""What may be missing in each gap of a history: a row of fits for a gap stays in the processor's cache."""

import numpy as np
from numba import float32
from numpy.typing import NDArray

from openslate.models.kernels.compiling import compiled
from openslate.models.kernels.sharing import share_rows


def votes_of_gaps(
    offsets: NDArray[np.int64],
    titles: NDArray[np.int32],
    weights: NDArray[np.float32],
    nearby: NDArray[np.float32],
    sharpness: int,
    latest: int,
    most_threads: int | None = None,
) -> NDArray[np.float32]:
    """The votes of every gap of every member; `plain.votes_of_gaps` says what that is.

    Args:
        offsets: int64 [members + 1], where each member's events begin.
        titles: int32 [events].
        weights: float32 [n_titles, n_titles], from a title nearby (row) to the one in between.
        nearby: float32 [around], what the events on either side weigh, nearest first.
        sharpness: a whole power.
        latest: how many gaps are asked, the latest.
        most_threads: None for all there are; the result does not depend on it.

    Returns:
        float32 [members, n_titles].
    """
    votes = np.zeros((len(offsets) - 1, len(weights)), dtype=np.float32)

    def ask(first: int, last: int) -> None:
        _ask(votes, offsets, titles, weights, nearby, sharpness, latest, first, last)

    share_rows(np.minimum(np.diff(offsets), latest) + 1, ask, most_threads)
    return votes


@compiled
def _ask(
    votes: NDArray[np.float32],
    offsets: NDArray[np.int64],
    titles: NDArray[np.int32],
    weights: NDArray[np.float32],
    nearby: NDArray[np.float32],
    sharpness: int,
    latest: int,
    first: int,
    last: int,
) -> None:
    n_titles, around = len(weights), len(nearby)
    fits, unseen = np.empty(n_titles, np.float32), np.empty(n_titles, np.float32)
    for member in range(first, last):
        begin, end = offsets[member], offsets[member + 1]
        unseen[:] = 1
        for event in range(begin, end):
            unseen[titles[event]] = 0
        for gap in range(max(begin, end - latest), end):
            fits[:] = 0
            for event in range(max(begin, gap - around + 1), min(end, gap + around + 1)):
                row = weights[titles[event]]
                weight = nearby[gap - event] if event <= gap else nearby[event - gap - 1]
                for title in range(n_titles):
                    fits[title] += weight * row[title]
            total = float32(0)
            for title in range(n_titles):
                fit = max(fits[title], float32(0)) * unseen[title]
                raised = fit
                for _ in range(sharpness - 1):
                    raised *= fit
                fits[title] = raised
                total += raised
            if total > 0:
                for title in range(n_titles):
                    votes[member, title] += fits[title] / total
