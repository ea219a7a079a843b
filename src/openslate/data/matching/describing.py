"""Titles as arrays: what of each is compared, so that many pairs are compared at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.data.catalogue import Title
from openslate.data.matching.names import Variant, parse_name
from openslate.data.matching.spelling import words_of

UNKNOWN = -1
KINDS = {"film": 0, "series": 1}
EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Described:
    """Titles of one source, in order of their ids.

    Attributes:
        titles: as they were given, in that order.
        variants: every name of every title.
        owner: int64 [variants], the title that a name belongs to.
        season: int64 [titles]; -1 where none is named.
        limited: bool [titles], a limited series.
        year: int64 [titles], of release; -1 where unknown.
        day: int64 [titles], days since 1970-01-01; the lowest number where no day is known.
        kind: int64 [titles], 0 film, 1 series, -1 unknown.
        runtime: int64 [titles], minutes; -1 where unknown.
        language: original language, in lower case; empty where unknown.
        people: names of those who made each, in one spelling.
    """

    titles: tuple[Title, ...]
    variants: tuple[Variant, ...]
    owner: NDArray[np.int64]
    season: NDArray[np.int64]
    limited: NDArray[np.bool_]
    year: NDArray[np.int64]
    day: NDArray[np.int64]
    kind: NDArray[np.int64]
    runtime: NDArray[np.int64]
    language: NDArray[np.str_]
    people: tuple[frozenset[str], ...]


NO_DAY = np.iinfo(np.int64).min


def describe(titles: Sequence[Title]) -> Described:
    """What of titles is compared; texts such as synopses are not looked at.

    Args:
        titles: of one source, in any order.
    """
    ordered = tuple(sorted(titles, key=lambda title: title.title))
    names = [parse_name(title.name) for title in ordered]
    dates = [_release(title.released, name.year) for title, name in zip(ordered, names, strict=True)]
    series = {True: KINDS["series"], False: UNKNOWN}
    return Described(
        ordered,
        tuple(variant for name in names for variant in name.variants),
        np.repeat(np.arange(len(names)), [len(name.variants) for name in names]).astype(np.int64),
        _integers([UNKNOWN if name.season is None else name.season for name in names]),
        np.array([name.limited for name in names], dtype=np.bool_),
        _integers([year for year, _ in dates]),
        _integers([day for _, day in dates]),
        _integers(
            [
                KINDS.get(title.kind or "", series[name.season is not None or name.limited])
                for title, name in zip(ordered, names, strict=True)
            ]
        ),
        _integers([title.runtime_minutes or UNKNOWN for title in ordered]),
        np.array([(title.language or "").lower() for title in ordered], dtype=np.str_),
        tuple(frozenset("".join(words_of(person)) for person, _ in title.credits) - {""} for title in ordered),
    )


def _integers(values: list[int]) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


def _release(released: date | None, named: int | None) -> tuple[int, int]:
    """Year and day of a release. New Year's Day stands for a year of which no day is known, as sources write it."""
    if released is None:
        return named or UNKNOWN, NO_DAY
    if (released.month, released.day) == (1, 1):
        return released.year, NO_DAY
    return released.year, (released - EPOCH).days
