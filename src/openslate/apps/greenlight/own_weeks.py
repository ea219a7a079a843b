"""How an audience comes together over the weeks of its window, as the service's own titles' did: kept as quantiles.

Unlike weekly lists, plays tell of every title that enough members watched, not of survivors alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.own_outcomes import Weekly
from openslate.apps.greenlight.trajectory import FEWEST_TITLES, Week
from openslate.apps.greenlight.works import Work, WorkKind

DAYS = 7
FEWEST_WEEKS = 2
KINDS: tuple[WorkKind | None, ...] = ("film", "series", None)
"""What the rows are of; None for titles of any kind."""
LEVELS = (0.5, 0.1, 0.9)


@dataclass(frozen=True)
class OwnWeeks:
    """Shares of the weeks in the window, of titles together and of no title alone.

    Attributes:
        measure: 'members', each in the week of their first play, or 'hours'.
        titles: int64 [kinds], how many tell; in the order of `KINDS`.
        shares: float64 [kinds, weeks, 3], median, and low and high end of 80 in 100 titles; NaN where fewer than twenty
            titles tell.
        members: how many members were counted.
    """

    measure: str
    titles: NDArray[np.int64]
    shares: NDArray[np.float64]
    members: int


def own_weeks(found: Weekly, works: Mapping[str, Work], members: int) -> OwnWeeks:
    """The weeks of titles together.

    Args:
        found: cumulative shares of each title.
        works: by the ids of titles.
        members: how many members were counted.
    """
    kinds = np.array([works[title].kind if title in works else None for title in found.titles], dtype=object)
    shares = np.diff(found.shares, axis=1, prepend=0.0)
    weeks = shares.shape[1]
    told = np.full((len(KINDS), weeks, len(LEVELS)), np.nan)
    titles = np.zeros(len(KINDS), dtype=np.int64)
    for row, kind in enumerate(KINDS):
        mine = shares if kind is None else shares[kinds == kind]
        titles[row] = len(mine)
        if len(mine) >= FEWEST_TITLES:
            told[row] = np.quantile(mine, LEVELS, axis=0).T
    return OwnWeeks(found.measure, titles, told, members)


def weeks_of(own: OwnWeeks, work: Work) -> tuple[tuple[Week, ...], str]:
    """The share of each week in the window of a work, and in a sentence where it comes from.

    Args:
        own: of the service's titles.
        work: whose kind counts; of an unknown kind, all titles.

    Returns:
        Nothing and '' where fewer than twenty titles tell.
    """
    row = KINDS.index(work.kind)
    shares = own.shares[row]
    if np.isnan(shares).any():
        return (), ""
    what = {"film": "films", "series": "series", None: "titles"}[work.kind]
    counted = "members, each in the week of their first play" if own.measure == "members" else "hours watched"
    return tuple((float(one), float(low), float(high)) for one, low, high in shares), (
        f"The weeks are those of {int(own.titles[row]):,} of the service's own {what}, counted from its members' plays"
        f" in the first {len(shares)} weeks ({counted})."
    )
