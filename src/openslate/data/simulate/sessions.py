"""When members come: how often, on which days of the week, and at which hours of their own clock."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.data.simulate.countries import COUNTRIES
from openslate.data.simulate.settings import SimulatorSettings
from openslate.data.simulate.tastes import DAY, JOINED_BEFORE, Tastes

HOUR = DAY // 24

PLAYS_PER_SESSION = 1.10
"""Plays of an average session, measured; turns `plays_per_member` into a number of sessions."""

WEEKDAY_WEIGHTS = np.array([0.85, 0.85, 0.9, 0.95, 1.15, 1.35, 1.25])
"""Monday to Sunday."""

WEEKDAY_HOURS = np.array([3, 2, 1, 1, 1, 1, 2, 3, 3, 2, 2, 2, 4, 4, 3, 3, 5, 8, 13, 18, 21, 20, 14, 7])
WEEKEND_HOURS = np.array([6, 3, 2, 1, 1, 1, 1, 2, 4, 7, 8, 8, 9, 9, 10, 11, 11, 11, 13, 16, 19, 19, 15, 10])
"""How many start watching in each hour of the local day."""


@dataclass(frozen=True)
class Sessions:
    """All sessions of some members, member after member, oldest first.

    Attributes:
        offsets: int64 [members + 1]; member m's sessions are `offsets[m]` up to, not including, `offsets[m + 1]`.
        started: int64 [sessions], microseconds UTC.
    """

    offsets: NDArray[np.int64]
    started: NDArray[np.int64]


def invent_sessions(random: np.random.Generator, settings: SimulatorSettings, tastes: Tastes) -> Sessions:
    """Every visit of the members from the day they join (or the first simulated day) to the last day.

    Args:
        random: where chance comes from.
        settings: start, days and plays_per_member are used.
        tastes: joined, activity and country are used.
    """
    first = first_microsecond(settings)
    begun = np.maximum((tastes.joined - first) // DAY, 0)
    calendar = WEEKDAY_WEIGHTS[weekdays(first, np.arange(settings.days))]
    passed = np.concatenate([[0.0], np.cumsum(calendar) / calendar.sum()])
    left = 1 - passed[begun]
    mean_left = JOINED_BEFORE + (1 - JOINED_BEFORE) / 2
    expected = settings.plays_per_member / PLAYS_PER_SESSION * tastes.activity * left / mean_left
    counts = random.poisson(expected)
    member = np.repeat(np.arange(len(tastes)), counts)
    spot = 1 - random.random(len(member)) * left[member]
    day = np.clip(np.searchsorted(passed, spot, side="left") - 1, begun[member], settings.days - 1)
    clocks = np.array([COUNTRIES[country].clock for country in settings.countries])[tastes.country]
    started = first + day * DAY + _moments_of_day(random, weekdays(first, day) >= 5, clocks[member])
    in_order = np.lexsort((started, member))
    return Sessions(np.concatenate([[0], np.cumsum(counts)]), started[in_order])


def first_microsecond(settings: SimulatorSettings) -> int:
    """The first simulated moment, in microseconds UTC."""
    return int(np.datetime64(settings.start, "us").astype(np.int64))


def weekdays(first: int, day: NDArray[np.int64]) -> NDArray[np.int64]:
    """0 for Monday to 6 for Sunday, for days counted from the first microsecond."""
    # 1970-01-01 was a Thursday
    weekday: NDArray[np.int64] = (first // DAY + day + 3) % 7
    return weekday


def parts_of_week(started: NDArray[np.int64], clock: NDArray[np.int64]) -> NDArray[np.int64]:
    """Which part of the member's own week a moment falls in, an index into PARTS_OF_WEEK.

    Args:
        started: int64 [sessions], microseconds UTC.
        clock: int64 [sessions], hours ahead of UTC.
    """
    local = started + clock * HOUR
    weekend = (local // DAY + 3) % 7 >= 5
    hour = local % DAY // HOUR
    evening = (hour >= 18) | (hour < 3)
    part: NDArray[np.int64] = 2 * weekend.astype(np.int64) + evening
    return part


def _moments_of_day(
    random: np.random.Generator, weekend: NDArray[np.bool_], clock: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Microseconds since UTC midnight at which sessions start that follow the local clock."""
    draws = random.random(len(weekend))
    hours = np.where(weekend, _hours(WEEKEND_HOURS, draws), _hours(WEEKDAY_HOURS, draws))
    within = random.integers(HOUR, size=len(weekend))
    return ((hours - clock) % 24) * HOUR + within


def _hours(weights: NDArray[np.int64], draws: NDArray[np.float64]) -> NDArray[np.int64]:
    return np.searchsorted(np.cumsum(weights)[:-1] / weights.sum(), draws, side="right")
