"""Related items of a record, as its format wants them: later ones near its subject, the best first."""

from collections.abc import Sequence
from datetime import timedelta

from openslate.apps.press.stories.things import Headline

BEFORE = timedelta(hours=1)
AFTER = timedelta(hours=104)
MOST = 16


def related(lead: Headline, near: Sequence[Headline]) -> list[Headline]:
    """The items that an item's record lists as related.

    The list is directed: an item lists later ones, and is listed by earlier ones. From an hour before it to 104 hours
    after it is what was seen in records of the format.

    Args:
        lead: the item.
        near: items of its story, or near its subject; the item itself and copies of it may be among them.

    Returns:
        At most 16, by quality, the earlier first among equals.

    Example:
        >>> from datetime import UTC, datetime
        >>> then = datetime(2026, 1, 5, 8, tzinfo=UTC)
        >>> places = (("a", 0), ("b", -2), ("c", 3))
        >>> one, early, late = (
        ...     Headline(name, "", "", "", then + timedelta(hours=hours), then) for name, hours in places
        ... )
        >>> [other.id for other in related(one, [early, late])]
        ['c']
    """
    found = [
        one
        for one in near
        if one.id != lead.id and lead.published - BEFORE <= one.published <= lead.published + AFTER
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.quality, one.published, one.id))[:MOST]
