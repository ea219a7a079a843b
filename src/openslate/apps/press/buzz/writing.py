"""Coverage of the desk, counted and written as the table `buzz`: a day once it is over, and never again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, cast

import numpy as np

from openslate import clock
from openslate.apps.press.buzz.counting import DayCount, closed_days, counts_of
from openslate.apps.press.buzz.mentioned import mentioned_until
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.scores.taxonomy import Taxonomy
from openslate.clock import from_microseconds, to_microseconds
from openslate.data.sources.arrays import Columns, import_arrays
from openslate.errors import UsageError
from openslate.progress import Progress, silent

SOURCE = "press desk"
By = Literal["seen", "published"]


@dataclass(frozen=True)
class Written:
    """What came of counting.

    Attributes:
        days: that were counted, in order.
        counts: of subjects and days.
    """

    days: tuple[date, ...]
    counts: tuple[DayCount, ...]


def write_buzz(
    desk: Desk, taxonomy: Taxonomy, until: date | None = None, by: By = "seen", progress: Progress = silent
) -> Written:
    """Count the days that are over and were not counted yet, and write them.

    What a day counts stays as it was counted, even where stories are joined or parted later: a forecast of that day
    would have seen no more. Counts of a day are known on the next.

    Args:
        desk: whose coverage it is; its items must be in stories.
        taxonomy: topics and tiers.
        until: days before this one are counted; those before today when left out.
        by: a day has what was seen on it, or what was published on it: for an archive that arrived all at once, whose
            coverage would have been seen when it was published. A desk counts by one of them for ever.
        progress: told what is done.

    Raises:
        UsageError: the day is not over, items are in no story yet, or days were counted by the other moment.
        ProjectError: the desk or a table cannot be written.
    """
    today = clock.now().date()
    end = until or today
    if end > today:
        raise UsageError(f"{end - timedelta(days=1)} is not over.", f"Count days before {today}.")
    days = _uncounted(desk, end, by)
    if not days:
        return Written((), ())
    progress("Reading stories", 0.1)
    counts = counts_of(mentioned_until(desk, taxonomy, end, by), days)
    progress("Writing counts", 0.7)
    if counts:
        import_arrays(desk.project, [{"buzz": _columns(counts)}], source=SOURCE, location="press/desk.sqlite")
    with desk.transaction():
        for day in days:
            desk.execute(
                "INSERT OR IGNORE INTO counted (day, by, at) VALUES (?, ?, ?)",
                (day.isoformat(), by, to_microseconds(clock.now())),
            )
    progress("Counted", 1.0)
    return Written(tuple(days), tuple(counts))


def _uncounted(desk: Desk, end: date, by: By) -> list[date]:
    for (other,) in desk.rows("SELECT by FROM counted WHERE by != ? LIMIT 1", (by,)):
        raise UsageError(f"This desk's days were counted by when things were {other!s}.", f"Count on: --by {other!s}.")
    first = desk.rows("SELECT min(CASE WHEN ? = 'seen' THEN seen ELSE published END) FROM items", (by,))[0][0]
    if first is None:
        return []
    counted = {str(row[0]) for row in desk.rows("SELECT day FROM counted")}
    begins = from_microseconds(cast(int, first)).date()
    return [day for day in closed_days(begins, end) if day.isoformat() not in counted]


def _columns(counts: Sequence[DayCount]) -> Columns:
    days = np.array([one.day for one in counts], dtype="datetime64[D]")
    return {
        "kind": np.array([one.subject[0] for one in counts], dtype=object),
        "subject": np.array([one.subject[1] for one in counts], dtype=object),
        "day": days,
        "known": days + np.timedelta64(1, "D"),
        "stories": np.array([one.stories for one in counts], dtype=np.int64),
        "items": np.array([one.items for one in counts], dtype=np.int64),
        "heat": np.array([one.heat for one in counts], dtype=np.float64),
        "weighted": np.array([one.weighted for one in counts], dtype=np.float64),
    }
