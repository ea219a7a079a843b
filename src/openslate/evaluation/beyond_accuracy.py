"""What a list is like apart from its hits: how wide, how new, how popular, how true to the member's tastes."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from openslate.errors import FitError
from openslate.models.histories import Histories

Ranked = NDArray[np.int32]
PerMember = NDArray[np.float64]
GenreShares = NDArray[np.float64]

TRACE_OF_HISTORY = 0.01
"""Steck's e: the part of the history mixed into the list, which keeps the divergence finite."""


def watchers(histories: Histories) -> NDArray[np.int64]:
    """How many members watched each title, repeats counted once, int64 [n_titles]."""
    keys = np.unique(histories.members_of_events() * histories.n_titles + histories.titles)
    return np.bincount(keys % histories.n_titles, minlength=histories.n_titles).astype(np.int64)


def times_shown(ranked: Ranked, n_titles: int) -> NDArray[np.int64]:
    """How often each title stands in the lists, int64 [n_titles]."""
    return np.bincount(ranked[ranked >= 0], minlength=n_titles).astype(np.int64)


def coverage(shown: NDArray[np.int64], catalogue: NDArray[np.bool_]) -> float:
    """Share of the catalogue that stands in at least one list.

    Args:
        shown: [n_titles], from `times_shown`.
        catalogue: bool [n_titles], the titles that could have been.
    """
    return float((shown[catalogue] > 0).mean())


def gini(shown: NDArray[np.int64]) -> float:
    """How unequally places go to titles: 0 when all get as many, near 1 when one gets all.

    Args:
        shown: [titles], over the catalogue.

    Example:
        >>> gini(np.array([1, 1, 1, 1])), gini(np.array([0, 0, 0, 8]))
        (0.0, 0.75)
    """
    total = shown.sum()
    if total == 0:
        return 0.0
    ascending = np.sort(shown)
    places = np.arange(1, len(shown) + 1)
    return float(2 * (places * ascending).sum() / (len(shown) * total) - (len(shown) + 1) / len(shown))


def novelty(ranked: Ranked, training_watchers: NDArray[np.int64], n_training_members: int) -> PerMember:
    """Mean self-information of the list in bits, -log2 of the share of training members who watched each title.

    A title nobody watched counts as watched by one; an empty list has novelty 0. Source: Zhou et al. 2010 (PNAS).

    Args:
        ranked: int32 [members, k].
        training_watchers: int64 [n_titles], from `watchers`.
        n_training_members: members with a training event.
    """
    surprise = np.log2(n_training_members) - np.log2(np.maximum(training_watchers, 1))
    return _mean_over_list(surprise, ranked)


def popularity_percentiles(training_watchers: NDArray[np.int64], catalogue: NDArray[np.bool_]) -> PerMember:
    """Where each title stands among the catalogue by watchers: 0 the least watched, 1 the most, ties in the middle.

    Returns:
        float64 [n_titles]; 0 for titles outside the catalogue.
    """
    percentiles = np.zeros(len(training_watchers))
    _, place, tied = np.unique(training_watchers[catalogue], return_inverse=True, return_counts=True)
    # Titles as much watched as one another share the middle of the ranks that they take up.
    below = (np.cumsum(tied) - (tied + 1) / 2)[place]
    percentiles[catalogue] = below / max(len(below) - 1, 1)
    return percentiles


def popularity_shift(ranked: Ranked, fold_in: Histories, percentiles: PerMember) -> PerMember:
    """How much more popular the list is than what the member watches: difference of mean percentiles, -1 to 1."""
    return _mean_over_list(percentiles, ranked) - _history_shares(fold_in, percentiles[:, None])[:, 0]


def deciles(counts: NDArray[np.int64], training_watchers: NDArray[np.int64], catalogue: NDArray[np.bool_]) -> PerMember:
    """How `counts` spread over ten equal groups of titles, the most watched tenth first; they sum to 1.

    Args:
        counts: int64 [n_titles], plays or places.
        training_watchers: int64 [n_titles], which orders the titles (ties: lower index is more popular).
        catalogue: bool [n_titles], the titles that are grouped.
    """
    titles = np.flatnonzero(catalogue)
    by_popularity = titles[np.argsort(-training_watchers[titles], kind="stable")]
    groups = np.arange(len(titles)) * 10 // len(titles)
    sums = np.bincount(groups, weights=counts[by_popularity], minlength=10)
    return np.asarray(sums / max(sums.sum(), 1), dtype=np.float64)


def history_genres(histories: Histories, genres: GenreShares) -> GenreShares:
    """Each member's mean genre shares over their events: p(g|u), float64 [members, genres].

    Args:
        histories: the members.
        genres: float [n_titles, genres]; every row sums to 1.

    Raises:
        FitError: a row does not.
    """
    if not np.allclose(genres.sum(axis=1), 1):
        title = int(np.argmin(np.isclose(genres.sum(axis=1), 1)))
        raise FitError(
            f"The genre shares of title {title} sum to {genres[title].sum():g}, not 1.",
            "Divide each title's genres by their number, and give titles without one a column 'none'.",
        )
    return _history_shares(histories, genres)


def list_genres(ranked: Ranked, genres: GenreShares) -> GenreShares:
    """Each list's mean genre shares, every place alike: q(g|L), float64 [members, genres]."""
    places = np.maximum((ranked >= 0).sum(axis=1), 1)
    return np.asarray((genres[np.maximum(ranked, 0)] * (ranked >= 0)[:, :, None]).sum(axis=1) / places[:, None])


def miscalibration(history: GenreShares, listed: GenreShares) -> PerMember:
    """Steck's divergence of a list from the member's tastes, KL(p || (1 - e) q + e p) in nats; 0 is calibrated.

    Source: Steck 2018 (doi:10.1145/3240323.3240372), e = .01.

    Args:
        history: float64 [members, genres], p from `history_genres`.
        listed: float64 [members, genres], q from `list_genres`.
    """
    mixed = (1 - TRACE_OF_HISTORY) * listed + TRACE_OF_HISTORY * history
    ratio = np.divide(history, mixed, out=np.ones_like(history), where=history > 0)
    return np.asarray((history * np.log(ratio)).sum(axis=1), dtype=np.float64)


def _mean_over_list(values: PerMember, ranked: Ranked) -> PerMember:
    shown = ranked >= 0
    total = np.where(shown, values[np.maximum(ranked, 0)], 0.0).sum(axis=1)
    return np.asarray(total / np.maximum(shown.sum(axis=1), 1), dtype=np.float64)


def _history_shares(histories: Histories, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean of `values` [n_titles, columns] over each member's events, [members, columns]; 0 without events."""
    shape = (histories.n_members, histories.n_titles)
    events = sparse.csr_array((np.ones(histories.n_events), histories.titles, histories.offsets), shape=shape)
    return np.asarray(events @ values / np.maximum(histories.lengths(), 1)[:, None], dtype=np.float64)
