"""The catalogue of a simulated service: titles as a page shows them, and the facts the hidden truth is built on."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from openslate.data.simulate.countries import COUNTRIES
from openslate.data.simulate.genres import GENRES, MATURITY
from openslate.data.simulate.names import Story, invent_name
from openslate.data.simulate.people import People, invent_people
from openslate.data.simulate.settings import SimulatorSettings
from openslate.data.simulate.synopses import invent_story, tell

Columns = dict[str, NDArray[Any]]
"""A table, column by column; all columns are equally long."""

ROLES = ("director", "writer", "cast")


@dataclass(frozen=True)
class Catalogue:
    """All titles, in the order of their ids (which says nothing about their age).

    Attributes:
        table: the columns title, name, kind, released, genres, language, runtime_minutes, maturity, synopsis,
            credits, countries; genres, credits and countries hold a list for each title.
        release_days: int64 [titles], days from the first simulated day; 0 or less for the back catalogue.
        genres: bool [titles, genres], in the order of GENRES.
        series: bool [titles], whether a title is a series.
        origins: int64 [titles], index into the service's countries.
        crew: int64 [titles, 3], the director and the two first names of the cast, as indices into `people`.
        people: everybody who may appear in credits.
    """

    table: Columns
    release_days: NDArray[np.int64]
    genres: NDArray[np.bool_]
    series: NDArray[np.bool_]
    origins: NDArray[np.int64]
    crew: NDArray[np.int64]
    people: People


def invent_catalogue(settings: SimulatorSettings, random: np.random.Generator) -> Catalogue:
    """Invent every title of a service.

    Args:
        settings: titles, countries, days, start and releases are used.
        random: where chance comes from.
    """
    n = settings.titles
    origins = _origins(random, settings)
    people = invent_people(random, settings.countries, np.bincount(origins, minlength=len(settings.countries)))
    genre_lists = _genre_lists(random, n)
    first = [genres[0] for genres in genre_lists]
    series = random.random(n) < np.array([GENRES[genre].series for genre in first])
    kinds = np.where(series, "series", "film")
    languages = np.array([COUNTRIES[settings.countries[origin]].language for origin in origins])
    days = _release_days(random, settings)
    stories = [invent_story(random, COUNTRIES[settings.countries[origin]].tradition) for origin in origins]
    teams = _teams(random, people, origins, genre_lists)
    table: Columns = {
        "title": np.array([f"t{index:05d}" for index in range(n)]),
        "name": np.array(_names(random, stories, first, kinds.tolist(), languages.tolist())),
        "kind": kinds,
        "released": np.datetime64(settings.start, "D") + days,
        "genres": _lists(genre_lists),
        "language": languages,
        "runtime_minutes": _runtimes(random, first, series),
        "maturity": _maturity(random, genre_lists),
        "synopsis": np.array(
            [tell(random, story, genres) for story, genres in zip(stories, genre_lists, strict=True)], dtype=object
        ),
        "credits": _lists([[(people.names[who], ROLES[people.crafts[who]]) for who in team] for team in teams]),
        "countries": _lists([[settings.countries[origin]] for origin in origins]),
    }
    return Catalogue(table, days, _genre_matrix(genre_lists), series, origins, _crew(people, teams), people)


def _origins(random: np.random.Generator, settings: SimulatorSettings) -> NDArray[np.int64]:
    weights = np.array([COUNTRIES[country].studios for country in settings.countries])
    return random.choice(len(weights), size=settings.titles, p=weights / weights.sum())


def _release_days(random: np.random.Generator, settings: SimulatorSettings) -> NDArray[np.int64]:
    """A back catalogue with a long tail of old titles, and releases on every day, most of them on a Friday."""
    n = settings.titles
    ages = np.minimum(random.gamma(0.9, 9.0, size=n) * 365, 60 * 365).astype(np.int64)
    new = random.permutation(n)[: round(n * settings.releases)]
    calendar = np.datetime64(settings.start, "D") + np.arange(1, settings.days)
    friday = (calendar.astype(np.int64) + 3) % 7 == 4
    weights = np.where(friday, 4.0, 1.0)
    days = -ages
    days[new] = random.choice(np.arange(1, settings.days), size=len(new), p=weights / weights.sum())
    return days


def _genre_lists(random: np.random.Generator, n: int) -> list[list[str]]:
    names = list(GENRES)
    weights = np.array([genre.weight for genre in GENRES.values()])
    firsts = random.choice(len(names), size=n, p=weights / weights.sum())
    more = random.choice(3, size=n, p=(0.3, 0.5, 0.2))
    return [
        [names[first], *random.choice(GENRES[names[first]].companions, size=extra, replace=False).tolist()]
        for first, extra in zip(firsts, more, strict=True)
    ]


def _genre_matrix(genre_lists: list[list[str]]) -> NDArray[np.bool_]:
    return np.array([[genre in genres for genre in GENRES] for genres in genre_lists])


def _names(
    random: np.random.Generator, stories: list[Story], genres: list[str], kinds: list[str], languages: list[str]
) -> list[str]:
    """One name for each story, all different."""
    taken: dict[str, None] = {}
    for story, genre, kind, language in zip(stories, genres, kinds, languages, strict=True):
        name = invent_name(random, story, genre, kind, language)
        while name in taken:
            name = invent_name(random, story, genre, kind, language)
        taken[name] = None
    return list(taken)


def _runtimes(random: np.random.Generator, genres: list[str], series: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Minutes of a film, or of one episode."""
    usual = np.where(
        series,
        [GENRES[genre].episode_minutes for genre in genres],
        [GENRES[genre].film_minutes for genre in genres],
    )
    return np.clip(np.rint(usual * random.normal(1, 0.13, size=len(usual))), 9, 220).astype(np.int64)


