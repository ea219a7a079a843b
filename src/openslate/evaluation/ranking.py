"""The best k titles of every member, and how many of the held-out ones are among them: always the full ranking.

Every metric takes `ranked` (int32 [members, k], best first, -1 where fewer titles exist) and the targets of the
same members as offsets and titles, and returns one float64 per member, so that members can be resampled. Titles
are never ranked against a sample of others, which can reorder models (Krichene and Rendle 2020).
"""

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError
from openslate.models.histories import Histories

Ranked = NDArray[np.int32]
Offsets = NDArray[np.int64]
Targets = NDArray[np.int32]
PerMember = NDArray[np.float64]


def top_k(scores: NDArray[np.float32], seen: Histories | None, k: int) -> Ranked:
    """The k best titles of every member, higher score first, then lower title index: what a full stable sort gives.

    Args:
        scores: float [members, titles]; minus infinity marks a title that may not be shown.
        seen: histories of the same members, whose titles are left out; None leaves none out.
        k: how many; no more than there are titles are returned per member.

    Returns:
        int32 [members, k], -1 after a member's last allowed title.

    Raises:
        FitError: a score is not a number.

    Example:
        >>> top_k(np.array([[1.0, 3.0, 3.0]], dtype=np.float32), None, 2).tolist()
        [[1, 2]]
    """
    if np.isnan(scores).any():
        member, title = np.argwhere(np.isnan(scores))[0]
        raise FitError(
            f"The score of title {title} for member {member} is not a number (NaN).",
            "Make the model return a finite score, or minus infinity for a title that may not be shown.",
        )
    n_members, n_titles = scores.shape
    if seen is not None:
        scores = scores.copy()
        scores[seen.members_of_events(), seen.titles] = -np.inf
    taken = min(k, n_titles)
    kth_best = np.partition(scores, n_titles - taken, axis=1)[:, n_titles - taken]
    # Every title tied with the k-th best is a candidate, so that the sort, not the partition, settles ties.
    members, titles = np.nonzero(scores >= np.maximum(kth_best, np.finfo(scores.dtype).min)[:, None])
    order = np.lexsort((-scores[members, titles], members))
    places = np.arange(len(members)) - np.searchsorted(members, np.arange(n_members))[members]
    first = places < k
    ranked = np.full((n_members, k), -1, dtype=np.int32)
    ranked[members[first], places[first]] = titles[order][first]
    return ranked


def hits(ranked: Ranked, target_offsets: Offsets, targets: Targets) -> NDArray[np.bool_]:
    """Which ranked titles are targets of their member, bool [members, k].

    Raises:
        FitError: a member has no target, so that no metric is defined.
    """
    n_targets = np.diff(target_offsets)
    if len(n_targets) != len(ranked) or (n_targets == 0).any():
        raise FitError(
            f"Targets were given for {(n_targets > 0).sum()} members, but {len(ranked)} were ranked.",
            "Rank the members of the split's fold-in, in its order.",
        )
    members = np.arange(len(ranked), dtype=np.int64)
    width = max(targets.max(initial=0), ranked.max(initial=0)) + 2
    wanted = np.repeat(members, n_targets) * width + targets
    return np.isin(members[:, None] * width + ranked, wanted) & (ranked >= 0)


def recall(ranked: Ranked, target_offsets: Offsets, targets: Targets) -> PerMember:
    """Share of the targets found, out of the most that k places can hold: hits / min(k, |T|).

    Example:
        >>> recall(np.array([[4, 7]], dtype=np.int32), np.array([0, 3]), np.array([1, 2, 7], dtype=np.int32))
        array([0.5])
    """
    possible = np.minimum(np.diff(target_offsets), ranked.shape[1])
    return np.asarray(hits(ranked, target_offsets, targets).sum(axis=1) / possible, dtype=np.float64)


def hit_rate(ranked: Ranked, target_offsets: Offsets, targets: Targets) -> PerMember:
    """1 where any target is among the k, else 0."""
    return np.asarray(hits(ranked, target_offsets, targets).any(axis=1), dtype=np.float64)


def ndcg(ranked: Ranked, target_offsets: Offsets, targets: Targets) -> PerMember:
    """Discounted gain, 1 / log2(place + 1) for a hit, over that of the ideal list of min(k, |T|) targets.

    Source: Järvelin and Kekäläinen 2002, with binary gains; the ideal is cut as in the ML-20M protocol.

    Example:
        >>> ndcg(np.array([[5, 1]], dtype=np.int32), np.array([0, 1]), np.array([1], dtype=np.int32)).round(4)
        array([0.6309])
    """
    discounts = 1 / np.log2(np.arange(ranked.shape[1]) + 2)
    ideal = np.cumsum(discounts)[np.minimum(np.diff(target_offsets), ranked.shape[1]) - 1]
    gain = np.where(hits(ranked, target_offsets, targets), discounts, 0.0).sum(axis=1)
    return np.asarray(gain / ideal, dtype=np.float64)


def average_precision(ranked: Ranked, target_offsets: Offsets, targets: Targets) -> PerMember:
    """Precision at the place of every hit, summed, over min(k, |T|); its mean over members is MAP@k.

    Example:
        >>> average_precision(np.array([[1, 5, 2]], dtype=np.int32), np.array([0, 2]), np.array([1, 2], dtype=np.int32))
        array([0.83333333])
    """
    found = hits(ranked, target_offsets, targets)
    precision = np.cumsum(found, axis=1) / (np.arange(ranked.shape[1]) + 1)
    possible = np.minimum(np.diff(target_offsets), ranked.shape[1])
    return np.asarray(np.where(found, precision, 0.0).sum(axis=1) / possible, dtype=np.float64)


def reciprocal_rank(ranked: Ranked, target_offsets: Offsets, targets: Targets) -> PerMember:
    """1 / place of the first hit, 0 without one; its mean over members is MRR@k."""
    found = hits(ranked, target_offsets, targets)
    return np.asarray(found.any(axis=1) / (found.argmax(axis=1) + 1), dtype=np.float64)


def recall_by_title(ranked: Ranked, target_offsets: Offsets, targets: Targets) -> PerMember:
    """A recall in which every target title counts once, however many members watched it.

    The mean over members equals the mean, over the titles that are targets, of the share of their watchers who
    were shown them. Popular titles cannot carry it: it is the debiased figure beside the hit rate.

    Returns:
        float64 [members], each member's part; single values may exceed 1, their mean cannot.
    """
    watchers = np.bincount(targets, minlength=int(ranked.max(initial=0)) + 1)
    found = hits(ranked, target_offsets, targets)
    parts = np.where(found, 1 / np.maximum(watchers[np.maximum(ranked, 0)], 1), 0.0).sum(axis=1)
    return np.asarray(parts * len(ranked) / (watchers > 0).sum(), dtype=np.float64)
