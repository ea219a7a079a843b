"""What coverage would add to forecasts, were it so and so telling: `python -m benchmarks.greenlight_buzz`.

No coverage of the films and series whose outcomes are in the data folder is there: its headlines are of 2014, and its
records of 2019 to 2023. So counts are invented for films of TMDB's and of The Numbers' tables, twenty days before the
block of their release begins: by lot, and so that they follow the outcome with noise of three sizes. What is measured
is whether the ablation says yes where there is something, and no where there is nothing.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from benchmarks.greenlight_projects import takings_project
from benchmarks.greenlight_takings import ORIGINS
from benchmarks.machine import describe, real_data
from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.buzz_ablation import ablate_prepared, told
from openslate.apps.greenlight.evaluate import Prepared, prepare
from openslate.clock import stopwatch
from openslate.data.buzz import Buzz, coverage_of

ASKED = Asked(measure="revenue", source="tmdb", months=36, origins=ORIGINS)
NOISE: Mapping[str, float] = {"by lot": np.inf, "faint": 4.0, "middling": 2.0, "strong": 1.0}
"""Standard deviation of what hides the outcome in ln of the stories, beside that of the outcome, about 1.4."""
SEED = 11


def invented(prepared: Prepared, noise: float) -> Buzz:
    """Counts of every film, a month before the block in which it is released.

    Args:
        prepared: with the films.
        noise: standard deviation beside the outcome's own.
    """
    labels, drawn = prepared.past.labels, np.random.default_rng(SEED)
    residual = labels.logs - np.median(labels.logs)
    shown = drawn.normal(0, 1, len(residual))
    if np.isfinite(noise):
        shown = (residual / residual.std() + noise * shown) / np.hypot(1.0, noise)
    counted = {}
    for work, day, one in zip(labels.works, labels.released.tolist(), shown, strict=True):
        block = max(boundary for boundary in (*prepared.days, date(1870, 1, 1)) if boundary <= day)
        seen = (block - timedelta(days=20) - date(1970, 1, 1)).days
        stories = float(round(np.exp(2.0 + one)))
        counted[work.id] = coverage_of([(seen, seen + 1, stories, 2 * stories, 30 * stories, 2.5 * stories)])
    return Buzz(counted, {}, -40_000)


def main() -> None:
    """Import, match, invent and ablate."""
    with tempfile.TemporaryDirectory() as folder:
        prepared = prepare(takings_project(Path(folder) / "project", real_data()), ASKED)
        for name, noise in NOISE.items():
            began = stopwatch()
            past = replace(prepared.past, buzz=invented(prepared, noise))
            found = ablate_prepared(replace(prepared, past=past), ASKED)
            print(f"Invented coverage, {name}; {stopwatch() - began:.0f} s, seed {SEED}:")
            for line in told(found):
                print(f"  {line}", flush=True)
        print(describe())


if __name__ == "__main__":
    main()
