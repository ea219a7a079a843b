"""The audience map: how far the audiences of titles are the same people, and where a work nobody watched would lie.

It is counted by `watched_together`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from openslate.models.comparing.neighbours import Neighbours

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class AudienceMap:
    """How far the audiences of titles are the same people.

    Attributes:
        titles: ids, in the order of the catalogue.
        cosine: csr float64 [titles, titles], from `cosine_of` or `audience_cosine`.
    """

    titles: tuple[str, ...]
    cosine: csr_array

    @cached_property
    def _place(self) -> dict[str, int]:
        return {title: place for place, title in enumerate(self.titles)}

    def similarity(self, queries: Sequence[str], seen: Sequence[str]) -> Floats:
        """Cosine of the audiences of titles, float64 [queries, seen]; NaN where nothing is told.

        Args:
            queries, seen: ids; of one that nobody watched nothing is told.
        """
        mine, theirs = self._places(queries), self._places(seen)
        # A row and a column past the end stand for titles that are not on the map.
        found = np.zeros((len(mine), len(self.titles) + 1))
        known = mine >= 0
        found[known, :-1] = self.cosine[mine[known]].toarray()
        told = found[:, theirs]
        return np.where(told > 0, told, np.nan)

    def predicted(self, near: Neighbours, neighbours: Sequence[str], seen: Sequence[str]) -> Floats:
        """Where works that nobody has watched yet would lie: among the audiences of the titles they are most like.

        Each is taken to have the audience of its thematic neighbours, as far as each is trusted; nothing about it was
        counted.

        Args:
            near: thematic neighbours of each work.
            neighbours: ids to which `near.rows` point.
            seen: ids.

        Returns:
            float64 [works, seen]; NaN where nothing is told of any neighbour with that title.
        """
        places = np.unique(near.rows[near.rows >= 0])
        told = self.similarity([neighbours[place] for place in places], seen)
        rows = np.searchsorted(places, near.rows)
        weights = np.zeros((len(near.rows), len(places)))
        works, columns = np.nonzero(near.rows >= 0)
        weights[works, rows[works, columns]] = near.weights[works, columns]
        trusted = weights @ ~np.isnan(told)
        spoken = weights @ np.nan_to_num(told)
        # Of neighbours that tell nothing, nothing is assumed but that they are of no help: their trust is lost.
        whole = np.maximum(weights.sum(axis=1, keepdims=True), 1e-12)
        return np.where(trusted > 0, spoken / whole, np.nan)

    def _places(self, titles: Sequence[str]) -> NDArray[np.int64]:
        return np.array([self._place.get(title, -1) for title in titles], dtype=np.int64)
