"""What serving many is worth to a slate: groups that the file names, and members, or else a variety of titles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from openslate.apps.greenlight.slate_fields import WrittenSlate
from openslate.apps.greenlight.slate_members import Members, members_served
from openslate.apps.greenlight.works import Work
from openslate.data.audience.served import MOST_MEMBERS
from openslate.errors import NothingAllowed
from openslate.models.slate_problem import Breadth
from openslate.models.slate_table import MOST_CANDIDATES
from openslate.project import Project

FEWER_MEMBERS = 1_000
"""Looked at where there are too many candidates to look at every slate."""


@dataclass(frozen=True, eq=False)
class SlateBreadth:
    """The breadth of a slate.

    Attributes:
        breadth: for the solver: groups first, then kinds of members or what makes a variety; None for nothing.
        members: whom the pitches would serve; None where nobody asked, or no play may be counted.
        variety: genres, languages and kinds that count in their place, in words.
        missing: why members were asked for and could not be counted; empty where they were.
    """

    breadth: Breadth | None
    members: Members | None = None
    variety: tuple[str, ...] = ()
    missing: str = ""

    @property
    def words(self) -> str:
        """What breadth is of, in a sentence or two."""
        if self.members is not None:
            found = self.members
            sample = "" if found.counted == found.of else f", of whom {found.counted:,} stand for all"
            return (
                f"Breadth is of members: {found.of:,} whose plays from {found.since} to {found.until} may be counted"
                f"{sample}; {found.denied:,} others were left out for want of a basis. Each counts once for a slate."
            )
        if self.variety:
            why = f"No member could be counted: {self.missing} " if self.missing else ""
            return (
                f"{why}Breadth is of a variety of titles: each of {len(self.variety)} genres, languages and kinds once."
            )
        if self.missing:
            return f"Breadth counts for nothing, for no member could be counted: {self.missing}"
        return "" if self.breadth is not None else "Breadth counts for nothing: the file has no [breadth]."


def breadth_of(project: Project, slate: WrittenSlate, pitches: Sequence[dict[str, Any]], as_of: date) -> SlateBreadth:
    """The breadth of a slate's candidates.

    Args:
        project: whose plays are counted.
        slate: as it was written.
        pitches: of the candidates, as they were filed.
        as_of: the last day of which plays are seen.
    """
    asked, works = slate.breadth, [_work(pitch) for pitch in pitches]
    groups = list(slate.groups)
    coverage = [np.array([[one.serves.get(group, 0.0) for group in groups] for one in slate.candidate])]
    weights = [np.array([slate.groups[group] for group in groups])]
    members: Members | None = None
    missing, variety = "", tuple[str, ...]()
    if asked.member:
        many = len(works) > MOST_CANDIDATES
        try:
            members = members_served(project, as_of, works, most=FEWER_MEMBERS if many else MOST_MEMBERS)
        except NothingAllowed as error:
            missing = str(error)
    if members is not None:
        coverage.append(members.serves)
        weights.append(asked.member * members.members)
    elif asked.variety:
        names = [_variety(work) for work in works]
        variety = tuple(sorted({name for some in names for name in some}))
        coverage.append(np.array([[float(name in some) for name in variety] for some in names]))
        weights.append(np.full(len(variety), asked.variety))
    whole, worth = np.concatenate(coverage, axis=1), np.concatenate(weights)
    return SlateBreadth(Breadth(whole, worth) if len(worth) else None, members, variety, missing)


def _work(pitch: dict[str, Any]) -> Work:
    kind = pitch["kind"]
    return Work(
        id="",
        name=pitch["name"],
        kind=None if kind is None else "film" if kind == "film" else "series",
        genres=tuple(pitch["genres"]),
        language=pitch["language"],
    )


def _variety(work: Work) -> set[str]:
    found = {f"genre {genre.casefold()}" for genre in work.genres}
    found |= {f"language {work.language}"} if work.language else set()
    return found | ({f"kind {work.kind}"} if work.kind else set())
