"""Counting a day's coverage: each story once for each title and person, its heat as it stood at the end of the day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from openslate.apps.press.scores.heat import EACH

Subject = tuple[str, str]
"""'title' and its id, or 'person' and their name."""
TIER_OF_TWO = 50
"""Points of a tier at which a source counts twice."""


@dataclass(frozen=True)
class Mentioned:
    """An article or video, as far as counting looks at it.

    Attributes:
        item: id.
        story: id of its story.
        seen: moment at which it arrived, UTC.
        quality: by the rule of the format.
        points: of the tier of its source.
        subjects: titles and people that it names.
        is_copy: of another one that counts in its stead.
    """

    item: str
    story: str
    seen: datetime
    quality: int
    points: int
    subjects: frozenset[Subject]
    is_copy: bool = False


@dataclass(frozen=True)
class DayCount:
    """What was written about one subject on one day.

    Attributes:
        subject: title or person.
        day: in UTC, by when it was seen.
        stories: in which it came up for the first time.
        items: that name it, copies counted once.
        heat: by how much that of its stories rose.
        weighted: the items, by the tier of their source.
    """

    subject: Subject
    day: date
    stories: int
    items: int
    heat: float
    weighted: float


def counts_of(items: Iterable[Mentioned], days: Iterable[date]) -> list[DayCount]:
    """What was written about each subject on each of some days.

    The heat of a story on a day is the quality of its best item seen by then and ten for each other one, as of records;
    so nothing that came later is looked at.

    Args:
        items: of all stories that were told on those days, from their beginning.
        days: that are counted.

    Returns:
        By subject and day; subjects of which a day has nothing are left out.

    Example:
        >>> from datetime import UTC
        >>> ash, first = frozenset({("title", "ash")}), datetime(2027, 5, 14, 9, tzinfo=UTC)
        >>> items = [Mentioned("a", "s", first, 40, 30, ash), Mentioned("b", "s", first, 17, 0, ash)]
        >>> counts_of(items, [first.date()])[0]
        DayCount(subject=('title', 'ash'), day=datetime.date(2027, 5, 14), stories=1, items=2, heat=50.0, weighted=2.6)
    """
    stories: dict[str, list[Mentioned]] = defaultdict(list)
    for one in sorted((one for one in items if not one.is_copy), key=lambda one: (one.seen, one.item)):
        stories[one.story].append(one)
    wanted = frozenset(days)
    found: dict[tuple[Subject, date], list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0.0])
    for told in stories.values():
        for key, counts in _of_story(told, wanted).items():
            for place, count in enumerate(counts):
                found[key][place] += count
    return [
        DayCount(subject, day, round(counts[0]), round(counts[1]), round(counts[2], 6), round(counts[3], 6))
        for (subject, day), counts in sorted(found.items())
    ]


def _of_story(told: Sequence[Mentioned], days: frozenset[date]) -> Mapping[tuple[Subject, date], list[float]]:
    """Stories, items, heat and weighted items of one story, of each subject and day."""
    found: dict[tuple[Subject, date], list[float]] = {}
    named: dict[Subject, float] = {}
    for day in sorted({one.seen.date() for one in told}):
        until = [one for one in told if one.seen.date() <= day]
        heat = float(max(one.quality for one in until) + EACH * (len(until) - 1))
        today = [one for one in until if one.seen.date() == day]
        for subject in sorted({subject for one in today for subject in one.subjects}):
            mine = [one for one in today if subject in one.subjects]
            risen = max(heat - named.get(subject, 0.0), 0.0)
            if day in days:
                weighted = sum(1.0 + one.points / TIER_OF_TWO for one in mine)
                found[subject, day] = [float(subject not in named), float(len(mine)), risen, weighted]
            named[subject] = heat
    return found


def closed_days(first: date, until: date) -> list[date]:
    """The days from one until before another: those that are over.

    Example:
        >>> closed_days(date(2027, 5, 14), date(2027, 5, 16))
        [datetime.date(2027, 5, 14), datetime.date(2027, 5, 15)]
    """
    return [first + timedelta(days=number) for number in range(max((until - first).days, 0))]
