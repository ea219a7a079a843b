"""The audience map: which titles the same members watched, where the project holds plays.

It is counted through the gate, of members whose viewing may be trained on, from plays up to a day. Of fewer than twenty
viewers in common nothing is told.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from openslate.data.datasets import viewing
from openslate.models.comparing.audiences import audience_cosine
from openslate.models.comparing.neighbours import Neighbours
from openslate.progress import Progress, silent
from openslate.project import Project
from openslate.storage.manifest import Snapshot

Floats = NDArray[np.float64]

READER = "greenlight comparables"
PURPOSES = ("train",)


@dataclass(frozen=True)
class AudienceMap:
    """How far the audiences of titles are the same people.

    Attributes:
        titles: ids, in the order of the catalogue.
        cosine: csr float64 [titles, titles], from `audience_cosine`.
        as_of: the last day of which plays were counted; None for all.
        members: how many members were counted.
        snapshot: id of the files read.
    """

    titles: tuple[str, ...]
    cosine: csr_array
    as_of: date | None
    members: int
    snapshot: str

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


def audience_map(
    project: Project, as_of: date | None = None, snapshot: Snapshot | None = None, progress: Progress = silent
) -> AudienceMap:
    """Count who watched both, of plays and ratings that may be trained on.

    Args:
        project: where.
        as_of: events after this day (UTC) are not seen; None for all.
        snapshot: the files to read; None for those of now.
        progress: told what is done.

    Raises:
        NothingAllowed: there are no plays, or no member permits it; then there is no such map.
        RightsError: the ledger cannot be written.
        ProjectError: a file is missing, or is not what its name says.
    """
    moment = None if as_of is None else datetime.combine(as_of, time.max, UTC)
    data = viewing(project, PURPOSES, READER, moment, snapshot, progress=progress)
    titles = tuple(title.title for title in data.catalogue.titles)
    return AudienceMap(titles, audience_cosine(data.histories), as_of, len(data.members), data.snapshot)
