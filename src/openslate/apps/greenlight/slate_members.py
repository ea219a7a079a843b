"""Whom the pitches of a slate would serve: members who like what is akin to them, each counted once for a slate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.works import Work, work_of_title
from openslate.data.audience.plays import COMMISSIONING, permitted_plays
from openslate.data.audience.served import MOST_MEMBERS, count_served
from openslate.data.catalogue import read_catalogue
from openslate.project import Project

READER = "greenlight slate"
FEWEST_MEMBERS = 20
"""A pitch that fewer members like serves nobody that is told of."""
PERIOD_DAYS = 365


@dataclass(frozen=True, eq=False)
class Members:
    """Members by which pitches would serve them.

    Attributes:
        serves: float64 [pitches, kinds of members], 1 where a pitch serves that kind, else 0.
        members: float64 [kinds of members], how many each is.
        counted: members who were looked at.
        of: members whose plays may be counted.
        denied: members who do not allow it.
        since, until: first and last day of the period, ISO 8601.
    """

    serves: NDArray[np.float64]
    members: NDArray[np.float64]
    counted: int
    of: int
    denied: int
    since: str
    until: str

    def served(self, chosen: Sequence[int]) -> float:
        """How many members some pitches serve, each once."""
        return float(self.members[self.serves[list(chosen)].any(axis=0)].sum())


def members_served(
    project: Project, as_of: date, works: Sequence[Work], days: int = PERIOD_DAYS, most: int = MOST_MEMBERS
) -> Members:
    """Whom pitches would serve, from what members watched of titles akin to them.

    A title is akin to a pitch that shares a genre, the language and the kind with it (any language or kind where the
    pitch says none). A member is served who watched at least two such titles, and to whom they are a larger part of
    what they watched than to all members together.

    Args:
        project: where.
        as_of: the last day of which plays are seen.
        works: the pitches.
        days: of the period that is counted.
        most: members to look at; of more, a fair sample stands for all.

    Raises:
        NothingAllowed: the project holds no plays up to that day, or none may be used.
    """
    titles = read_catalogue(project).titles
    akin = akin_to([work_of_title(title, None) for title in titles], works)
    with permitted_plays(project, as_of, READER, purposes=COMMISSIONING) as plays:
        found = count_served(plays, [title.title for title in titles], akin, as_of, days, most)
    likes = found.likes & (found.members @ found.likes >= FEWEST_MEMBERS)
    rows, place = np.unique(likes, axis=0, return_inverse=True)
    members: NDArray[np.float64] = np.bincount(place.ravel(), found.members, minlength=len(rows)).astype(np.float64)
    some = rows.any(axis=1)
    return Members(
        serves=rows[some].T.astype(np.float64),
        members=members[some],
        counted=found.counted,
        of=found.of,
        denied=plays.decision.members_denied,
        since=found.since.isoformat(),
        until=found.until.isoformat(),
    )


def akin_to(titles: Sequence[Work], works: Sequence[Work]) -> NDArray[np.bool_]:
    """Which titles are akin to which pitches, bool [titles, pitches].

    Example:
        >>> titles = [Work("a", "A", "film", genres=("Crime",), language="ko"), Work("b", "B", "film", genres=("War",))]
        >>> akin_to(titles, [Work("", "P", genres=("crime",))]).tolist()
        [[True], [False]]
    """
    genres = [{genre.casefold() for genre in title.genres} for title in titles]
    found = np.zeros((len(titles), len(works)), dtype=np.bool_)
    for column, work in enumerate(works):
        own = {genre.casefold() for genre in work.genres}
        found[:, column] = [
            bool(own & theirs) and work.language in ("", title.language) and work.kind in (None, title.kind)
            for title, theirs in zip(titles, genres, strict=True)
        ]
    return found
