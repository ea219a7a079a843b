"""Following: how much more often each title comes after another than its popularity alone would have it.

The counts are S'DT of the sequential model, which is being summed anyway: pairs of events, weighed by how far apart
they are. A member's latest titles each speak for those that follow them; nothing is solved, so a rare pair keeps its
full say, where a regression shares it out.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from openslate.models.histories import Histories
from openslate.models.sequential import halves_of_sums
from openslate.models.sparse_rows import SparseRows
from openslate.models.top import highest
from openslate.models.weights import events_since, rows_of_events

ROWS_AT_ONCE = 512


@dataclass(frozen=True)
class FollowingSettings:
    """What is believed of counted pairs.

    Stability: provisional.

    Attributes:
        latest: how many of a member's latest events speak.
        latest_power: the k-th latest weighs k^-latest_power.
        shrinkage: how many events' worth of pairs the popularity of the following title is given.
        kept: the strongest followers kept of each title.
    """

    latest: int = 6
    latest_power: float = 1.0
    shrinkage: float = 14.0
    kept: int = 1000


@dataclass(frozen=True)
class Following:
    """Logarithms of how much more often than expected titles follow one another.

    Stability: provisional.

    Attributes:
        lifts: from a title to those that follow it, log(1 + pairs / expected pairs).
        settings: what was believed.
    """

    lifts: SparseRows
    settings: FollowingSettings

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """Every title's score for every member, float32 [members, n_titles]; any member, seen in training or not."""
        weights = self._weights(histories)
        spoken = histories.keep(weights > 0)
        return self.lifts.add_up(rows_of_events(spoken, weights[weights > 0]))

    def contributions(self, histories: Histories, title: int) -> NDArray[np.float32]:
        """What each event adds to the score of `title`, float32 [events]; for each member they sum to the score."""
        added: NDArray[np.float32] = self._weights(histories) * self.lifts.at(histories.titles, title)
        return added

    def _weights(self, histories: Histories) -> NDArray[np.float32]:
        back = events_since(histories)
        weights = np.where(back < self.settings.latest, (back + 1.0) ** -self.settings.latest_power, 0.0)
        return weights.astype(np.float32)


def following_from_sums(
    sums: NDArray[np.int64], plays: NDArray[np.int64], settings: FollowingSettings = FollowingSettings()
) -> Following:
    """Lifts from the sums of a sequential model.

    Args:
        sums: int64 [n (n + 1) / 2 + n * n], the sum of `pair_sums_of_part` over all shards; S'DT alone is read.
        plays: int64 [n_titles], events of each title in training.
        settings: shrinkage, and how many are kept.

    Example:
        >>> from openslate.models.sequential import SequentialSettings, pair_sums_of_part
        >>> watched = Histories.from_lists([[0, 1], [0, 1], [2, 0]], n_titles=3)
        >>> model = following_from_sums(pair_sums_of_part(watched, SequentialSettings()), np.array([3, 2, 1]))
        >>> int(model.score(Histories.from_lists([[0]], n_titles=3)).argmax())
        1
    """
    _, pairs = halves_of_sums(sums)
    total = max(int(pairs.sum()), 1)
    expected = np.maximum(settings.shrinkage * plays * (total / max(int(plays.sum()), 1) ** 2), np.finfo(float).tiny)
    blocks = []
    for start in range(0, len(pairs), ROWS_AT_ONCE):
        lifts = np.log1p(pairs[start : start + ROWS_AT_ONCE] / expected).astype(np.float32)
        blocks.append(csr_array(np.where(highest(lifts, settings.kept), lifts, 0)))
    return Following(SparseRows.of(csr_array(vstack(blocks))), settings)
