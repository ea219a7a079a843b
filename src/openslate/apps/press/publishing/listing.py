"""Stories in the order in which pages list them: by day, and the hottest of a day first."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from openslate.apps.press.publishing.edition_types import ShownStory
from openslate.drawing.page_words import day_in_words

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def parts_of(stories: Sequence[ShownStory], most: int) -> list[list[ShownStory]]:
    """Stories in the order of pages, cut into pages; one empty page where there is none.

    Args:
        stories: in any order.
        most: on a page.
    """
    ordered = sorted(stories, key=lambda one: (-one.latest.date().toordinal(), -one.heat, one.id))
    return [ordered[at : at + most] for at in range(0, len(ordered), most)] or [[]]


def days_of(stories: Sequence[ShownStory], at: datetime) -> list[tuple[str, list[ShownStory]]]:
    """The stories of a page under the names of their days.

    Args:
        stories: in the order of pages.
        at: the moment that is shown, by which today is called so.
    """
    grouped = groupby(stories, key=lambda one: one.latest.date())
    return [(day_name(day, at.date()), list(part)) for day, part in grouped]


def day_name(day: date, today: date) -> str:
    """A day as a reader of today calls it.

    Example:
        >>> day_name(date(2027, 5, 13), date(2027, 5, 14)), day_name(date(2027, 5, 12), date(2027, 5, 14))
        ('Yesterday', 'Wednesday, 12 May 2027')
    """
    if day == today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    return f"{_WEEKDAYS[day.weekday()]}, {day_in_words(day)}"
