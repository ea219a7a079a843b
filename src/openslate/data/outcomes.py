"""What became of titles, and what they were made with, as it was known on a day: what forecasts may learn from.

A row that was imported anew replaces the earlier one altogether. So a correction counts from the day that it names for
itself, and what was known earlier of the same window is no longer told: the past may lose a fact, and never gains one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.data.catalogue import natural_order
from openslate.data.schema import OUTCOMES, PRODUCTIONS, TITLES
from openslate.data.versions import newest
from openslate.errors import UsageError
from openslate.project import Project


@dataclass(frozen=True)
class Outcomes:
    """One measure in one region: a row for each title and window, in the catalogue's order and then by window.

    Attributes:
        measure: such as 'views'.
        region: '*' or a country.
        title: ids, as objects.
        starts, ends: first and last day of the windows, datetime64[D].
        value: float64.
        step: float64; NaN where the value is exact. A value of one step means "at most so much".
        published: first day on which each was known, datetime64[D].
    """

    measure: str
    region: str
    title: NDArray[np.object_]
    starts: NDArray[np.datetime64]
    ends: NDArray[np.datetime64]
    value: NDArray[np.float64]
    step: NDArray[np.float64]
    published: NDArray[np.datetime64]

    def __len__(self) -> int:
        return len(self.title)

    @property
    def censored(self) -> NDArray[np.bool_]:
        """Whether a value is the smallest that its report tells, and so means "at most"."""
        return self.value <= np.where(np.isnan(self.step), -1.0, self.step)


@dataclass(frozen=True)
class Production:
    """What a title is made with; what is not known is None or empty.

    Attributes:
        title: its id.
        budget: in whole units of the currency.
        currency: ISO 4217.
        countries: ISO 3166-1 alpha-2.
        companies: who makes it.
        series: the series or franchise it belongs to.
        season: its number.
        limited: whether it ends with this season by plan.
        worldwide: whether it is available everywhere at once.
        known: first day on which this was known; the day of release where the row does not say.
    """

    title: str
    budget: float | None = None
    currency: str | None = None
    countries: tuple[str, ...] = ()
    companies: tuple[str, ...] = ()
    series: str | None = None
    season: int | None = None
    limited: bool | None = None
    worldwide: bool | None = None
    known: date | None = None


def read_outcomes(project: Project, as_of: date | None, measure: str, region: str = "*") -> Outcomes:
    """One measure of every title, as far as it was known on a day.

    Stability: provisional.

    Args:
        project: where.
        as_of: the day; nothing published after it is told. None for everything there is.
        measure: such as 'views', 'hours' or 'revenue'.
        region: '*' for everywhere, or ISO 3166-1 alpha-2.

    Raises:
        UsageError: the project has no such measure in that region, on any day.
        ProjectError: a file cannot be read.
    """
    relation = newest(project, project.lake.snapshot("outcomes"), OUTCOMES)
    with project.lake.reading() as connection:
        rows = connection.execute(
            "SELECT title, starts, ends, value, coalesce(step, 'nan'::DOUBLE), published "
            f"FROM {relation} WHERE measure = ? AND region = ? AND (?::DATE IS NULL OR published <= ?::DATE) "
            f"ORDER BY {natural_order('title')}, starts, ends",
            (measure, region, as_of, as_of),
        ).fetchall()
        if not rows:
            there = connection.execute(f"SELECT DISTINCT measure, region FROM {relation} ORDER BY ALL").fetchall()
            if (measure, region) not in there:
                raise _no_such(measure, region, there)
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) if rows else [()] * 6
    days = [np.array(columns[place], dtype="datetime64[D]") for place in (1, 2, 5)]
    return Outcomes(
        measure,
        region,
        np.array(columns[0], dtype=object),
        days[0],
        days[1],
        np.array(columns[3], dtype=np.float64),
        np.array(columns[4], dtype=np.float64),
        days[2],
    )


def measures_of(project: Project, region: str = "*") -> tuple[str, ...]:
    """The measures that a project holds of a region, in alphabetical order.

    Args:
        project: where.
        region: '*' for everywhere, or ISO 3166-1 alpha-2.

    Raises:
        ProjectError: a file cannot be read.
    """
    relation = newest(project, project.lake.snapshot("outcomes"), OUTCOMES)
    with project.lake.reading() as connection:
        rows = connection.execute(
            f"SELECT DISTINCT measure FROM {relation} WHERE region = ? ORDER BY measure", (region,)
        ).fetchall()
    return tuple(str(row[0]) for row in rows)


def read_productions(project: Project, as_of: date | None) -> dict[str, Production]:
    """What titles are made with, by id in the catalogue's order, as far as it was known on a day.

    Stability: provisional.

    Args:
        project: where.
        as_of: the day; what became known after it is not told, nor what no day is known of. None for everything.

    Raises:
        ProjectError: a file cannot be read.
    """
    files = project.lake.snapshot("productions", "titles")
    made, titles = newest(project, files, PRODUCTIONS), newest(project, files, TITLES)
    names = [column.name for column in PRODUCTIONS.columns if column.name != "known"]
    with project.lake.reading() as connection:
        rows = connection.execute(
            f"SELECT {', '.join(f'made.{name}' for name in names)}, coalesce(made.known, titles.released) AS since "
            f"FROM {made} made LEFT JOIN {titles} titles ON made.title = titles.title "
            f"WHERE ?::DATE IS NULL OR since <= ?::DATE ORDER BY {natural_order('made.title')}",
            (as_of, as_of),
        ).fetchall()
    return {str(row[0]): _production(dict(zip([*names, "known"], row, strict=True))) for row in rows}


def _production(fields: dict[str, Any]) -> Production:
    for name in ("countries", "companies"):
        fields[name] = tuple(fields[name] or ())
    return Production(**fields)


def _no_such(measure: str, region: str, there: Sequence[tuple[Any, ...]]) -> UsageError:
    listed = ", ".join(f"{name} ({where})" for name, where in there[:20])
    if not listed:
        return UsageError("The project holds no outcomes.", "Import some, such as with `openslate import films`.")
    return UsageError(f"The project holds no {measure!r} of the region {region!r}.", f"It has: {listed}.")
