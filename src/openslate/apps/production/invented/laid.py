"""A plain board of an invented shoot: it can be shot, and says when nobody is missed and which places must be open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from openslate.apps.production.shoot.days import FIVE_DAYS, Calendar, DayTerms
from openslate.apps.production.shoot.people import Span
from openslate.apps.production.shoot.scenes import Scene

Numbers = NDArray[np.int64]
SPARE = 0.2
"""Working days that the calendar has beyond those of the plain board, as a share of these."""
LEAST_DAYS = 10
WIDER = 0.12
"""By how many working days a permit is longer than it must be, at most, on either side; as a share of all."""


@dataclass(frozen=True)
class Laid:
    """The plain board.

    Attributes:
        slot: (scenes,) the working day of each.
        dates: of the working days.
        calendar: of the crew.
    """

    slot: Numbers
    dates: tuple[date, ...]
    calendar: Calendar


def laid(
    drawn: np.random.Generator, scenes: Sequence[Scene], place: Numbers, day: DayTerms, move: int, starts: date
) -> Laid:
    """Place after place in an order that is drawn; nights come together, and a day of rest after them.

    Args:
        drawn: where chance comes from.
        scenes: to be laid.
        place: (scenes,) where each is shot.
        day: how long one is.
        move: minutes that the longest way takes.
        starts: first day of the calendar.
    """
    rank = drawn.permutation(int(place.max()) + 1)
    order = sorted(range(len(scenes)), key=lambda at: (int(rank[place[at]]), at))
    days = list(_filled([at for at in order if scenes[at].shift != "night"], scenes, place, day, move))
    nights = list(_filled([at for at in order if scenes[at].shift == "night"], scenes, place, day, move))
    if nights:
        after = int(drawn.integers(len(days) + 1))
        days[after:after] = [*nights, []]
    slot = np.zeros(len(scenes), np.int64)
    for at, mine in enumerate(days):
        slot[mine] = at
    working = max(len(days) + 2, LEAST_DAYS, round(len(days) * (1 + SPARE)))
    weeks, rest = divmod(working - 1, len(FIVE_DAYS))
    calendar = Calendar(starts, starts + timedelta(days=weeks * 7 + rest))
    return Laid(slot, tuple(calendar.working_days()), calendar)


def _filled(order: list[int], scenes: Sequence[Scene], place: Numbers, day: DayTerms, move: int) -> Iterator[list[int]]:
    """Days of at most two places, none longer than is paid as such."""
    mine: list[int] = []
    filled = 0
    for at in order:
        minutes = scenes[at].eighths * day.minutes_per_eighth
        places = {int(place[one]) for one in (*mine, at)}
        if mine and (filled + minutes + move > day.minutes or len(places) > day.locations):
            yield mine
            mine, filled = [], 0
        mine.append(at)
        filled += minutes
    if mine:
        yield mine


def permits(drawn: np.random.Generator, plain: Laid, scenes: Numbers) -> tuple[Span, ...]:
    """When a place may be shot at: around the days on which it is on the plain board.

    Args:
        drawn: where chance comes from.
        plain: the board.
        scenes: of the place.
    """
    if not len(scenes):
        return ()
    last = len(plain.dates) - 1
    wider = max(round(last * WIDER), 1)
    slots = np.unique(plain.slot[scenes])
    visits = np.split(slots, np.flatnonzero(np.diff(slots) > 2 * wider) + 1)
    return tuple(
        Span(
            plain.dates[max(int(visit[0]) - int(drawn.integers(wider + 1)), 0)],
            plain.dates[min(int(visit[-1]) + int(drawn.integers(wider + 1)), last)],
        )
        for visit in visits
    )


def absences(drawn: np.random.Generator, plain: Laid, scenes: Numbers, share: float) -> tuple[Span, ...]:
    """When somebody is away: some days in a row on which they are not needed on the plain board.

    Args:
        drawn: where chance comes from.
        plain: the board.
        scenes: of theirs.
        share: of the cast who are away at some time.
    """
    wanted, longest = drawn.random() < share, int(drawn.integers(2, 6))
    busy = {-1, len(plain.dates), *plain.slot[scenes].tolist()}
    free = [slot for slot in range(len(plain.dates)) if slot not in busy]
    if not wanted or not free:
        return ()
    first = free[int(drawn.integers(len(free)))]
    after = min(slot for slot in busy if slot > first)
    return (Span(plain.dates[first], plain.dates[min(first + longest, after) - 1]),)
