"""Stories made one or divided by hand: what people said is a decision, and holds in every later grouping."""

from collections.abc import Sequence
from dataclasses import dataclass

from openslate.apps.press.desk.decisions import DecisionKind, decide
from openslate.apps.press.desk.desk import Desk
from openslate.apps.press.desk.items import item_by_id
from openslate.apps.press.desk.story import Story, story_by_id, story_of
from openslate.apps.press.stories.by_hand import Links
from openslate.apps.press.stories.keeping import links_by_hand, update_stories, within_window
from openslate.errors import UsageError


@dataclass(frozen=True)
class Said:
    """What came of it.

    Attributes:
        stories: ids of the story that is kept, or of the two that there are now.
        decisions: numbers, by which each can be withdrawn.
    """

    stories: tuple[str, ...]
    decisions: tuple[int, ...]


def merge(desk: Desk, story: str, other: str, by: str, why: str) -> Said:
    """Make one story of two; the older id stays.

    Args:
        desk: that keeps them.
        story, other: ids that they have or had.
        by: who decides.
        why: in their words.

    Raises:
        UsageError: there is no such story, they are one, one is older than the window, or people parted its items.
    """
    update_stories(desk)
    first, second = story_by_id(desk, story), story_by_id(desk, other)
    if first.id == second.id:
        raise UsageError(f"{story} and {other} are one story.", "Name two; see `openslate press stories`.")
    pair = (_item_in_window(desk, first), _item_in_window(desk, second))
    made = _decided(desk, [("join", *pair)], by, why)
    return Said((story_of(desk, pair[0]),), made)


def split(desk: Desk, story: str, items: Sequence[str], by: str, why: str) -> Said:
    """Take items out of a story into one of their own; its lead keeps its id.

    Args:
        desk: that keeps it.
        story: id that it has or had.
        items: ids or addresses.
        by: who decides.
        why: in their words.

    Raises:
        UsageError: there is no such story or item, none would be left, it is older than the window, or the items were
            joined by hand.
    """
    update_stories(desk)
    whole = story_by_id(desk, story)
    out = list(dict.fromkeys(item_by_id(desk, one).id for one in items))
    strangers = [one for one in out if one not in whole.items]
    if strangers:
        raise UsageError(f"{strangers[0]} is not in story {whole.id}.", f"See `openslate press stories {whole.id}`.")
    window = within_window(desk)
    # A copy goes with what it is a copy of, unless it is itself taken out.
    rest = [one for one in whole.items if one not in out and one in window and whole.copies.get(one) not in out]
    rest = [one for one in rest if one not in whole.copies or whole.copies[one] not in whole.items]
    if not rest or not set(out) <= window:
        raise UsageError(
            f"Nothing of story {whole.id} would be left, or it is older than five days.",
            "Name some of the items of a story of the last five days.",
        )
    said: list[tuple[DecisionKind, str, str]] = [("join", out[0], one) for one in out[1:]]
    said += [("part", one, other) for one in out for other in rest]
    made = _decided(desk, said, by, why)
    return Said(tuple(dict.fromkeys((story_of(desk, rest[0]), story_of(desk, out[0])))), made)


def _decided(
    desk: Desk, said: Sequence[tuple[DecisionKind, str, str]], by: str, why: str
) -> tuple[int, ...]:  # fmt: skip
    """Write decisions down, once it is known that they contradict none, and let them hold."""
    known = links_by_hand(desk)
    Links(
        (*known.joins, *((one, other) for kind, one, other in said if kind == "join")),
        (*known.parts, *((one, other) for kind, one, other in said if kind == "part")),
    )
    made = tuple(decide(desk, kind, one, other, by, why) for kind, one, other in said)
    update_stories(desk)
    return made


def _item_in_window(desk: Desk, story: Story) -> str:
    """The lead, or else the first item that still draws others."""
    window = within_window(desk)
    found = [one for one in (story.lead, *story.items) if one in window]
    if not found:
        raise UsageError(
            f"Story {story.id} is older than five days: nothing comes to it any more.", "Merge stories while they grow."
        )
    return found[0]
