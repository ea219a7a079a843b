"""Reading a schedule file: one shoot and one board for each of its stripboards."""

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from openslate.apps.production.board.board import Board
from openslate.apps.production.reading.uss.boards import board_of, laid, other_units
from openslate.apps.production.reading.uss.calendars import calendar_of, dates_of, whole_calendar
from openslate.apps.production.reading.uss.fields import Document, Schedule, Stripboard
from openslate.apps.production.reading.uss.json_text import AGAIN, read_json
from openslate.apps.production.reading.uss.links import check_links
from openslate.apps.production.reading.uss.notices import Notice, counted
from openslate.apps.production.reading.uss.own_terms import own_terms
from openslate.apps.production.reading.uss.refusals import refusal
from openslate.apps.production.reading.uss.scenes import cast_of, places_of, scenes_of
from openslate.apps.production.reading.uss.sheet import Sheet, sheet_of
from openslate.apps.production.reading.uss.spelling import SpelledTwice, spelled
from openslate.apps.production.shoot.scenes import eighths_in
from openslate.apps.production.shoot.shoot import Shoot
from openslate.errors import AdmitError

ROOT = "universalScheduleStandard"
EIGHTHS_A_DAY = 32
"""For how many days a calendar must have room where nothing is scheduled yet."""


@dataclass(frozen=True)
class ReadBoard:
    """What one stripboard of a file says.

    Attributes:
        name: of the stripboard; of the schedule where it has none.
        board: with its shoot.
        notices: what was taken for what, what was made up and what is kept.
        stripboard: its id; None for a breakdown that has none.
        document: all of the file, which a writer keeps.
    """

    name: str
    board: Board
    notices: tuple[Notice, ...]
    stripboard: str | None = None
    document: Document = field(kw_only=True, repr=False)

    @property
    def sheet(self) -> Sheet:
        """What the ids of the file stand for."""
        return sheet_of(self.document.universal_schedule_standard, lambda _: None)


def read_uss(path: Path, currency: str = "USD") -> tuple[ReadBoard, ...]:
    """The shoots and boards that a schedule file holds.

    Args:
        path: of a `.uss` file, Universal Schedule Standard 1.x.
        currency: ISO 4217, of amounts that are filled in later; the file has none.

    Returns:
        One for each stripboard, in the file's order; one with everything in the boneyard for a breakdown alone.

    Raises:
        AdmitError: it cannot be read or is no such file; every wrong value is told with its place.

    Source: the documentation of the Universal Schedule Standard, version 1.0.0.
    """
    told: list[Notice] = []
    document = read_document(path, told)
    schedule = document.universal_schedule_standard
    sheet = sheet_of(schedule, told.append)
    return tuple(
        _read_board(path.name, document, sheet, stripboard, currency, told)
        for stripboard in schedule.stripboards or (None,)
    )


def read_document(path: Path, told: list[Notice]) -> Document:
    """What a file holds, in the documentation's spelling, with ids that lead somewhere.

    Args:
        path: of the file.
        told: is added to.

    Raises:
        AdmitError: it is no schedule.
    """
    held: dict[str, Any] = read_json(path)
    if not isinstance(held.get(ROOT), dict):
        way_out = "Name a file that a scheduling program exported as USS."
        raise AdmitError(f"{path.name} has no object {ROOT!r}, so it is no schedule of that standard.", way_out)
    if "ussVersion" not in held[ROOT] and "version" in held[ROOT]:
        raise AdmitError(f"{path.name} is written in version {held[ROOT]['version']!r} of the standard.", AGAIN)
    try:
        held = {**held, ROOT: spelled(held[ROOT], told.append)}
        document = Document.model_validate(held)
    except SpelledTwice as error:
        raise AdmitError(f"{path.name}: {error}.", "Keep the second of the two.") from None
    except ValidationError as error:
        raise refusal(path.name, held, error) from None
    check_links(path.name, document.universal_schedule_standard, told.append)
    return document


def _read_board(
    name: str, document: Document, sheet: Sheet, stripboard: Stripboard | None, currency: str, told: list[Notice]
) -> ReadBoard:
    schedule: Schedule = document.universal_schedule_standard
    mine = list(told)
    units = other_units(stripboard, mine.append)
    scenes = scenes_of(sheet, units, mine.append)
    banners = sum(row.type == "banner" for row in schedule.breakdowns)
    if banners:
        mine.append(Notice("breakdowns", f"{banners} banners are kept in the file; a shoot has no place for them."))
    dates = dates_of(name, schedule, stripboard, mine.append)
    found = laid(sheet, stripboard, dates, mine.append)
    needed = math.ceil(eighths_in(scenes) / EIGHTHS_A_DAY)
    calendar = whole_calendar(dates, calendar_of(schedule, stripboard), found.last, needed, mine.append)
    locations, sets = places_of(sheet, mine.append)
    shoot = Shoot(
        name=(schedule.project or "").strip() or schedule.name,
        currency=currency,
        scenes=scenes,
        cast=cast_of(sheet, calendar, mine.append),
        locations=locations,
        sets=sets,
        calendar=calendar,
        **own_terms(None if stripboard is None else stripboard.own, locations),
    )
    said = f"The standard says nothing of money, moves and hours: rates are 0 {currency}, a drop is allowed once."
    mine.append(Notice("", said))
    board = board_of(shoot, found, None if stripboard is None else stripboard.own, mine.append)
    return ReadBoard(
        schedule.name if stripboard is None else stripboard.name,
        board,
        counted(mine),
        None if stripboard is None else stripboard.id,
        document=document,
    )
