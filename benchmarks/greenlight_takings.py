"""Forecasts of films' takings, train and backtest, beside simple forecasts in the same run.

`python -m benchmarks.greenlight_takings`. Films of TMDB's and of The Numbers' tables are learned from, with cast and
genres of Wikipedia, matched by name and year; films with TMDB's own budget and takings are tested, three years at a
time, the last from 2010 to 2012.
"""

import tempfile
from datetime import date
from pathlib import Path

from benchmarks.machine import real_data
from openslate import Project
from openslate.apps.greenlight.backtest_text import backtest_text
from openslate.apps.greenlight.evaluate import Asked, evaluate
from openslate.clock import stopwatch
from openslate.data.matching.matching import match_sources
from openslate.data.sources.flat import import_flat
from openslate.data.sources.tmdb import import_tmdb

ORIGINS = tuple(date(year, 1, 1) for year in (2001, 2004, 2007, 2010))


def main() -> None:
    """Import, match and backtest."""
    data = real_data()
    with tempfile.TemporaryDirectory() as folder:
        project = Project.init(Path(folder) / "project")
        import_tmdb(project, data / "tmdb5000" / "tmdb_5000_movies_before_2013.parquet")
        import_flat(
            project,
            data / "the-numbers" / "movie_budgets_before_2013.parquet",
            columns={"movie": "name", "release_date": "released", "production_budget_usd": "budget"},
            outcomes={"worldwide_gross_usd": "revenue", "domestic_gross_usd": "domestic_revenue"},
            source="the-numbers",
        )
        import_flat(
            project,
            data / "wikipedia-movies" / "movies.parquet",
            columns={"title": "name", "year": "released", "cast": "credits", "genres": "genres"},
            source="wikipedia",
        )
        match_sources(project)
        began = stopwatch()
        found = evaluate(project, Asked(measure="revenue", source="tmdb", months=36, origins=ORIGINS))
        print(backtest_text(found))
        print(f"Backtest of {len(found.origins)} origins {stopwatch() - began:.1f} s.")
        last = found.origins[-1]
        doubled = {one.name: round(one.auc_double, 3) for one in last.simple}
        print(f"From {last.day}: R2 {last.card.r_squared:.3f}, RMSLE {last.card.rmsle:.3f}, AUC of twice the budget")
        print(f"{last.auc_double:.3f}, of the simple forecasts {doubled}.")


if __name__ == "__main__":
    main()
