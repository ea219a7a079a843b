"""The days there are: the crew's week, the holidays, and how long a day is and what it costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from openslate.apps.production.shoot.people import Span

FIVE_DAYS = (0, 1, 2, 3, 4)
"""Monday to Friday."""


@dataclass(frozen=True)
class Calendar:
    """When the crew works.

    Attributes:
        starts: the first day on which anything may be shot.
        ends: the last one.
        week: weekdays on which the crew works, Monday 0 to Sunday 6.
        holidays: days on which it does not.
    """

    starts: date
    ends: date
    week: tuple[int, ...] = FIVE_DAYS
    holidays: tuple[Span, ...] = ()

    def works(self, day: date) -> bool:
        """Whether the crew works on a day."""
        return day.weekday() in self.week and not any(day in span for span in self.holidays)

    def working_days(self) -> Iterator[date]:
        """Every day on which the crew works, in order.

        Example:
            >>> span = Calendar(date(2027, 3, 4), date(2027, 3, 9))
            >>> [day.day for day in span.working_days()]
            [4, 5, 8, 9]
        """
        day = self.starts
        while day <= self.ends:
            if self.works(day):
                yield day
            day += timedelta(days=1)


@dataclass(frozen=True)
class DayTerms:
    """How long a shooting day is and what it costs.

    Attributes:
        minutes: of shooting in a day that are paid as such, moves among them; the meal is not.
        overtime_minutes: that may be added.
        overtime_cost: of each minute of these, in whole units of the currency.
        cost: of a day on which anything is shot, in whole units of the currency.
        minutes_per_eighth: that shooting an eighth of a page takes, where a scene does not say.
        locations: at which may be shot on one day.
        day_call, night_call: minutes after midnight at which the unit is called for a day and for a night.
        meal_minutes: of the meal, which lengthens the day from call to wrap.
    """

    minutes: int = 600
    overtime_minutes: int = 120
    overtime_cost: int = 0
    cost: int = 0
    minutes_per_eighth: int = 20
    locations: int = 2
    day_call: int = 7 * 60
    night_call: int = 17 * 60
    meal_minutes: int = 60
