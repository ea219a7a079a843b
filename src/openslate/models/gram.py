"""The Gram matrix X'X of members' title weights, in exact integers: the first step of every item-item closed form.

One pure function per shard of members, and a sum; so shards may be counted anywhere and in any order, and a
member who leaves is subtracted exactly. The matrix is symmetric and kept as its packed lower half, see `packed`.
"""

import numpy as np
from numpy.typing import NDArray

from openslate.models.histories import Histories
from openslate.models.kernels import plain
from openslate.models.packed import half_size
from openslate.models.weights import WEIGHT_STEPS, WeightSettings, title_weights

GRAM_STEPS = WEIGHT_STEPS**2
"""A Gram entry of one, in its integer steps."""

WORTH_COMPILING = 2**22
"""Pairs of titles below which the sparse product is done before the compiled loop is even loaded."""


def gram_of_part(histories: Histories, settings: WeightSettings) -> NDArray[np.int64]:
    """X'X over the members of one shard, in steps of 1/GRAM_STEPS.

    Takes 4 n (n + 1) bytes for n titles, 1.6 GB at 20,000, and some 60 bytes an event.

    Args:
        histories: the members of the shard.
        settings: how events become weights.

    Returns:
        int64 [n_titles (n_titles + 1) / 2], the packed lower half.

    Example:
        >>> part = Histories.from_lists([[0, 1], [1]], n_titles=2)
        >>> (gram_of_part(part, WeightSettings()) // GRAM_STEPS).tolist()
        [1, 1, 2]
    """
    half = np.zeros(half_size(histories.n_titles), dtype=np.int64)
    add_gram(half, histories, settings)
    return half


def add_gram(half: NDArray[np.int64], histories: Histories, settings: WeightSettings, sign: int = 1) -> None:
    """Add members to a Gram matrix in place, or take them out as exactly as if they had never been in it.

    Args:
        half: int64 [n_titles (n_titles + 1) / 2], from `gram_of_part` with the same settings.
        histories: the members.
        settings: how events become weights.
        sign: 1 to add them, -1 to take them out.

    Example:
        >>> part = Histories.from_lists([[0, 1], [1]], n_titles=2)
        >>> gram = gram_of_part(part, WeightSettings())
        >>> add_gram(gram, part.part(1, 2), WeightSettings(), sign=-1)
        >>> (gram // GRAM_STEPS).tolist()
        [1, 1, 1]
    """
    weights = title_weights(histories, settings)
    if np.square(np.diff(weights.indptr).astype(np.float64)).sum() / 2 < WORTH_COMPILING:
        plain.add_gram(half, weights, sign)
    else:
        from openslate.models.kernels import gram

        gram.add_gram(half, weights, sign)