def _maturity(random: np.random.Generator, genre_lists: list[list[str]]) -> NDArray[Any]:
    """A step of the scale that suits all genres of a title: a family horror film is mild."""
    weights = np.array(
        [np.prod([np.add(GENRES[genre].maturity, 0.02) for genre in genres], axis=0) for genres in genre_lists]
    )
    edges = np.cumsum(weights / weights.sum(axis=1, keepdims=True), axis=1)[:, :-1]
    chosen = (random.random(len(edges))[:, None] >= edges).sum(axis=1)
    maturity: NDArray[Any] = np.array(MATURITY)[chosen]
    return maturity


def _teams(
    random: np.random.Generator, people: People, origins: NDArray[np.int64], genre_lists: list[list[str]]
) -> list[list[int]]:
    """Director, one or two writers and three to six of the cast for each title, from its own country."""
    index = {genre: position for position, genre in enumerate(GENRES)}
    pools = {(country, craft): people.pool(country, craft) for country in set(origins.tolist()) for craft in range(3)}
    teams: list[list[int]] = []
    for origin, genres in zip(origins.tolist(), genre_lists, strict=True):
        wanted = [index[genre] for genre in genres]
        team: list[int] = []
        for craft, size in enumerate((1, int(random.integers(1, 3)), int(random.integers(3, 7)))):
            pool = pools[origin, craft]
            calls = people.fame[pool] * np.where(np.isin(people.home_genres[pool], wanted), 5.0, 1.0)
            # the largest of weighted races: a draw without replacement in which the famous come first
            races = random.standard_exponential(len(pool)) / calls
            team.extend(pool[np.argsort(races, kind="stable")[:size]].tolist())
        teams.append(team)
    return teams


def _crew(people: People, teams: list[list[int]]) -> NDArray[np.int64]:
    casts = [[who for who in team if people.crafts[who] == ROLES.index("cast")] for team in teams]
    return np.array([[team[0], *cast[:2]] for team, cast in zip(teams, casts, strict=True)])


def _lists(rows: list[Any]) -> NDArray[Any]:
    """An object column that holds one list for each row."""
    column = np.empty(len(rows), dtype=object)
    column[:] = rows
    return column
