"""Evaluate: read what a project knows, choose blocks and titles, and backtest."""

from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from openslate import clock
from openslate.apps.greenlight.backtest import backtest, possible_origins
from openslate.apps.greenlight.backtest_types import Backtest
from openslate.apps.greenlight.blocks import boundaries
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.known import Known, read_known
from openslate.apps.greenlight.own_outcomes import own_outcomes
from openslate.apps.greenlight.past_of import past_of
from openslate.data.outcomes import measures_of
from openslate.errors import UsageError
from openslate.models.forecasting.forecaster import Settings
from openslate.progress import Progress, silent, within
from openslate.project import Project

PREFERRED = ("views", "revenue", "hours", "members", "domestic_revenue")
"""Of several measures, the first of these that a project holds is forecast where none is named."""
LIBRARIES = ("numpy", "scipy", "lightgbm", "scikit-learn", "duckdb")
MOST_ORIGINS = 4
UNITS = {
    "views": "views",
    "hours": "hours",
    "members": "members",
    "revenue": "US dollars",
    "domestic_revenue": "US dollars",
}
REFUSED = {
    "votes, ratings and popularity": "counted after release",
    "keywords and taglines": "written after release, and how many there are tells how well known a title became",
    "collections": "joined when a sequel is made",
    "outcomes, track records and weekly lists of windows still open": "not known on the day of the forecast",
}
"""Features that no source takes in, or that the guard refuses."""


@dataclass(frozen=True)
class Asked:
    """What is to be evaluated.

    Attributes:
        measure: that is forecast; empty to choose.
        region: '*' for everywhere, or ISO 3166-1 alpha-2.
        months: of a block; None to choose.
        origins: first days of blocks at which to forecast; empty for the latest possible ones.
        until: last day of which anything is used; None for everything.
        source: titles of this source alone calibrate and are tested; empty for all.
        everywhere: whether titles available everywhere at once alone calibrate and are tested; None where some are.
        plays: days after release in which the project's own plays are counted as the outcome; 0 for outcomes that were
            imported.
        as_published: whether outcomes are known when they were published, and not when their windows closed.
        seed: of the draws.
        age_band: of the members whose plays are counted, as the service writes it; empty for all.
    """

    measure: str = ""
    region: str = "*"
    months: int | None = None
    origins: tuple[date, ...] = ()
    until: date | None = None
    source: str = ""
    everywhere: bool | None = None
    plays: int = 0
    as_published: bool = False
    seed: int = 0
    age_band: str = ""


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


def read_asked(project: Project, asked: Asked, as_of: date | None) -> tuple[Known, str]:
    """What the project knows of what is asked, and the measure.

    Args:
        project: where.
        asked: what is to be forecast.
        as_of: the last day of which anything is used; None for everything.

    Raises:
        UsageError: an age band is asked of outcomes that were imported, or there is no such measure, region or band.
    """
    if asked.age_band and not asked.plays:
        raise UsageError(
            f"Imported outcomes do not tell the age band {asked.age_band!r}; plays of the project's own members may.",
            "Count them with --plays 28 or --plays 91, or leave --age-band out.",
        )
    if asked.plays:
        day = as_of or clock.now().date()
        own = own_outcomes(project, day, asked.measure or "members", asked.region, asked.plays, asked.age_band)
        return read_known(project, own.measure, asked.region, as_of, (own,)), own.measure
    measure = asked.measure or measure_of(project, asked.region)
    return read_known(project, measure, asked.region, as_of), measure


def measure_of(project: Project, region: str = "*") -> str:
    """The measure that is forecast where none is named.

    Raises:
        UsageError: the project holds no outcomes there.
    """
    there = measures_of(project, region)
    if not there:
        raise UsageError(
            f"The project holds no outcomes of the region {region!r}.",
            "Import some, such as with `openslate import films`, or count the project's own plays with --plays 91.",
        )
    return next((one for one in PREFERRED if one in there), there[0])


def unit_of(measure: str, age_band: str = "") -> str:
    """What a measure counts, in words, and of members of which age.

    Example:
        >>> unit_of("hours", "18-24")
        'hours of members aged 18-24'
    """
    unit = UNITS.get(measure, measure.replace("_", " "))
    return unit if not age_band else f"{unit}{'' if measure == 'members' else ' of members'} aged {age_band}"


def population_of(known: Known, source: str, everywhere: bool | None) -> tuple[NDArray[np.bool_], str]:
    """Which labels calibrate and are tested, bool [labels], and in words.

    Args:
        known: what the project knows.
        source: whose titles alone; empty for all.
        everywhere: whether only titles available everywhere at once; None to take those alone where reach is told.

    Raises:
        UsageError: no title is of that source, or available everywhere.
    """
    labels = known.labels
    of_work = dict(zip((work.id for work in known.works), known.sources, strict=True))
    told = [work.worldwide for work in labels.works]
    only = any(one is not None for one in told) and True in told if everywhere is None else everywhere
    chosen = np.ones(len(labels), dtype=np.bool_)
    words = ["titles"]
    if only:
        chosen &= np.array([one is True for one in told])
        words.append("available everywhere at once")
    if source:
        chosen &= np.array([source in of_work[work.id] for work in labels.works])
        words.append(f"told by {source}")
    if not chosen.any():
        listed = ", ".join(sorted({name for names in known.sources for name in names}))
        raise UsageError(f"There are no {' '.join(words)}.", f"The sources of outcomes are: {listed}.")
    return chosen, " ".join(words)


def window_words(known: Known) -> str:
    """Over which days the outcome is counted, in words."""
    labels = known.labels
    if not labels.from_release:
        return "from release to the end of the report"
    return f"first {int(np.median(labels.days))} days"
