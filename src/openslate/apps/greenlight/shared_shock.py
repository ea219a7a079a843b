"""How far outcomes move together, as a backtest found it: kept with the run, and used by the slate.

A backtest says of every tested title at which level of its forecast the outcome lay. Titles of one origin that all came
out above their forecasts, or all below, moved together: that part of the spread no number of titles takes away.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from openslate.apps.greenlight.asked import Asked
from openslate.apps.greenlight.backtest_types import Backtest
from openslate.apps.greenlight.evaluate import evaluate_prepared, prepare
from openslate.apps.greenlight.kept_backtest import keep, question_of
from openslate.errors import FitError, RegistryError
from openslate.evaluation.forecasting.together import moved_together, moved_together_between
from openslate.models.forecasting.distribution import Distributions
from openslate.models.forecasting.forecaster import Settings
from openslate.progress import Progress, silent, within
from openslate.project import Project
from openslate.registry import artifacts, runs

KIND = "greenlight evaluate"
SAME = ("measure", "region", "months", "source", "everywhere", "plays")
"""What a model and a backtest must have been asked alike, so that the one tells of the other."""


@dataclass(frozen=True)
class SharedShock:
    """How far outcomes moved together.

    Attributes:
        together: correlation on the normal scale, 0 to 1.
        low, high: ends of its 90% interval.
        titles: that were tested.
        blocks: of time in which they came out.
        since, until: first day of the first block, and the first day after the last one, ISO 8601.
    """

    together: float
    low: float
    high: float
    titles: int
    blocks: int
    since: str
    until: str


def shared_shock(found: Backtest) -> SharedShock | None:
    """What a backtest tells of how far outcomes move together; None where it has too few origins to tell."""
    tested = found.tested
    levels = Distributions(np.log(tested.quantiles)).cdf(np.log(tested.actual))
    try:
        together = moved_together(levels, tested.origin)
        low, high = moved_together_between(levels, tested.origin)
    except FitError:
        return None
    return SharedShock(
        together=together,
        low=low,
        high=high,
        titles=len(levels),
        blocks=len(found.origins),
        since=found.origins[0].day.isoformat(),
        until=found.origins[-1].until.isoformat(),
    )


def evaluate_and_keep(
    project: Project, asked: Asked = Asked(), settings: Settings = Settings(), progress: Progress = silent
) -> Backtest:
    """Backtest as `evaluate` does, and keep it as a run, with how far outcomes moved together.

    Args:
        project: where.
        asked: what is to be evaluated.
        settings: of the forecaster.
        progress: told what is done.

    Raises:
        UsageError: the project has no such measure, source or origin.
        FitError: there is too little to fit on or to test.
    """
    said = {name: getattr(asked, name) for name in SAME}
    said |= {"until": asked.until and asked.until.isoformat(), "as_published": asked.as_published}
    with runs.recorded(project, KIND, said, asked.seed) as notebook:
        progress("Reading outcomes", 0.0)
        prepared = prepare(project, asked)
        question = question_of(prepared, asked, settings)
        found = evaluate_prepared(prepared, asked, settings, within(progress, 0.1, 1.0))
        keep(project, notebook, question, found)
        shock = shared_shock(found)
        # The measure that was chosen where none was asked for, as a model's manifest has it.
        notebook.record["settings"] |= {"measure": found.measure}
        notebook.record["snapshot"] = found.snapshot
        notebook.record["metrics"] = {} if shock is None else {"together": shock.together}
        notebook.record["shared_shock"] = None if shock is None else asdict(shock)
    return found


def kept_shared_shock(project: Project, models: Iterable[str]) -> SharedShock | None:
    """What the latest backtest that was asked the same as all of some models found; None where there is none.

    Args:
        project: where.
        models: ids of forecasters.
    """
    asked = [_asked(project, model) for model in sorted(set(models))]
    if not asked or None in asked or any(one != asked[0] for one in asked):
        return None
    for run in reversed(runs.every(project)):
        if run.kind == KIND and run.status == "done" and run.record.get("shared_shock"):
            settings: Mapping[str, Any] = run.record["settings"]
            if {name: settings.get(name) for name in SAME} == asked[0]:
                return SharedShock(**run.record["shared_shock"])
    return None


def _asked(project: Project, model: str) -> dict[str, Any] | None:
    try:
        manifest = artifacts.find(project, model).manifest
    except RegistryError:
        # A model that is no longer there says nothing of what it was asked.
        return None
    return {name: manifest.get(name) for name in SAME}
