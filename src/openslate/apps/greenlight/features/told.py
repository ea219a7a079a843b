"""Outcomes of the works of each series, put in order once and looked up for one series at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.data.outcomes import Outcomes

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Told:
    """One outcome of a work.

    Attributes:
        ends: last day of the window, which decides from when on it may be used.
        starts: first day.
        work: its place.
        log: ln of the value, or the rank itself.
    """

    ends: date
    starts: date
    work: int
    log: float


@dataclass(frozen=True)
class ToldBySeries:
    """Outcomes in order of their series, of the day from which they may be used, and of the work.

    Attributes:
        numbers: of each series, its number.
        begins: int64 [series + 1], where each begins.
        ends, starts: datetime64[D].
        work: int64.
        log: float64.
    """

    numbers: Mapping[str, int]
    begins: Numbers
    ends: NDArray[np.datetime64]
    starts: NDArray[np.datetime64]
    work: Numbers
    log: NDArray[np.float64]

    def before(self, series: str, day: date) -> list[Told]:
        """What was told of a series before a day, by the day.

        Args:
            series: its key; of one that is not known nothing was told.
            day: on which is asked.
        """
        number = self.numbers.get(series)
        if number is None:
            return []
        first, last = self.begins[number : number + 2]
        last = first + np.searchsorted(self.ends[first:last], np.datetime64(day))
        columns = (one[first:last].tolist() for one in (self.ends, self.starts, self.work, self.log))
        return [Told(*row) for row in zip(*columns, strict=True)]


def told_by_series(
    outcomes: Outcomes | None, closes: NDArray[np.datetime64], place: Mapping[str, int], keys: Sequence[str], logs: bool
) -> ToldBySeries:
    """Put outcomes in order.

    Args:
        outcomes: of works; those of others, of works without a series and of nothing are left out.
        closes: of each outcome, the last day on which it may not be used.
        place: of each work, by id.
        keys: the series of each work, '' for none.
        logs: whether values are taken by their logarithm.
    """
    numbers: dict[str, int] = {}
    series = np.array([numbers.setdefault(key, len(numbers)) if key else -1 for key in keys] + [-1], dtype=np.int64)
    if outcomes is None:
        work, value = np.empty(0, dtype=np.int64), np.empty(0)
        starts = ends = np.empty(0, dtype="datetime64[D]")
    else:
        # A place past the end stands for titles that are no work; it has no series.
        work = np.array([place.get(title, len(keys)) for title in outcomes.title], dtype=np.int64)
        value, starts, ends = outcomes.value, outcomes.starts, closes
    rows = np.flatnonzero((series[work] >= 0) & (value > 0))
    rows = rows[np.lexsort((work[rows], ends[rows], series[work[rows]]))]
    begins = np.searchsorted(series[work[rows]], np.arange(len(numbers) + 1))
    log = np.log(value[rows]) if logs else value[rows]
    return ToldBySeries(numbers, begins, ends[rows], starts[rows], work[rows], log)
