"""Genres, languages and countries as columns; which ones have one is learned from works that may be learned from."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from openslate.apps.greenlight.features.column import UNKNOWN, Columns, beside, columns
from openslate.apps.greenlight.works import Work

FEWEST = 15
MOST = 40


@dataclass(frozen=True)
class Taxonomy:
    """What has a column.

    Attributes:
        genres: in alphabetical order.
        languages: ISO 639-1.
        countries: ISO 3166-1 alpha-2.
    """

    genres: tuple[str, ...]
    languages: tuple[str, ...]
    countries: tuple[str, ...]

    def columns(self, works: Sequence[Work]) -> Columns:
        """Features of works; those of an unknown fact are unknown.

        Args:
            works: what is known of each.
        """
        return beside(
            [
                columns("genres", "pitch", [_among("genre", self.genres, work.genres) for work in works]),
                columns("language and country", "pitch", [self._place(work) for work in works]),
            ]
        )

    def _place(self, work: Work) -> dict[str, float]:
        spoken = (work.language,) if work.language else ()
        return {
            **_among("language", self.languages, spoken),
            **_among("country", self.countries, work.countries),
        }


def fit_taxonomy(works: Sequence[Work]) -> Taxonomy:
    """Learn which genres, languages and countries are common enough for a column.

    Args:
        works: those that may be learned from.

    Example:
        >>> fit_taxonomy([Work(str(n), "A", genres=("Drama",)) for n in range(15)]).genres
        ('Drama',)
    """
    return Taxonomy(
        _common(genre for work in works for genre in set(work.genres)),
        _common(work.language for work in works if work.language),
        _common(country for work in works for country in set(work.countries)),
    )


def _common(values: Iterable[str]) -> tuple[str, ...]:
    counted = Counter(values)
    often = sorted((name for name, many in counted.items() if many >= FEWEST), key=lambda name: (-counted[name], name))
    return tuple(sorted(often[:MOST]))


def _among(prefix: str, all_of_them: Sequence[str], mine: Sequence[str]) -> dict[str, float]:
    there = frozenset(mine)
    return {f"{prefix}_{one}": float(one in there) if mine else UNKNOWN for one in all_of_them}
