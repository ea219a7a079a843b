"""What interest means: how many other sources took a story up in the two days after an item."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(hours=48)


@dataclass(frozen=True)
class Told:
    """An item, as far as learning looks at it.

    Attributes:
        item: id.
        story: id of its story.
        seen: moment at which it arrived, UTC.
        domain: of who published it.
        words: title and excerpt.
        points: of the tier of its source.
        entities: how many titles and people of the catalogue it names.
        allowed: whether its source's reservations let models learn from it.
    """

    item: str
    story: str
    seen: datetime
    domain: str
    words: str
    points: int
    entities: int
    allowed: bool


def taken_up(items: Sequence[Told]) -> dict[str, int]:
    """By how many other sources the story of each item was told within two days after it.

    Sources whose words may not be learned from count here all the same: that they told a story is a fact about it.

    Args:
        items: of whole stories.

    Example:
        >>> from datetime import UTC
        >>> noon = datetime(2027, 5, 14, 12, tzinfo=UTC)
        >>> one = Told("a", "s", noon, "a.example", "", 0, 0, True)
        >>> two = Told("b", "s", noon + timedelta(hours=3), "b.example", "", 0, 0, False)
        >>> taken_up([one, two])
        {'a': 1, 'b': 0}
    """
    stories: dict[str, list[Told]] = defaultdict(list)
    for one in sorted(items, key=lambda one: (one.seen, one.item)):
        stories[one.story].append(one)
    found = {}
    for told in stories.values():
        moments = [one.seen for one in told]
        for one in told:
            # What arrived at the same moment did not follow it.
            after = told[bisect_right(moments, one.seen) : bisect_right(moments, one.seen + WINDOW)]
            found[one.item] = len({other.domain for other in after} - {one.domain})
    return found
