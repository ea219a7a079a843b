"""Rows of a sparse matrix between titles, looked up a few at a time: one member needs few of very many."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from openslate.models.histories import Histories


@dataclass(frozen=True)
class SparseRows:
    """A square sparse matrix, row after row.

    Attributes:
        values: float32 [entries].
        columns: int32 [entries], ascending within a row.
        offsets: int64 [n_titles + 1], where each row begins.

    Example:
        >>> rows = SparseRows.of(np.array([[0, 2], [0, 0]], dtype=np.float32))
        >>> rows.dense(np.array([1, 0, -1])).tolist()
        [[0.0, 0.0], [0.0, 2.0], [0.0, 0.0]]
    """

    values: NDArray[np.float32]
    columns: NDArray[np.int32]
    offsets: NDArray[np.int64]

    @classmethod
    def of(cls, matrix: NDArray[np.float32]) -> "SparseRows":
        """The entries of a dense matrix that are not zero."""
        sparse = csr_array(matrix)
        return cls(sparse.data, sparse.indices.astype(np.int32), sparse.indptr.astype(np.int64))

    @classmethod
    def stacked(cls, parts: Sequence["SparseRows"]) -> "SparseRows":
        """Parts below one another."""
        starts = np.cumsum([0, *(len(part.values) for part in parts[:-1])])
        offsets = [part.offsets[1:] + start for part, start in zip(parts, starts, strict=True)]
        return cls(
            np.concatenate([part.values for part in parts]),
            np.concatenate([part.columns for part in parts]),
            np.concatenate([np.zeros(1, np.int64), *offsets]),
        )

    @property
    def n_titles(self) -> int:
        """How many rows, and columns."""
        return len(self.offsets) - 1

    def dense(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Some rows, float32 [rows, n_titles]; a row of -1 is all zero."""
        lengths = np.where(rows < 0, 0, self.offsets[rows + 1] - self.offsets[rows])
        starts = np.concatenate([[0], np.cumsum(lengths)])
        entries = np.repeat(self.offsets[rows] - starts[:-1], lengths) + np.arange(starts[-1])
        found = np.zeros((len(rows), self.n_titles), dtype=np.float32)
        found[np.repeat(np.arange(len(rows)), lengths), self.columns[entries]] = self.values[entries]
        return found

    def column(self, title: int) -> NDArray[np.float32]:
        """One column, float32 [n_titles]."""
        found = np.zeros(self.n_titles, dtype=np.float32)
        entries = np.flatnonzero(self.columns == title)
        found[np.searchsorted(self.offsets, entries, side="right") - 1] = self.values[entries]
        return found

    def combined(self, histories: Histories, weights: NDArray[np.float32]) -> NDArray[np.float32]:
        """For each member the rows of the watched titles, weighed and added, float32 [members, n_titles].

        Args:
            histories: members' events.
            weights: float32 [events]; events of weight zero cost nothing.
        """
        counted = weights != 0
        watched = histories.keep(counted)
        members = csr_array(
            (weights[counted], watched.titles, watched.offsets),
            shape=(histories.n_members, self.n_titles),
            copy=True,
        )
        matrix = csr_array((self.values, self.columns, self.offsets), shape=(self.n_titles, self.n_titles))
        scores: NDArray[np.float32] = (members @ matrix).toarray()
        return scores
