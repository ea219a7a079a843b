"""Locks of a person that facts have left standing."""

from collections.abc import Collection
from datetime import date

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.words import scenes_words
from openslate.apps.production.scheduling.arrays import is_open
from openslate.apps.production.shoot.shoot import Shoot


def standing_locks(
    before: Board, shoot: Shoot, begins: date, others: Collection[str]
) -> tuple[dict[str, date], frozenset[date], tuple[str, ...]]:
    """Scenes ahead that a person has locked, days that they have, and scenes whose lock cannot be kept any more.

    Args:
        before: the board as it was.
        shoot: as facts have left it.
        begins: the first day that may be planned.
        others: scenes that are shot already, or are not planned.
    """
    days = {number: day.date for day in before for number in day.scenes}
    wanted = {number: day.date for day in before if day.locked for number in day.scenes}
    for one in shoot.scenes:
        if one.number in days and set(one.cast) & set(before.locks.cast):
            wanted[one.number] = days[one.number]
    wanted |= dict(before.locks.scenes)
    ahead = {number: day for number, day in wanted.items() if number not in others}
    released = tuple(number for number, day in ahead.items() if not _may(shoot, number, day, begins))
    fixed = {number: day for number, day in ahead.items() if number not in released}
    return fixed, frozenset(day.date for day in before if day.locked and day.date >= begins), released


def _may(shoot: Shoot, number: str, day: date, begins: date) -> bool:
    """Whether a scene may still be on a day."""
    scene, calendar = shoot.scene_of[number], shoot.calendar
    works = max(calendar.starts, begins) <= day <= calendar.ends and calendar.works(day)
    there = all(shoot.member_of[one].can_work(day) for one in scene.cast)
    return works and there and is_open(shoot.location_of[shoot.place_of(scene)], day)


def released_words(released: tuple[str, ...]) -> tuple[str, ...]:
    """What a person should know of locks that could not be kept."""
    if not released:
        return ()
    # A scene may be held by its own lock, by that of its day, or by that of somebody who plays in it.
    said = f"A lock of its own, of its day or of its cast held {scenes_words(released)}"
    return (f"{said} where the board had it; that cannot be kept, and was not.",)
