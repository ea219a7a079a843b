"""Blocks of time: the halves of reports, or calendar years where windows begin with the release.

A title is looked at as on the first day of the block in which it comes out, for that is when a forecast of the block is
made; those who are learned from and those who are tested alike.
"""

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from openslate.apps.greenlight.labels import Labels
from openslate.errors import FitError, UsageError

FEWEST_TESTED = 150
LENGTHS = (3, 6, 12, 24, 36)
"""Months of a block; the shortest that holds enough titles is taken."""
FEWEST_BLOCKS = 4
RECENT = 5
"""Blocks whose size decides."""


def boundaries(labels: Labels, months: int | None = None) -> tuple[date, ...]:
    """First days of the blocks, in order, and the first day after the last one.

    Args:
        labels: of the works.
        months: how long blocks are; None to choose. Where windows are those of a calendar, the calendar's own.

    Raises:
        FitError: there are no labels.
        UsageError: blocks of no months, or more than ten years, are asked for.
    """
    if not len(labels):
        raise FitError("No title has an outcome in the window of its release.", "Import outcomes of dated titles.")
    if months is not None and not 1 <= months <= 120:
        raise UsageError(f"A block cannot be {months} months long.", "Give 1 to 120.")
    if not labels.from_release and months is None:
        return (*np.unique(labels.starts).tolist(), labels.ends.max().item() + timedelta(days=1))
    if months is not None:
        return _calendar(labels, months)
    choices = [_calendar(labels, length) for length in LENGTHS]
    # Where titles are few, blocks may be small, but there must be enough of them to roll over.
    enough = [days for days in choices if len(days) > FEWEST_BLOCKS] or choices[:1]
    for days in enough:
        counts = np.histogram(labels.released.astype(np.int64), np.array(days, "datetime64[D]").astype(np.int64))[0]
        if np.median(counts[-RECENT:]) >= FEWEST_TESTED:
            return days
    return enough[-1]


def block_of(days: Sequence[date], released: date) -> date:
    """The first day of the block in which a title comes out; of one before all blocks, its own release.

    Args:
        days: as of `boundaries`.
        released: its first day.

    Example:
        >>> block_of((date(2024, 1, 1), date(2024, 7, 1), date(2025, 1, 1)), date(2024, 8, 2)).isoformat()
        '2024-07-01'
    """
    place = bisect_right(days, released)
    return days[place - 1] if place else released


def _calendar(labels: Labels, months: int) -> tuple[date, ...]:
    """Blocks that end with the month, half-year or year of the last release."""
    last: date = labels.released.max().item()
    every = 12 if months % 12 == 0 else months if 12 % months == 0 else 1
    end = last.year * 12 + ((last.month - 1) // every + 1) * every
    first: date = labels.released.min().item()
    place = end
    found = [place]
    while place > first.year * 12 + first.month - 1:
        place -= months
        found.append(place)
    return tuple(date(place // 12, place % 12 + 1, 1) for place in reversed(found))
