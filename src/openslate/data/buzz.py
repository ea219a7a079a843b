"""What had been written about titles and people before a day: sums over the days before it, and never a later count.

Press writes the table, or it is imported from elsewhere; whoever forecasts reads it here, as of a day. A count is
looked at from the day on which it was known.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.data.schema import BUZZ
from openslate.data.versions import newest
from openslate.errors import UsageError
from openslate.project import Project

COUNTS = ("stories", "items", "heat", "weighted")
Days = NDArray[np.int64]
Sums = NDArray[np.float64]


@dataclass(frozen=True)
class Coverage:
    """Counts of one title or person.

    Attributes:
        days: int64 [days], since 1970, in order.
        known: int64 [days], first day on which each was known.
        sums: float64 [days + 1, 4], of stories, items, heat and weighted items on all days before.
    """

    days: Days
    known: Days
    sums: Sums


@dataclass(frozen=True)
class Buzz:
    """Counts of every title and person, as far as they were known on a day.

    Attributes:
        titles: by id.
        people: by name, in small letters.
        begins: first day of which anything was counted, days since 1970; nothing is known of earlier ones.
    """

    titles: Mapping[str, Coverage]
    people: Mapping[str, Coverage]
    begins: int

    @property
    def counted(self) -> bool:
        """Whether anything was ever counted."""
        return bool(self.titles or self.people)

    def of(self, kind: str, subject: str, before: date, days: int) -> Sums:
        """What was counted in the days before a day, and known by then.

        Args:
            kind: 'title' or 'person'.
            subject: the title's id, or the person's name.
            before: a day; counts of it are not looked at, nor any that became known after it.
            days: how many of them, before it.

        Returns:
            float64 [4], stories, items, heat and weighted items; 0 where nothing was written, NaN where nobody counted
            all the while.

        Raises:
            UsageError: no such kind.

        Example:
            >>> one = Coverage(np.array([10, 12]), np.array([11, 20]), np.array([[0.0] * 4, [1.0] * 4, [3.0] * 4]))
            >>> buzz = Buzz({"a": one}, {}, 0)
            >>> [float(buzz.of("title", "a", date(1970, 1, 1 + day), 10)[0]) for day in (10, 11, 14, 20)]
            [0.0, 1.0, 1.0, 3.0]
        """
        if kind not in ("title", "person"):
            raise UsageError(f"Buzz is of no {kind!r}.", "Ask for a title or a person.")
        until = (before - date(1970, 1, 1)).days
        if until - days < self.begins:
            return np.full(len(COUNTS), np.nan)
        found = self.titles.get(subject) if kind == "title" else self.people.get(subject.casefold())
        if found is None:
            return np.zeros(len(COUNTS))
        low = bisect_left(found.days, until - days)
        high = bisect_left(found.days, until)
        late = np.flatnonzero(found.known[low:high] > until)
        # Counts that were made long after their day are rare: most days are counted on the next one.
        untold = (np.diff(found.sums[low : high + 1], axis=0)[late]).sum(axis=0)
        return np.asarray(found.sums[high] - found.sums[low] - untold, dtype=np.float64)


NONE = Buzz({}, {}, np.iinfo(np.int64).max // 2)
"""Nothing was ever counted."""


def read_buzz(project: Project, as_of: date | None = None) -> Buzz:
    """What was written about titles and people, as far as it was known on a day.

    Stability: provisional.

    Args:
        project: where.
        as_of: the day; counts that became known after it are not read. None for everything there is.

    Raises:
        ProjectError: a file cannot be read.
    """
    relation = newest(project, project.lake.snapshot("buzz"), BUZZ)
    with project.lake.reading() as connection:
        rows = connection.execute(
            "SELECT kind, subject, day - DATE '1970-01-01', known - DATE '1970-01-01', stories, items, heat, weighted "
            f"FROM {relation} WHERE ?::DATE IS NULL OR known <= ?::DATE ORDER BY kind, subject, day",
            (as_of, as_of),
        ).fetchall()
    if not rows:
        return NONE
    several: dict[tuple[str, str], list[tuple[float, ...]]] = {}
    for kind, subject, *counts in rows:
        several.setdefault((str(kind), str(subject).casefold() if kind == "person" else str(subject)), []).append(
            tuple(float(one) for one in counts)
        )
    covered = {key: coverage_of(counts) for key, counts in several.items()}
    return Buzz(
        {subject: one for (kind, subject), one in covered.items() if kind == "title"},
        {subject: one for (kind, subject), one in covered.items() if kind == "person"},
        min(int(one.days[0]) for one in covered.values()),
    )


def renamed(buzz: Buzz, names: Mapping[str, str]) -> Buzz:
    """Buzz with titles under other ids; counts of titles that become one are added up.

    Args:
        buzz: of titles by the catalogue's ids.
        names: from these ids to others; a title that is not named keeps its own.
    """
    several: dict[str, list[Coverage]] = {}
    for title, one in buzz.titles.items():
        several.setdefault(names.get(title, title), []).append(one)
    return replace(buzz, titles={title: _joined(those) for title, those in several.items()})


def _joined(several: list[Coverage]) -> Coverage:
    if len(several) == 1:
        return several[0]
    rows = [
        (float(day), float(known), *counts)
        for one in several
        for day, known, counts in zip(one.days, one.known, np.diff(one.sums, axis=0).tolist(), strict=True)
    ]
    return coverage_of(rows)


def coverage_of(counts: Sequence[tuple[float, ...]]) -> Coverage:
    """The counts of one title or person, in order.

    Args:
        counts: day and first day known, days since 1970, stories, items, heat and weighted items.
    """
    table = np.array(sorted(counts), dtype=np.float64)
    sums = np.concatenate([np.zeros((1, len(COUNTS))), np.cumsum(table[:, 2:], axis=0)])
    return Coverage(table[:, 0].astype(np.int64), table[:, 1].astype(np.int64), sums)
