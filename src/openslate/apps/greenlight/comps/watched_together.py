"""Who watched both, counted for a forecaster: sums over titles that may be kept with it and told in words.

It is read as own outcomes are: through the gate, for the same purposes, up to a day. Two titles that fewer than twenty
members watched are not told, so that no single person shows.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from openslate.apps.greenlight.comps.audience import AudienceMap
from openslate.data.audience.plays import COMMISSIONING, permitted_plays
from openslate.data.audience.together import watched_together
from openslate.data.catalogue import read_catalogue
from openslate.data.matching.groups import same_titles
from openslate.models.comparing.audiences import FEWEST_IN_COMMON, cosine_of
from openslate.project import Project
from openslate.rights.gate import Decision

READER = "greenlight audience map"


@dataclass(frozen=True)
class WatchedTogether:
    """Members who watched both of two titles.

    Attributes:
        titles: ids of works that enough members watched, in the order of the catalogue.
        both: csr int64 [titles, titles], symmetric; on the diagonal the viewers of each; no number below twenty.
        members: how many members were counted.
    """

    titles: tuple[str, ...]
    both: csr_array
    members: int

    @cached_property
    def viewers(self) -> NDArray[np.int64]:
        """Members who watched each title, int64 [titles]."""
        return np.asarray(self.both.diagonal(), dtype=np.int64)

    @cached_property
    def map(self) -> AudienceMap:
        """How alike their audiences are."""
        return AudienceMap(self.titles, cosine_of(self.both))

    @cached_property
    def place(self) -> dict[str, int]:
        """From a title to its row."""
        return {title: row for row, title in enumerate(self.titles)}

    def counts(self, title: str, other: str) -> tuple[int, float]:
        """How many watched both of two titles that are on the map, and how many would if it were by chance.

        Args:
            title, other: ids.
        """
        row, column = self.place[title], self.place[other]
        chance = float(self.viewers[row] * self.viewers[column]) / max(self.members, 1)
        return int(self.both[row, column]), chance


def count_watched_together(project: Project, as_of: date) -> tuple[WatchedTogether, Decision]:
    """Count who watched both, and what the gate let through.

    Args:
        project: where.
        as_of: the last day of which plays are seen.

    Raises:
        NothingAllowed: there are no plays up to that day, or none may be used.
        RightsError: the ledger cannot be written.
        ProjectError: a file is missing, or is not what its name says.
    """
    same = same_titles(project)
    works: dict[str, int] = {}
    places = {
        one.title: works.setdefault(same.canonical(one.title), len(works)) for one in read_catalogue(project).titles
    }
    with permitted_plays(project, as_of, READER, purposes=COMMISSIONING) as plays:
        both = watched_together(plays, places, FEWEST_IN_COMMON)
        members, decision = plays.members, plays.decision
    watched = np.flatnonzero(both.diagonal() > 0)
    ids = list(works)
    titles = tuple(ids[row] for row in watched)
    return WatchedTogether(titles, csr_array(both[watched][:, watched]), members), decision
