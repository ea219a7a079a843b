"""The backtest: at each origin everything is fitted anew, and tested on what came out after it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.backtest_types import OriginFound, Tested
from openslate.apps.greenlight.blocks import block_of
from openslate.apps.greenlight.features.column import Floats
from openslate.apps.greenlight.features.past import Past
from openslate.apps.greenlight.figures import all_found, origin_found
from openslate.apps.greenlight.fitting import fit_at
from openslate.apps.greenlight.gap_trial import GapTrial, gap_trials, gaps_found
from openslate.apps.greenlight.trial import Trial, joined, trial
from openslate.errors import FitError, UsageError
from openslate.evaluation.forecasting.leakage import require_apart
from openslate.evaluation.forecasting.origins import FEWEST_TO_CALIBRATE, Origin, RollingOrigins
from openslate.models.forecasting.forecaster import FEWEST_TO_FIT, Settings
from openslate.progress import Progress, silent, within

FEWEST_TESTED = 20
FITTING = 0.8
"""Of the time that an origin takes."""


@dataclass(frozen=True)
class Backtested:
    """What was found.

    Attributes:
        origins: each, in order.
        pooled: all of them together.
        tested: every title.
        deciles: float64 [10], mean outcome of each tenth by predictive mean, over the mean of all.
        families: families of features that were learned from, in order.
    """

    origins: tuple[OriginFound, ...]
    pooled: OriginFound
    tested: Tested
    deciles: Floats
    families: tuple[str, ...]


def backtest(
    past: Past,
    days: Sequence[date],
    population: NDArray[np.bool_],
    origins: Sequence[date],
    settings: Settings = Settings(),
    seed: int = 0,
    progress: Progress = silent,
) -> Backtested:
    """Fit and test at every origin.

    Args:
        past: what became of works.
        days: boundaries of the blocks.
        population: bool [labels], which titles calibrate and are tested.
        origins: boundaries at which to forecast, at least one, in order; each tests the block up to the next boundary.
        settings: of the forecaster.
        seed: of the draws.
        progress: told what is done.

    Raises:
        UsageError: an origin is no boundary.
        FitError: at an origin there is too little to fit on or to test.
    """
    labels = past.labels
    as_of = [block_of(days, day) for day in labels.released.tolist()]
    found: list[OriginFound] = []
    trials: list[Trial] = []
    gaps: list[GapTrial] = []
    families: tuple[str, ...] = ()
    for number, day in enumerate(origins):
        origin, rows = parted(past, days, population, day)
        step = within(progress, number / len(origins), (number + FITTING) / len(origins))
        fitted = fit_at(past, as_of, origin, population, settings, progress=step)
        progress(f"Testing what came out from {day} on", (number + FITTING) / len(origins))
        tried = trial(past, fitted, rows)
        with_gaps = gap_trials(past, as_of, fitted, tried)
        trials.append(tried)
        gaps += with_gaps
        found.append(replace(origin_found(labels.measure, origin, fitted, tried, seed), gaps=gaps_found(with_gaps)))
        families = tuple(dict.fromkeys(fitted.table.columns.families))
    together = joined(trials)
    progress("Tested", 1.0)
    return Backtested(
        tuple(found),
        replace(all_found(labels.measure, found, together, seed), gaps=gaps_found(gaps)),
        _tested(past, trials, together),
        lift(np.exp(together.block.actual), together.block.expected),
        families,
    )


def possible_origins(past: Past, days: Sequence[date], population: NDArray[np.bool_], most: int) -> tuple[date, ...]:
    """The latest boundaries at which there is enough to fit on and to test, in order.

    Args:
        past: what became of works.
        days: boundaries of the blocks.
        population: bool [labels], which titles are tested.
        most: how many.

    Raises:
        FitError: there is none; it says what the latest one lacks.
    """
    found: list[date] = []
    lacks: FitError | None = None
    for day in reversed(days[2:-1]):
        try:
            parted(past, days, population, day)
        except FitError as error:
            lacks = lacks or error
            continue
        found.append(day)
        if len(found) == most:
            break
    if not found:
        few = FitError("There is no origin to forecast at.", "Import outcomes of three blocks of time or more.")
        raise lacks or few
    return tuple(reversed(found))


def lift(outcomes: Floats, expected: Floats) -> Floats:
    """Mean outcome of each tenth of titles, the one with the highest forecasts last, over the mean of all.

    Args:
        outcomes: float64 [titles].
        expected: float64 [titles], predictive means.

    Example:
        >>> lift(np.arange(1.0, 11.0), np.arange(10.0)).round(2).tolist()[-1]
        1.82
    """
    order = np.argsort(expected, kind="stable")
    found = [float(part.mean()) for part in np.array_split(outcomes[order], 10)]
    return np.array(found, dtype=np.float64) / float(outcomes.mean())


def rolling_of(past: Past, days: Sequence[date], population: NDArray[np.bool_]) -> RollingOrigins:
    """The origins that follow from what became of works.

    Args:
        past: what became of works.
        days: boundaries of the blocks.
        population: bool [labels], which titles calibrate and are tested.

    Raises:
        FitError: there are fewer than three blocks.
    """
    labels = past.labels
    if len(days) < 4:
        raise FitError(
            f"Outcomes of {len(days) - 1} blocks of time are known, those that begin on"
            f" {', '.join(day.isoformat() for day in days[:-1])}, and three are needed: to fit, to calibrate and to"
            " test.",
            "Import earlier outcomes, or name a later day: by an earlier one, later reports were not published.",
        )
    return RollingOrigins(
        labels.released,
        labels.ends,
        np.arange(len(labels)),
        tuple(days),
        counted=population,
        unknown_until=past.unknown_until,
    )


def parted(
    past: Past, days: Sequence[date], population: NDArray[np.bool_], day: date
) -> tuple[Origin, NDArray[np.int64]]:
    """Who plays which part at an origin, and which labels are tested."""
    labels = past.labels
    if day not in days[:-1]:
        listed = ", ".join(str(one) for one in days[2:-1])
        raise UsageError(f"{day} is not the first day of a block.", f"Choose among {listed}.")
    place = list(days).index(day)
    origin = rolling_of(past, days, population).at(day, days[place + 1], days[:place])
    calibration = origin.calibration[population[origin.calibration]]
    if len(origin.fit) < FEWEST_TO_FIT or len(calibration) < FEWEST_TO_CALIBRATE:
        raise FitError(
            f"On {day} there are {len(origin.fit)} titles to fit on and {len(calibration)} to calibrate on.",
            f"{FEWEST_TO_FIT} and {FEWEST_TO_CALIBRATE} are needed: import earlier outcomes, or leave this origin out.",
        )
    rows = origin.test[population[origin.test]]
    if len(rows) < FEWEST_TESTED:
        raise FitError(
            f"From {day} to {days[place + 1]} there are {len(rows)} titles to test.",
            f"Test {FEWEST_TESTED} or more: take longer blocks, or leave this origin out.",
        )
    require_apart(np.arange(len(labels)), origin.known, rows)
    return origin, rows


def _tested(past: Past, trials: Sequence[Trial], together: Trial) -> Tested:
    works = [past.labels.works[row] for row in together.rows]
    return Tested(
        titles=tuple(work.id for work in works),
        names=tuple(work.name for work in works),
        released=past.labels.released[together.rows],
        origin=np.concatenate([np.full(len(one.rows), place, np.int64) for place, one in enumerate(trials)]),
        actual=np.exp(together.block.actual),
        quantiles=np.exp(together.block.quantiles),
        expected=together.block.expected,
        abstained=together.abstained,
    )
