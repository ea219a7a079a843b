"""The titles a service had at some moment, in the fixed order that gives each its index."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from openslate.data.schema import TITLES
from openslate.data.versions import newest
from openslate.project import Project
from openslate.rights.judging import reserved_among
from openslate.storage.lake import quoted
from openslate.storage.manifest import Snapshot


@dataclass(frozen=True)
class Title:
    """One film or series; what is not known is None or empty.

    Attributes:
        title: its id.
        name: what it is called.
        kind: 'film', 'series' or None.
        released: first day it could be watched.
        genres: its genres.
        language: original language, ISO 639-1.
        runtime_minutes: length in minutes: of a film; of a series one episode or a whole season, as its source counts.
        maturity: maturity rating.
        synopsis: what it is about.
        credits: (name, role) of those who made it.
        reserved: whether the owner of the source reserved its text against learning, and there is no licence (R18): it
            may be shown, and nothing is learned from it.
    """

    title: str
    name: str
    kind: str | None = None
    released: date | None = None
    genres: tuple[str, ...] = ()
    language: str | None = None
    runtime_minutes: int | None = None
    maturity: str | None = None
    synopsis: str | None = None
    credits: tuple[tuple[str, str], ...] = ()
    reserved: bool = False


@dataclass(frozen=True)
class Catalogue:
    """Titles in order of their ids; a title's place is its index in every array.

    Stability: stable.

    Example:
        >>> films = Catalogue((Title("a", "Ash", genres=("Drama",)), Title("b", "Bay", genres=("Comedy", "Drama"))))
        >>> films.index["b"], films.genre_names, films.genre_shares.tolist()
        (1, ('Comedy', 'Drama'), [[0.0, 1.0], [0.5, 0.5]])
    """

    titles: tuple[Title, ...]

    def __len__(self) -> int:
        return len(self.titles)

    @cached_property
    def index(self) -> dict[str, int]:
        """From a title's id to its place."""
        return {title.title: place for place, title in enumerate(self.titles)}

    @cached_property
    def genre_names(self) -> tuple[str, ...]:
        """Every genre there is, in alphabetical order."""
        return tuple(sorted({genre for title in self.titles for genre in title.genres}))

    @cached_property
    def genre_shares(self) -> NDArray[np.float64]:
        """float64 [titles, genres]; a title's genres share its row equally, and a title without any has a row of 0."""
        column = {genre: place for place, genre in enumerate(self.genre_names)}
        shares = np.zeros((len(self.titles), len(column)))
        for row, title in enumerate(self.titles):
            for genre in set(title.genres):
                shares[row, column[genre]] = 1 / len(set(title.genres))
        return shares

    @cached_property
    def release_microseconds(self) -> NDArray[np.int64]:
        """int64 [titles], microseconds since 1970-01-01 UTC of the release day; the earliest number where unknown."""
        epoch = date(1970, 1, 1)
        unknown = np.iinfo(np.int64).min
        return np.array(
            [
                unknown if title.released is None else (title.released - epoch).days * 86_400_000_000
                for title in self.titles
            ],
            dtype=np.int64,
        )

    def tokens(self) -> list[list[str]]:
        """What each title's metadata says, as words for a metadata model, such as 'genre:Drama'.

        This is what training reads of titles; of text that is reserved, it reads nothing.
        """
        return [_tokens(title) for title in self.titles]


def _tokens(title: Title) -> list[str]:
    text = "" if title.reserved else title.synopsis or ""
    words = "".join(letter.lower() if letter.isalnum() else " " for letter in text).split()
    decade = [] if title.released is None else [f"decade:{title.released.year // 10}"]
    return [
        *(f"genre:{genre}" for genre in title.genres),
        *(f"person:{name}" for name, _ in title.credits),
        *(f"word:{word}" for word in words if len(word) > 3),
        *(f"{field}:{value}" for field, value in (("language", title.language), ("kind", title.kind)) if value),
        *decade,
    ]


def natural_order(column: str) -> str:
    """SQL that orders ids by their number where they are numbers, as publishers of data sets do, and else by text."""
    return f"try_cast({column} AS HUGEINT) NULLS LAST, {column}"


def newest_titles(project: Project, snapshot: Snapshot) -> str:
    """SQL for the titles, each in the version imported last."""
    return newest(project, snapshot, TITLES)


def read_catalogue(
    project: Project,
    as_of: datetime | None = None,
    watched: str | None = None,
    connection: duckdb.DuckDBPyConnection | None = None,
    reserved: frozenset[str] | None = None,
) -> Catalogue:
    """The titles that had been released, or watched, by a moment.

    Args:
        project: where.
        as_of: the moment; None for every title there is.
        watched: SQL of a column `title` with the titles watched by then, whose release dates may be wrong.
        connection: where `watched` can be read.
        reserved: sources whose text nothing may be learned from; None asks the gate.

    Raises:
        ProjectError: a file cannot be read.
        RightsError: the ledger, which holds the reservations, is not what it was.
    """
    files = project.lake.snapshot("titles")
    relation = newest_titles(project, files)
    held_back = reserved_sources(project, files) if reserved is None else reserved
    condition = "true"
    if as_of is not None:
        condition = f"released <= {quoted(as_of.date().isoformat())}::DATE"
        if watched is not None:
            condition += f" OR title IN {watched}"
    names = ", ".join(column.name for column in TITLES.columns)
    query = f"SELECT {names}, source FROM {relation} WHERE {condition} ORDER BY {natural_order('title')}"
    if connection is not None:
        rows = connection.execute(query).fetchall()
    else:
        with project.lake.reading() as own:
            rows = own.execute(query).fetchall()
    return Catalogue(tuple(_title(row[:-1], row[-1] in held_back) for row in rows))


def reserved_sources(project: Project, files: Snapshot) -> frozenset[str]:
    """Sources of titles whose text nothing may be learned from now.

    Raises:
        RightsError: the ledger, which holds the reservations, is not what it was.
    """
    return reserved_among(project, {shard.source for shard in files.of("titles")})


def texts_of(project: Project, connection: duckdb.DuckDBPyConnection, files: Snapshot, sources: frozenset[str]) -> int:
    """How many titles have a synopsis of one of some sources."""
    if not sources:
        return 0
    among = ", ".join(quoted(source) for source in sorted(sources))
    query = f"SELECT count(synopsis) FROM {newest_titles(project, files)} WHERE source IN ({among})"
    return int(connection.execute(query).fetchall()[0][0])


def _title(row: tuple[Any, ...], reserved: bool) -> Title:
    fields = dict(zip((column.name for column in TITLES.columns), row, strict=True))
    credited = tuple((credit["name"], credit["role"]) for credit in fields.pop("credits") or ())
    return Title(genres=tuple(fields.pop("genres") or ()), credits=credited, reserved=reserved, **fields)
