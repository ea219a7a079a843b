"""The thematic map: how alike works are by what is known of them at the pitch, part by part.

A part that is unknown on either side speaks neither for nor against: it counts as what two works usually share. The
weights of the parts were chosen on films released before 2005 (see `benchmarks/comparable_titles.py`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from openslate.apps.greenlight.comps.wording import Wording, fit_wording
from openslate.apps.greenlight.features.column import Floats, logarithm
from openslate.apps.greenlight.features.past import series_key
from openslate.apps.greenlight.works import Work

PARTS = {
    "same series": 3.0,
    "theme of the text": 2.0,
    "genres": 2.0,
    "people": 1.5,
    "company": 0.5,
    "language and country": 1.0,
    "kind": 2.0,
    "budget": 2.0,
    "length": 0.5,
}
"""What works are compared by, and how much each part weighs."""
USUAL = 0.25
"""What an unknown part counts as, of 1."""
FOLD = 1.0
"""Budgets that are a factor of e apart are alike by exp(-1); so are running times a third as much apart."""
PEOPLE = 8


@dataclass(frozen=True)
class Theme:
    """What was learned of works: how rare genres, people and companies are, and what texts are about.

    Attributes:
        wording: of texts.
        titles: how many works it was learned from.
        genres, people, companies: names with how many of them had each, as aligned tuples.
    """

    wording: Wording
    titles: int
    genres: tuple[str, ...]
    genre_counts: NDArray[np.int64]
    people: tuple[str, ...]
    people_counts: NDArray[np.int64]
    companies: tuple[str, ...]
    company_counts: NDArray[np.int64]

    def place(self, works: Sequence[Work]) -> "Placed":
        """Works on the map.

        Args:
            works: what is known of each.
        """
        return Placed(
            texts=self.wording.vectors([work.text for work in works]),
            genres=self._rare([work.genres for work in works], self.genres, self.genre_counts),
            people=self._rare([work.people[:PEOPLE] for work in works], self.people, self.people_counts),
            companies=self._rare([work.companies for work in works], self.companies, self.company_counts),
            places=_places(works),
            kinds=np.array([_KINDS.get(work.kind or "", np.nan) for work in works]),
            budgets=np.array([logarithm(work.budget) for work in works]),
            lengths=np.array([logarithm(work.runtime_minutes) for work in works]),
            series=tuple(series_key(work) for work in works),
        )

    def _rare(self, lists: Sequence[Sequence[str]], names: tuple[str, ...], counts: NDArray[np.int64]) -> csr_matrix:
        column = {name: place for place, name in enumerate(names)}
        rarity = np.log((1 + self.titles) / (1 + counts)) + 1
        return _rows(
            [[(column[one], float(rarity[column[one]])) for one in some if one in column] for some in lists], len(names)
        )


@dataclass(frozen=True)
class Placed:
    """Works on the map, as vectors; rows of nothing are unknown."""

    texts: Floats
    genres: csr_matrix
    people: csr_matrix
    companies: csr_matrix
    places: csr_matrix
    kinds: Floats
    budgets: Floats
    lengths: Floats
    series: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.series)

    @cached_property
    def series_codes(self) -> dict[str, NDArray[np.int64]]:
        """The places of the works of each series."""
        found: dict[str, list[int]] = {}
        for row, key in enumerate(self.series):
            found.setdefault(key, []).append(row)
        return {key: np.array(rows, dtype=np.int64) for key, rows in found.items() if key}


def fit_theme(works: Sequence[Work]) -> Theme:
    """Learn the map from works, and from no others.

    Args:
        works: those that may be learned from.
    """
    genres = _counted(works, lambda work: work.genres)
    people = _counted(works, lambda work: work.people[:PEOPLE])
    companies = _counted(works, lambda work: work.companies)
    return Theme(fit_wording([work.text for work in works]), len(works), *genres, *people, *companies)


def similarity(queries: Placed, seen: Placed) -> Floats:
    """How alike works are, part by part, float64 [parts, queries, seen], 0 to 1; NaN where a part is unknown.

    Args:
        queries: works on the map.
        seen: works on the same map.
    """
    return np.stack(
        [
            _same_series(queries, seen),
            np.where(
                np.isnan(queries.texts[:, :1]) | np.isnan(seen.texts[:, 0]),
                np.nan,
                np.clip(queries.texts @ seen.texts.T, 0, 1),
            ),
            *(
                _cosine(getattr(queries, name), getattr(seen, name))
                for name in ("genres", "people", "companies", "places")
            ),
            _equal(queries.kinds, seen.kinds),
            _near(queries.budgets, seen.budgets, FOLD),
            _near(queries.lengths, seen.lengths, FOLD / 3),
        ]
    )


def together(parts: Floats) -> Floats:
    """One similarity of all parts, float64 [queries, seen], 0 to 1.

    Args:
        parts: as `similarity` gives them.
    """
    weights = np.array(list(PARTS.values()))
    total: Floats = np.tensordot(weights, np.where(np.isnan(parts), USUAL, parts), axes=1)
    return total / weights.sum()


_KINDS = {"film": 1.0, "series": 0.0}


def _counted(
    works: Sequence[Work], names: Callable[[Work], Iterable[str]]
) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    counts = Counter(name for work in works for name in dict.fromkeys(names(work)))
    ordered = sorted(counts)
    return tuple(ordered), np.array([counts[name] for name in ordered], dtype=np.int64)


def _places(works: Sequence[Work]) -> csr_matrix:
    keys = [
        [*((f"l:{work.language}",) if work.language else ()), *(f"c:{one}" for one in work.countries)] for work in works
    ]
    # Codes are of two letters, so that every map has the same columns.
    return _rows([[(_code(key), 2.0 if key[0] == "l" else 1.0) for key in some] for some in keys], 2 * 27**2)


def _code(key: str) -> int:
    letters = [max(0, min(26, ord(letter) - 96)) for letter in key[2:4].lower().ljust(2, "`")]
    return (27**2 if key[0] == "c" else 0) + 27 * letters[0] + letters[1]


def _rows(entries: Sequence[Sequence[tuple[int, float]]], columns: int) -> csr_matrix:
    """Rows of length one."""
    lengths = [np.sqrt(sum(value**2 for _, value in some)) for some in entries]
    values = [value / length for some, length in zip(entries, lengths, strict=True) for _, value in some]
    places = [column for some in entries for column, _ in some]
    ends = np.cumsum([0, *(len(some) for some in entries)])
    return csr_matrix((values, places, ends), shape=(len(entries), columns), dtype=np.float64)


def _cosine(queries: csr_matrix, seen: csr_matrix) -> Floats:
    found = np.asarray((queries @ seen.T).todense(), dtype=np.float64)
    unknown = (np.diff(queries.indptr) == 0)[:, None] | (np.diff(seen.indptr) == 0)
    return np.where(unknown, np.nan, np.clip(found, 0, 1))


def _same_series(queries: Placed, seen: Placed) -> Floats:
    found = np.zeros((len(queries), len(seen)))
    for row, key in enumerate(queries.series):
        found[row, seen.series_codes.get(key, np.empty(0, dtype=np.int64))] = 1.0
    return found


def _equal(queries: Floats, seen: Floats) -> Floats:
    apart = queries[:, None] - seen
    return np.where(np.isnan(apart), np.nan, (apart == 0).astype(np.float64))


def _near(queries: Floats, seen: Floats, fold: float) -> Floats:
    return np.exp(-np.abs(queries[:, None] - seen) / fold)
