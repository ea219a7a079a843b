"""The best few titles of each member, ties broken the same way everywhere."""

import numpy as np
from numpy.typing import NDArray


def highest(values: NDArray[np.float32], count: int) -> NDArray[np.bool_]:
    """Mark the `count` highest values of each row; of equal ones at the border, the first.

    Args:
        values: float32 [rows, columns], without NaN.
        count: how many per row; all where a row has no more.

    Returns:
        bool [rows, columns].

    Example:
        >>> highest(np.array([[2, 1, 3, 2]], dtype=np.float32), 2).tolist()
        [[True, False, True, False]]
    """
    columns = values.shape[1]
    if count >= columns:
        return np.ones(values.shape, dtype=bool)
    border = np.partition(values, columns - count, axis=1)[:, columns - count, None]
    above, level = values > border, values == border
    room = count - above.sum(axis=1, keepdims=True)
    kept: NDArray[np.bool_] = above | (level & (np.cumsum(level, axis=1) <= room))
    return kept


def top_titles(scores: NDArray[np.float32], count: int) -> NDArray[np.int32]:
    """Each member's best titles, best first; of equal scores, the lower title index first.

    Args:
        scores: float32 [members, n_titles]; minus infinity for titles that must not appear.
        count: how many.

    Returns:
        int32 [members, count], -1 where a member has fewer.

    Example:
        >>> top_titles(np.array([[0.5, -np.inf, 0.9, 0.9]], dtype=np.float32), 4).tolist()
        [[2, 3, 0, -1]]
    """
    members, n_titles = scores.shape
    kept = min(count, n_titles)
    titles = np.nonzero(highest(scores, kept))[1].reshape(members, kept).astype(np.int32)
    kept_scores = np.take_along_axis(scores, titles, axis=1)
    order = np.argsort(-kept_scores, axis=1, kind="stable")
    best = np.full((members, count), -1, dtype=np.int32)
    best[:, :kept] = np.take_along_axis(titles, order, axis=1)
    best[:, :kept][np.isneginf(np.take_along_axis(kept_scores, order, axis=1))] = -1
    return best


def most_watched(plays: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """The titles watched most, of equally watched ones the lower indices, in ascending order: int64.

    Args:
        plays: int64 [n_titles].
        count: how many at most.

    Example:
        >>> most_watched(np.array([3, 9, 3, 0]), 2).tolist()
        [0, 1]
    """
    return np.sort(np.argsort(-plays, kind="stable")[:count])
