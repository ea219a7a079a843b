"""The titles that a pitch may compare with, placed once, with what became of each and since when that was known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.comps.profiles import Profiles
from openslate.apps.greenlight.comps.theme import Theme
from openslate.apps.greenlight.features.past import series_key
from openslate.apps.greenlight.labels import Labels
from openslate.apps.greenlight.works import Work
from openslate.data.matching.naming import NamedTitles
from openslate.errors import UsageError


@dataclass(frozen=True)
class Seen:
    """Titles of the catalogue; arrays are aligned with `works`.

    Attributes:
        works: with or without an outcome.
        profiles: by the theme they are compared by.
        logs: float64, ln of the outcome, NaN where there is none.
        known: datetime64[D], first day on which it was known, NaT where there is none.
        at_most: bool, whether the outcome is only known not to be more.
    """

    works: tuple[Work, ...]
    profiles: Profiles
    logs: NDArray[np.float64]
    known: NDArray[np.datetime64]
    at_most: NDArray[np.bool_]

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """Of the titles, in order."""
        return tuple(work.id for work in self.works)

    @cached_property
    def series(self) -> tuple[str, ...]:
        """What titles of one series share, of each; may be empty."""
        return tuple(series_key(work) for work in self.works)

    def places(self, titles: Sequence[str], as_of: date | None) -> NDArray[np.int64]:
        """Where titles stand that a person named, by id or by name.

        Args:
            titles: ids, or names in any case.
            as_of: titles that were released later were not known on that day; None for any title.

        Raises:
            UsageError: there is none, there are several, or it was not out on that day; with the nearest names.
        """
        return np.array([self._place(title, as_of) for title in titles], dtype=np.int64)

    def _place(self, title: str, as_of: date | None) -> int:
        place = self.named.place(title)
        if as_of is not None:
            require_out(title, self.works[place], as_of)
        return place

    @cached_property
    def named(self) -> NamedTitles:
        """The titles as people name them."""
        return names_of_works(self.works)


def names_of_works(works: Sequence[Work]) -> NamedTitles:
    """Works as people name them."""
    return NamedTitles(tuple(work.id for work in works), tuple(work.name for work in works))


def require_out(title: str, work: Work, as_of: date) -> None:
    """Refuse a title that was not out on a day.

    Args:
        title: as it was named.
        work: that is meant.
        as_of: the day.

    Raises:
        UsageError: it was released later, or on no day that is known.
    """
    released = work.released
    if released is None or released > as_of:
        day = "has no release day" if released is None else f"was released on {released}"
        raise UsageError(
            f"{title!r} {day}, and the comparison is as of {as_of}.", "Choose a title that was out by then."
        )


def see(theme: Theme, works: Sequence[Work], labels: Labels, profiles: Profiles | None = None) -> Seen:
    """Place titles and set beside each what became of it.

    Args:
        theme: by which they are compared.
        works: of the catalogue.
        labels: what became of those of which that is known.
        profiles: of the works by the same theme, where they are there already.
    """
    row_of = {work.id: row for row, work in enumerate(labels.works)}
    rows = np.array([row_of.get(work.id, -1) for work in works], dtype=np.int64)
    # A row past the end stands for titles without an outcome; -1 finds it.
    return Seen(
        works=tuple(works),
        profiles=theme.profiles(works, learned=True) if profiles is None else profiles,
        logs=np.append(labels.logs, np.nan)[rows],
        known=np.append(labels.published, np.datetime64("NaT", "D"))[rows],
        at_most=np.append(labels.at_most, False)[rows],
    )
