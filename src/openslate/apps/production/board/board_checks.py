"""Whether what a board's file holds is a board, and one of this shoot."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from openslate.apps.production.board.board_fields import WrittenBoard
from openslate.apps.production.shoot.shoot import Shoot
from openslate.errors import AdmitError

VERSION = 1
MOST_NAMED = 10
FAR = 366
"""Days outside a shoot's calendar, within which a board's day is a clash, and beyond which a slip."""
OTHERWISE = "Write it as docs/production-boards.md shows."


def check_version(name: str, held: Mapping[str, Any]) -> None:
    """Refuse what is no board, or one of a later version.

    Args:
        name: of the file.
        held: what it holds.

    Raises:
        AdmitError: it is one of these.
    """
    version = held.get("openslate_board")
    if version is None:
        raise AdmitError(f"{name} is no board: it has no openslate_board.", "Name a file that a board was written to.")
    if isinstance(version, bool):
        raise AdmitError(f"{name}: openslate_board = {str(version).lower()} is no version.", OTHERWISE)
    if type(version) is int and version > VERSION:
        raise AdmitError(
            f"{name}: openslate_board = {version} is of a later version of Openslate, which knows {VERSION} here.",
            "Read it with that version.",
        )


def check_days(name: str, dates: Iterable[date], shoot: Shoot) -> None:
    """Refuse days so far outside the calendar that they are slips: every page would have all the days between.

    Args:
        name: of the file that they are from.
        dates: on which something is shot.
        shoot: whose calendar it is.

    Raises:
        AdmitError: one is.
    """
    calendar = shoot.calendar
    for day in dates:
        if max((calendar.starts - day).days, (day - calendar.ends).days) > FAR:
            said = f"{name}: the day {day} is more than a year outside the calendar of the shoot"
            raise AdmitError(f"{said}, {calendar.starts} to {calendar.ends}.", "Mend the day, or the calendar.")


def check_fit(name: str, written: WrittenBoard, shoot: Shoot, changed: bool) -> None:
    """Refuse a board whose scenes are not those of the shoot.

    Args:
        name: of the file.
        written: what it holds.
        shoot: as it is now.
        changed: whether that has changed since.

    Raises:
        AdmitError: it names every scene that is missing or too much.
    """
    there = [number for day in written.days for number in day.scenes] + list(written.boneyard)
    unknown = [number for number in dict.fromkeys(there) if number not in shoot.scene_of]
    missing = [one.number for one in shoot.scenes if one.number not in set(there)]
    if not unknown and not missing:
        return
    what = [f"it has {_named(unknown)}, which the shoot does not have"] if unknown else []
    what += [f"{_named(missing)} of the shoot {'is' if len(missing) == 1 else 'are'} not on it"] if missing else []
    since = f"The shoot {shoot.name!r} has changed since, and the board" if changed else "The board"
    raise AdmitError(
        f"{name}: {since} does not fit the shoot: {', and '.join(what)}.",
        "Schedule the shoot anew, or take out the scenes that are gone and put new ones in the boneyard.",
    )


def _named(numbers: Iterable[str]) -> str:
    listed = list(numbers)
    more = len(listed) - MOST_NAMED
    told = ", ".join(listed[:MOST_NAMED]) + (f" and {more:,} more" if more > 0 else "")
    return f"{'scene' if len(listed) == 1 else 'scenes'} {told}"
