"""The past as it was known on a day: labels and outcomes by series, company and person, none that closed later.

A question about a day is answered from windows that ended before it. What is asked with the day on which a row's block
begins is what a forecaster could have known on that day.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.features.money import currency_of
from openslate.apps.greenlight.features.told import ToldBySeries, told_by_series
from openslate.apps.greenlight.labels import Labels
from openslate.apps.greenlight.works import Work
from openslate.data.buzz import NONE, Buzz
from openslate.data.matching.spelling import words_of
from openslate.data.outcomes import Outcomes

_SUBTITLE = re.compile(r"\s*(?: // .*|:\s.*|\s[-–—]\s.*)$")
_COUNTING = frozenset(["part", "volume", "chapter", "book", "episode", "season", "series", "the", "a", "an"])
SHORT_DAYS = 14
"""Windows of at most so many days are weekly lists; longer ones are reports."""


@dataclass(frozen=True)
class Past:
    """What became of works.

    Attributes:
        works: all that anything is known of.
        labels: of those that have one, in order of release.
        reports: outcomes in longer windows, of the measure that says most.
        weeks: outcomes in weekly windows, of the measure that says most.
        ranks: weekly ranks.
        wait: whether a label is known when it was published, and not when its window closed.
        keys: what titles of one series share, of each work; worked out where they are left out.
        buzz: what was written about titles and people; nothing where nobody counts that.
    """

    works: tuple[Work, ...]
    labels: Labels
    reports: Outcomes | None
    weeks: Outcomes | None
    ranks: Outcomes | None
    wait: bool = False
    keys: tuple[str, ...] = ()
    buzz: Buzz = NONE

    @cached_property
    def place(self) -> dict[str, int]:
        """From a work's id to its place."""
        return {work.id: row for row, work in enumerate(self.works)}

    @cached_property
    def series(self) -> tuple[str, ...]:
        """What titles of one series share, of each work; may be empty."""
        return self.keys or tuple(series_key(work) for work in self.works)

    @cached_property
    def currency(self) -> str:
        """The currency of the budgets that are learned from; one in another counts as unknown."""
        return currency_of(self.labels.works)

    @cached_property
    def closes(self) -> NDArray[np.datetime64]:
        """The day after which each label may be used, datetime64[D] [labels]."""
        return self.labels.ends if self.unknown_until is None else self.unknown_until

    @cached_property
    def unknown_until(self) -> NDArray[np.datetime64] | None:
        """The day before each label was published, datetime64[D] [labels]; None where nothing waits for that."""
        return self.labels.published - np.timedelta64(1, "D") if self.wait else None

    @cached_property
    def labels_by_series(self) -> dict[str, list[tuple[date, int]]]:
        """(closing day, label) of each series, by closing day."""
        return self._labels_by(lambda work: (key,) if (key := self.series[self.place[work.id]]) else ())

    @cached_property
    def labels_by_company(self) -> dict[str, list[tuple[date, int]]]:
        """The same of each company."""
        return self._labels_by(lambda work: work.companies)

    @cached_property
    def labels_by_person(self) -> dict[str, list[tuple[date, int]]]:
        """The same of each person."""
        return self._labels_by(lambda work: work.people)

    @cached_property
    def reports_by_series(self) -> ToldBySeries:
        """Reported outcomes of each series."""
        return self._told_by_series(self.reports, logs=True)

    @cached_property
    def weeks_by_series(self) -> ToldBySeries:
        """Weekly outcomes of each series."""
        return self._told_by_series(self.weeks, logs=True)

    @cached_property
    def ranks_by_series(self) -> ToldBySeries:
        """Weekly ranks of each series."""
        return self._told_by_series(self.ranks, logs=False)

    def ready(self) -> None:
        """Put all of it in order now, and not when it is first asked."""
        _ = self.labels_by_series, self.labels_by_company, self.labels_by_person
        _ = self.reports_by_series, self.weeks_by_series, self.ranks_by_series

    def _labels_by(self, keys: Callable[[Work], Iterable[str]]) -> dict[str, list[tuple[date, int]]]:
        found: dict[str, list[tuple[date, int]]] = defaultdict(list)
        closes = self.closes.tolist()
        for row, work in enumerate(self.labels.works):
            for key in dict.fromkeys(keys(work)):
                found[key].append((closes[row], row))
        return {key: sorted(rows) for key, rows in found.items()}

    def _told_by_series(self, outcomes: Outcomes | None, logs: bool) -> ToldBySeries:
        closes = np.empty(0, dtype="datetime64[D]")
        if outcomes is not None:
            closes = outcomes.published - np.timedelta64(1, "D") if self.wait else outcomes.ends
        return told_by_series(outcomes, closes, self.place, self.series, logs)


def before(rows: Sequence[tuple[date, int]], day: date) -> Sequence[tuple[date, int]]:
    """Those that closed before a day.

    Args:
        rows: by closing day.
        day: on which is asked.
    """
    return rows[: bisect_left(rows, (day, -1))]


def series_key(work: Work) -> str:
    """What titles of one series or franchise share: its name, or the title without subtitle and numbers; may be empty.

    Example:
        >>> series_key(Work("a", "The Matrix")), series_key(Work("b", "Matrix 2: Reloaded"))
        ('matrix', 'matrix')
        >>> series_key(Work("c", "x", series="Money Heist")), series_key(Work("d", "1917"))
        ('money heist', '1917')
    """
    words = words_of(_SUBTITLE.sub("", work.series or work.name))
    kept = [word for word in words if word not in _COUNTING]
    while len(kept) > 1 and kept[-1].isdigit():
        kept.pop()
    return " ".join(kept or words)


def code_of(keys: Sequence[Hashable]) -> NDArray[np.int64]:
    """A number for each key, the same for the same key, in order of first mention."""
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)
