"""What a person has fixed and the board does not keep."""

import itertools
from collections.abc import Iterator

from openslate.apps.production.board.board import Board
from openslate.apps.production.board.clash import Clash
from openslate.apps.production.board.words import listed, member_words, weekday_words


def lock_clashes(board: Board) -> Iterator[Clash]:
    """Scenes that are not on the day that they are locked to, and orders that are not kept.

    Locked days, and the days of work of locked cast, are not looked at: a board alone does not say how they were, and
    `unlocked_clashes` compares two.
    """
    for number, date in board.locks.scenes:
        found = board.day_of(number)
        if found != date:
            where = "in the boneyard" if found is None else f"on {weekday_words(found)}"
            said = f"Scene {number} is locked to {weekday_words(date)}, and is {where}."
            yield Clash("lock", "hard", said, tuple(sorted({date} | ({found} if found else set()))), (number,))
    dates = {number: day.date for day in board for number in day.scenes}
    place = {number: at for at, number in enumerate(number for day in board for number in day.scenes)}
    for order in board.locks.orders:
        there = [number for number in order if number in place]
        for one, other in itertools.pairwise(there):
            if place[one] > place[other]:
                said = (
                    f"Scenes {listed(order)} are locked in this order, and scene {other} on "
                    f"{weekday_words(dates[other])} comes before scene {one} on {weekday_words(dates[one])}."
                )
                yield Clash("order", "hard", said, tuple(sorted({dates[one], dates[other]})), (one, other))


def unlocked_clashes(before: Board, after: Board) -> Iterator[Clash]:
    """What was locked on a board and is otherwise on the next one.

    Args:
        before: with its locked days, scenes, cast and orders.
        after: of the same shoot, or of one that it has become.
    """
    then = {day.date: day.scenes for day in before if day.locked}
    now = {day.date: day.scenes for day in after}
    for date, scenes in then.items():
        if now.get(date) != scenes:
            said = f"{weekday_words(date)} is locked, and its scenes are not as they were."
            yield Clash("lock", "hard", said, (date,), scenes)
    for number, date in before.locks.scenes:
        if after.day_of(number) != date:
            said = f"Scene {number} was locked to {weekday_words(date)}, and is no longer there."
            yield Clash("lock", "hard", said, (date,), (number,))
    for member in before.locks.cast:
        if member in after.shoot.member_of and after.work_days(member) != before.work_days(member):
            said = f"The days of {member_words(after.shoot.member_of[member])} are locked, and are others now."
            yield Clash("lock", "hard", said, (), (), (member,))
