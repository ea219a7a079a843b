"""A file that was read, as plain objects that a writer may change; and an empty one for a board that is new."""

import copy
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from openslate.apps.production.reading.uss.calendars import calendar_of, dates_of
from openslate.apps.production.reading.uss.fields import PRIVATE, Document
from openslate.apps.production.reading.uss.reader import ROOT, ReadBoard
from openslate.apps.production.shoot.people import Contract
from openslate.apps.production.writing.uss.rows import Ids, Row

VERSION = "1.0.0"
HEADER = ("author", "company", "description", "project", "season", "episode", "episodeName")
REVISIONS = ("scriptColor", "scriptDate", "schedColor", "schedDate")
TERMS = ("day", "moves", "usualMove")
"""What is written under the private key of a stripboard only where it is not as usual."""
TABLES = ("breakdowns", "categories", "elements", "stripboards", "calendars")


def plain(document: Document) -> Row:
    """A file as plain objects, with every key of the standard."""
    found: Row = document.model_dump(mode="json", by_alias=True)
    held = found[ROOT]
    for table in ("breakdowns", "categories", "elements"):
        for row in held[table]:
            row["created"] = row["created"] or held["created"]
    for row in held["elements"]:
        if row["dropDayCount"] is None:
            row["dropDayCount"] = Contract().drop_days
    for row in held["stripboards"]:
        if row[PRIVATE] is not None:
            row[PRIVATE] = {name: value for name, value in row[PRIVATE].items() if value or name not in TERMS}
    without_nothing((*held["breakdowns"], *held["stripboards"], *held["calendars"]))
    return found


def without_nothing(rows: Iterable[Row]) -> None:
    """Take the private key off rows of which nothing is kept under it."""
    for row in rows:
        if row.get(PRIVATE, ...) is None:
            del row[PRIVATE]


def empty(name: str, project: str, moment: str) -> Row:
    """A file that holds nothing yet."""
    id = Ids("openslate", set()).fresh(project, moment)
    header: Row = {"id": id, "created": moment, "name": name, "source": "Openslate", "ussVersion": VERSION}
    return {ROOT: header | dict.fromkeys((*HEADER, *REVISIONS)) | {table: [] for table in TABLES}}


def taken_ids(held: object) -> Iterator[str]:
    """Every id of a file."""
    if isinstance(held, dict):
        if isinstance(held.get("id"), str):
            yield held["id"]
        for one in held.values():
            yield from taken_ids(one)
    elif isinstance(held, list):
        for one in held:
            yield from taken_ids(one)


def stripboard_in(held: Row, kept: ReadBoard | None, name: str, ids: Ids) -> Row:
    """The stripboard that a board is written to: the one that was read, a copy of it beside it, or a new one."""
    rows: list[Row] = held["stripboards"]
    found = None if kept is None else next((one for one in rows if one["id"] == kept.stripboard), None)
    if found is not None and name in ("", found["name"]):
        return found
    row: dict[str, Any] = {"calendar": None, "boards": []} if found is None else copy.deepcopy(found)
    row |= {"id": ids.fresh("stripboard", name), "name": name or held["name"]}
    for board in row["boards"]:
        board["id"] = ids.fresh("board", row["id"], board["id"])
    if found is None and kept is not None:
        read = calendar_of(kept.document.universal_schedule_standard, None)
        row["calendar"] = None if read is None else read.id
    rows.append(row)
    return row


def start_of(kept: ReadBoard) -> date:
    """The first day of shooting by the calendar that was read."""
    schedule = kept.document.universal_schedule_standard
    stripboard = next((one for one in schedule.stripboards if one.id == kept.stripboard), None)
    return dates_of(kept.name, schedule, stripboard, lambda _: None).start
