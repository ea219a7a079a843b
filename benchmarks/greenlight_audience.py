"""Whether a forecast gains from comparable titles by audience: `python -m benchmarks.greenlight_audience`.

On invented studios, each from its own seed. At every origin the map is counted from plays up to that day, and the
forecaster is fitted twice: with comparable titles by theme alone, and by theme and predicted audience. Both forecast
the same titles; what is told is the weighted interval score, less is better, and the difference with a bootstrap over
titles. Outcomes are the reports' views, and the members who watched in the first 28 days.
"""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import describe
from openslate import Project
from openslate.apps.greenlight.asked import Asked, read_asked
from openslate.apps.greenlight.backtest import parted, possible_origins
from openslate.apps.greenlight.blocks import block_of, boundaries
from openslate.apps.greenlight.comps.watched_together import count_watched_together
from openslate.apps.greenlight.demonstration.bringing import import_studio
from openslate.apps.greenlight.demonstration.commissioned import StudioSettings
from openslate.apps.greenlight.demonstration.tour import SETTINGS
from openslate.apps.greenlight.fitting import fit_at, forecast_of, said_simply
from openslate.apps.greenlight.past_of import past_of
from openslate.apps.greenlight.population import population_of
from openslate.clock import stopwatch
from openslate.evaluation.forecasting import scores

Floats = NDArray[np.float64]

SEEDS = tuple(range(1, 9))
ORIGINS = 2
DRAWS = 2_000
ARMS = ("by theme", "by theme and audience")
QUESTIONS = {"views of the reports": Asked(), "members in 28 days": Asked(plays=28, months=3, everywhere=False)}


Slopes = list[tuple[float, float]]


def scores_of(project: Project, asked: Asked, until: date) -> tuple[Floats, Floats, Slopes]:
    """WIS of each tested title, error of its comparable titles alone, each float64 [arms, titles], and slopes.

    Args:
        project: with the studio in it.
        asked: what is forecast.
        until: the last day that is simulated.
    """
    known, _ = read_asked(project, asked, until)
    past = past_of(known)
    days = boundaries(known.labels, asked.months)
    population, _ = population_of(known, "", asked.everywhere)
    as_of = [block_of(days, day) for day in known.labels.released.tolist()]
    told, errors, slopes = [], [], []
    for day in possible_origins(past, days, population, ORIGINS):
        origin, rows = parted(past, days, population, day)
        audience = count_watched_together(project, day - timedelta(days=1))[0].map
        found, alone, followed = [], [], []
        for arm in (None, audience):
            fitted = fit_at(past, as_of, origin, population, SETTINGS, arm)
            actual = past.labels.logs[rows]
            found.append(scores.weighted_interval_score(actual, forecast_of(fitted, rows)[1].quantiles))
            alone.append(np.abs(said_simply(fitted, rows)[2] - actual))
            followed.append(fitted.following.slope)
        told.append(np.array(found))
        errors.append(np.array(alone))
        slopes.append((followed[0], followed[1]))
    return np.concatenate(told, axis=1), np.concatenate(errors, axis=1), slopes


def show(name: str, values: Floats) -> None:
    """Means of both arms, and their difference with the 95% interval of a bootstrap over titles."""
    difference = values[1] - values[0]
    random = np.random.default_rng(0)
    drawn = difference[random.integers(len(difference), size=(DRAWS, len(difference)))].mean(axis=1)
    low, high = np.quantile(drawn, [0.025, 0.975])
    means = ", ".join(f"{arm} {value:.4f}" for arm, value in zip(ARMS, values.mean(axis=1), strict=True))
    print(f"  {name}: {means}; difference {difference.mean():+.4f} ({low:+.4f} to {high:+.4f})")


def main() -> None:
    """Every studio, and all of them together."""
    print(describe())
    started = stopwatch()
    found: dict[str, list[tuple[Floats, Floats]]] = {name: [] for name in QUESTIONS}
    for seed in SEEDS:
        settings = StudioSettings(seed=seed)
        with tempfile.TemporaryDirectory() as folder:
            project = Project.init(Path(folder) / "studio")
            import_studio(project, settings)
            for name, asked in QUESTIONS.items():
                wis, alone, slopes = scores_of(project, asked, settings.until)
                found[name].append((wis, alone))
                followed = ", ".join(f"{one:.2f} and {other:.2f}" for one, other in slopes)
                print(f"seed {seed}, {name}: {wis.shape[1]} titles; slopes {followed}", flush=True)
                show("WIS", wis)
    for name, several in found.items():
        wis = np.concatenate([one for one, _ in several], axis=1)
        print(f"\n{name}, {len(SEEDS)} studios: {wis.shape[1]} titles")
        show("WIS of the forecaster", wis)
        show("absolute error of comparable titles alone", np.concatenate([one for _, one in several], axis=1))
    print(f"\n{stopwatch() - started:.0f} s in all")


if __name__ == "__main__":
    main()
