"""Transitions: which titles follow which, one to a few events later, far more often than their popularity explains.

For each lag k the model keeps the log-lift of j after i, log(1 + N_k[i, j] / (s p_j)): the logarithm of the smoothed
probability of j, k events after i, over j's share p_j of all events, up to a constant of i. Pairs never seen have
lift zero, so the matrices stay sparse. The logarithm makes it see what the ridge regressions, which are
linear in counts, do not: rare titles that follow one another nearly always.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from openslate.models import one_member
from openslate.models.histories import Histories
from openslate.models.sparse_rows import SparseRows
from openslate.models.weights import events_since


@dataclass(frozen=True)
class TransitionSettings:
    """What the transitions are fitted with.

    Stability: provisional.

    Attributes:
        lags: how many of a member's latest events count.
        lag_power: the k-th latest weighs k^-lag_power.
        shrinkage: s above, in events: how many observations the popularity of the next title is worth.
    """

    lags: int = 10
    lag_power: float = 1.0
    shrinkage: float = 60.0


@dataclass(frozen=True)
class Transitions:
    """Fitted transitions: one sparse matrix of log-lifts per lag, stacked; row `lag * n_titles + i` is title i.

    Stability: provisional.

    Attributes:
        lifts: float32 [entries].
        next_titles: int32 [entries], the column of each lift, ascending within a row.
        row_offsets: int64 [lags * n_titles + 1], where each row's entries begin.
        settings: what they were fitted with.
    """

    lifts: NDArray[np.float32]
    next_titles: NDArray[np.int32]
    row_offsets: NDArray[np.int64]
    settings: TransitionSettings

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """Every title's score for every member, float32 [members, n_titles]; any member, seen in training or not."""
        if histories.n_members == 1:
            recent = one_member.latest_events(histories, self.settings.lags)
            lifts = SparseRows(self.lifts, self.next_titles, self.row_offsets, histories.n_titles)
            return one_member.scores(self._rows(recent), self._lag_weights(recent), lifts)
        recent = histories.keep(events_since(histories) < self.settings.lags)
        rows, row_of_event = np.unique(self._rows(recent), return_inverse=True)
        weights = csr_array(
            (self._lag_weights(recent), row_of_event, recent.offsets), shape=(recent.n_members, len(rows))
        )
        scores: NDArray[np.float32] = (weights @ self._lifts_of(rows, histories.n_titles)).toarray()
        return scores

    def contributions(self, histories: Histories, title: int) -> NDArray[np.float32]:
        """What each event adds to the score of `title`, float32 [events]; for each member they sum to the score."""
        is_recent = events_since(histories) < self.settings.lags
        recent = histories.keep(is_recent)
        lifts = self._lifts_of(self._rows(recent), histories.n_titles)[:, [title]].toarray()[:, 0]
        contributions = np.zeros(histories.n_events, dtype=np.float32)
        contributions[is_recent] = lifts * self._lag_weights(recent)
        return contributions

    def _lag_weights(self, recent: Histories) -> NDArray[np.float32]:
        weights: NDArray[np.float32] = ((events_since(recent) + 1.0) ** -self.settings.lag_power).astype(np.float32)
        return weights

    def _rows(self, recent: Histories) -> NDArray[np.int64]:
        """The row of each event, given how many events came after it, int64 [events]."""
        return events_since(recent) * recent.n_titles + recent.titles

    def _lifts_of(self, rows: NDArray[np.int64], n_titles: int) -> csr_array:
        """The named rows alone, sparse [rows, n_titles]: one member needs a few of very many."""
        lengths = self.row_offsets[rows + 1] - self.row_offsets[rows]
        offsets = np.concatenate([[0], np.cumsum(lengths)])
        entries = np.repeat(self.row_offsets[rows] - offsets[:-1], lengths) + np.arange(offsets[-1])
        return csr_array((self.lifts[entries], self.next_titles[entries], offsets), shape=(len(rows), n_titles))


def fit_transitions(histories: Histories, settings: TransitionSettings = TransitionSettings()) -> Transitions:
    """Count and take logarithms.

    Args:
        histories: training members.
        settings: lags and shrinkage.

    Example:
        >>> watched = Histories.from_lists([[0, 1], [0, 1], [2, 0]], n_titles=3)
        >>> model = fit_transitions(watched)
        >>> int(model.score(Histories.from_lists([[0]], n_titles=3)).argmax())
        1
    """
    counts = transitions_of_part(histories, settings)
    plays = np.bincount(histories.titles, minlength=histories.n_titles)
    return transitions_from_counts(counts, plays, settings)


def transitions_of_part(histories: Histories, settings: TransitionSettings) -> csr_array:
    """How often each title came `lag` events after each other one, over the members of one shard.

    Args:
        histories: the members of the shard.
        settings: lags.

    Returns:
        Sparse int64 [lags * n_titles, n_titles], row `(lag - 1) * n_titles + i` for titles after i.
    """
    n_titles = histories.n_titles
    later = events_since(histories)
    rows, columns = [], []
    for lag in range(1, settings.lags + 1):
        first = np.flatnonzero(later >= lag)
        rows.append((lag - 1) * n_titles + histories.titles[first].astype(np.int64))
        columns.append(histories.titles[first + lag])
    cells = np.concatenate(rows) * n_titles + np.concatenate(columns)
    met, counts = np.unique(cells, return_counts=True)
    return csr_array(
        (counts, (met // n_titles, met % n_titles)), shape=(settings.lags * n_titles, n_titles), dtype=np.int64
    )


def transitions_from_counts(
    counts: csr_array, plays: NDArray[np.int64], settings: TransitionSettings = TransitionSettings()
) -> Transitions:
    """Log-lifts from counts.

    Args:
        counts: the sum of `transitions_of_part` over all shards.
        plays: int64 [n_titles], events of each title in training.
        settings: shrinkage.
    """
    counts.sort_indices()
    expected = settings.shrinkage * (plays / max(int(plays.sum()), 1))[counts.indices]
    return Transitions(
        np.log1p(counts.data / expected).astype(np.float32),
        counts.indices.astype(np.int32),
        counts.indptr.astype(np.int64),
        settings,
    )
