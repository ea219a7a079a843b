"""The calendar of a stripboard: from its start, its weekdays off and its days off."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from openslate.apps.production.reading.uss.fields import CalendarList, Event, Schedule, Stripboard
from openslate.apps.production.reading.uss.notices import Notice
from openslate.apps.production.reading.uss.values import day_of, is_afternoon
from openslate.apps.production.shoot.days import FIVE_DAYS, Calendar
from openslate.apps.production.shoot.people import Span
from openslate.errors import AdmitError

ROOM = timedelta(days=28)
"""The standard knows no last day: so long after the last day of shooting a calendar ends."""
MOST_ROOM = timedelta(days=3_660)


@dataclass(frozen=True)
class Dates:
    """What a calendar says of days.

    Attributes:
        start: the first day of shooting.
        week: weekdays on which the crew works, Monday 0 to Sunday 6.
        off: single days on which it does not.
    """

    start: date
    week: tuple[int, ...]
    off: frozenset[date]

    def working(self) -> Iterator[date]:
        """Working days from the start on, without an end."""
        day = self.start
        while True:
            if day.weekday() in self.week and day not in self.off:
                yield day
            day += timedelta(days=1)


def dates_of(name: str, schedule: Schedule, stripboard: Stripboard | None, tell: Callable[[Notice], None]) -> Dates:
    """The days of a stripboard's calendar; what it does not say is made up and told.

    Args:
        name: of the file.
        schedule: that the stripboard belongs to.
        stripboard: whose calendar is asked for; None for a breakdown without one.
        tell: is told of what was made up.

    Raises:
        AdmitError: the calendar has two starts, or no weekday on which anybody works.
    """
    calendar = calendar_of(schedule, stripboard)
    if calendar is None:
        start = _made_up(schedule)
        tell(Notice("", f"There is no calendar: Monday to Friday from {start} is taken."))
        return Dates(start, FIVE_DAYS, frozenset())
    where = f"calendars[{schedule.calendars.index(calendar)}]"
    week = tuple(sorted({0, 1, 2, 3, 4, 5, 6} - {(day - 1) % 7 for day in calendar.days_off}))
    if not week:
        raise AdmitError(f"{name}: {where}.daysOff names every day of the week.", "Leave one on which the crew works.")
    starts = [event for event in calendar.events if event.type == "start"]
    if len(starts) > 1:
        raise AdmitError(f"{name}: {where}.events has {len(starts)} of the type start.", "Keep one of them.")
    if starts:
        start = day_of(starts[0].date)
    else:
        start = _made_up(schedule)
        tell(Notice(f"{where}.events", f"The calendar has no start: {start} is taken."))
    for at, event in enumerate(calendar.events):
        if is_afternoon(event.date):
            said = "It is past noon in UTC and read as the day that is written; look whether the next one is meant."
            tell(Notice(f"{where}.events[{at}].date", said))
        if event.type == "event":
            tell(Notice(f"{where}.events[{at}]", "A shoot has no place for events; it is kept in the file."))
    return Dates(start, week, frozenset(days_off(calendar.events)))


def calendar_of(schedule: Schedule, stripboard: Stripboard | None) -> CalendarList | None:
    """The calendar of a stripboard; where there is no stripboard, that of the file if it has one alone."""
    if stripboard is None:
        return schedule.calendars[0] if len(schedule.calendars) == 1 else None
    return next((one for one in schedule.calendars if one.id == stripboard.calendar), None)


def days_off(events: Iterable[Event]) -> set[date]:
    """Single days off among events."""
    return {day_of(event.date) for event in events if event.type == "dayOff"}


def whole_calendar(
    dates: Dates, calendar: CalendarList | None, last: date | None, days: int, tell: Callable[[Notice], None]
) -> Calendar:
    """The calendar of a shoot.

    Args:
        dates: of the stripboard.
        calendar: that they are from.
        last: the last day that something is laid on; None where nothing is.
        days: working days for which there must be room where nothing is laid.
        tell: is told of the end that was made up.
    """
    own = None if calendar is None else calendar.own
    least = last or dates.start
    if (
        own is not None
        and dates.start - MOST_ROOM <= own.starts <= dates.start
        and least <= own.ends <= least + MOST_ROOM
    ):
        return Calendar(own.starts, own.ends, dates.week, spans_of(dates.off))
    ends = (last or next(islice(dates.working(), days, None))) + ROOM
    tell(Notice("", f"The standard knows no last day: the calendar ends on {ends}, four weeks after the last needed."))
    return Calendar(dates.start, ends, dates.week, spans_of(dates.off))


def spans_of(days: Iterable[date]) -> tuple[Span, ...]:
    """Days in a row as spans.

    Example:
        >>> [(one.first.day, one.last.day) for one in spans_of([date(2027, 3, 5), date(2027, 3, 4), date(2027, 3, 8)])]
        [(4, 5), (8, 8)]
    """
    spans: list[Span] = []
    for day in sorted(set(days)):
        if spans and spans[-1].last + timedelta(days=1) == day:
            spans[-1] = Span(spans[-1].first, day)
        else:
            spans.append(Span(day, day))
    return tuple(spans)


def _made_up(schedule: Schedule) -> date:
    return day_of(schedule.sched_date or schedule.created)
