"""What changed on a call sheet since the board before, each in a sentence, and the colour of the revision."""

from collections.abc import Iterator
from dataclasses import dataclass

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.words import member_words, scenes_words, weekday_words
from openslate.apps.production.pages.call_sheet import CalledMember, CalledScene, CallSheet, call_sheet
from openslate.apps.production.pages.lengths import clock_words
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


def changes(sheet: CallSheet, board: Board, previous: Board) -> Changes:
    """What changed on a day.

    Args:
        sheet: of the board.
        board: as it is now.
        previous: as it was when the day's call sheet was last given out.
    """
    on = sheet.day.date
    if on not in {day.date for day in previous}:
        scenes = frozenset(one.scene.number for one in sheet.scenes)
        return Changes(
            ("Nothing was shot on this day before.",), scenes, frozenset(one.member.id for one in sheet.cast)
        )
    before = call_sheet(previous, on)
    scene_words = dict(_scenes(sheet, board, before, previous))
    cast_words = dict(_cast(sheet, before))
    words = (*_day(sheet, before), *scene_words.values(), *cast_words.values())
    return Changes(words, frozenset(scene_words), frozenset(cast_words))


def _day(now: CallSheet, before: CallSheet) -> Iterator[str]:
    if (now.number, now.of) != (before.number, before.of):
        yield f"This is day {now.number} of {now.of}; it was day {before.number} of {before.of}."
    if now.call != before.call:
        yield f"The call is at {clock_words(now.call)}; it was at {clock_words(before.call)}."
    if now.wrap != before.wrap:
        yield f"Wrap is at {clock_words(now.wrap)}; it was at {clock_words(before.wrap)}."
    if now.locations != before.locations:
        yield f"The unit is at {', '.join(now.locations)}; it was at {', '.join(before.locations)}."


def _scenes(now: CallSheet, board: Board, before: CallSheet, previous: Board) -> Iterator[tuple[str, str]]:
    known = {one.scene.number: one for one in before.scenes}
    there = {one.scene.number: one for one in now.scenes}
    for number, one in there.items():
        if number not in known:
            yield number, f"Scene {number} is new here; it was {_where(previous, number)}."
        elif told := _shot_otherwise(one, known[number]):
            yield number, f"Scene {number} {'; it '.join(told)}."
    for number in known:
        if number not in there:
            yield number, f"Scene {number} is gone; it is {_where(board, number)}."


def _shot_otherwise(now: CalledScene, before: CalledScene) -> list[str]:
    told = ["was rewritten or broken down anew"] if now.scene != before.scene else []
    if now.location != before.location:
        told.append(f"is shot at {now.location} and not at {before.location}")
    if now.times.starts != before.times.starts:
        told.append(f"begins at {clock_words(now.times.starts)} and not at {clock_words(before.times.starts)}")
    elif now.times.ends != before.times.ends:
        told.append(f"ends at {clock_words(now.times.ends)} and not at {clock_words(before.times.ends)}")
    return told


def _where(board: Board, number: str) -> str:
    if number not in board.shoot.scene_of:
        return "not in the shoot"
    day = board.day_of(number)
    return "in the boneyard" if day is None else f"on {weekday_words(day)}"


def _cast(now: CallSheet, before: CallSheet) -> Iterator[tuple[str, str]]:
    known = {one.member.id: one for one in before.cast}
    there = {one.member.id: one for one in now.cast}
    for number, one in there.items():
        who = member_words(one.member)
        if number not in known:
            yield number, f"{who} is called, and was not."
        elif told := _called_otherwise(one, known[number]):
            yield number, f"{who} {told}."
    for number, gone in known.items():
        if number not in there:
            yield number, f"{member_words(gone.member)} is no longer called."


def _called_otherwise(now: CalledMember, before: CalledMember) -> str:
    parts = _cast_otherwise(now.member.performer, before.member.performer)
    if now.member.character != before.member.character:
        parts.append(f"is no longer named {before.member.character}")
    if now.on_set != before.on_set:
        parts.append(f"is on set at {clock_words(now.on_set)} and not at {clock_words(before.on_set)}")
    if now.done != before.done:
        parts.append(f"is done at {clock_words(now.done)} and not at {clock_words(before.done)}")
    if now.code != before.code:
        parts.append(f"has the code {now.code} and not {before.code}")
    if now.scenes != before.scenes:
        parts.append(f"is in {scenes_words(now.scenes)} and not in {scenes_words(before.scenes)}")
    return ", ".join(parts)


def _cast_otherwise(now: str, before: str) -> list[str]:
    if now == before:
        return []
    if not now:
        return [f"is no longer played by {before}"]
    return [f"plays the part and not {before}" if before else "plays the part, which was not cast"]
