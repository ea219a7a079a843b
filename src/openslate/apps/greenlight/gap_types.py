"""What is told of the catalogue's gaps: segments, what they find, what they hold, and whom a pitch would serve."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.works import Work
from openslate.errors import UsageError
from openslate.rights.gate import Decision

MOST_FALSE = 0.05
"""Of the segments that are called gaps, at most so large a share is expected to be none."""
KINDS = {"film": "films", "series": "series"}


@dataclass(frozen=True)
class Segment:
    """A part of the catalogue: a theme or genre, in a language, as films or as series.

    Example:
        >>> Segment("Crime", "ko", "series").name
        'Crime, ko, series'
    """

    theme: str
    language: str
    kind: str

    @property
    def name(self) -> str:
        """In words."""
        return f"{self.theme}, {self.language}, {KINDS[self.kind]}"


@dataclass(frozen=True)
class Gap:
    """One segment.

    Attributes:
        segment: which.
        titles: of it that are on the service.
        recent: those of them that were released in the period.
        members: who watched something of it in the period.
        hours: watched of it in the period, by plays that say how long they were.
        audience: first plays of its titles in the period.
        expected: first plays that titles of the same ages find at the catalogue's rates.
        ratio: audience over expected, drawn to the mean of all segments by as much as it is uncertain.
        low, high: ends of its 90% interval.
        false_share: the share of false gaps among it and all segments that stand out as much or more.
        exhausted: those of `members` who have watched two thirds of it or more, in the period or earlier; None where
            they or the rest of the members are fewer than 10, of whom the difference would tell.
        exhausted_quiet: share of them who have watched nothing for 28 days; None for too few.
        others_quiet: the same share of the rest of `members`; None for too few.
    """

    segment: Segment
    titles: int
    recent: int
    members: int
    hours: float
    audience: int
    expected: float
    ratio: float
    low: float
    high: float
    false_share: float
    exhausted: int | None
    exhausted_quiet: float | None
    others_quiet: float | None

    @property
    def is_gap(self) -> bool:
        """Whether its titles find more than the catalogue's do, also beside how many segments were looked at."""
        return self.low > 1 and self.false_share <= MOST_FALSE


@dataclass(frozen=True, eq=False)
class Gaps:
    """Where members' taste outruns the catalogue.

    Attributes:
        as_of: the last day that was seen.
        since, until: first and last day of the period.
        country, age_band: of the members; '*' and '' for all.
        by: what themes are, such as 'genre'.
        segments: every segment that is told, the one with the highest lower bound first.
        overlap: share of the members of each segment (a row) who also watch each segment; 0 where fewer than 10 do.
        title_spread: how much titles of one segment differ, as a relative variance.
        titles: how many titles are on the service.
        members: how many members could be counted.
        audience: first plays of titles in the period.
        decision: what the gate let through.
        left_out: what was left out, in words, and how many.
    """

    as_of: date
    since: date
    until: date
    country: str
    age_band: str
    by: str
    segments: tuple[Gap, ...]
    overlap: NDArray[np.float64]
    title_spread: float
    titles: int
    members: int
    audience: int
    decision: Decision
    left_out: Mapping[str, int]

    @property
    def found(self) -> tuple[Gap, ...]:
        """The segments that are gaps."""
        return tuple(gap for gap in self.segments if gap.is_gap)

    @property
    def weights(self) -> NDArray[np.float64]:
        """What serving each group of members lacks: its members times how far demand is sure to lie above supply.

        In members; for `models.slate_problem.Breadth`, multiply by what one member is worth in the slate's own unit.
        """
        return np.array([gap.members * max(gap.low - 1, 0.0) for gap in self.segments])


def reach(gaps: Gaps, works: Sequence[Work], themes: Sequence[Sequence[str]] | None = None) -> NDArray[np.float64]:
    """Which groups of members pitches would serve, for the breadth of a slate.

    A group is the audience of one told segment. A pitch stands in the segments of its genres, language and kind (any
    language or kind where it says none), and serves of each group the share that watches the nearest of those
    segments. A pitch that stands in no told segment serves nobody that is known of, and has a row of 0.

    Args:
        gaps: from `find_gaps`.
        works: pitches, or titles.
        themes: of each work, where the gaps are by something other than genre.

    Returns:
        float64 [works, segments], from 0 to 1, in the order of `gaps.segments`.

    Raises:
        UsageError: the gaps are by themes, and the works have none.
    """
    if themes is None and gaps.by != "genre":
        raise UsageError(f"These gaps are by {gaps.by}, and of the pitches the genres are known.", "Give their themes.")
    found = np.zeros((len(works), len(gaps.segments)))
    for row, work in enumerate(works):
        own = {theme.casefold() for theme in (work.genres if themes is None else themes[row])}
        places = [place for place, gap in enumerate(gaps.segments) if _stands_in(work, own, gap.segment)]
        if places:
            found[row] = gaps.overlap[:, places].max(axis=1)
    return found


def _stands_in(work: Work, themes: set[str], segment: Segment) -> bool:
    return (
        segment.theme.casefold() in themes
        and work.language in ("", segment.language)
        and work.kind in (None, segment.kind)
    )
