"""Track records: how titles of the same companies and people did, drawn towards nothing where they are few.

They are records of titles, told of nobody: no person is scored, and nothing but what titles reached goes in.
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.features.column import UNKNOWN, Columns, beside, columns
from openslate.apps.greenlight.features.past import Past, before
from openslate.apps.greenlight.works import Work

COMPANY_SHRINKAGE = 3.0
PEOPLE_SHRINKAGE = 2.0
"""As if each had so many more titles that did as was to be expected."""
PEOPLE = 6
"""Of the credits, so many are looked at."""


def record_columns(works: Sequence[Work], as_of: Sequence[date], past: Past, beyond: NDArray[np.float64]) -> Columns:
    """Features of track records.

    Args:
        works: what is known of each.
        as_of: of each, the day before which windows must have closed.
        past: what became of works.
        beyond: float64 [labels], ln of each outcome less that of the simple forecast.
    """
    companies, people = [], []
    for work, day in zip(works, as_of, strict=True):
        mine = [_closed(past.labels_by_company, name, day, work, past) for name in work.companies]
        companies.append(_record("company", [rows for rows in mine if rows], beyond, past, COMPANY_SHRINKAGE))
        named = [_closed(past.labels_by_person, name, day, work, past) for name in work.people[:PEOPLE]]
        record = _record("people", [rows for rows in named if rows], beyond, past, PEOPLE_SHRINKAGE)
        first = float(past.labels.logs[named[0]].mean()) if named and named[0] else UNKNOWN
        many = float(sum(len(rows) for rows in named[:3])) if work.people else UNKNOWN
        people.append({**record, "people_first": first, "people_titles": many})
    return beside(
        [
            columns("companies' record", "closed", companies),
            columns("people's record", "closed", people),
        ]
    )


def _closed(by: dict[str, list[tuple[date, int]]], name: str, day: date, work: Work, past: Past) -> list[int]:
    return [row for _, row in before(by.get(name, ()), day) if past.labels.works[row].id != work.id]


def _record(
    prefix: str, several: Sequence[list[int]], beyond: NDArray[np.float64], past: Past, shrinkage: float
) -> dict[str, float]:
    drawn = [float(beyond[rows].sum()) / (len(rows) + shrinkage) for rows in several]
    return {
        f"{prefix}_most_titles": float(max((len(rows) for rows in several), default=0)),
        f"{prefix}_best": max(drawn, default=UNKNOWN),
        f"{prefix}_mean": float(np.mean(drawn)) if drawn else UNKNOWN,
        f"{prefix}_outcome": max((float(past.labels.logs[rows].mean()) for rows in several), default=UNKNOWN),
    }
