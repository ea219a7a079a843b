"""Forecasts of views from the engagement reports, train and backtest, beside simple forecasts in the same run.

`python -m benchmarks.greenlight_views`. The halves up to 2024H1 are learned from and 2024H2 is tested; 2024H1 is tested
the same way from what came before it. The time to answer one pitch is taken from a forecaster trained on all of it.
"""

import tempfile
from datetime import date
from pathlib import Path
from statistics import median

from benchmarks.greenlight_projects import views_project
from benchmarks.machine import real_data
from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.backtest_text import backtest_text
from openslate.apps.greenlight.evaluate import evaluate
from openslate.apps.greenlight.forecasting import forecast
from openslate.apps.greenlight.opened import open_model
from openslate.apps.greenlight.pitch import Pitch, Release
from openslate.apps.greenlight.train import train
from openslate.clock import stopwatch

AS_OF = date(2025, 1, 1)
ANSWERS = 20


def main() -> None:
    """Import, backtest, train, and answer a pitch."""
    data = real_data()
    with tempfile.TemporaryDirectory() as folder:
        project = views_project(Path(folder) / "project", data)
        began = stopwatch()
        found = evaluate(project)
        tested = stopwatch()
        train(project, Asked(until=AS_OF))
        trained = stopwatch()
        print(backtest_text(found))
        print(f"Backtest of {len(found.origins)} origins {tested - began:.1f} s; training {trained - tested:.1f} s.")
        began = stopwatch()
        opened = open_model(project).ready()
        print(f"Opened and made ready in {stopwatch() - began:.1f} s, the import of LightGBM among it.")
        pitch = Pitch(
            "Night Train",
            AS_OF,
            kind="season",
            genres=("Drama",),
            language="en",
            release=Release(date(2025, 3, 7), date(2025, 3, 7)),
            worldwide=True,
        )
        taken = []
        for _ in range(ANSWERS):
            began = stopwatch()
            forecast(opened, pitch)
            taken.append(stopwatch() - began)
        print(f"One pitch: first answer {taken[0] * 1000:.0f} ms, median of {ANSWERS} {median(taken) * 1000:.0f} ms.")


if __name__ == "__main__":
    main()
