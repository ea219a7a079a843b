"""Rolling origins by release date: what was known at each of several days, and what came out after it.

At an origin a title may be learned from only when its label window has closed, and its label was known, before that
day. The latest closed blocks before the origin calibrate, as many as it takes, and of what is known at the origin, that
whose windows had closed when they began is what the model that is calibrated learns from: calibration then looks ahead
over open windows as the test does. What else is known at the origin is learned from last, when calibration is over.
Source: L. Tashman, "Out-of-sample tests of forecasting accuracy", International Journal of Forecasting 16, 2000.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError, UsageError

Days = NDArray[np.datetime64]
Rows = NDArray[np.int64]
FEWEST_TO_CALIBRATE = 20
"""Below this many rows the outer quantiles of a calibration block are its extremes."""
ENOUGH_TO_CALIBRATE = 600
"""So many rows that each of a few groups has margins that chance moves little; blocks before the latest closed one
calibrate with it until there are as many."""
LEAST_TO_FIT = 0.6
"""The share of what is known that is left to fit on where more than the latest closed block calibrates."""


@dataclass(frozen=True)
class Origin:
    """One day on which a forecast is made, and who plays which part on it.

    Attributes:
        day: the origin itself, the first day of the test.
        until: the first day after the test.
        calibrated_from: the first day of the calibration block.
        fit: int64, rows known at the origin whose windows had closed when the calibration block began.
        calibration: int64, rows released in the calibration block whose label was known at the origin.
        last: int64, every other row whose label was known at the origin, such as of windows that were open when the
            calibration block began.
        test: int64, rows released from `day` to the day before `until`.
        left_out: titles that lie on both sides, through another region or an earlier release, and are not tested.
    """

    day: date
    until: date
    calibrated_from: date
    fit: Rows
    calibration: Rows
    last: Rows
    test: Rows
    left_out: int

    @property
    def known(self) -> Rows:
        """Every row whose label was known at the origin, in order."""
        return np.union1d(np.union1d(self.fit, self.calibration), self.last)


@dataclass(frozen=True)
class RollingOrigins:
    """Origins one after another, each testing on the block up to the next.

    Attributes:
        released: datetime64[D] [rows], first day of each row's release in its region.
        closes: datetime64[D] [rows], last day of the label window.
        titles: int64 [rows], the title of each row: rows of one title in several regions never lie on both sides.
        boundaries: first day of each block in order, and the first day after the last one; at least four.
        gap: days that must lie between the closing of a window and the day it is learned from.
        counted: bool [rows], rows of which a calibration block must hold enough; None for all.
        unknown_until: datetime64[D] [rows], last day on which the label was not yet known, such as the one before its
            publication; None where it was known when its window had closed.

    Example:
        >>> days = np.array(["2023-01-10", "2023-07-10", "2024-01-10"] * 20, dtype="datetime64[D]")
        >>> halves = (date(2023, 1, 1), date(2023, 7, 1), date(2024, 1, 1), date(2024, 7, 1))
        >>> origins = RollingOrigins(days, days + 90, np.arange(60), halves)
        >>> [(str(one.day), len(one.fit), len(one.calibration), len(one.test)) for one in origins]
        [('2024-01-01', 20, 20, 20)]
    """

    released: Days
    closes: Days
    titles: Rows
    boundaries: tuple[date, ...]
    gap: int = 0
    counted: NDArray[np.bool_] | None = None
    unknown_until: Days | None = None

    def __post_init__(self) -> None:
        if len(self.boundaries) < 4 or list(self.boundaries) != sorted(set(self.boundaries)):
            raise UsageError(
                f"The blocks begin on {[str(day) for day in self.boundaries]}, from which no origin follows.",
                "Give at least four days in order: of a block to fit, to calibrate and to test on, and where it ends.",
            )
        if self.gap < 0:
            raise UsageError(f"The gap is {self.gap} days.", "Give 0 or more.")
        if not len(self.released) == len(self.closes) == len(self.titles):
            raise UsageError(
                f"There are {len(self.released)} release days, {len(self.closes)} closing days and"
                f" {len(self.titles)} titles.",
                "Give each row one of each.",
            )
        early = np.flatnonzero(~(self.closes >= self.released))
        if len(early):
            raise UsageError(
                f"The label window of row {early[0]} closes on {self.closes[early[0]]}, before its release on"
                f" {self.released[early[0]]}.",
                "Leave out titles without a release day, and give each the last day of its own window.",
            )

    def __iter__(self) -> Iterator[Origin]:
        """Every origin in order.

        Raises:
            FitError: a calibration block holds too few rows, or nothing is there to fit on or to test.
        """
        for place in range(2, len(self.boundaries) - 1):
            yield self.at(self.boundaries[place], self.boundaries[place + 1], self.boundaries[:place])

    def at(self, day: date, until: date, earlier: Sequence[date]) -> Origin:
        """One origin.

        Args:
            day: the origin.
            until: the first day after the test.
            earlier: first days of the blocks before it, in order; the calibration block begins with the latest of them
                from which enough rows have closed while enough are left to fit on, and ends where the first open
                window begins.

        Raises:
            FitError: none of them holds enough rows whose label was known, or nothing is there to fit on or to test.
        """
        learned = self.on(day, earlier)
        tested = (self.released >= np.datetime64(day)) & (self.released < np.datetime64(until))
        both = tested & np.isin(self.titles, self.titles[learned.known])
        test = np.flatnonzero(tested & ~both)
        if not len(test):
            raise FitError(
                f"From {day} to {until} there are no rows to test.", "Import later outcomes, or leave this origin out."
            )
        return replace(learned, until=until, test=test, left_out=len(np.unique(self.titles[both])))

    def on(self, day: date, earlier: Sequence[date]) -> Origin:
        """A day on which there is nothing to test yet, such as today.

        Args:
            day: on which a forecast is made.
            earlier: first days of the blocks before it, as in `at`.

        Raises:
            FitError: no block holds enough rows whose label was known, or nothing is there to fit on.
        """
        known = self.known_by(day)
        begins, calibration = self._latest_closed(day, known, earlier)
        fit = np.flatnonzero(self._to_fit(known, begins))
        if not len(fit):
            raise FitError(
                f"At {day} there are no rows to fit on.", "Import earlier outcomes, or leave this origin out."
            )
        last = np.setdiff1d(np.flatnonzero(known), np.union1d(fit, calibration))
        return Origin(day, day, begins, fit, calibration, last, np.empty(0, dtype=np.int64), 0)

    def known_by(self, day: date) -> NDArray[np.bool_]:
        """Rows whose label window closed, and was known, more than `gap` days before a day, bool [rows]."""
        return self._closed_by(day) & self._before(self.unknown_until, day)

    def _closed_by(self, day: date) -> NDArray[np.bool_]:
        return self._before(self.closes, day)

    def _before(self, days: Days | None, day: date) -> NDArray[np.bool_]:
        if days is None:
            return np.ones(len(self.released), dtype=np.bool_)
        before: NDArray[np.bool_] = days + np.timedelta64(self.gap, "D") < np.datetime64(day)
        return before

    def _latest_closed(self, day: date, known: NDArray[np.bool_], earlier: Sequence[date]) -> tuple[date, Rows]:
        still_open = ~known & (self.released < np.datetime64(day))
        # From the first open window on, what has closed already would be the short windows alone.
        end = np.append(self.released[still_open], np.datetime64(day)).min()
        found: tuple[date, Rows] | None = None
        for begins in reversed(earlier):
            rows = np.flatnonzero(known & (self.released >= np.datetime64(begins)) & (self.released < end))
            counted = len(rows) if self.counted is None else int(self.counted[rows].sum())
            if counted < FEWEST_TO_CALIBRATE:
                continue
            if found is not None and self._to_fit(known, begins).sum() < LEAST_TO_FIT * known.sum():
                break
            found = begins, rows
            if counted >= ENOUGH_TO_CALIBRATE:
                break
        if found is not None:
            return found
        raise FitError(
            f"Before {day} no block has {FEWEST_TO_CALIBRATE} or more outcomes that were known by then.",
            "Import earlier outcomes, or begin with a later origin.",
        )

    def _to_fit(self, known: NDArray[np.bool_], begins: date) -> NDArray[np.bool_]:
        """Rows that may be learned from before calibration begins on a day."""
        return known & self._closed_by(begins) & (self.released < np.datetime64(begins))
