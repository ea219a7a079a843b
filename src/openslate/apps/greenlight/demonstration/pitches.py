"""Pitches to an invented studio: new stories and further seasons, some where there is more taste than titles."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from openslate.apps.greenlight.demonstration.commissioned import AUDIENCES, COMPANIES, EPISODES, Studio
from openslate.apps.greenlight.pitch import Budget, Kind, Pitch, Release, Talent
from openslate.data.simulate import SimulatorSettings
from openslate.data.simulate import seeds as streams
from openslate.data.simulate.catalogue import Columns, invent_catalogue

FEWEST_TITLES = 100
"""Of a simulated catalogue, from which the stories are taken."""
PLANTED = 2
EVERY_SEASON = 4
"""Each fourth pitch is a further season of a series of the studio, where one is left."""
DAYS_AHEAD = 240


def studio_pitches(studio: Studio, count: int = 12) -> tuple[Pitch, ...]:
    """Pitches as of the studio's last day; the first two would fill the planted segment.

    Args:
        studio: to which they are made.
        count: how many, 1 to 100.

    Example:
        >>> from openslate.apps.greenlight.demonstration.commissioned import StudioSettings, invent_studio
        >>> made = studio_pitches(invent_studio(StudioSettings(titles=120)), 4)
        >>> [pitch.kind is not None and pitch.budget is not None for pitch in made]
        [True, True, True, True]
    """
    settings = SimulatorSettings(titles=FEWEST_TITLES, seed=studio.settings.seed + 1)
    stories = invent_catalogue(settings, streams.stream(settings.seed, streams.CATALOGUE)).table
    random = streams.stream(studio.settings.seed, AUDIENCES, 2)
    latest = _latest_seasons(studio)
    made = []
    for number in range(count):
        row = {name: column[number] for name, column in stories.items()}
        row |= {"series": "", "season": None}
        if number < PLANTED:
            genre, language, kind = studio.planted
            row |= {"genres": [genre], "language": language, "kind": kind}
        elif number % EVERY_SEASON == EVERY_SEASON - 1 and latest:
            row |= _further(studio.table, *latest.pop())
        made.append(_pitch(studio, random, number, row))
    return tuple(made)


def _pitch(studio: Studio, random: np.random.Generator, number: int, row: dict[str, Any]) -> Pitch:
    until = studio.settings.until
    earliest = until + timedelta(days=DAYS_AHEAD + int(random.integers(200)))
    lowest = Decimal(round(float(np.exp(random.normal(15.9, 0.8))) / 1e5) * 100_000 + 100_000)
    kind: Kind = "film" if row["kind"] == "film" else "season"
    return Pitch(
        name=str(row["name"]),
        as_of=until,
        id=f"pitch-{number + 1:02d}",
        synopsis=str(row["synopsis"]),
        kind=kind,
        series=str(row["series"]),
        season=row["season"],
        genres=tuple(row["genres"]),
        language=str(row["language"]),
        countries=tuple(row["countries"]),
        runtime_minutes=int(row["runtime_minutes"]),
        episodes=None if kind == "film" else EPISODES,
        budget=Budget(lowest, lowest * Decimal("1.2"), "USD"),
        talent=tuple(Talent(name, role) for name, role in row["credits"]),
        companies=(COMPANIES[int(random.integers(len(COMPANIES)))],),
        release=Release(earliest, earliest + timedelta(days=60)),
        worldwide=bool(random.random() < 0.7),
        maturity=str(row["maturity"]),
    )


def _latest_seasons(studio: Studio) -> list[tuple[str, int, int]]:
    """Series with their last season and its place among the titles, the one with the most seasons last."""
    latest: dict[str, tuple[int, int]] = {}
    for place, (name, season) in enumerate(zip(studio.series.tolist(), studio.season.tolist(), strict=True)):
        if name:
            latest[name] = max(latest.get(name, (0, 0)), (int(season), place))
    found = [(name, season, place) for name, (season, place) in latest.items()]
    return sorted(found, key=lambda one: (one[1], one[0]))


def _further(table: Columns, series: str, season: int, place: int) -> dict[str, Any]:
    """What the next season of a series takes after."""
    columns = ("genres", "language", "kind", "runtime_minutes", "maturity", "credits", "countries")
    taken = {name: table[name][place] for name in columns}
    return {**taken, "name": f"{series}: Season {season + 1}", "series": series, "season": season + 1}
