"""Pairs that are worth comparing: equal names, a name and its subtitle, and names that share rare letters.

Fifty thousand titles by fifty thousand are 2.5 billion pairs. Nearly all of them have no three letters in common that
are rare, so that one product of two sparse matrices finds those that do.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from openslate.data.matching.describing import Described
from openslate.data.matching.names import Variant
from openslate.progress import Progress, silent

FAINTEST = 0.55
"""Names less alike than this are not compared."""
COMMONEST, AT_LEAST = 0.01, 400
"""Letters that stand together in more names than this share, and than this many, find nothing by themselves."""
ROWS_AT_ONCE = 2000


@dataclass(frozen=True)
class Pairs:
    """Pairs of names.

    Attributes:
        left: int64 [pairs], name of the first source.
        right: int64 [pairs], name of the second.
        cosine: float64 [pairs], how alike their letters are, 0 to 1.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    cosine: NDArray[np.float64]


def candidates(left: Described, right: Described, progress: Progress = silent) -> Pairs:
    """The pairs of names that may be those of one title.

    Args:
        left: titles of one source.
        right: titles of another.
        progress: told how far it is.
    """
    first, second = _letters(left.variants, right.variants)
    width = max(len(right.variants), 1)
    parts = (("bare", "bare"), ("head", "bare"), ("bare", "head"), ("tail", "bare"), ("bare", "tail"))
    codes = [
        _joined(
            [getattr(name, one) for name in left.variants], [getattr(name, other) for name in right.variants], width
        )
        for one, other in parts
    ]
    codes.append(_alike(first, second, width, progress))
    rows, columns = np.divmod(np.unique(np.concatenate(codes)), width)
    cosine = np.asarray(first[rows].multiply(second[columns]).sum(axis=1), dtype=np.float64).reshape(-1)
    return Pairs(rows, columns, np.clip(cosine, 0.0, 1.0))


def _joined(first: list[str], second: list[str], width: int) -> NDArray[np.int64]:
    """Places where two lists hold the same text, as row * width + column; empty texts are none."""
    places: dict[str, list[int]] = {}
    for place, text in enumerate(second):
        if text:
            places.setdefault(text, []).append(place)
    found = [row * width + column for row, text in enumerate(first) for column in places.get(text, ())]
    return np.array(found, dtype=np.int64)


def _letters(first: Sequence[Variant], second: Sequence[Variant]) -> tuple[sparse.csr_array, sparse.csr_array]:
    """TF-IDF of every three letters in a row, each name of length 1."""
    vocabulary: dict[str, int] = {}
    pointers: list[int] = [0]
    indices: list[int] = []
    for variant in (*first, *second):
        padded = f"  {variant.whole} "
        found = dict.fromkeys(padded[start : start + 3] for start in range(len(padded) - 2))
        indices.extend(vocabulary.setdefault(three, len(vocabulary)) for three in found)
        pointers.append(len(indices))
    names = len(pointers) - 1
    columns = np.array(indices, dtype=np.int64)
    counts = np.bincount(columns, minlength=len(vocabulary))
    rarity = np.log((1 + names) / np.maximum(counts, 1))
    # The number of a three depends on which name came first; their sums must not.
    order = np.argsort(np.array(list(vocabulary), dtype=np.str_), kind="stable")
    renumbered = np.empty(len(vocabulary), dtype=np.int64)
    renumbered[order] = np.arange(len(vocabulary))
    matrix = sparse.csr_array(
        (rarity[columns], renumbered[columns], np.array(pointers)), shape=(names, max(len(vocabulary), 1))
    )
    matrix.sort_indices()
    lengths = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).reshape(-1))
    scaled = sparse.diags_array(1 / np.where(lengths > 0, lengths, 1)) @ matrix if names else matrix
    return scaled.tocsr()[: len(first)], scaled.tocsr()[len(first) :]


def _alike(first: sparse.csr_array, second: sparse.csr_array, width: int, progress: Progress) -> NDArray[np.int64]:
    """Pairs alike by their rarer letters, as row * width + column.

    What is left out of a product because it is common counts for little; what is found is measured in full afterwards.
    """
    counts = np.bincount(np.concatenate([first.indices, second.indices]), minlength=first.shape[1])
    rare = counts <= max(AT_LEAST, COMMONEST * (first.shape[0] + second.shape[0]))
    few = sparse.diags_array(rare.astype(np.float64))
    left, right = (first @ few).tocsr(), (second @ few).tocsr().T.tocsc()
    left.eliminate_zeros()
    found = []
    for start in range(0, first.shape[0], ROWS_AT_ONCE):
        progress("Looking for names that are alike", start / first.shape[0])
        product = (left[start : start + ROWS_AT_ONCE] @ right).tocoo()
        near = product.data >= FAINTEST
        found.append((product.row[near].astype(np.int64) + start) * width + product.col[near].astype(np.int64))
    return np.concatenate(found) if found else np.empty(0, dtype=np.int64)
