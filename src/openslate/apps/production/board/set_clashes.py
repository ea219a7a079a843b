"""Sets that stand in one another's way, or would have to be built before the calendar begins."""

import itertools
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import Clash
from openslate.apps.production.board.words import listed, span_words, weekday_words
from openslate.apps.production.shoot.people import Span
from openslate.apps.production.shoot.places import Set


@dataclass(frozen=True)
class Standing:
    """When a set stands.

    Attributes:
        set: which.
        begins, ends: working days of the calendar, counted from 0, from the first day of building to the last of
            striking; below 0 is before the calendar, from its number of working days on after it.
        scenes: shot in it, in order.
    """

    set: Set
    begins: int
    ends: int
    scenes: tuple[str, ...]


def set_clashes(board: Board) -> Iterator[Clash]:
    """Sets that are built too early, and pairs of one stage that stand at the same time."""
    working = tuple(board.shoot.calendar.working_days())
    found = (standing_of(board, one, working) for one in board.shoot.sets)
    standing = sorted((one for one in found if one is not None), key=lambda one: (one.begins, one.set.name))
    for one in standing:
        if one.set.build_days and one.begins < 0:
            first = board.day_of(one.scenes[0])
            assert first is not None
            starts = weekday_words(board.shoot.calendar.starts)
            said = (
                f"The set {one.set.name} takes {_counted(one.set.build_days)} to build before {weekday_words(first)}, "
                f"and the calendar begins on {starts}, {_counted(-one.begins)} too late."
            )
            yield Clash("building", "hard", said, (first,), one.scenes)
    for one, other in itertools.combinations(standing, 2):
        if one.set.stage and one.set.stage == other.set.stage:
            yield from _stage(one, other, working)


def standing_of(board: Board, one: Set, working: Sequence[date]) -> Standing | None:
    """When a set stands; None where nothing is shot in it.

    Args:
        board: with the scenes.
        one: of its sets.
        working: days of the calendar on which the crew works, in order.
    """
    scenes = board.shoot.scene_of
    shot = [(day.date, number) for day in board for number in day.scenes if scenes[number].set == one.name]
    if not shot:
        return None
    begins = bisect_left(working, shot[0][0]) - one.build_days
    ends = bisect_right(working, shot[-1][0]) - 1 + one.strike_days
    return Standing(one, begins, ends, tuple(number for _, number in shot))


def _stage(one: Standing, other: Standing, working: Sequence[date]) -> Iterator[Clash]:
    first, last = max(one.begins, other.begins), min(one.ends, other.ends)
    if first > last:
        return
    days = tuple(working[max(first, 0) : last + 1])
    when = f", {span_words(Span(days[0], days[-1]))}" if days else ""
    said = (
        f"The sets {listed([one.set.name, other.set.name])} of the stage {one.set.stage} stand at the same time{when}, "
        "building and striking among it."
    )
    yield Clash("stage", "hard", said, days, (*one.scenes, *other.scenes))


def _counted(days: int) -> str:
    return f"{days} working day{'s' if days > 1 else ''}"
