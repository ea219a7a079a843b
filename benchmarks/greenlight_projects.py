"""Projects that hold the real outcomes which forecasts are measured on, and the forecaster fitted at one of their days.

Of views: the engagement reports of 2023H1 to 2024H2, and weekly lists. Of takings: films of TMDB's and of The Numbers'
tables, with cast and genres of Wikipedia, matched by name and year.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from openslate import Project
from openslate.apps.greenlight.asked import Asked, read_asked
from openslate.apps.greenlight.backtest import rolling_of
from openslate.apps.greenlight.blocks import block_of, boundaries
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.fitting import Fitted, fit_at
from openslate.apps.greenlight.past_of import past_of
from openslate.apps.greenlight.population import population_of
from openslate.apps.greenlight.trial import Trial, trial
from openslate.data.matching.matching import match_sources
from openslate.data.sources.flat import import_flat
from openslate.data.sources.netflix_engagement import import_netflix_engagement
from openslate.data.sources.netflix_top10 import import_netflix_top10
from openslate.data.sources.tmdb import import_tmdb
from openslate.evaluation.forecasting.origins import Origin


@dataclass(frozen=True)
class At:
    """What was fitted on a day, and what it said of the block that begins on it.

    Attributes:
        past: what became of works.
        origin: which labels play which part.
        fitted: on the day.
        population: bool [labels], those that forecasts are made for.
        as_of: of each label, the first day of its block.
        trial: forecasts of the titles that were tested, beside what came.
    """

    past: Past
    origin: Origin
    fitted: Fitted
    population: NDArray[np.bool_]
    as_of: tuple[date, ...]
    trial: Trial


def views_project(folder: Path, data: Path) -> Project:
    """A new project of views.

    Args:
        folder: where it is made.
        data: the folder of real data.
    """
    project = Project.init(folder)
    import_netflix_engagement(project, data / "netflix-engagement" / "engagement_2023H1_2024H2.parquet", lag_days=0)
    import_netflix_top10(project, data / "netflix-top10" / "all-weeks-global.tsv")
    return project


def takings_project(folder: Path, data: Path) -> Project:
    """A new project of takings.

    Args:
        folder: where it is made.
        data: the folder of real data.
    """
    project = Project.init(folder)
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
    return project


def forecast_at(project: Project, asked: Asked, day: date) -> At:
    """Fit as the backtest does on a day, and forecast the titles of the block that begins on it.

    Args:
        project: where.
        asked: what is to be forecast, and of which titles.
        day: the first day of a block.
    """
    known, _ = read_asked(project, asked, asked.until)
    past = past_of(known, asked.as_published)
    days = boundaries(known.labels, asked.months)
    population, _ = population_of(known, asked.source, asked.everywhere)
    place = days.index(day)
    origin = rolling_of(past, days, population).at(day, days[place + 1], days[:place])
    as_of = tuple(block_of(days, one) for one in known.labels.released.tolist())
    fitted = fit_at(past, as_of, origin, population)
    return At(past, origin, fitted, population, as_of, trial(past, fitted, origin.test[population[origin.test]]))
