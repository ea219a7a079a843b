"""Whether having facts at all moves a forecast, and whether intervals of incomplete pitches hold.

`python -m benchmarks.greenlight_gaps`. Views of the engagement reports beside a list of films that tells languages,
genres and companies of some of them: those that came to be on the list were watched more than twice as much as those
that did not. Told are the figures of every pattern of gaps; 'moved' is by how much a forecast is higher or lower where
the same film says less, and 1 where nothing is learned from whether it says it.
"""

import ast
import csv
import json
import tempfile
from pathlib import Path

from benchmarks.greenlight_projects import views_project
from benchmarks.machine import describe, real_data
from openslate import Project
from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.backtest_text import backtest_text
from openslate.apps.greenlight.evaluate import evaluate
from openslate.clock import stopwatch
from openslate.data.matching.matching import match_sources
from openslate.data.sources.flat import import_flat


def listed_project(folder: Path, data: Path) -> Project:
    """A new project of views with a list of films beside it, matched by name and day.

    Args:
        folder: where it is made.
        data: the folder of real data.
    """
    project = views_project(folder / "project", data)
    table = folder / "films.jsonl"
    with (data / "netflix-engagement" / "jesse990_netflix_movies.csv").open(encoding="utf-8") as file:
        rows = [_film(row) for row in csv.DictReader(file) if row["release_date"]]
    table.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    import_flat(project, table, source="list")
    match_sources(project)
    return project


def _film(row: dict[str, str]) -> dict[str, object]:
    found = {
        "name": row["title"],
        "released": row["release_date"],
        "language": row["original_language"] or None,
        "genres": ast.literal_eval(row["genres"] or "[]"),
        "countries": ast.literal_eval(row["origin_country"] or "[]"),
        "companies": ast.literal_eval(row["production_companies"] or "[]"),
    }
    budget = int(float(row["budget"] or 0))
    return {**found, "budget": budget} if budget else found


def main() -> None:
    """Import, match and backtest."""
    print(describe())
    data = real_data()
    with tempfile.TemporaryDirectory() as folder:
        project = listed_project(Path(folder), data)
        began = stopwatch()
        print(backtest_text(evaluate(project, Asked())))
        print(f"Backtest {stopwatch() - began:.1f} s.")


if __name__ == "__main__":
    main()
