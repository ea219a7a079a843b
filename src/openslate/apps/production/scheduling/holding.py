"""Arrays that keep what a person has fixed: locked days, the work days of locked cast, and pinned orders."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from openslate.apps.production.board.board import Board, Locks
from openslate.apps.production.board.holding import Pair, locked_days, pinned
from openslate.apps.production.board.words import weekday_words
from openslate.apps.production.scheduling.arrays import Arranged, Flags
from openslate.errors import UsageError


def holding(arrays: Arranged, locks: Locks, held: Board | None = None) -> Arranged:
    """The same arrays, restricted to boards that keep what is fixed.

    A locked day keeps its scenes, and no other joins it. Scenes of locked cast may be on their work days alone, and on
    each of these one of them stays where it is, so that they work on all of them. That is more than they were promised:
    the bound is proved without it.

    Args:
        arrays: of the shoot, in which locked scenes stay on their day already.
        locks: whose orders hold.
        held: the board whose locked days and locked cast hold; None where there is none.

    Raises:
        UsageError: a locked day or scene can be kept by no board, or the orders contradict one another.
    """
    numbers = [one.number for one in arrays.scenes]
    _check_scenes(arrays, locks)
    after = pinned_rows(arrays, pinned(locks.orders, numbers))
    promised, anchored = arrays.problem.allowed.copy(), arrays.problem.allowed
    if held is not None:
        _keep_days(arrays, held, promised)
        _keep_cast(arrays, held, promised)
        anchored = promised.copy()
        for row, slot in _anchors(arrays, held, promised):
            anchored[row] &= np.arange(anchored.shape[1]) == slot
    problem = replace(arrays.problem, allowed=anchored, after=after)
    return replace(arrays, problem=problem, bounded=replace(arrays.problem, allowed=promised))


def pinned_rows(arrays: Arranged, pairs: Sequence[Pair]) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Rows of `after`: those of the shoot, and those that are pinned, which may share a day.

    Where orders lead from place to place in a circle, a day could not keep them without going back to a place. The
    pairs that close a circle are then on two days.
    """
    row_of = {one.number: row for row, one in enumerate(arrays.scenes)}
    place = arrays.problem.place
    ways: dict[int, set[int]] = {}
    rows = [(int(one), int(other), int(by)) for one, other, by in arrays.problem.after]
    for one, other in pairs:
        here, there = int(place[row_of[one]]), int(place[row_of[other]])
        circle = here != there and _leads(ways, there, here)
        if here != there and not circle:
            ways.setdefault(here, set()).add(there)
        rows.append((row_of[one], row_of[other], int(circle)))
    return np.array(rows, dtype=np.int64).reshape(-1, 3)


def _leads(ways: dict[int, set[int]], begin: int, end: int) -> bool:
    found, left = {begin}, [begin]
    while left:
        new = ways.get(left.pop(), set()) - found
        found |= new
        left += new
    return end in found


def _check_scenes(arrays: Arranged, locks: Locks) -> None:
    ours = {one.number for one in arrays.scenes}
    unknown = [one for order in locks.orders for one in order if one not in arrays.shoot.scene_of]
    if unknown:
        raise UsageError(
            f"An order names scene {unknown[0]}, which the shoot does not have.", "Name scenes of the shoot."
        )
    for number, day in locks.scenes:
        if number not in ours:
            raise UsageError(
                f"Scene {number} is locked, and is none of the main unit's scenes.", "Lock scenes of the main unit."
            )
        if day not in arrays.dates:
            raise UsageError(
                f"Scene {number} is locked to {weekday_words(day)}, on which the crew does not work.",
                "Lock it to a working day of the calendar.",
            )


def _keep_days(arrays: Arranged, held: Board, allowed: Flags) -> None:
    """Scenes of a locked day on it alone, and all others elsewhere."""
    row_of = {one.number: row for row, one in enumerate(arrays.scenes)}
    for day, scenes in locked_days(held).items():
        if day not in arrays.dates:
            raise UsageError(
                f"{weekday_words(day)} is locked, and the crew does not work on it.", "Take its lock out of the board."
            )
        slot = arrays.dates.index(day)
        mine = np.zeros(len(arrays.scenes), dtype=np.bool_)
        mine[[row_of[number] for number in scenes if number in row_of]] = True
        allowed[~mine, slot] = False
        allowed[mine] &= np.arange(len(arrays.dates)) == slot


def _keep_cast(arrays: Arranged, held: Board, allowed: Flags) -> None:
    """Scenes of locked cast on their work days alone."""
    for member in held.locks.cast:
        days = set(held.work_days(member))
        off = np.array([day not in days for day in arrays.dates])
        mine = np.array([member in one.cast for one in arrays.scenes])
        allowed[np.ix_(mine, off)] = False


def _anchors(arrays: Arranged, held: Board, allowed: Flags) -> Iterator[tuple[int, int]]:
    """Scenes that stay on their slot, so that locked cast work on every one of their days; few of them."""
    row_of = {one.number: row for row, one in enumerate(arrays.scenes)}
    slot_of = {day: slot for slot, day in enumerate(arrays.dates)}
    for day in held:
        left = [member for member in held.locks.cast if day.date in held.work_days(member)]
        if not left or day.date not in slot_of:
            continue
        slot = slot_of[day.date]
        scenes = [number for number in day.scenes if number in row_of and allowed[row_of[number], slot]]
        while left:
            best = max(scenes, key=lambda number: _shared(arrays, row_of[number], left), default=None)
            if best is None or not _shared(arrays, row_of[best], left):
                break
            yield row_of[best], slot
            left = [member for member in left if member not in arrays.scenes[row_of[best]].cast]


def _shared(arrays: Arranged, row: int, members: Sequence[str]) -> int:
    """How many of those are in a scene."""
    return len(set(members) & set(arrays.scenes[row].cast))
