"""Labels: what became of works in the window of their release, and since when that was known.

A work's label is the measure of the window that holds its release and begins nearest to it: the half-year of a report,
or the days that begin with the release. A work without a release day, or of which later windows alone are told, has
none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.works import Work
from openslate.data.outcomes import Outcomes

Days = NDArray[np.datetime64]
CALENDAR = 0.5
"""Where fewer windows than this share begin on the day of release, they are those of a calendar."""


@dataclass(frozen=True)
class Labels:
    """Works with their labels, in order of release; arrays are aligned with `works`.

    Attributes:
        measure: such as 'views'.
        region: '*' or a country.
        works: what was known of each at the pitch.
        released: datetime64[D].
        starts, ends: first and last day of the window, datetime64[D].
        days: float64, days from release to the end of the window.
        logs: float64, ln of the outcome.
        at_most: bool, whether it is only known to be at most that.
        published: datetime64[D], first day on which it was known.
        zero: works left out because their outcome was zero, which has no logarithm.
    """

    measure: str
    region: str
    works: tuple[Work, ...]
    released: Days
    starts: Days
    ends: Days
    days: NDArray[np.float64]
    logs: NDArray[np.float64]
    at_most: NDArray[np.bool_]
    published: Days
    zero: int

    def __len__(self) -> int:
        return len(self.works)

    @property
    def from_release(self) -> bool:
        """Whether windows begin with the release, and not with a calendar's halves or quarters."""
        return bool(len(self) and (self.starts == self.released).mean() > CALENDAR)


def labels(works: Sequence[Work], outcomes: Outcomes) -> Labels:
    """The labels of works.

    Args:
        works: of the catalogue.
        outcomes: one measure in one region.

    Example:
        >>> from datetime import date
        >>> day = lambda *texts: np.array(texts, dtype="datetime64[D]")
        >>> report = Outcomes("views", "*", np.array(["a", "a"], dtype=object), day("2024-01-01", "2024-07-01"),
        ...     day("2024-06-30", "2024-12-31"), np.array([2e6, 1e6]), np.array([1e5, 1e5]),
        ...     day("2024-09-01", "2025-03-01"))
        >>> found = labels([Work("a", "Ash", released=date(2024, 6, 1))], report)
        >>> found.days.tolist(), np.exp(found.logs).round().tolist(), str(found.ends[0])
        ([30.0], [2000000.0], '2024-06-30')
    """
    place = {work.id: row for row, work in enumerate(works) if work.released is not None}
    released = np.array([work.released for work in works], dtype="datetime64[D]")
    rows = np.array([place.get(title, -1) for title in outcomes.title], dtype=np.int64)
    mine = np.flatnonzero(rows >= 0)
    day = released[rows[mine]]
    mine = mine[(outcomes.starts[mine] <= day) & (day <= outcomes.ends[mine])]
    # Of each the window that begins last, of several such the shortest, and then the first that is told.
    order = mine[np.lexsort((outcomes.ends[mine], -outcomes.starts[mine].astype(np.int64), rows[mine]))]
    _, first = np.unique(rows[order], return_index=True)
    chosen = order[first]
    at_most = outcomes.censored[chosen]
    # A value of zero that was rounded is at most a step; an exact zero has no logarithm.
    value = np.where(at_most, np.fmax(outcomes.value[chosen], outcomes.step[chosen]), outcomes.value[chosen])
    zero = int((value <= 0).sum())
    chosen, at_most, value = chosen[value > 0], at_most[value > 0], value[value > 0]
    order = np.lexsort((rows[chosen], released[rows[chosen]]))
    chosen, at_most, value = chosen[order], at_most[order], value[order]
    day = released[rows[chosen]]
    return Labels(
        measure=outcomes.measure,
        region=outcomes.region,
        works=tuple(works[row] for row in rows[chosen]),
        released=day,
        starts=outcomes.starts[chosen],
        ends=outcomes.ends[chosen],
        days=((outcomes.ends[chosen] - day).astype(np.int64) + 1).astype(np.float64),
        logs=np.log(value),
        at_most=at_most,
        published=outcomes.published[chosen],
        zero=zero,
    )
