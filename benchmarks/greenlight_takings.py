"""Forecasts of films' takings, train and backtest, beside simple forecasts in the same run.

`python -m benchmarks.greenlight_takings`. Films of TMDB's and of The Numbers' tables are learned from, with cast and
genres of Wikipedia, matched by name and year; films with TMDB's own budget and takings are tested, three years at a
time, the last from 2010 to 2012.
"""

import tempfile
from datetime import date
from pathlib import Path

from benchmarks.greenlight_projects import takings_project
from benchmarks.machine import real_data
from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.backtest_text import backtest_text
from openslate.apps.greenlight.evaluate import evaluate
from openslate.clock import stopwatch

ORIGINS = tuple(date(year, 1, 1) for year in (2001, 2004, 2007, 2010))


def main() -> None:
    """Import, match and backtest."""
    data = real_data()
    with tempfile.TemporaryDirectory() as folder:
        project = takings_project(Path(folder) / "project", data)
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
