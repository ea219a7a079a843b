"""What changed on a call sheet since the board before, each in a sentence, and the colour of the revision."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.words import weekday_words
from openslate.apps.production.pages.call_sheet import CallSheet
from openslate.apps.production.pages.cast_revisions import cast_changes
from openslate.apps.production.pages.lengths import clock_words
from openslate.apps.production.pages.shown import (
    Shown,
    ShownDay,
    ShownScene,
    shown,
    shown_day,
)
from openslate.errors import UsageError

COLOURS = ("white", "blue", "pink", "yellow", "green", "goldenrod", "buff", "salmon", "cherry")
"""In the order in which revisions are printed; then all of them again, as 'double white' and so on."""


@dataclass(frozen=True)
class Changes:
    """What changed on a call sheet.

    Attributes:
        words: a sentence for each change.
        scenes: numbers of scenes that are marked.
        cast: ids of members that are marked.
    """

    words: tuple[str, ...]
    scenes: frozenset[str]
    cast: frozenset[str]


def revision_colour(number: int) -> str:
    """The colour of a revision, of which the first issue is number 0.

    Raises:
        UsageError: the number is below 0.

    Example:
        >>> revision_colour(0), revision_colour(1), revision_colour(10)
        ('white', 'blue', 'double blue')
    """
    if number < 0:
        raise UsageError(f"There is no revision {number}.", "The first issue is number 0.")
    rounds, place = divmod(number, len(COLOURS))
    before = ("", "double ", "triple ")[rounds] if rounds < 3 else f"{rounds + 1}-fold "
    return f"{before}{COLOURS[place]}"


def changes(sheet: CallSheet, board: Board, previous: Board | Shown) -> Changes:
    """What changed on a day.

    Args:
        sheet: of the board.
        board: as it is now.
        previous: as it was when the day's call sheet was last given out, or what its call sheets showed.
    """
    old = previous if isinstance(previous, Shown) else shown(previous)
    now = shown_day(sheet)
    place = next((place for place, day in enumerate(old.days, 1) if day.date == now.date), None)
    if place is None:
        scenes = frozenset(one.number for one in now.scenes)
        return Changes(("Nothing was shot on this day before.",), scenes, frozenset(one.id for one in now.cast))
    before = old.days[place - 1]
    scene_words = dict(_scenes(now, board, before, old))
    cast_words = dict(cast_changes(now, before, board.shoot))
    of = (sheet.number, sheet.of), (place, len(old.days))
    words = (*_day(now, before, *of), *scene_words.values(), *cast_words.values())
    return Changes(words, frozenset(scene_words), frozenset(cast_words))


def _day(now: ShownDay, before: ShownDay, which: tuple[int, int], was: tuple[int, int]) -> Iterator[str]:
    if which != was:
        yield f"This is day {which[0]} of {which[1]}; it was day {was[0]} of {was[1]}."
    if now.call != before.call:
        yield f"The call is at {clock_words(now.call)}; it was at {clock_words(before.call)}."
    if now.wrap != before.wrap:
        yield f"Wrap is at {clock_words(now.wrap)}; it was at {clock_words(before.wrap)}."
    if now.places != before.places:
        yield f"The unit is at {', '.join(now.places)}; it was at {', '.join(before.places)}."


def _scenes(now: ShownDay, board: Board, before: ShownDay, previous: Shown) -> Iterator[tuple[str, str]]:
    known = {one.number: one for one in before.scenes}
    there = {one.number: one for one in now.scenes}
    for number, one in there.items():
        if number not in known:
            day = previous.day_of(number)
            was = "not in the shoot" if day is None and number not in previous.boneyard else _where(day)
            yield number, f"Scene {number} is new here; it was {was}."
        elif told := _shot_otherwise(one, known[number]):
            yield number, f"Scene {number} {'; it '.join(told)}."
    for number in known:
        if number not in there:
            yield number, f"Scene {number} is gone; it is {where_now(board, number)}."


def _shot_otherwise(now: ShownScene, before: ShownScene) -> list[str]:
    told = ["was rewritten or broken down anew"] if now.digest != before.digest else []
    if now.place != before.place:
        told.append(f"is shot at {now.place} and not at {before.place}")
    if now.starts != before.starts:
        told.append(f"begins at {clock_words(now.starts)} and not at {clock_words(before.starts)}")
    elif now.ends != before.ends:
        told.append(f"ends at {clock_words(now.ends)} and not at {clock_words(before.ends)}")
    return told


def where_now(board: Board, number: str) -> str:
    """Where a scene of an earlier board is, such as 'on Monday 1 March 2027' or 'in the boneyard'."""
    return _where(board.day_of(number)) if number in board.shoot.scene_of else "not in the shoot"


def _where(day: date | None) -> str:
    return "in the boneyard" if day is None else f"on {weekday_words(day)}"
