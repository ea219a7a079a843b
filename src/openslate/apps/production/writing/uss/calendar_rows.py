"""The calendar of a stripboard, brought to that of a shoot; one that other stripboards share is copied first."""

import copy
from datetime import date

from openslate.apps.production.board.board import Board
from openslate.apps.production.reading.uss.calendars import Dates
from openslate.apps.production.reading.uss.fields import PRIVATE
from openslate.apps.production.reading.uss.values import day_of, moment_of
from openslate.apps.production.writing.uss.rows import Ids, Row
from openslate.apps.production.writing.uss.words import days_of
from openslate.errors import UsageError


def merge_calendar(held: Row, stripboard: Row, before: Board | None, board: Board, start: date, ids: Ids) -> Dates:
    """Bring the calendar of a stripboard to that of a board.

    Args:
        held: the schedule as a plain object; its calendars are added to or changed.
        stripboard: whose calendar it is.
        before: the board as it was read; None for a new one.
        board: as it is to be.
        start: of the calendar as it was read.
        ids: for what is new.

    Returns:
        The days that strips are laid on.

    Raises:
        UsageError: the board has a day on which its own calendar does not work; the standard counts by working days.
    """
    calendar = board.shoot.calendar
    for day in board.days:
        if not calendar.works(day.date) or not calendar.starts <= day.date <= calendar.ends:
            what = f"The board shoots on {day.date}, which is no working day of its calendar, and the standard counts"
            raise UsageError(f"{what} by working days.", "Change the week, the holidays or the end of the calendar.")
    off = frozenset(day for span in calendar.holidays for day in days_of(span))
    first = start if before is not None and _first(before) == _first(board) else _first(board)
    dates = Dates(first, calendar.week, off)
    same = before is not None and before.shoot.calendar == calendar and before.days == board.days
    if same and first == start:
        return dates
    row = _row(held, stripboard, ids)
    row["daysOff"] = _days_off(row["daysOff"], calendar.week)
    row["events"] = _events(row, first, off, ids)
    row[PRIVATE] = {"starts": calendar.starts.isoformat(), "ends": calendar.ends.isoformat()}
    return dates


def _first(board: Board) -> date:
    return board.days[0].date if board.days else board.shoot.calendar.starts


def _row(held: Row, stripboard: Row, ids: Ids) -> Row:
    users = [one for one in held["stripboards"] if one["calendar"] == stripboard["calendar"]]
    found = next((one for one in held["calendars"] if one["id"] == stripboard["calendar"]), None)
    if found is not None and len(users) == 1:
        return _replaced(held["calendars"], found)
    name = stripboard["name"]
    row: Row = {"daysOff": [], "events": []} if found is None else copy.deepcopy(found)
    row = {**row, "id": ids.fresh("calendar", stripboard["id"]), "name": name}
    for event in row["events"]:
        event["id"] = ids.fresh("event", row["id"], event["id"])
    held["calendars"].append(row)
    stripboard["calendar"] = row["id"]
    return row


def _replaced(rows: list[Row], row: Row) -> Row:
    """A copy of a row that takes its place."""
    found = dict(row)
    rows[rows.index(row)] = found
    return found


def _days_off(held: list[int], week: tuple[int, ...]) -> list[int]:
    wanted = [day for day in range(7) if (day - 1) % 7 not in week]
    return held if set(held) == set(wanted) else wanted


def _events(row: Row, first: date, off: frozenset[date], ids: Ids) -> list[Row]:
    kept: list[Row] = []
    for event in row["events"]:
        day = day_of(event["date"])
        if event["type"] == "start" and day != first:
            kept.append({**event, "date": moment_of(first)})
        elif event["type"] != "dayOff" or day in off:
            kept.append(event)
    if not any(event["type"] == "start" for event in kept):
        one = ids.fresh("start", row["id"])
        kept.insert(0, {"id": one, "date": moment_of(first), "type": "start", "name": None})
    there = {day_of(event["date"]) for event in kept if event["type"] == "dayOff"}
    for day in sorted(off - there):
        one = ids.fresh("holiday", row["id"], day.isoformat())
        kept.append({"id": one, "date": moment_of(day), "type": "dayOff", "name": "holiday"})
    return kept
