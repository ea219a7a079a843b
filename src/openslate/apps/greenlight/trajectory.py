"""How an audience spreads over the weeks after release, as titles did that stayed on weekly lists.

Lists tell of survivors alone: most titles stand on none, or for a week. So shares are told only of titles that were
listed for four weeks or more, the forecast says so, and nothing of it goes into the forecast itself.
"""

from collections import defaultdict
from datetime import date

import numpy as np

from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.works import Work

WEEKS = 8
FEWEST_LISTED = 4
FEWEST_TITLES = 20
SURVIVORS = (
    f"The weeks are those of titles that stood on weekly lists for {FEWEST_LISTED} weeks or more, and a week off the"
    " list counts as none: a title that stands on none has no such course."
)

Week = tuple[float, float, float]


def trajectory(past: Past, work: Work, as_of: date) -> tuple[Week, ...]:
    """The share of each of the first weeks in all of them: median, and low and high end of 80 in 100 titles.

    Args:
        past: what became of works.
        work: whose kind counts; of an unknown kind, all titles.
        as_of: the day; lists of later weeks are not looked at.

    Returns:
        One for each of `WEEKS` weeks; empty where fewer than `FEWEST_TITLES` titles tell.
    """
    if past.weeks is None:
        return ()
    told: dict[str, dict[int, float]] = defaultdict(dict)
    for title, ends, value in zip(past.weeks.title, past.weeks.ends.tolist(), past.weeks.value, strict=True):
        place = past.place.get(title)
        released = None if place is None else past.works[place].released
        if place is None or released is None or ends >= as_of:
            continue
        week = (ends - released).days // 7
        if work.kind in (None, past.works[place].kind) and 0 <= week < WEEKS:
            told[title][week] = max(float(value), told[title].get(week, 0.0))
    shares = [
        np.array([weeks.get(week, 0.0) for week in range(WEEKS)]) / sum(weeks.values())
        for weeks in told.values()
        if len(weeks) >= FEWEST_LISTED and sum(weeks.values()) > 0
    ]
    if len(shares) < FEWEST_TITLES:
        return ()
    low, middle, high = np.quantile(np.array(shares), [0.1, 0.5, 0.9], axis=0)
    return tuple((float(one), float(two), float(three)) for one, two, three in zip(middle, low, high, strict=True))
