"""Pairs of titles of two real sources, each known to be one or two by a key that is kept from the matcher.

money: films with budgets and takings in both lists are one where both agree, and two where they are far apart.
id: two extracts of one database name the same films by the same number.
cast: films of which two lists name the same actors are one, and their other pairs are two.
date: the engagement reports give the day of the service's own titles, which is withheld, so that lengths can speak.
week: weekly lists show a new season in the week of its release, which is withheld.

Two keys are not wholly apart from what is judged: that of cast asks for years within three, and that of weeks for the
same season, so that neither judges years or seasons. Only pairs that are compared at all are labelled.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from benchmarks.machine import real_data
from openslate.data.catalogue import Title
from openslate.data.matching.names import parse_name

Key = dict[str, Any]
Judge = Callable[[Any, Any], float | None]
"""How strongly two keys say that their titles are one, 0 for two titles, None where they do not say."""


@dataclass(frozen=True)
class Labelled:
    """Two sources, and what tells whether two of their titles are one.

    Attributes:
        name: of the set.
        left: titles of one source.
        right: titles of the other.
        keys: what is withheld, by title id, of both.
        judge: whether two keys are of one title.
        fields: whose weights it may teach; empty for none, where a key is too close to the others.
    """

    name: str
    left: tuple[Title, ...]
    right: tuple[Title, ...]
    keys: Key
    judge: Judge
    fields: tuple[str, ...] = ()

    def labels(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.int64]:
        """1 for one title, 0 for two, -1 where the key does not say.

        Each source lists a title once: of several partners the one with the strongest key is one, the others are two
        titles, and equally strong ones are left out.
        """
        said = [self.judge(self.keys[one], self.keys[other]) for one, other in pairs]
        strengths: dict[str, list[float]] = {}
        for pair, strength in zip(pairs, said, strict=True):
            if strength:
                for title in pair:
                    strengths.setdefault(title, []).append(strength)
        return np.array(
            [
                _label(strength, [sorted(strengths.get(title, [])) for title in pair])
                for pair, strength in zip(pairs, said, strict=True)
            ],
            dtype=np.int64,
        )


def _label(strength: float | None, rivals: list[list[float]]) -> int:
    """The label of a pair with a strength, among all strengths of either title (its own included)."""
    best = max((one[-1] for one in rivals if one), default=0.0)
    if strength:
        alone = all(one.count(strength) == 1 for one in rivals)
        return (1 if alone else -1) if strength == best else 0
    return 0 if best or strength is not None else -1


def _rows(query: str, **files: Path) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(query.format(**{name: f"'{path}'" for name, path in files.items()})).fetchall()


def tmdb(folder: Path) -> tuple[tuple[Title, ...], Key]:
    """Films of TMDB 5000 and their money."""
    rows = _rows(
        "SELECT id, title, try_cast(release_date AS DATE), runtime, original_language, budget, revenue FROM {file}",
        file=folder / "tmdb5000" / "tmdb_5000_movies_before_2013.parquet",
    )
    titles = tuple(Title(f"t{r[0]}", r[1], "film", r[2], (), r[4], int(r[3]) if r[3] else None) for r in rows)
    return titles, {f"t{r[0]}": (r[0], r[5], r[6]) for r in rows}


def the_numbers(folder: Path) -> tuple[tuple[Title, ...], Key]:
    """Films of The Numbers and their money."""
    rows = _rows(
        "SELECT row_number() OVER (), movie, release_date, production_budget_usd, worldwide_gross_usd FROM {file}",
        file=folder / "the-numbers" / "movie_budgets_before_2013.parquet",
    )
    return tuple(Title(f"n{r[0]}", r[1], "film", r[2]) for r in rows), {f"n{r[0]}": (None, r[3], r[4]) for r in rows}


def netflix_films(folder: Path) -> tuple[tuple[Title, ...], Key]:
    """Films that a service carries, with their numbers in TMDB."""
    rows = _rows(
        "SELECT id, title, original_title, release_date, runtime, original_language "
        "FROM {file} QUALIFY row_number() OVER (PARTITION BY id) = 1",
        file=folder / "netflix-engagement" / "jesse990_netflix_movies.csv",
    )
    titles = tuple(
        Title(f"j{r[0]}", r[1] if r[1] == r[2] else f"{r[1]} // {r[2]}", "film", r[3], (), r[5], r[4] or None)
        for r in rows
    )
    return titles, {f"j{r[0]}": (r[0], 0, 0) for r in rows}


def wikipedia(folder: Path) -> tuple[tuple[Title, ...], Key]:
    """Films with articles, by year, and their cast."""
    rows = _rows(
        'SELECT row_number() OVER (), title, year, "cast" FROM {file}',
        file=folder / "wikipedia-movies" / "movies.parquet",
    )
    titles = tuple(
        Title(f"w{r[0]}", r[1], "film", date(r[2], 1, 1), credits=tuple((name, "cast") for name in r[3] or ()))
        for r in rows
    )
    return titles, {f"w{r[0]}": (r[2], _people(r[3] or ())) for r in rows}


def movielens(folder: Path) -> tuple[tuple[Title, ...], Key]:
    """Films of MovieLens 1M with the date and cast of its additions."""
    titles, keys = [], {}
    for line in (folder / "ml-1m" / "movies_extrainfos.dat").read_text("utf-8").splitlines():
        cells = line.split("::")
        if len(cells) < 10:
            continue
        cast = [name.strip() for name in cells[8].split(",")]
        released = _day(cells[4]) or (date(int(cells[2]), 1, 1) if cells[2].isdecimal() else None)
        credited = tuple((name, "cast") for name in cast if name and name != "N/A")
        titles.append(Title(f"m{cells[0]}", cells[1], "film", released, credits=credited))
        keys[f"m{cells[0]}"] = (released.year if released else 0, _people([name for name, _ in credited]))
    return tuple(titles), keys


MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _day(text: str) -> date | None:
    """A date written as '22 Nov 1995'."""
    parts = text.split()
    if len(parts) != 3 or parts[1] not in MONTHS:
        return None
    return date(int(parts[2]), MONTHS.index(parts[1]) + 1, int(parts[0]))


def _people(names: Sequence[str]) -> frozenset[str]:
    return frozenset("".join(letter for letter in name.casefold() if letter.isalnum()) for name in names) - {""}


def engagement(folder: Path) -> tuple[tuple[Title, ...], Key]:
    """Titles of the half-yearly reports, with the day and the length withheld or not by those who use them."""
    rows = _rows(
        "SELECT title, max(kind), max(release_date)::DATE, mode(runtime) FROM {file} "
        "GROUP BY title HAVING count(DISTINCT kind) = 1 ORDER BY title",
        file=folder / "netflix-engagement" / "engagement_2023H1_2024H2.parquet",
    )
    titles, keys = [], {}
    for place, (name, kind, released, runtime) in enumerate(rows):
        minutes = _minutes(runtime)
        shape = "series" if kind == "tv" else "film"
        titles.append(Title(f"e{place}", name, shape, released, runtime_minutes=minutes))
        keys[f"e{place}"] = (released, minutes, parse_name(name).season)
    return tuple(titles), keys


def _minutes(text: str | None) -> int | None:
    hours, sign, minutes = (text or "").strip("*").partition(":")
    return int(hours) * 60 + int(minutes) or None if sign and hours.isdecimal() and minutes.isdecimal() else None


def weekly(folder: Path) -> tuple[tuple[Title, ...], Key]:
    """Titles of the weekly lists, first seen in the week that ends on a day."""
    rows = _rows(
        "SELECT CASE WHEN season_title = 'N/A' THEN show_title ELSE season_title END AS name, max(category), "
        "min(week), max(runtime) FROM read_csv({file}, delim = '\t') GROUP BY name ORDER BY name",
        file=folder / "netflix-top10" / "all-weeks-global.tsv",
    )
    titles, keys = [], {}
    for place, (name, category, week, runtime) in enumerate(rows):
        minutes = None if runtime is None else round(runtime * 60)
        shape = "film" if category.startswith("Films") else "series"
        titles.append(Title(f"v{place}", name, shape, week - timedelta(days=6)))
        keys[f"v{place}"] = (week, minutes, parse_name(name).season)
    return tuple(titles), keys


def by_money(one: Any, other: Any) -> float | None:
    """Both amounts agree, or both are a factor of three apart."""
    amounts = np.array([one[1:], other[1:]], dtype=np.float64)
    if (amounts < 1e5).any():
        return None
    budget, takings = np.abs(np.log(amounts[0] / amounts[1]))
    if budget < 0.1 and takings < 0.03:
        return 1.0
    return 0.0 if budget > 1.1 and takings > 1.1 else None


def by_number(one: Any, other: Any) -> float | None:
    """The same number in the same database."""
    return float(one[0] == other[0])


def by_cast(one: Any, other: Any) -> float | None:
    """Two actors in common and more, within three years, as sequels keep theirs.

    Lists without any may be of one film all the same, as some name only the smallest parts.
    """
    shared = len(one[1] & other[1])
    return float(shared) if shared > 1 and abs(one[0] - other[0]) <= 3 else None


def by_day(one: Any, other: Any) -> float | None:
    """Released within three days, or over 400 days apart."""
    if one[0] is None or other[0] is None:
        return None
    days = abs((one[0] - other[0]).days)
    return 1.0 if days <= 3 else 0.0 if days > 400 else None


def by_week(one: Any, other: Any) -> float | None:
    """First listed in the week of its release; listed before its release, or of another season, it is another."""
    if one[2] != other[2]:
        return 0.0
    if one[0] is None or other[0] is None:
        return None
    days = (one[0] - other[0]).days
    return 1.0 if -1 <= days <= 6 else 0.0 if days < -14 else None


def labelled_sets(folder: Path | None = None) -> Iterator[Labelled]:
    """Every set, from the folder of real data."""
    root = folder or real_data()
    films, money = tmdb(root)
    numbers, more_money = the_numbers(root)
    carried, ids = netflix_films(root)
    articles, casts = wikipedia(root)
    listed, more_casts = movielens(root)
    reports, shown = engagement(root)
    weeks, seen = weekly(root)
    names = ("name", "numbers", "length", "released")
    yield Labelled("money", films, numbers, money | more_money, by_money, names)
    yield Labelled(
        "id", _without(films, "runtime_minutes"), _without(carried, "runtime_minutes"), money | ids, by_number, names
    )
    no_casts = _without(articles, "credits", ()), _without(listed, "credits", ())
    yield Labelled("cast", no_casts[1], no_casts[0], casts | more_casts, by_cast, names[:3])
    days = {one.title: (one.released, None) for one in carried}
    yield Labelled(
        "date",
        _without(reports, "released"),
        _without(carried, "released"),
        shown | days,
        by_day,
        ("name", "kind", "runtime"),
    )
    yield Labelled(
        "week", _without(weeks, "released"), _without(reports, "released"), seen | shown, by_week, ("name", "kind")
    )


def _without(titles: tuple[Title, ...], field: str, empty: Any = None) -> tuple[Title, ...]:
    return tuple(replace(title, **{field: empty}) for title in titles)


def main() -> None:
    """How many titles each set has."""
    print(json.dumps({one.name: (len(one.left), len(one.right)) for one in labelled_sets()}))


if __name__ == "__main__":
    main()
