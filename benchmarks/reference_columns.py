"""Features of the clean rows of a published table of baselines, built from what a project knows and from nothing later.

Views: days available, kind, runtime, reach, month, weekday, script of the original title, season, limited, and what the
season before had in reports that were closed. Films: budget, runtime, release, genres, language, countries, and how the
companies' earlier films did whose windows were closed; no cast and crew, no keywords.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.features.column import UNKNOWN, Floats, logarithm, truth
from openslate.apps.greenlight.features.past import Past, before, series_key
from openslate.apps.greenlight.features.plan import ORIGINAL, script_of
from openslate.apps.greenlight.works import Work

FEWEST = 15
"""Films of a genre, language or country that has a column."""
SHRINKAGE = 3.0


@dataclass(frozen=True)
class Sheet:
    """Features of every label.

    Attributes:
        values: float64 [labels, features], NaN where unknown.
        categories: which of them are numbers of categories.
    """

    values: Floats
    categories: tuple[int, ...]

    def straight(self, known: NDArray[np.int64]) -> Floats:
        """What a line is drawn on, float64 [labels, columns]: categories apart, unknown ones flagged, all in spreads.

        Args:
            known: int64, the labels that may be learned from.
        """
        parts = []
        for place, column in enumerate(self.values.T):
            if place in self.categories:
                parts += [(column == one).astype(np.float64) for one in np.unique(column[known])]
                continue
            seen = column[known]
            middle = float(np.nanmedian(seen)) if np.isfinite(seen).any() else 0.0
            parts += [np.where(np.isnan(column), middle, column), np.isnan(column).astype(np.float64)]
        table = np.column_stack(parts)
        spread = table[known].std(axis=0)
        kept = spread > 0
        return np.asarray((table[:, kept] - table[known][:, kept].mean(axis=0)) / spread[kept], dtype=np.float64)


def views_sheet(past: Past, as_of: Sequence[date]) -> Sheet:
    """The features of titles in engagement reports.

    Args:
        past: what became of works.
        as_of: of each label, the first day of its half.
    """
    rows = []
    for work, days, day in zip(past.labels.works, past.labels.days.tolist(), as_of, strict=True):
        name, _, original = work.name.partition(ORIGINAL)
        released = work.released or day
        rows.append(
            [
                float(script_of(original or name)),
                float(bool(original)),
                float(released.month),
                float(released.weekday()),
                truth(work.kind == "film"),
                logarithm(days),
                logarithm(work.runtime_minutes),
                truth(work.worldwide),
                float(work.season or 0),
                float(bool(work.limited)),
                *season_before(work, day, past),
            ]
        )
    return Sheet(np.array(rows, dtype=np.float64), (0,))


def season_before(work: Work, day: date, past: Past) -> tuple[float, float]:
    """ln of what the season before had in the latest report that was closed on a day, and of the most it ever had.

    Args:
        work: a season; NaN of a film, and of a season before which nothing was reported.
        day: on which is asked.
        past: what became of works.
    """
    if work.kind != "series":
        return UNKNOWN, UNKNOWN
    told = [
        (one, past.works[one.work])
        for one in past.reports_by_series.before(series_key(work), day)
        if past.works[one.work].kind == "series" and past.works[one.work].id != work.id
    ]
    # A release day stands in for a number that a name does not say.
    earlier = [(one, other) for one, other in told if _earlier(other, work)]
    if not earlier:
        return UNKNOWN, UNKNOWN
    last = max((other.season or 0, other.released or date.min, one.work) for one, other in earlier)[2]
    its = [one for one, _ in earlier if one.work == last]
    return max(its, key=lambda one: one.ends).log, max(one.log for one in its)


def films_sheet(past: Past, known: NDArray[np.int64]) -> Sheet:
    """The features of films.

    Args:
        past: what became of works.
        known: int64, the labels that say which genres, languages and countries have columns.
    """
    works = past.labels.works
    lists = [(one.genres, (one.language,), one.countries) for one in works]
    columns = []
    for place in range(3):
        counts = Counter(value for row in known for value in set(lists[row][place]) if value)
        for value in sorted(value for value, many in counts.items() if many >= FEWEST):
            columns.append([float(value in one[place]) for one in lists])
    multiple = past.labels.logs - np.array([logarithm(work.budget) for work in works])
    plan = [
        [
            float(released.month),
            float(released.weekday()),
            logarithm(work.budget),
            UNKNOWN if work.runtime_minutes is None else float(work.runtime_minutes),
            float(released.year),
            float(len(work.genres)),
            *companies_record(work, released, past, multiple),
        ]
        for work, released in zip(works, past.labels.released.tolist(), strict=True)
    ]
    return Sheet(np.column_stack([np.array(plan, dtype=np.float64), *columns]), (0, 1))


def companies_record(work: Work, day: date, past: Past, multiple: Floats) -> tuple[float, float]:
    """The best mean multiple of the companies' films whose windows were closed on a day, drawn to 0, and how many.

    Args:
        work: a film.
        day: on which is asked.
        past: what became of works.
        multiple: float64 [labels], ln of takings over budget; NaN without a budget.
    """
    best, most = UNKNOWN, 0
    for company in work.companies:
        closed = before(past.labels_by_company.get(company, ()), day)
        rows = [row for _, row in closed if past.labels.works[row] != work and np.isfinite(multiple[row])]
        if rows:
            best = float(np.nanmax([best, multiple[rows].sum() / (len(rows) + SHRINKAGE)]))
            most = max(most, len(rows))
    return best, float(most)


def _earlier(other: Work, work: Work) -> bool:
    if other.season is not None and work.season is not None:
        return other.season < work.season
    return other.released is None or work.released is None or other.released < work.released
