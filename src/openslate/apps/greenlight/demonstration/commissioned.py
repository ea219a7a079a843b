"""Titles of an invented studio: seasons and films over four years, what they cost, and how much they appeal.

Names, synopses, genres, languages and credits are the simulator's; money, companies, series and appeal are made here.
The appeal is the hidden truth: outcomes and plays both follow it, and nothing else knows it.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.data.simulate import SimulatorSettings
from openslate.data.simulate import seeds as streams
from openslate.data.simulate.catalogue import Columns, invent_catalogue

TITLES, AUDIENCES = 101, 102
"""Streams of randomness beside those of the simulator."""
COMPANIES = (
    *("Lanternfield", "Ostrava Lane", "Bright Quarry", "Ninth Harbour", "Tall Kettle", "Saltgrass", "Two Owls"),
    *("Marrow and Vine", "Fallow Street", "Copperline", "Low Tide House", "Paper Moth", "Greyhen", "Old Foundry"),
)
EPISODES = 6
"""Of every season; titles carry the length of one of them, as the simulator counts it."""
PLANTED_TITLES = (4, 9)
"""How many titles the segment may hold for which there is more taste than titles."""
GENRE_APPEAL = 0.35
COMPANY_APPEAL = 0.3
OWN_APPEAL = 0.6
"""Standard deviations on the logarithm: of genres, of companies, and of what nobody can know at the pitch."""
COST_APPEAL = 0.4
"""What the logarithm of the budget adds to that of the appeal."""


@dataclass(frozen=True)
class StudioSettings:
    """How large the studio is; equal settings give equal bytes.

    Attributes:
        titles: how many titles, seasons among them.
        members: how many members its service has.
        until: the last day that is simulated.
        years: how long titles have been released.
        years_of_plays: for how long plays are there.
        plays_per_member: on average.
        refusing: share of members who refuse everything.
        seed: of all randomness.
    """

    titles: int = 400
    members: int = 1500
    until: date = date(2025, 12, 31)
    years: int = 4
    years_of_plays: int = 2
    plays_per_member: float = 40.0
    refusing: float = 0.06
    seed: int = 1


@dataclass(frozen=True)
class Studio:
    """Titles and the truth about them; arrays are in the order of `table`.

    Attributes:
        settings: what it was made from.
        table: columns of titles as the simulator makes them: title, name, kind, released (datetime64[D]), genres, ....
        budgets: float64, US dollars; NaN where it is not known.
        companies: indices into COMPANIES.
        series: name of the series, '' for none.
        season: int64, 0 for none.
        limited: bool.
        worldwide: bool.
        appeal: float64, logarithm of how much it draws.
        planted: (genre, language, kind) of the segment for which there is more taste than titles.
    """

    settings: StudioSettings
    table: Columns
    budgets: NDArray[np.float64]
    companies: NDArray[np.int64]
    series: NDArray[np.object_]
    season: NDArray[np.int64]
    limited: NDArray[np.bool_]
    worldwide: NDArray[np.bool_]
    appeal: NDArray[np.float64]
    planted: tuple[str, str, str]

    @property
    def in_planted(self) -> NDArray[np.bool_]:
        """Which titles stand in the planted segment."""
        genre, language, kind = self.planted
        has = np.array([genre in genres for genres in self.table["genres"]])
        found: NDArray[np.bool_] = has & (self.table["language"] == language) & (self.table["kind"] == kind)
        return found


def invent_studio(settings: StudioSettings = StudioSettings()) -> Studio:
    """Make the titles of a studio.

    Args:
        settings: how large it is.

    Example:
        >>> studio = invent_studio(StudioSettings(titles=120))
        >>> len(studio.table["title"]), bool(4 <= studio.in_planted.sum() <= 9)
        (120, True)
    """
    base = SimulatorSettings(titles=settings.titles, seed=settings.seed)
    table = dict(invent_catalogue(base, streams.stream(settings.seed, streams.CATALOGUE)).table)
    random = streams.stream(settings.seed, TITLES)
    days = 365 * settings.years
    first = np.datetime64(settings.until, "D") - days
    table["released"] = first + np.sort(random.integers(0, days - 30, size=settings.titles))
    is_series = table["kind"] == "series"
    series, season = _seasons(random, table, is_series)
    budgets = np.exp(random.normal(np.where(is_series, 16.0, 15.8), 0.9))
    budgets = np.round(budgets, -5).clip(1e5)
    companies = random.integers(len(COMPANIES), size=settings.titles)
    worldwide = random.random(settings.titles) < 0.7
    appeal = _appeal(random, table, np.log(budgets), companies, series)
    budgets[random.random(settings.titles) < 0.15] = np.nan
    return Studio(
        settings=settings,
        table=table,
        budgets=budgets,
        companies=companies,
        series=series,
        season=season,
        limited=is_series & (season == 0) & (random.random(settings.titles) < 0.4),
        worldwide=worldwide,
        appeal=appeal + 0.5 * worldwide,
        planted=_planted(table),
    )


def _seasons(
    random: np.random.Generator, table: Columns, is_series: NDArray[np.bool_]
) -> tuple[NDArray[np.object_], NDArray[np.int64]]:
    """Make some series further seasons of earlier ones, which they take after in everything but the story."""
    size = len(is_series)
    series, season = np.full(size, "", dtype=object), np.zeros(size, dtype=np.int64)
    latest: dict[int, int] = {}
    for place in np.flatnonzero(is_series).tolist():
        open_ones = [root for root, last in latest.items() if table["released"][place] - table["released"][last] > 250]
        if open_ones and random.random() < 0.45:
            root = open_ones[int(random.integers(len(open_ones)))]
            season[root] = season[root] or 1
            series[root] = series[place] = str(table["name"][root])
            season[place] = season[latest[root]] + 1 if latest[root] != root else 2
            table["name"] = table["name"].astype(object)
            table["name"][place] = f"{series[root]}: Season {season[place]}"
            for column in ("genres", "language", "runtime_minutes", "maturity", "credits", "countries"):
                table[column][place] = table[column][root]
            latest[root] = place
        else:
            latest[place] = place
    return series, season


def _appeal(
    random: np.random.Generator,
    table: Columns,
    log_budget: NDArray[np.float64],
    companies: NDArray[np.int64],
    series: NDArray[np.object_],
) -> NDArray[np.float64]:
    genres = sorted({genre for row in table["genres"] for genre in row})
    of_genre = dict(zip(genres, random.normal(0, GENRE_APPEAL, size=len(genres)), strict=True))
    of_company = random.normal(0, COMPANY_APPEAL, size=len(COMPANIES))
    of_series = {name: random.normal(0, 0.6) for name in dict.fromkeys(series.tolist()) if name}
    appeal: NDArray[np.float64] = (
        np.array([np.mean([of_genre[genre] for genre in row]) for row in table["genres"]])
        + COST_APPEAL * (log_budget - 16)
        + of_company[companies]
        + np.array([of_series.get(name, 0.0) for name in series])
        + random.normal(0, OWN_APPEAL, size=len(series))
    )
    return appeal


def _planted(table: Columns) -> tuple[str, str, str]:
    """The segment with as few titles as it may have, of equal ones the first by name."""
    counts: dict[tuple[str, str, str], int] = {}
    for row, language, kind in zip(table["genres"], table["language"].tolist(), table["kind"].tolist(), strict=True):
        for genre in row:
            counts[genre, language, kind] = counts.get((genre, language, kind), 0) + 1
    low, high = PLANTED_TITLES
    fit = {segment: count for segment, count in counts.items() if low <= count <= high}
    return min(fit, key=lambda one: (fit[one] != max(low, 6), fit[one], one))
