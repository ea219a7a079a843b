"""What became of an invented studio's titles: a report of views by half-year, rounded as publishers do, and takings."""

from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.demonstration.commissioned import AUDIENCES, EPISODES, Studio
from openslate.data.simulate import seeds as streams
from openslate.data.simulate.catalogue import Columns

STEP = 100_000.0
SMALLEST = 50_000.0
"""Below it a title stands in no report."""
LAG_DAYS = 60
HALF_LIFE_DAYS = 45.0
TAKINGS_DAYS = 180
LUCK = 0.4
"""What no pitch tells, on the logarithm: audiences are about as hard to foresee as real ones are."""
TYPICAL_VIEWS = 15.0
TYPICAL_MULTIPLE = 0.3
"""Logarithms of the views and of the takings over the budget that a title of no special appeal comes to."""


def report(studio: Studio) -> Columns:
    """Outcomes of titles: views and hours of each half-year since release, and the takings of films with a budget.

    Args:
        studio: the titles and their appeal.
    """
    random = streams.stream(studio.settings.seed, AUDIENCES, 1)
    released, end = studio.table["released"], studio.settings.until
    total = np.exp(TYPICAL_VIEWS + studio.appeal + random.normal(0, LUCK, size=len(released)))
    hours = studio.table["runtime_minutes"] / 60 * np.where(studio.table["kind"] == "series", EPISODES, 1)
    parts = []
    for starts, ends in _halves(released.min().astype(date), end):
        published = min(ends + timedelta(days=LAG_DAYS), end)
        if ends > end or published < ends:
            continue
        share = _watched(released, ends) - _watched(released, starts - timedelta(days=1))
        views = total * share * np.exp(random.normal(0, 0.1, size=len(total)))
        told = (share > 0) & (views >= SMALLEST)
        for measure, values in (("views", views), ("hours", views * hours)):
            rounded = np.maximum(np.round(values / STEP) * STEP, STEP)
            parts.append(_rows(studio, told, measure, (starts, ends, published), rounded, STEP))
    return _joined([*parts, _takings(studio, random, end)])


def _takings(studio: Studio, random: np.random.Generator, end: date) -> Columns:
    """Exact revenue of films, known half a year after release."""
    released = studio.table["released"]
    known = released + np.timedelta64(TAKINGS_DAYS, "D")
    film = (studio.table["kind"] == "film") & ~np.isnan(studio.budgets) & (known <= np.datetime64(end, "D"))
    multiple = TYPICAL_MULTIPLE + studio.appeal * 0.9 + random.normal(0, 0.5, size=len(film))
    revenue = np.round(studio.budgets[film] ** 0.75 * 16e6**0.25 * np.exp(multiple[film]))
    return {
        "title": studio.table["title"][film],
        "measure": np.full(film.sum(), "revenue", dtype=object),
        "region": np.full(film.sum(), "*", dtype=object),
        "starts": released[film],
        "ends": known[film],
        "value": revenue,
        "step": np.full(film.sum(), np.nan),
        "published": known[film],
    }


def _halves(first: date, last: date) -> list[tuple[date, date]]:
    years = range(first.year, last.year + 1)
    halves = [one for y in years for one in ((date(y, 1, 1), date(y, 6, 30)), (date(y, 7, 1), date(y, 12, 31)))]
    return [(starts, ends) for starts, ends in halves if ends >= first]


def _watched(released: NDArray[Any], day: date) -> NDArray[np.float64]:
    """The share of all views that has been by the end of a day."""
    age = (np.datetime64(day, "D") - released).astype(np.int64) + 1.0
    share: NDArray[np.float64] = 1 - 0.5 ** (np.maximum(age, 0) / HALF_LIFE_DAYS)
    return share


def _rows(
    studio: Studio,
    told: NDArray[np.bool_],
    measure: str,
    days: tuple[date, date, date],
    values: NDArray[np.float64],
    step: float,
) -> Columns:
    size = int(told.sum())
    starts, ends, published = (np.full(size, np.datetime64(day, "D")) for day in days)
    return {
        "title": studio.table["title"][told],
        "measure": np.full(size, measure, dtype=object),
        "region": np.full(size, "*", dtype=object),
        "starts": starts,
        "ends": ends,
        "value": values[told],
        "step": np.full(size, step),
        "published": published,
    }


def _joined(parts: list[Columns]) -> Columns:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
