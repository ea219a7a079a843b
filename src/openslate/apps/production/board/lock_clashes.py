"""What a person has fixed and the board does not keep."""

import itertools
from collections.abc import Iterator
from dataclasses import replace

from openslate.apps.production.board.board import Board, Locks
from openslate.apps.production.board.clash import Clash
from openslate.apps.production.board.words import listed, member_words, scenes_words, weekday_words


def lock_clashes(board: Board) -> Iterator[Clash]:
    """Scenes that are not on the day that they are locked to, and orders that are not kept.

    Locked days, and the days of work of locked cast, are not looked at: a board alone does not say how they were, and
    `held_clashes` compares two.
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


def held_clashes(before: Board, after: Board) -> Iterator[Clash]:
    """Locked days that are otherwise on the next board, and locked cast whose work days are.

    Args:
        before: with its locked days and cast.
        after: of the same shoot, or of one that it has become.
    """
    now = {day.date: day.scenes for day in after}
    for day in before:
        told = _otherwise(day.scenes, now.get(day.date, ())) if day.locked else []
        if told:
            scenes = tuple(dict.fromkeys((*day.scenes, *now.get(day.date, ()))))
            yield Clash(
                "lock", "hard", f"{weekday_words(day.date)} is locked, and {listed(told)}.", (day.date,), scenes
            )
    for member in before.locks.cast:
        if member in after.shoot.member_of:
            yield from _other_days(before, after, member)


def unlocked_clashes(before: Board, after: Board) -> Iterator[Clash]:
    """What was locked on a board and is otherwise on the next one: days, cast, scenes and orders.

    Args:
        before: with its locks.
        after: of the same shoot, or of one that it has become.
    """
    yield from held_clashes(before, after)
    for number, date in before.locks.scenes:
        if after.day_of(number) != date:
            said = f"Scene {number} was locked to {weekday_words(date)}, and is no longer there."
            yield Clash("lock", "hard", said, (date,), (number,))
    pinned = replace(after, locks=Locks(orders=_known(before.locks.orders, after)))
    yield from lock_clashes(pinned)


def _known(orders: tuple[tuple[str, ...], ...], board: Board) -> tuple[tuple[str, ...], ...]:
    """Orders without scenes that the shoot no longer has."""
    return tuple(tuple(number for number in order if number in board.shoot.scene_of) for order in orders)


def _otherwise(were: tuple[str, ...], now: tuple[str, ...]) -> list[str]:
    gone = [one for one in were if one not in now]
    new = [one for one in now if one not in were]
    told = [f"{scenes_words(gone)} left it"] if gone else []
    told += [f"{scenes_words(new)} joined it"] if new else []
    return told or (["its scenes are in another order"] if were != now else [])


def _other_days(before: Board, after: Board, member: str) -> Iterator[Clash]:
    were, are_now = set(before.work_days(member)), set(after.work_days(member))
    new, gone = sorted(are_now - were), sorted(were - are_now)
    parts = [f"now on {listed([weekday_words(day) for day in new])}"] if new else []
    parts += [f"no longer on {listed([weekday_words(day) for day in gone])}"] if gone else []
    if parts:
        who = member_words(after.shoot.member_of[member])
        said = f"The work days of {who} are locked, and they work {' and '.join(parts)}."
        yield Clash("lock", "hard", said, tuple(sorted((*new, *gone))), (), (member,))
