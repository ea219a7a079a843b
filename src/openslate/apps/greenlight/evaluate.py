"""Evaluate: choose blocks and titles of what a project knows, and backtest."""

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.asked import Asked, read_asked, unit_of
from openslate.apps.greenlight.backtest import backtest, possible_origins
from openslate.apps.greenlight.backtest_types import Backtest
from openslate.apps.greenlight.blocks import boundaries
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.known import Known
from openslate.apps.greenlight.past_of import past_of
from openslate.apps.greenlight.population import population_of, window_words
from openslate.models.forecasting.forecaster import Settings
from openslate.progress import Progress, silent, within
from openslate.project import Project

LIBRARIES = ("numpy", "scipy", "lightgbm", "scikit-learn", "duckdb")
MOST_ORIGINS = 4
REFUSED = {
    "votes, ratings and popularity": "counted after release",
    "keywords and taglines": "written after release, and how many there are tells how well known a title became",
    "collections": "joined when a sequel is made",
    "outcomes, track records and weekly lists of windows still open": "not known on the day of the forecast",
}
"""Features that no source takes in, or that the guard refuses."""


def evaluate(
    project: Project, asked: Asked = Asked(), settings: Settings = Settings(), progress: Progress = silent
) -> Backtest:
    """Backtest the forecaster on a project's outcomes.

    Stability: provisional.

    Args:
        project: where.
        asked: what is to be evaluated.
        settings: of the forecaster.
        progress: told what is done.

    Raises:
        UsageError: the project has no such measure, source or origin.
        FitError: there is too little to fit on or to test.
    """
    progress("Reading outcomes", 0.0)
    return evaluate_prepared(prepare(project, asked), asked, settings, within(progress, 0.1, 1.0))


@dataclass(frozen=True, eq=False)
class Prepared:
    """What a backtest is made of.

    Attributes:
        known: what the project knows.
        measure: that is forecast.
        past: what became of works.
        days: boundaries of the blocks.
        population: bool [labels], which titles calibrate and are tested.
        words: the population in words.
        origins: boundaries at which to forecast.
    """

    known: Known
    measure: str
    past: Past
    days: tuple[date, ...]
    population: NDArray[np.bool_]
    words: str
    origins: tuple[date, ...]


def prepare(project: Project, asked: Asked) -> Prepared:
    """Read what a project knows, and choose blocks, titles and origins.

    Args:
        project: where.
        asked: what is to be evaluated.

    Raises:
        UsageError: the project has no such measure or source.
        FitError: there is no origin with enough to fit on and to test.
    """
    known, measure = read_asked(project, asked, asked.until)
    past = past_of(known, asked.as_published)
    days = tuple(boundaries(known.labels, asked.months))
    population, words = population_of(known, asked.source, asked.everywhere)
    origins = asked.origins or possible_origins(past, days, population, MOST_ORIGINS)
    return Prepared(known, measure, past, days, population, words, origins)


def evaluate_prepared(
    prepared: Prepared, asked: Asked, settings: Settings = Settings(), progress: Progress = silent
) -> Backtest:
    """Backtest what was prepared.

    Args:
        prepared: by `prepare`, from the same question.
        asked: what is to be evaluated.
        settings: of the forecaster.
        progress: told what is done.

    Raises:
        UsageError: an origin is no boundary.
        FitError: there is too little to fit on or to test.
    """
    known, past, origins = prepared.known, prepared.past, prepared.origins
    found = backtest(past, prepared.days, prepared.population, origins, settings, asked.seed, progress)
    return Backtest(
        measure=prepared.measure,
        unit=unit_of(prepared.measure, asked.age_band),
        region=asked.region,
        window=window_words(known),
        population=prepared.words,
        knowing=knowing(asked.as_published),
        origins=found.origins,
        pooled=found.pooled,
        deciles=found.deciles,
        tested=found.tested,
        families=found.families,
        refused=REFUSED,
        left_out=left_out_of(known, past),
        seed=asked.seed,
        snapshot=known.snapshot,
        versions=library_versions(),
    )


def knowing(as_published: bool) -> str:
    """What counts as known at an origin, in words."""
    return "outcomes that had been published" if as_published else "outcomes whose window had closed"


def left_out_of(known: Known, past: Past) -> dict[str, int]:
    """What could not be learned from, in words, and how many.

    Args:
        known: what the project knows.
        past: what became of it.
    """
    return {
        "titles with outcomes but without a release day": known.undated,
        "titles whose outcome was zero": known.labels.zero,
        "titles of which hours alone are known, and no length of the whole": known.unviewed,
        "budgets in another currency than most": sum(
            work.budget is not None and work.currency != past.currency for work in known.labels.works
        ),
        "texts reserved by their owners": known.reserved,
    }


def library_versions() -> dict[str, str]:
    """Of the libraries that figures rest on."""
    return {name: version(name) for name in LIBRARIES}
