"""The titles that a pitch may compare with, placed once, with what became of each and since when that was known."""

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.comps.profiles import Profiles, folded
from openslate.apps.greenlight.comps.theme import Theme
from openslate.apps.greenlight.features.past import series_key
from openslate.apps.greenlight.labels import Labels
from openslate.apps.greenlight.works import Work
from openslate.errors import UsageError

NAMED = 3
"""Titles that a person is asked about who named none."""
SHARED = 0.6
"""Share of the words of a name from which on a title with them may be meant."""
WORD = re.compile(r"\w+")


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
        by_id = [place for place, one in enumerate(self.ids) if one == title]
        wanted = folded([title])
        found = by_id or [place for place, name in enumerate(self._names) if wanted and name == wanted[0]]
        if not found:
            raise UsageError(f"There is no title {title!r}.", self._nearest(title))
        ids = sorted({self.ids[place] for place in found})
        if len(ids) > 1:
            raise UsageError(f"{title!r} is the name of {len(ids)} titles.", f"Give the id: {', '.join(ids[:5])}.")
        released = self.works[found[0]].released
        if as_of is not None and (released is None or released > as_of):
            day = "has no release day" if released is None else f"was released on {released}"
            raise UsageError(
                f"{title!r} {day}, and the comparison is as of {as_of}.", "Choose a title that was out by then."
            )
        return found[0]

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return tuple("".join(folded([work.name])) for work in self.works)

    def _nearest(self, title: str) -> str:
        """The titles that may be meant: those with its words first, whatever else they are called, then by letters."""
        asked = "".join(folded([title[:200]]))
        words = _words(asked)
        shared = [len(words & _words(name)) / max(len(words), 1) for name in self._names]
        letters = set(difflib.get_close_matches(asked, self._names, n=NAMED, cutoff=0.5))
        likely = [
            (-share, abs(len(_words(name)) - len(words)), name)
            for share, name in zip(shared, self._names, strict=True)
            if share >= SHARED or name in letters
        ]
        if not likely:
            return "Give the id or the name of a title in the catalogue."
        named = [self.works[self._names.index(name)] for *_, name in sorted(likely)[:NAMED]]
        return f"Did you mean {' or '.join(f'{work.name!r} ({work.id})' for work in named)}?"


def _words(name: str) -> set[str]:
    """The words of a name, of two names the first's; that it is a season is in none of them."""
    return set(WORD.findall(name.partition("//")[0].lower())) - {"season", "series"}


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
