"""Lines and dates of weeks behind a chart whose columns are days."""

from collections.abc import Iterator, Sequence
from datetime import date

from openslate.drawing.page_words import day_in_words
from openslate.drawing.svg import line, words

LABEL = 48
"""Room for a day and its month in a wide font."""


def weeks(dates: Sequence[date], left: float, right: float, top: float, height: float) -> Iterator[str]:
    """A line at each Monday and at the first date, with its day where there is room for it.

    Args:
        dates: of the columns, one after another.
        left, right: where the first column begins and the last one ends.
        top: of the first row; dates stand above it.
        height: at which lines end.
    """
    pitch, room = (right - left) / len(dates), 0.0
    for place, day in enumerate(dates):
        x = left + pitch * place
        if day.weekday() == 0 or place == 0:
            yield line(x, top - 6, x, height, "hairline")
            spot = min(x, right + 8 - LABEL)
            if spot >= room:
                yield words(f"{day.day} {day_in_words(day).split()[1][:3]}", spot, top - 12, size=12, ink="ink-dim")
                room = spot + LABEL + 4
