"""Real films as works, and two answers to what compares that are kept from what is compared.

Franchises: films whose names begin alike, such as 'Rocky' and 'Rocky II'; names and series are no part of a comparison
here. Audiences: films that the same members of MovieLens rated. Text is TMDB's overview or the plot of MovieLens'
additions, both of which may have been written after release; votes, keywords and Wikipedia's extracts are left out.
"""

import json
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from benchmarks.labelled_titles import MONTHS
from openslate.apps.greenlight.works import Work
from openslate.models.comparing.audiences import audience_cosine
from openslate.models.histories import Histories

NUMBER = re.compile(r"\s+(?:part\s+)?(?:\d{1,2}|i{2,3}|iv|vi{0,3})$")
FIRST_PART = re.compile(r"\s*(?::| - | and the | vs\.? |,).*$")
FEWEST_LETTERS = 4


@dataclass(frozen=True)
class Films:
    """Works in order of release, with what came of them.

    Attributes:
        works: without names of series.
        released: datetime64[D].
        franchise: of each, '' for none.
        revenue: float64, worldwide, NaN where unknown.
        viewers: int64, how many members rated it; 0 where that is not known.
        audience: csr float64 [films, films], cosine of audiences; empty where that is not known.
    """

    works: tuple[Work, ...]
    released: NDArray[np.datetime64]
    franchise: tuple[str, ...]
    revenue: NDArray[np.float64]
    viewers: NDArray[np.int64]
    audience: csr_array


def tmdb_films(folder: Path) -> Films:
    """Films of TMDB 5000 with the genres and cast of their Wikipedia article where name and year agree."""
    casts = _wikipedia(folder / "wikipedia-movies" / "movies.parquet")
    with duckdb.connect() as connection:
        rows = connection.execute(
            "SELECT id, title, try_cast(release_date AS DATE) AS day, original_language, budget, revenue, runtime, "
            "genres, production_companies, production_countries, overview FROM read_parquet(?) WHERE day IS NOT NULL "
            "ORDER BY day, id",
            [str(folder / "tmdb5000" / "tmdb_5000_movies_before_2013.parquet")],
        ).fetchall()
    works = []
    for number, name, day, language, budget, _, runtime, genres, companies, countries, overview in rows:
        cast, more = next(
            (casts[name.casefold(), year] for year in (day.year, day.year - 1) if (name.casefold(), year) in casts),
            ((), ()),
        )
        works.append(
            Work(
                f"t{number}",
                name,
                "film",
                day,
                # Two sources' words for one genre stand side by side.
                genres=tuple(dict.fromkeys((*_names(genres, "name"), *more))),
                language=language,
                countries=_names(countries, "iso_3166_1"),
                companies=_names(companies, "name"),
                people=cast,
                runtime_minutes=int(runtime) if runtime else None,
                budget=float(budget) if budget >= 1000 else None,
                currency="USD",
                text=overview or "",
            )
        )
    revenue = np.array([row[5] if row[5] >= 1000 else np.nan for row in rows], dtype=np.float64)
    return _films(works, revenue, np.zeros(len(works), dtype=np.int64), csr_array((len(works), len(works))))


def movielens_films(folder: Path) -> Films:
    """Films of MovieLens 1M with who rated both."""
    lines = (folder / "ml-1m" / "movies_extrainfos.dat").read_text("utf-8").splitlines()
    works = sorted((_movielens_work(line.split("::")) for line in lines if line.count("::") == 10), key=_in_order)
    place = {work.id: at for at, work in enumerate(works)}
    with duckdb.connect() as connection:
        pairs = connection.execute(
            "SELECT user_id, list('m' || movie_id ORDER BY seq) FROM read_parquet(?) GROUP BY 1 ORDER BY 1",
            [str(folder / "ml-1m" / "order.parquet")],
        ).fetchall()
    watched = [[place[title] for title in titles if title in place] for _, titles in pairs]
    histories = Histories.from_lists(watched, len(works))
    viewers = np.bincount(histories.titles, minlength=len(works)).astype(np.int64)
    return _films(works, np.full(len(works), np.nan), viewers, audience_cosine(histories))


def _movielens_work(cells: list[str]) -> Work:
    people = [*cells[6].split(","), *re.sub(r"\([^)]*\)", "", cells[7]).split(","), *cells[8].split(",")]
    day = cells[4].split()
    released = (
        date(int(day[2]), MONTHS.index(day[1]) + 1, int(day[0]))
        if len(day) == 3 and day[1] in MONTHS
        else date(int(cells[2]), 7, 1)
    )
    return Work(
        f"m{cells[0]}",
        cells[1],
        "film",
        released,
        genres=_cells(cells[5].split(",")),
        people=_cells(people),
        text="" if cells[9] == "N/A" else cells[9],
    )


def _cells(names: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip() not in ("", "N/A")))


def _films(works: list[Work], revenue: NDArray[np.float64], viewers: NDArray[np.int64], audience: csr_array) -> Films:
    stems = [stem(work.name) for work in works]
    named = defaultdict(set)
    for name, work in zip(stems, works, strict=True):
        named[name].add(work.name.casefold())
    # Remakes carry one name and are no franchise.
    franchise = tuple(name if len(named[name]) > 1 else "" for name in stems)
    released = np.array([work.released for work in works], dtype="datetime64[D]")
    return Films(tuple(works), released, franchise, revenue, viewers, audience)


def stem(name: str) -> str:
    """What the names of a franchise begin with; '' where that is too short to tell.

    Example:
        >>> stem("Rocky II"), stem("Star Wars: Episode I"), stem("The Ring Two"), stem("It")
        ('rocky', 'star wars', 'the ring two', '')
    """
    found = NUMBER.sub("", FIRST_PART.sub("", name.casefold().strip()))
    return found if len(found) >= FEWEST_LETTERS else ""


def without(films: Films, *fields: str) -> tuple[Work, ...]:
    """The works without some of what is known of them."""
    empty = Work("", "")
    return tuple(replace(work, **{field: getattr(empty, field) for field in fields}) for work in films.works)


def _names(text: str, field: str) -> tuple[str, ...]:
    return tuple(one[field] for one in json.loads(text))


def _wikipedia(path: Path) -> dict[tuple[str, int], tuple[tuple[str, ...], tuple[str, ...]]]:
    with duckdb.connect() as connection:
        rows = connection.execute('SELECT title, year, "cast", genres FROM read_parquet(?)', [str(path)]).fetchall()
    return {
        (title.casefold(), year): (
            tuple(one for one in cast or () if " " in one and one.casefold() != "voices of"),
            tuple(genres or ()),
        )
        for title, year, cast, genres in rows
    }


def _in_order(work: Work) -> tuple[date, str]:
    assert work.released is not None
    return work.released, work.id
