"""Texts as vectors of weighed terms, and how alike they are: by rare terms, and by subject through few dimensions."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Similarity = NDArray[np.float32]
TURNS = 2
"""Of subspace iteration: the usual number for reducing TF-IDF."""
DENSER = 40
"""How much faster a number of a dense matrix is multiplied by than two of a sparse one."""
BESIDE = 10
"""Dimensions that are carried along, by which those that are kept are found better."""


def weighed(terms: Sequence[NDArray[np.int64]], fewest: int = 1, most: float = 1.0) -> csr_array:
    """Rows of unit length: log of how often a text has a term, times how rare the term is.

    Args:
        terms: of each text, in any order; a term that is there twice counts twice.
        fewest: texts that have a term, below which it does not count.
        most: share of texts that have a term, above which it does not count.

    Returns:
        float32 (texts, terms); a text of which no term counts is zero.

    Example:
        >>> import numpy as np
        >>> weighed([np.array([7]), np.array([7, 9])]).toarray().round(2).tolist()
        [[1.0, 0.0], [0.5799999833106995, 0.8100000023841858]]
    """
    n = len(terms)
    rows = np.repeat(np.arange(n), [len(one) for one in terms])
    names, columns = np.unique(np.concatenate([np.empty(0, np.int64), *terms]), return_inverse=True)
    counts = csr_array((np.ones(len(rows), np.float32), (rows, columns.reshape(-1))), shape=(n, len(names)))
    counts.sum_duplicates()
    having = np.bincount(counts.indices, minlength=len(names))
    counting = (having >= fewest) & (having <= max(most * n, fewest))
    counts = csr_array(counts[:, np.flatnonzero(counting)])
    rare = np.log((1.0 + n) / (1.0 + having[counting])) + 1.0
    counts.data = ((1.0 + np.log(counts.data)) * rare[counts.indices]).astype(np.float32)
    return unit_rows(counts)


def unit_rows(vectors: csr_array) -> csr_array:
    """The same rows at length 1; a row of zeros stays."""
    length = np.sqrt(np.asarray(vectors.multiply(vectors).sum(axis=1)).reshape(-1))
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    vectors.data = (vectors.data * np.repeat(scale, np.diff(vectors.indptr))).astype(np.float32)
    return vectors


def by_terms(vectors: csr_array) -> Similarity:
    """Cosines of rows of unit length, float32 (rows, rows)."""
    return np.asarray((vectors @ vectors.T).toarray(), dtype=np.float32)


def by_subject(vectors: csr_array, dimensions: Sequence[int], seed: int = 0) -> list[Similarity]:
    """Cosines of rows in the few dimensions that hold most of them.

    Args:
        vectors: rows of unit length.
        dimensions: that are kept, for each result; all, where there are no more or 0 are asked for.
        seed: of the first guess.

    Returns:
        float32 (rows, rows) for each.

    Source: N. Halko and others, "Finding structure with randomness", SIAM Review 53, 2011, algorithm 4.4, on the rows'
    products: there are fewer rows than terms.
    """
    n = vectors.shape[0]
    few = [many for many in dimensions if 0 < many < min(vectors.shape)]
    if not few:
        return [by_terms(vectors) for _ in dimensions]
    kept = min(max(few) + BESIDE, n)
    times = _times(vectors)
    basis = np.random.default_rng(seed).standard_normal((n, kept)).astype(np.float32)
    for _ in range(TURNS):
        basis, _ = np.linalg.qr(times(basis))
    values, turned = np.linalg.eigh(basis.T @ times(basis))
    reduced = (basis @ turned) * np.sqrt(np.clip(values, 0.0, None))
    return [_cosines(reduced[:, kept - many :]) if many in few else by_terms(vectors) for many in dimensions]


def _times(vectors: csr_array) -> Callable[[Similarity], Similarity]:
    """Multiplies by the rows' products: through the terms where those are few, else through the products themselves."""
    if vectors.nnz * DENSER < vectors.shape[0] ** 2:
        columns = csr_array(vectors.T)
        return lambda basis: np.asarray(vectors @ (columns @ basis), dtype=np.float32)
    products = by_terms(vectors)
    return lambda basis: products @ basis


def _cosines(rows: Similarity) -> Similarity:
    length = np.linalg.norm(rows, axis=1, keepdims=True)
    unit = np.divide(rows, length, out=np.zeros_like(rows), where=length > 1e-4)
    return np.asarray(unit @ unit.T, dtype=np.float32)
