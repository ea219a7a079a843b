"""How much lists of names have in common, when a rare name counts for more than one that everybody has."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
DECIMALS = 9


@dataclass(frozen=True)
class Rarity:
    """How rare names are among the lists they were learned from.

    Attributes:
        lists: how many lists named anything.
        holding: how many of them hold each name.
    """

    lists: int
    holding: Mapping[str, int]

    def of(self, name: str) -> float:
        """ln(1 + lists / those that hold it); of a name never seen as if it had been there once."""
        return math.log1p(max(self.lists, 1) / self.holding.get(name, 1))


@dataclass(frozen=True)
class NameRows:
    """Lists of names, as rows of length 1 or 0.

    Attributes:
        names: columns, in their order of first mention.
        weights: csr float64 [lists, names].
        known: bool [lists], whether anything is named.
    """

    names: tuple[str, ...]
    weights: csr_array
    known: NDArray[np.bool_]

    @cached_property
    def column(self) -> dict[str, int]:
        """From a name to its column."""
        return {name: place for place, name in enumerate(self.names)}

    def rows(self, part: slice) -> "NameRows":
        """Some of the lists."""
        return NameRows(self.names, self.weights[part], self.known[part])


def learn_rarity(lists: Sequence[Sequence[str]]) -> Rarity:
    """Count in how many lists each name stands."""
    holding = Counter(name for names in lists for name in set(names))
    return Rarity(sum(bool(names) for names in lists), dict(sorted(holding.items())))


def name_rows(lists: Sequence[Sequence[str]], rarity: Rarity, fading: bool = False) -> NameRows:
    """Lists of names as rows.

    Args:
        lists: of names that are alike where they are equal.
        rarity: from `learn_rarity`.
        fading: whether names further down count for less, as in credits.

    Example:
        >>> lists = [["Drama", "Noir"], ["Drama", "War"], ["Noir"], []]
        >>> rows = name_rows(lists, learn_rarity(lists))
        >>> overlap(rows, rows).round(2)[0].tolist()
        [1.0, 0.45, 0.71, 0.0]
    """
    column: dict[str, int] = {}
    offsets, columns, values = [0], [], []
    for names in lists:
        once = list(dict.fromkeys(names))
        row = np.array([math.sqrt(rarity.of(name)) for name in once])
        if fading:
            row /= np.sqrt(1 + np.arange(len(once)))
        columns += [column.setdefault(name, len(column)) for name in once]
        values += (row / np.linalg.norm(row) if once else row).tolist()
        offsets.append(len(columns))
    weights = csr_array(
        (np.array(values, dtype=np.float64), np.array(columns, dtype=np.int64), offsets),
        shape=(len(lists), len(column)),
    )
    return NameRows(tuple(column), weights, np.diff(weights.indptr) > 0)


def overlap(queries: NameRows, seen: NameRows) -> Floats:
    """Cosine of lists, float64 [queries, seen], 0 to 1; names that only one side has match nothing and still count."""
    if not len(seen.names) or not len(queries.names):
        return np.zeros((queries.weights.shape[0], seen.weights.shape[0]))
    place = np.array([seen.column.get(name, -1) for name in queries.names], dtype=np.int64)
    entries = queries.weights.tocoo()
    columns = place[entries.coords[1]]
    kept = columns >= 0
    shape = (len(seen.names), queries.weights.shape[0])
    turned = csr_array((entries.data[kept], (columns[kept], entries.coords[0][kept])), shape=shape)
    shared: Floats = (seen.weights @ turned).toarray().T
    found: Floats = np.clip(shared, 0, 1).round(DECIMALS)
    return found
