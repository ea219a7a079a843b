"""The Gram matrix X'X of members' title weights, in exact integers: the first step of every item-item closed form.

One pure function per shard of members, and a sum; so shards may be counted anywhere and in any order, and a
member who leaves is subtracted exactly.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.blas import ssyrk
from scipy.sparse import csr_array

from openslate.models.histories import Histories
from openslate.models.solving import mirror_lower
from openslate.models.weights import WEIGHT_STEPS, WeightSettings, title_weights

GRAM_STEPS = WEIGHT_STEPS**2
"""A Gram entry of one, in its integer steps."""

EXACT_MEMBERS = 2**24 // GRAM_STEPS
"""Members per float32 product: no partial sum then passes 2^24, up to where float32 holds every integer."""

BLOCK_ENTRIES = 2**26
"""Entries of a dense block of members: 256 MiB."""

DENSE_SPEED, MIXED_SPEED = 130, 8
"""Multiply-adds of a dense product, and of a sparse by a dense one, in the time of one between two sparse matrices
(measured: 2 cores, AVX2)."""


def gram_of_part(histories: Histories, settings: WeightSettings) -> NDArray[np.int64]:
    """X'X over the members of one shard, in steps of 1/GRAM_STEPS.

    There are two routes, sparse and dense, and the one with less estimated work is taken. Both are exact, so the
    choice never shows in the result.

    Args:
        histories: the members of the shard.
        settings: how events become weights.

    Returns:
        int64 [n_titles, n_titles], symmetric.

    Example:
        >>> part = Histories.from_lists([[0, 1], [1]], n_titles=2)
        >>> (gram_of_part(part, WeightSettings()) // GRAM_STEPS).tolist()
        [[1, 1], [1, 2]]
    """
    weights = title_weights(histories, settings)
    head, dense_work = cheapest_head(weights)
    if np.square(np.diff(weights.indptr).astype(np.float64)).sum() <= dense_work:
        return sparse_gram(weights)
    return dense_gram(weights, head)


def sparse_gram(weights: csr_array) -> NDArray[np.int64]:
    """X'X by one product of sparse integers.

    Args:
        weights: sparse int32 [members, titles], 0 to WEIGHT_STEPS.

    Returns:
        int64 [titles, titles].
    """
    wide = weights.astype(np.int64)
    gram: NDArray[np.int64] = (wide.T @ wide).toarray()
    return gram


def dense_gram(weights: csr_array, head: NDArray[np.bool_]) -> NDArray[np.int64]:
    """X'X by float32 products: the head with itself densely, the long tail as sparse rows times dense columns.

    Args:
        weights: sparse int32 [members, titles], 0 to WEIGHT_STEPS.
        head: bool [titles], the titles of the head; which they are never changes the result.

    Returns:
        int64 [titles, titles].
    """
    n_members, n_titles = weights.shape
    heads, tails = np.flatnonzero(head), np.flatnonzero(~head)
    of_heads = np.zeros((len(heads), len(heads)), dtype=np.float32)
    of_tails = np.zeros((len(tails), n_titles), dtype=np.float32)
    block_members = max(1, min(EXACT_MEMBERS, BLOCK_ENTRIES // n_titles))
    for start in range(0, n_members, block_members):
        block = weights[start : start + block_members].astype(np.float32)
        in_block = ssyrk(1.0, block[:, heads].toarray().T, lower=1).T if len(heads) else of_heads
        with_tails = block[:, tails].T @ block.toarray()
        if start == 0:
            # Most parts are one block, whose float32 sums are whole numbers: they are widened once, at the end.
            of_heads, of_tails = in_block, with_tails
        else:
            of_heads = of_heads.astype(np.int64, copy=False) + in_block.astype(np.int64)
            of_tails = of_tails.astype(np.int64, copy=False) + with_tails.astype(np.int64)
    mirror_lower(of_heads.T)
    gram = np.empty((n_titles, n_titles), dtype=np.int64)
    gram[tails] = of_tails
    gram[np.ix_(heads, tails)] = of_tails[:, heads].T
    gram[np.ix_(heads, heads)] = of_heads
    return gram


def cheapest_head(weights: csr_array) -> tuple[NDArray[np.bool_], float]:
    """The most-watched titles, as many as make the dense route's work least, and that work.

    Args:
        weights: sparse [members, titles].

    Returns:
        bool [titles] and the work in sparse multiply-adds.
    """
    n_members, n_titles = weights.shape
    audience = np.bincount(weights.indices, minlength=n_titles)
    most_watched = np.argsort(-audience, kind="stable")
    tail_events = weights.nnz - np.concatenate([[0], np.cumsum(audience[most_watched])])
    head_size = np.arange(n_titles + 1.0)
    work = n_members * head_size**2 / 2 / DENSE_SPEED + tail_events * n_titles / MIXED_SPEED
    head = np.zeros(n_titles, dtype=bool)
    head[most_watched[: np.argmin(work)]] = True
    return head, float(work.min())
