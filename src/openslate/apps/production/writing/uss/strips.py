"""The stripboards of a file, brought to the days of a board; banners stay with the scene that they stood beside."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile

from openslate.apps.production.board.board import Board
from openslate.apps.production.reading.uss.boards import BONEYARD, MAIN
from openslate.apps.production.reading.uss.calendars import Dates
from openslate.apps.production.writing.uss.rows import Ids, Row

Items = list[str | list[str]]


@dataclass
class _Banners:
    """What stands on the main board besides scheduled scenes.

    Attributes:
        before, after: strips that stay with a scene, by its id.
        flat: strips that stand outside of days, by how many days stand before them.
    """

    before: dict[str, list[str]] = field(default_factory=dict)
    after: dict[str, list[str]] = field(default_factory=dict)
    flat: dict[int, list[str]] = field(default_factory=dict)


def merge_strips(
    stripboard: Row, board: Board, id_of: dict[str, str], scenes: set[str], dates: Dates, ids: Ids
) -> None:
    """Lay the strips of a stripboard as a board has them.

    Args:
        stripboard: as a plain object; its boards are replaced.
        board: that it is brought to.
        id_of: the id of each scene, by number.
        scenes: ids of all breakdowns that are scenes; the others are banners.
        dates: of the stripboard's calendar, from the first day of shooting on.
        ids: for boards that are not there yet.
    """
    main = _named(stripboard, MAIN, ids)
    boneyard = _named(stripboard, BONEYARD, ids)
    days = {day.date: [id_of[number] for number in day.scenes] for day in board.days}
    scheduled = {one for found in days.values() for one in found}
    banners = _banners(main["breakdownIds"], scheduled, scenes)
    main["breakdownIds"] = _laid(days, dates, banners)
    for other in stripboard["boards"]:
        if other is not main:
            other["breakdownIds"] = without(other["breakdownIds"], scheduled)
    there = set(flat_of(stripboard))
    wanted = [id_of[number] for number in board.boneyard]
    boneyard["breakdownIds"] += [one for one in wanted if one not in there]
    lying = flat_of({"boards": [boneyard]})
    if [one for one in lying if one in set(wanted)] != [one for one in wanted if one in set(lying)]:
        waiting = iter([one for one in wanted if one in set(lying)])
        boneyard["breakdownIds"] = [next(waiting) if one in set(wanted) else one for one in lying]


def without(items: Items, gone: set[str]) -> Items:
    """Items without some ids; a day that becomes empty stays a day."""
    return [
        [one for one in item if one not in gone] if isinstance(item, list) else item
        for item in items
        if isinstance(item, list) or item not in gone
    ]


def flat_of(stripboard: Row) -> list[str]:
    """Every id of a stripboard."""
    items = [item for board in stripboard["boards"] for item in board["breakdownIds"]]
    return [one for item in items for one in (item if isinstance(item, list) else [item])]


def bring_along(stripboard: Row, gone: set[str], new: Sequence[str], ids: Ids) -> None:
    """See that another stripboard names every breakdown: those that are new lie in its boneyard."""
    for board in stripboard["boards"]:
        board["breakdownIds"] = without(board["breakdownIds"], gone)
    if new:
        _named(stripboard, BONEYARD, ids)["breakdownIds"] += list(new)


def _named(stripboard: Row, name: str, ids: Ids) -> Row:
    boards: list[Row] = stripboard["boards"]
    found = next((one for one in boards if one["name"].strip().lower() == name), None)
    if found is None and name == MAIN:
        found = next((one for one in boards if one["name"].strip().lower() != BONEYARD), None)
    if found is None:
        found = {"id": ids.fresh("board", stripboard["id"], name), "name": name, "breakdownIds": []}
        boards.insert(0 if name == MAIN else len(boards), found)
    return found


def _banners(items: Items, scheduled: set[str], scenes: set[str]) -> _Banners:
    found = _Banners()
    count = 0
    for item in items:
        if isinstance(item, str):
            if item not in scheduled:
                found.flat.setdefault(count, []).append(item)
            continue
        count += 1
        beside = ""
        waiting: list[str] = []
        for one in item:
            if one in scheduled:
                found.before.setdefault(one, []).extend(waiting)
                beside, waiting = one, []
            elif one not in scenes:
                (found.after.setdefault(beside, []) if beside else waiting).append(one)
        found.flat.setdefault(count, []).extend(waiting)
    return found


def _laid(days: dict[date, list[str]], dates: Dates, banners: _Banners) -> Items:
    last = max(days, default=None)
    working = [] if last is None else list(takewhile(lambda day: day <= last, dates.working()))
    items: Items = list(banners.flat.get(0, []))
    for count, day in enumerate(working, start=1):
        strips: list[str] = []
        for one in days.get(day, []):
            strips += [*banners.before.get(one, []), one, *banners.after.get(one, [])]
        items += [strips, *banners.flat.get(count, [])]
    for count in sorted(banners.flat):
        if count > len(working):
            items += banners.flat[count]
    return items
