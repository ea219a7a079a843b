"""What the studio's past shoots took: a table of scenes, planned and shot, as CSV."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from openslate.apps.production.reading.table_cells import choice_in, day_in, name_in, whole_or_none_in
from openslate.apps.production.reading.table_file import Row, table_rows, written_table
from openslate.errors import AdmitError

NEEDED = ("shoot", "scene", "planned_minutes", "actual_minutes", "date")
COLUMNS = (*NEEDED, "exterior", "lost_to", "cast")
LONGEST = 3_000
"""Minutes that a scene can take; more is a slip of the pen."""
LostTo = Literal["", "weather", "absence", "other"]
LOSSES: tuple[LostTo, ...] = ("", "weather", "absence", "other")
YES, NO = ("yes", "true", "1", "x"), ("no", "false", "0", "")


@dataclass(frozen=True)
class PastScene:
    """A scene of a past shoot on a day on which it was planned.

    Attributes:
        shoot: its name.
        scene: number.
        planned: minutes.
        actual: minutes that it took; None where it was lost.
        date: of the day.
        exterior: whether weather can take it.
        lost_to: what took it; empty where it was shot.
        cast: how many people it needed; None where nobody says.
    """

    shoot: str
    scene: str
    planned: int
    actual: int | None
    date: date
    exterior: bool = False
    lost_to: LostTo = ""
    cast: int | None = None


def read_past(path: Path) -> tuple[PastScene, ...]:
    """The past scenes in a table; docs/production-risk.md lists its columns.

    Args:
        path: of the file.

    Raises:
        AdmitError: it cannot be read, or a cell is wrong; with file, line, column and value.
    """
    rows = table_rows(path, written_table(path), COLUMNS, NEEDED)
    if not rows:
        raise AdmitError(f"{path} has no row below its columns.", "Leave the file out, or name one with past scenes.")
    return tuple(_scene(row) for row in rows)


def _scene(row: Row) -> PastScene:
    day = day_in(row, "date")
    if day is None:
        raise row.refused("date", "it is empty", "Write the day on which the scene was planned, as 2026-03-01.")
    lost = choice_in(row, "lost_to", LOSSES, "")
    planned = _minutes(row, "planned_minutes")
    actual = _minutes(row, "actual_minutes")
    if planned is None:
        raise row.refused("planned_minutes", "it is empty", "Write the minutes that were planned, such as 90.")
    if (actual is None) != bool(lost):
        raise row.refused(
            "actual_minutes",
            f"it is there, and the scene was lost to {lost}" if lost else "it is empty, and lost_to is as well",
            "Write the minutes of a scene that was shot, or what took one that was not.",
        )
    return PastScene(
        shoot=name_in(row, "shoot"),
        scene=name_in(row, "scene"),
        planned=planned,
        actual=actual,
        date=day,
        exterior=_flag(row, "exterior"),
        lost_to=lost,
        cast=whole_or_none_in(row, "cast"),
    )


def _minutes(row: Row, column: str) -> int | None:
    found = whole_or_none_in(row, column)
    if found is not None and not 1 <= found <= LONGEST:
        raise row.refused(column, f"it is not between 1 and {LONGEST:,} minutes", "Correct it, or take the row out.")
    return found


def _flag(row: Row, column: str) -> bool:
    word = row.cells.get(column, "").lower()
    if word not in (*YES, *NO):
        raise row.refused(column, "it is neither yes nor no", "Write yes or no, or nothing for no.")
    return word in YES


def shot(scenes: Sequence[PastScene]) -> tuple[PastScene, ...]:
    """Those that were not lost."""
    return tuple(one for one in scenes if one.actual is not None)
