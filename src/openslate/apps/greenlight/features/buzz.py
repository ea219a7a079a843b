"""What was written about a title and its people before the day of the forecast, where coverage is counted."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from openslate.apps.greenlight.features.column import UNKNOWN, Columns, columns
from openslate.apps.greenlight.works import Work
from openslate.data.buzz import COUNTS, Buzz

FAMILY = "press coverage"
WEEK, MONTH, YEAR = 7, 28, 365
PEOPLE = 6
"""Of the credits, so many are looked at, as for their record."""
STORIES, HEAT, WEIGHTED = 0, 2, 3


def buzz_columns(works: Sequence[Work], as_of: Sequence[date], buzz: Buzz) -> Columns:
    """Features of press coverage.

    Args:
        works: what is known of each.
        as_of: of each, the day before which coverage is looked at.
        buzz: as counted.
    """
    return columns(FAMILY, "closed", [_row(work, day, buzz) for work, day in zip(works, as_of, strict=True)])


def _row(work: Work, day: date, buzz: Buzz) -> dict[str, float]:
    # A pitch that is no title of the catalogue yet can be written about under a name that nobody links.
    week, month, year = (
        buzz.of("title", work.id, day, days) if work.id else np.full(len(COUNTS), UNKNOWN)
        for days in (WEEK, MONTH, YEAR)
    )
    people = [buzz.of("person", name, day, YEAR) for name in work.people[:PEOPLE]]
    stories = np.log1p([one[STORIES] for one in people])
    return {
        "title_stories_month": float(np.log1p(month[STORIES])),
        "title_stories_year": float(np.log1p(year[STORIES])),
        "title_heat_month": float(np.log1p(month[HEAT])),
        "title_weighted_month": float(np.log1p(month[WEIGHTED])),
        # Above 0 where the last week was livelier than the month it ends.
        "title_stories_rise": float(np.log1p(week[STORIES] * MONTH / WEEK) - np.log1p(month[STORIES])),
        "people_stories_best": float(stories.max()) if people else UNKNOWN,
        "people_stories_mean": float(stories.mean()) if people else UNKNOWN,
    }
