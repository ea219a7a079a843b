"""Cosine title neighbours: the classical baseline, and the similarity behind "because you watched".

Source: B. Sarwar et al., "Item-based collaborative filtering recommendation algorithms", WWW 2001; the shrinkage is
that of R. Bell and Y. Koren, "Scalable collaborative filtering", ICDM 2007.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from openslate.models.gram import GRAM_STEPS, gram_of_part
from openslate.models.histories import Histories
from openslate.models.packed import diagonal, titles_of_half, unpacked
from openslate.models.solving import mirror_lower
from openslate.models.sparse_rows import SparseRows
from openslate.models.top import highest
from openslate.models.weights import WeightSettings, event_shares, taste_rows

ROWS_PER_BLOCK = 512


@dataclass(frozen=True)
class NeighbourSettings:
    """What the neighbours are fitted with.

    Stability: provisional.

    Attributes:
        neighbours: how many similar titles speak for each title.
        shrinkage: added to the cosine's denominator, in members: small audiences are believed less.
        training: weights of events in the Gram matrix.
        fold_in: weights of events when a member is scored.
    """

    neighbours: int = 100
    shrinkage: float = 10.0
    training: WeightSettings = WeightSettings()
    fold_in: WeightSettings = WeightSettings(half_life=5.0)


@dataclass(frozen=True)
class Neighbours:
    """Fitted neighbours, a sparse matrix from watched title (row) to scored title (column).

    Stability: provisional.

    Attributes:
        similarities: float32 [entries].
        scored_titles: int32 [entries], the column of each similarity, ascending within a row.
        row_offsets: int64 [n_titles + 1], where each row's entries begin.
        settings: what they were fitted with.
    """

    similarities: NDArray[np.float32]
    scored_titles: NDArray[np.int32]
    row_offsets: NDArray[np.int64]
    settings: NeighbourSettings

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """Every title's score for every member, float32 [members, n_titles]; any member, seen in training or not."""
        return self.rows.add_up(taste_rows(histories, self.settings.fold_in))

    def contributions(self, histories: Histories, title: int) -> NDArray[np.float32]:
        """What each event adds to the score of `title`, float32 [events]; for each member they sum to the score."""
        similarities = self.rows.at(histories.titles, title)
        contributions: NDArray[np.float32] = event_shares(histories, self.settings.fold_in) * similarities
        return contributions

    @cached_property
    def rows(self) -> SparseRows:
        """The matrix, from watched title to scored title."""
        return SparseRows(self.similarities, self.scored_titles, self.row_offsets, len(self.row_offsets) - 1)


def fit_neighbours(histories: Histories, settings: NeighbourSettings = NeighbourSettings()) -> Neighbours:
    """Count the Gram matrix of all members in this process, then keep the nearest.

    Args:
        histories: training members.
        settings: neighbours, shrinkage and weights.

    Example:
        >>> watched = Histories.from_lists([[0, 1], [0, 1], [2]], n_titles=3)
        >>> model = fit_neighbours(watched)
        >>> int(model.score(Histories.from_lists([[0]], n_titles=3)).argmax())
        1
    """
    return neighbours_from_gram(gram_of_part(histories, settings.training), settings)


def neighbours_from_gram(gram: NDArray[np.int64], settings: NeighbourSettings = NeighbourSettings()) -> Neighbours:
    """Keep each title's nearest.

    Args:
        gram: int64 [n_titles (n_titles + 1) / 2], the sum of `gram_of_part` over all shards, counted with
            `settings.training`.
        settings: neighbours, shrinkage and weights.
    """
    similarity = cosine(gram, settings.shrinkage)
    blocks = []
    for start in range(0, len(similarity), ROWS_PER_BLOCK):
        rows = similarity[start : start + ROWS_PER_BLOCK]
        blocks.append(csr_array(np.where(highest(rows, settings.neighbours), rows, 0)))
    kept = csr_array(vstack(blocks).T)
    return Neighbours(kept.data, kept.indices.astype(np.int32), kept.indptr.astype(np.int64), settings)


def cosine(gram: NDArray[np.int64], shrinkage: float) -> NDArray[np.float32]:
    """Cosine between the audiences of any two titles, zero between a title and itself.

    Args:
        gram: int64 [n_titles (n_titles + 1) / 2], in steps of 1/GRAM_STEPS.
        shrinkage: added to the denominator, in members.

    Returns:
        float32 [n_titles, n_titles], symmetric, 0 to 1.

    Example:
        >>> cosine(np.array([4, 2, 1]) * GRAM_STEPS, shrinkage=0.0).tolist()
        [[0.0, 1.0], [1.0, 0.0]]
    """
    audience = np.sqrt(diagonal(gram) / GRAM_STEPS)
    similarity = unpacked(gram, np.arange(titles_of_half(len(gram))), 1 / GRAM_STEPS)
    mirror_lower(similarity)
    for start in range(0, len(similarity), ROWS_PER_BLOCK):
        rows = slice(start, start + ROWS_PER_BLOCK)
        # A title nobody watched divides nothing by something.
        similarity[rows] /= np.maximum(np.outer(audience[rows], audience) + shrinkage, 1 / GRAM_STEPS)
    np.fill_diagonal(similarity, 0.0)
    return similarity
