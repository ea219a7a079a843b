"""Catalogue gaps: segments whose titles find more members than titles of the catalogue do, with how sure that is.

Plays tell of what there is: a segment without a title has no audience, and is no gap that plays could show.
"""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate import clock
from openslate.apps.greenlight.gap_types import Gap, Gaps, Segment
from openslate.data.audience.plays import COMMISSIONING, permitted_plays
from openslate.data.audience.segments import SegmentCounts, count_segments
from openslate.data.catalogue import Title, read_catalogue
from openslate.errors import FitError, UsageError
from openslate.models.catalogue_gaps import Demand, demand, expected_audience, false_gaps
from openslate.project import Project

READER = "greenlight gaps"
FEWEST_MEMBERS = 20
"""Segments with fewer members are told of nobody."""
FEWEST_EXHAUSTED = 10
FEWEST_OF_A_SHARE = 20
LONGEST_DAYS = 1_095

Standing = tuple[NDArray[np.int64], NDArray[np.int64]]


def find_gaps(
    project: Project,
    as_of: date,
    days: int = 365,
    country: str = "*",
    age_band: str = "",
    themes: Mapping[str, Sequence[str]] | None = None,
    purposes: tuple[str, ...] = COMMISSIONING,
    seed: int = 0,
) -> Gaps:
    """Where members' taste outruns the catalogue.

    Stability: provisional.

    Args:
        project: where.
        as_of: the last day of which anything is seen.
        days: of the period that is counted, up to that day.
        country: of the members, ISO 3166-1 alpha-2; '*' for all.
        age_band: of the members, as the service writes it; '' for all.
        themes: of each title, such as clusters of a thematic map; its genres when left out.
        purposes: what for; members must have a basis for all of them.
        seed: of the draws behind the intervals.

    Raises:
        NothingAllowed: the project holds no plays up to that day, or none may be used.
        UsageError: the period is none or ends in the future, or nobody is of that country or age band.
        FitError: too little was watched to tell anything.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise UsageError(f"A period of {days} days cannot be counted.", f"Name 1 to {LONGEST_DAYS:,} days.")
    today = clock.now().date()
    if as_of > today:
        raise UsageError(
            f"{as_of} is in the future, and nobody has watched anything after {today}.", "Name a day until today."
        )
    # Of every day: what was on the service by then is said by its release and its plays.
    catalogue = read_catalogue(project)
    segments, standing, unplaced = _segments(catalogue.titles, themes)
    released = np.array([title.released for title in catalogue.titles], dtype="datetime64[D]")
    with permitted_plays(project, as_of, READER, country, age_band, purposes) as plays:
        if not segments:
            raise FitError(
                f"No title has a {'genre' if themes is None else 'theme'}, a language and a kind.",
                "Import titles with them, such as with `openslate import csv titles.csv --table titles`.",
            )
        counts = count_segments(
            plays, [title.title for title in catalogue.titles], released, standing, len(segments), as_of, days
        )
    there = counts.on_service[standing[0]]
    standing = (standing[0][there], standing[1][there])
    audience, expected = counts.watched.sum(axis=1), expected_audience(counts.watched, counts.days)
    found = demand(audience, expected, standing, counts.pairs, counts.totals, seed)
    told = _told(found, counts)
    if not len(told):
        raise FitError(
            f"No segment was watched by {FEWEST_MEMBERS} members or more, of whom alone anything is told.",
            "Take a longer period, or all members.",
        )
    recent = counts.on_service & (released >= np.datetime64(counts.since, "D"))
    supply = np.bincount(standing[1], minlength=len(segments))
    new = np.bincount(standing[1], recent[standing[0]], minlength=len(segments))
    return Gaps(
        as_of=as_of,
        since=counts.since,
        until=min(as_of, plays.last),
        country=country,
        age_band=age_band,
        by="genre" if themes is None else "theme",
        segments=tuple(
            _gap(place, segments[place], int(supply[place]), int(new[place]), found, float(share), counts)
            for place, share in zip(told, false_gaps(found.chance[told]), strict=True)
        ),
        overlap=_overlap(counts.both[np.ix_(told, told)]),
        title_spread=found.title_spread,
        titles=int(counts.on_service.sum()),
        members=plays.members,
        audience=int(counts.totals.sum()),
        decision=plays.decision,
        left_out=_left_out(
            int((~counts.on_service & (released <= np.datetime64(as_of, "D"))).sum()),
            int((counts.on_service & unplaced).sum()),
            int((supply > 0).sum()) - len(told),
        ),
    )


def _segments(
    titles: Sequence[Title], themes: Mapping[str, Sequence[str]] | None
) -> tuple[list[Segment], Standing, NDArray[np.bool_]]:
    """The segments there are, in order; which titles stand in which; and which stand in none."""
    rows = []
    for number, title in enumerate(titles):
        own = title.genres if themes is None else themes.get(title.title, ())
        if title.language and title.kind:
            rows += [(number, Segment(theme, title.language, title.kind)) for theme in dict.fromkeys(own)]
    segments = sorted({segment for _, segment in rows}, key=lambda one: (one.theme, one.language, one.kind))
    place = {segment: number for number, segment in enumerate(segments)}
    standing = (
        np.array([number for number, _ in rows], dtype=np.int64),
        np.array([place[segment] for _, segment in rows], dtype=np.int64),
    )
    unplaced = np.ones(len(titles), dtype=np.bool_)
    unplaced[standing[0]] = False
    return segments, standing, unplaced


def _told(found: Demand, counts: SegmentCounts) -> NDArray[np.int64]:
    """Segments that enough members watched, the highest lower bound first; of equal ones in their order."""
    enough = np.flatnonzero(counts.members >= FEWEST_MEMBERS)
    return enough[np.argsort(-found.low[enough], kind="stable")]


def _gap(
    place: int, segment: Segment, titles: int, recent: int, found: Demand, false_share: float, counts: SegmentCounts
) -> Gap:
    exhausted, others = int(counts.exhausted[place]), int(counts.others[place])
    quiet = exhausted >= FEWEST_OF_A_SHARE and others >= FEWEST_OF_A_SHARE
    return Gap(
        segment=segment,
        titles=titles,
        recent=recent,
        members=int(counts.members[place]),
        hours=float(counts.hours[place]),
        audience=int(found.observed[place]),
        expected=float(found.expected[place]),
        ratio=float(found.ratio[place]),
        low=float(found.low[place]),
        high=float(found.high[place]),
        false_share=false_share,
        # Beside the count of members stands, by subtraction, that of the others.
        exhausted=exhausted if min(exhausted, others) >= FEWEST_EXHAUSTED else None,
        exhausted_quiet=float(counts.exhausted_quiet[place] / exhausted) if quiet else None,
        others_quiet=float(counts.others_quiet[place] / others) if quiet else None,
    )


def _overlap(both: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of the members of each segment, the share that also watches each; of fewer than ten nothing is told."""
    own = np.maximum(np.diag(both), 1.0)
    shares: NDArray[np.float64] = np.where(both >= FEWEST_EXHAUSTED, both, 0.0) / own[:, None]
    np.fill_diagonal(shares, 1.0)
    return shares


def _left_out(elsewhere: int, unplaced: int, untold: int) -> dict[str, int]:
    found = {
        "titles that are not on the service": elsewhere,
        "titles without a genre or theme, a language or a kind": unplaced,
        f"segments with fewer than {FEWEST_MEMBERS} members": untold,
    }
    return {words: count for words, count in found.items() if count}
