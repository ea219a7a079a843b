"""Stories, online: items arrive, and stories begin, grow, become one, or are divided.

What was held at the end of an hour of arrival stays; the items of the hour that is open are put on top of it anew
whenever one comes, in the order of their publication. So stories do not depend on the order in which items arrived
within an hour, and grouping many items at once is the same as letting them arrive.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from types import MappingProxyType

from openslate.apps.press.stories.by_hand import Links, Pair
from openslate.apps.press.stories.held import Held
from openslate.apps.press.stories.hour import after, without_old
from openslate.apps.press.stories.telling import shown, told
from openslate.apps.press.stories.things import Change, Headline, Place
from openslate.clock import to_microseconds

DAYS = 5
HOURS = 24 * DAYS
"""Hours after its arrival in which an item draws others to its story."""


@dataclass(frozen=True)
class StoryState:
    """Stories, and all that is needed for putting more items to them.

    Stability: provisional.

    Attributes:
        hour: that is open, hours since 1970; below 0 before the first item.
        headlines: items of the window.
        frozen: what was held at the end of the hour before.
        open: ids of the items that arrived in the hour.
        now: what is held.
    """

    hour: int = -1
    headlines: Mapping[str, Headline] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    frozen: Held = field(default_factory=Held, repr=False)
    open: tuple[str, ...] = ()
    now: Held = field(default_factory=Held)


def arrive(
    state: StoryState, headlines: Iterable[Headline], joins: Sequence[Pair] = (), parts: Sequence[Pair] = ()
) -> tuple[StoryState, list[Change]]:
    """Put items to stories.

    Args:
        state: as it was.
        headlines: of items that arrived; one that is in the window stays as it is. An item that says it was seen in an
            hour before the one that is open counts as come in the open one.
        joins: pairs of items' ids that are in one story, by hand: all that hold now.
        parts: pairs that are in two.

    Returns:
        The state, and what changed, in order.

    Raises:
        UsageError: two items are both joined, over others perhaps, and parted.

    Example:
        >>> from datetime import UTC, datetime
        >>> then = datetime(2026, 1, 5, 8, tzinfo=UTC)
        >>> state, changes = arrive(StoryState(), [Headline("a", "Night Ferry wins Gull", "", "", then, then)])
        >>> [(change.kind, change.item) for change in changes]
        [('new', 'a')]
    """
    links = Links(tuple(joins), tuple(parts))
    coming = [one for one in {one.id: one for one in headlines}.values() if one.id not in state.headlines]
    coming.sort(key=lambda one: (hour_of(one), one.published, one.id))
    changes: list[Change] = []
    late = [one for one in coming if hour_of(one) <= state.hour]
    if late or (state.hour >= 0 and not coming):
        state, more = _step(state, state.hour, late, links)
        changes += more
    for hour, group in groupby(coming[len(late) :], key=hour_of):
        state, more = _step(state, hour, list(group), links)
        changes += more
    return state, changes


def hour_of(headline: Headline) -> int:
    """The hour in which an item arrived, since 1970."""
    return to_microseconds(headline.seen) // 3_600_000_000


def closed(state: StoryState, hour: int) -> StoryState:
    """The state with another hour open: what is held is frozen, and what is too old leaves.

    Args:
        state: as it was.
        hour: since 1970, after the one that is open.
    """
    frozen = without_old(state.now, state.headlines, hour - HOURS)
    headlines = state.headlines
    if len(frozen.places) < len(headlines):
        headlines = {item: one for item, one in headlines.items() if item in frozen.places}
    return StoryState(hour, headlines, frozen, (), frozen)


def _step(
    state: StoryState, hour: int, coming: Sequence[Headline], links: Links
) -> tuple[StoryState, list[Change]]:  # fmt: skip
    was = state.now
    if hour > state.hour:
        state = closed(state, hour)
    known = {**state.headlines, **{one.id: one for one in coming}}
    opened = (*state.open, *(one.id for one in coming))
    held = after(state.frozen, [known[item] for item in opened], known, links, hour)
    now = shown(was, held, known)
    return replace(state, headlines=known, open=opened, now=now), told(was, now, known)


def place_of(state: StoryState, item: str) -> Place:
    """Where an item of the window is.

    Args:
        state: of stories.
        item: id.
    """
    return state.now.places[item]
