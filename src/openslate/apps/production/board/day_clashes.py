"""What clashes on each day alone: the calendar, its length, its places, and the light."""

from collections.abc import Iterator

from openslate.apps.production.board.board import Board, ShootDay
from openslate.apps.production.board.clash import Clash
from openslate.apps.production.board.costs import minutes_of_day, places_of
from openslate.apps.production.board.words import (
    WEEKDAYS,
    are,
    lasting,
    listed,
    scenes_words,
    span_words,
    weekday_words,
)
from openslate.apps.production.rules.limits import longest_day
from openslate.apps.production.shoot.shoot import Shoot


def day_clashes(board: Board) -> Iterator[Clash]:
    """What clashes on each day, whatever the others are."""
    for day in board:
        yield from _calendar(board.shoot, day)
        yield from _length(board.shoot, day)
        yield from _places(board.shoot, day)
        yield from _shift(board.shoot, day)
        yield from _unit(board.shoot, day)


def _calendar(shoot: Shoot, day: ShootDay) -> Iterator[Clash]:
    calendar, words = shoot.calendar, weekday_words(day.date)
    holiday = next((span for span in calendar.holidays if day.date in span), None)
    if day.date < calendar.starts:
        said = f"{words} is before the first day of the calendar, {weekday_words(calendar.starts)}."
    elif day.date > calendar.ends:
        said = f"{words} is after the last day of the calendar, {weekday_words(calendar.ends)}."
    elif holiday is not None:
        span = "" if holiday.first == holiday.last else f" ({span_words(holiday)})"
        said = f"{words} is a holiday{span}."
    elif day.date.weekday() not in calendar.week:
        said = f"{words} is a day off: the crew works on {listed([WEEKDAYS[one] for one in calendar.week])}."
    else:
        return
    yield Clash("calendar", "hard", said, (day.date,), day.scenes)


def _length(shoot: Shoot, day: ShootDay) -> Iterator[Clash]:
    minutes, most = minutes_of_day(shoot, day), longest_day(shoot)
    if minutes > most:
        said = (
            f"{weekday_words(day.date)} has {lasting(minutes)} of shooting and moves, and at most {lasting(most)} fit."
        )
        yield Clash("day-length", "hard", said, (day.date,), day.scenes)


def _places(shoot: Shoot, day: ShootDay) -> Iterator[Clash]:
    places = list(dict.fromkeys(places_of(shoot, day)))
    if len(places) > shoot.day.locations:
        said = (
            f"{weekday_words(day.date)} has {len(places)} locations, {listed(places)}, and at most "
            f"{shoot.day.locations} may be shot at on one day."
        )
        yield Clash("locations", "hard", said, (day.date,), day.scenes)


def _shift(shoot: Shoot, day: ShootDay) -> Iterator[Clash]:
    ours = "night" if day.night else "day"
    wrong = tuple(number for number in day.scenes if shoot.scene_of[number].shift not in ("any", ours))
    if wrong:
        asked = "day" if day.night else "night"
        those = f"{scenes_words(wrong)} {are(wrong)}"
        said = f"{weekday_words(day.date)} is called for the {ours}, and {those} for the {asked}."
        yield Clash("shift", "hard", said, (day.date,), wrong)


def _unit(shoot: Shoot, day: ShootDay) -> Iterator[Clash]:
    for number in day.scenes:
        unit = shoot.scene_of[number].unit
        if unit != "main":
            said = f"Scene {number} is of the unit {unit!r}, and is on {weekday_words(day.date)} of the main unit."
            yield Clash("unit", "penalty", said, (day.date,), (number,))
