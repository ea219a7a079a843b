"""Sparse rows of item weights, from a watched title (row) to scored titles: a matrix that was cut for serving."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

WORTH_COMPILING = 2**17
"""Weights to be added up below which SciPy has done it before the compiled loop is even loaded; the bits are equal."""
WORTH_LOOKING_UP = 2**22
"""Values below which whole rows are written out before the compiled loop is even loaded."""


@dataclass(frozen=True)
class SparseRows:
    """A sparse matrix in three arrays.

    Stability: provisional.

    Attributes:
        values: float32 [entries].
        columns: int32 [entries], the scored title of each value, at most once and ascending within a row.
        row_offsets: int64 [rows + 1], where each row's entries begin.
        n_titles: how many titles are scored.
    """

    values: NDArray[np.float32]
    columns: NDArray[np.int32]
    row_offsets: NDArray[np.int64]
    n_titles: int

    @classmethod
    def of(cls, matrix: csr_array) -> "SparseRows":
        """The same matrix, from SciPy's.

        Example:
            >>> SparseRows.of(csr_array(np.array([[0, 0.5], [1, 0]], dtype=np.float32))).columns.tolist()
            [1, 0]
        """
        matrix.sum_duplicates()
        return cls(
            matrix.data.astype(np.float32),
            matrix.indices.astype(np.int32),
            matrix.indptr.astype(np.int64),
            int(matrix.shape[1]),
        )

    def placed(self, titles: NDArray[np.int64], n_titles: int) -> "SparseRows":
        """The same weights over a larger catalogue, in which rows and columns stand for some of the titles.

        Args:
            titles: int64 [rows], ascending, the title that each row and each column stands for.
            n_titles: size of that catalogue.

        Example:
            >>> weights = SparseRows.of(csr_array(np.array([[0, 0.5], [1, 0]], dtype=np.float32)))
            >>> weights.placed(np.array([0, 2]), n_titles=3).matrix().toarray().tolist()
            [[0.0, 0.0, 0.5], [0.0, 0.0, 0.0], [1.0, 0.0, 0.0]]
        """
        lengths = np.zeros(n_titles, dtype=np.int64)
        lengths[titles] = np.diff(self.row_offsets)
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        return SparseRows(self.values, titles[self.columns].astype(np.int32), offsets, n_titles)

    def add_up(self, rows: csr_array) -> NDArray[np.float32]:
        """Every title's score for every member: the product of what members' titles weigh with these rows.

        Args:
            rows: sparse float32 [members, rows of weights].

        Returns:
            float32 [members, n_titles].
        """
        mean_length = len(self.values) / max(len(self.row_offsets) - 1, 1)
        # Both are imported here, because both know this class.
        if rows.nnz * mean_length < WORTH_COMPILING:
            from openslate.models.kernels import plain

            return plain.scores_of_rows(rows, self)
        from openslate.models.kernels import scoring

        return scoring.scores_of_rows(rows, self)

    def values_at(self, rows: NDArray[np.int64], columns: NDArray[np.int32]) -> NDArray[np.float32]:
        """What some rows say of some columns, zero where there is no value.

        Args:
            rows: int64 [members, rows]; -1 for one that says nothing.
            columns: int32 [members, columns]; -1 stands for the last.

        Returns:
            float32 [members, rows, columns].

        Example:
            >>> weights = SparseRows.of(csr_array(np.array([[0, 0.5], [1, 0]], dtype=np.float32)))
            >>> weights.values_at(np.array([[1, -1]]), np.array([[0, 1]], dtype=np.int32)).tolist()
            [[[1.0, 0.0], [0.0, 0.0]]]
        """
        if rows.size * self.n_titles < WORTH_LOOKING_UP:
            words = self.dense(rows.ravel()).reshape(*rows.shape, self.n_titles)
            return np.take_along_axis(words, np.broadcast_to(columns[:, None], (*rows.shape, columns.shape[1])), axis=2)
        from openslate.models.kernels import scoring

        return scoring.values_at(rows, columns, self)

    def at(self, rows: NDArray[np.int32], column: int) -> NDArray[np.float32]:
        """One column's values in some rows, zero where there is none, float32 [rows]."""
        values: NDArray[np.float32] = self.matrix()[rows][:, [column]].toarray()[:, 0]
        return values

    def matrix(self) -> csr_array:
        """The same matrix, as SciPy's."""
        return self._matrix

    @cached_property
    def _matrix(self) -> csr_array:
        # Kept, because SciPy looks through all of a matrix that it is given in parts.
        shape = (len(self.row_offsets) - 1, self.n_titles)
        return csr_array((self.values, self.columns, self.row_offsets), shape=shape)

    def dense(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Some rows, float32 [rows, n_titles]; a row of -1 is all zero.

        Example:
            >>> weights = SparseRows.of(csr_array(np.array([[0, 0.5], [1, 0]], dtype=np.float32)))
            >>> weights.dense(np.array([1, -1])).tolist()
            [[1.0, 0.0], [0.0, 0.0]]
        """
        lengths = np.where(rows < 0, 0, self.row_offsets[rows + 1] - self.row_offsets[rows])
        starts = np.concatenate([[0], np.cumsum(lengths)])
        entries = np.repeat(self.row_offsets[rows] - starts[:-1], lengths) + np.arange(starts[-1])
        found = np.zeros((len(rows), self.n_titles), dtype=np.float32)
        found[np.repeat(np.arange(len(rows)), lengths), self.columns[entries]] = self.values[entries]
        return found
