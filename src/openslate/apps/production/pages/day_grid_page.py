"""A day-out-of-days as a page: sheets of dates side by side, the totals on the last."""

import itertools
from collections.abc import Sequence
from datetime import date
from typing import Any

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.words import weekday_words
from openslate.apps.production.pages.codes import MEANINGS, Code
from openslate.apps.production.pages.day_grid import DayGrid, GridRow, day_grid
from openslate.apps.production.shoot.days import Calendar
from openslate.drawing.page_words import day_in_words
from openslate.drawing.printed import printed_document

DATES_A_SHEET = 28
"""Four weeks: what is still readable across A4 or Letter beside names and totals."""
TOTALS = ("work", "hold", "idle", "hol.", "days")
_KINDS = {"W": "work", "H": "hold", "I": "idle", "/": "holiday"}


def day_grid_page(board: Board, *, things: bool = True) -> str:
    """The day-out-of-days as a complete HTML document.

    Args:
        board: of which scenes in the boneyard are left out.
        things: whether elements of the breakdown follow the cast.
    """
    grid = day_grid(board, things=things)
    return printed_document(
        "day_grid",
        overline="Day out of days",
        heading=board.shoot.name,
        made=_made(grid),
        sheets=list(_sheets(grid, board.shoot.calendar)),
        totals=TOTALS,
        meanings=list(MEANINGS.items()),
    )


def _made(grid: DayGrid) -> str:
    if not grid.dates:
        return "Nothing is scheduled."
    days = f"{len(grid.shot)} shooting day{'s' if len(grid.shot) > 1 else ''}"
    return f"{days}, {day_in_words(grid.dates[0])} to {day_in_words(grid.dates[-1])}"


def _sheets(grid: DayGrid, calendar: Calendar) -> list[dict[str, Any]]:
    parts = [grid.dates[at : at + DATES_A_SHEET] for at in range(0, len(grid.dates), DATES_A_SHEET)]
    return [
        {
            "caption": _caption(part, number, len(parts)),
            "days": [_day(day, part, grid, calendar) for day in part],
            "groups": list(_groups(grid.rows, part, calendar)),
            "totals": number == len(parts),
        }
        for number, part in enumerate(parts, 1)
    ]


def _caption(part: Sequence[date], number: int, of: int) -> str:
    sheet = f"Sheet {number} of {of}: " if of > 1 else ""
    return f"{sheet}{weekday_words(part[0])} to {weekday_words(part[-1])}"


def _day(day: date, part: Sequence[date], grid: DayGrid, calendar: Calendar) -> dict[str, Any]:
    return {
        "words": weekday_words(day),
        "letter": weekday_words(day)[:2],
        "number": day.day,
        "month": day_in_words(day).split()[1][:3] if day == part[0] or day.day == 1 else "",
        "shot": grid.shot.get(day, ""),
        "off": not calendar.works(day),
        "week": day.weekday() == 0,
    }


def _groups(rows: Sequence[GridRow], part: Sequence[date], calendar: Calendar) -> list[dict[str, Any]]:
    kinds = itertools.groupby(rows, key=lambda row: row.category)
    return [{"name": name, "rows": [_row(row, part, calendar) for row in of_kind]} for name, of_kind in kinds]


def _row(row: GridRow, part: Sequence[date], calendar: Calendar) -> dict[str, Any]:
    tally = row.tally
    return {
        "number": row.number,
        "name": row.name,
        "codes": [_code(row.codes.get(day), calendar.works(day)) for day in part],
        "totals": [tally.work, tally.hold, tally.idle, tally.holidays, tally.days],
    }


def _code(code: Code | None, works: bool) -> dict[str, str]:
    if code is None:
        return {"text": "", "kind": "" if works else "off"}
    kind = _KINDS.get(code) or ("ends" if code.startswith("S") or code.endswith("F") else "turns")
    return {"text": code, "kind": kind}
