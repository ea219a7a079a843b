"""Views in the half-year of release, forecast from those of comparable titles: the service's own titles, no text."""

import unicodedata
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from benchmarks.comparable_tasks import Takings
from openslate.apps.greenlight.comps.theme import fit_theme
from openslate.apps.greenlight.works import Work
from openslate.data.matching.names import parse_name

HALVES = {
    "2023H2": (date(2023, 7, 1), date(2023, 12, 31)),
    "2024H1": (date(2024, 1, 1), date(2024, 6, 30)),
    "2024H2": (date(2024, 7, 1), date(2024, 12, 31)),
}


def views(folder: Path, test: str) -> Takings:
    """Titles available everywhere that were released in a half-year, after those of the half-years before."""
    rows = _released(folder / "netflix-engagement" / "engagement_2023H1_2024H2.parquet")
    halves = np.array([row[0] for row in rows])
    works = [_work(row) for row in rows]
    logs = np.log([row[6] for row in rows])
    seen = np.flatnonzero(halves < test)
    queries = np.flatnonzero((halves == test) & np.array([bool(work.worldwide) for work in works]))
    line = _line(works, [(HALVES[row[0]][1] - row[4]).days + 1 for row in rows], logs, seen)
    theme = fit_theme([works[place] for place in seen])
    parts = theme.similarity([works[place] for place in queries], [works[place] for place in seen]).parts
    # A title may stand in two reports under one name.
    allowed = np.array([[works[one].id != works[other].id for other in seen] for one in queries])
    return Takings(parts, allowed, theme, (logs - line)[seen], line[queries], logs[queries])


def _released(path: Path) -> list[tuple[Any, ...]]:
    """Titles with the report of the half-year in which they were released."""
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT half, kind, title, available_globally, release_date::DATE, runtime, views FROM read_parquet(?) "
            "WHERE release_date IS NOT NULL AND kind IS NOT NULL AND views > 0 ORDER BY half, title",
            [str(path)],
        ).fetchall()
    return [row for row in rows if HALVES[row[0]][0] <= row[4] <= HALVES[row[0]][1]]


def _work(row: tuple[Any, ...]) -> Work:
    _, kind, name, everywhere, released, runtime, _ = row
    said = parse_name(name)
    hours, _, minutes = (runtime or "").strip("*").partition(":")
    return Work(
        name,
        name,
        "film" if kind == "film" else "series",
        released,
        series=said.variants[0].head or said.variants[0].bare,
        season=said.season,
        limited=said.limited,
        worldwide=everywhere == "Yes",
        language=_script(name),
        runtime_minutes=int(hours) * 60 + int(minutes) if hours.isdecimal() and minutes.isdecimal() else None,
    )


def _script(name: str) -> str:
    """The script of the original name, which stands for a language where none is told."""
    original = name.partition(" // ")[2]
    letters = [letter for letter in original if letter.isalpha()]
    return unicodedata.name(letters[0], "").split(" ")[0] if letters else "none"


def _line(works: list[Work], days: list[int], logs: NDArray[np.float64], seen: NDArray[np.int64]) -> Any:
    """The simple forecast: kind, reach and the days available."""
    film = np.array([work.kind == "film" for work in works], dtype=np.float64)
    everywhere = np.array([bool(work.worldwide) for work in works], dtype=np.float64)
    columns = np.stack([np.ones(len(works)), film, everywhere, film * everywhere, np.log(days)], axis=1)
    return columns @ np.linalg.lstsq(columns[seen], logs[seen], rcond=None)[0]


def of_series(found: Takings, weight: float) -> Takings:
    """The same with another weight of the same series."""
    weights = found.theme.weights.copy()
    weights[0] = weight
    return replace(found, theme=replace(found.theme, weights=weights))
