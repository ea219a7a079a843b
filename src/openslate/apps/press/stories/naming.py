"""Names of stories: taken from the first lead, kept through merges and splits, and never given twice."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from openslate.apps.press.stories.things import PASSING, Headline, Named


def lead_of(headlines: Iterable[Headline]) -> Headline:
    """The item that stands for a story: of the highest quality, then the earliest, then by id.

    Args:
        headlines: of the story, at least one.
    """
    return min(headlines, key=lambda one: (-one.quality, one.published, one.id))


def why_it_leads(lead: Headline, others: Collection[Headline]) -> str:
    """Why an item leads its story, in a sentence.

    Args:
        lead: the item.
        others: the story's other items.
    """
    if not others:
        return "It is the only item."
    most = max(one.quality for one in others)
    if lead.quality > most:
        return f"Its quality of {lead.quality} is the highest; the next has {most}."
    equal = [one for one in others if one.quality == lead.quality]
    if any(one.published == lead.published for one in equal):
        return f"Of those with the highest quality, {lead.quality}, and the earliest moment it has the first id."
    return f"Of {len(equal) + 1} with the highest quality, {lead.quality}, it is the earliest."


def story_id(item: str, taken: Callable[[str], bool]) -> str:
    """The id of a story that an item leads first.

    Args:
        item: id of the lead.
        taken: says whether a story has or had an id.

    Example:
        >>> first = story_id("2d80a0dfc51c231b", lambda story: False)
        >>> len(first), first == story_id("2d80a0dfc51c231b", lambda story: story == first)
        (16, False)
    """
    many = 0
    while True:
        found = hashlib.sha256(f"story {many} {item}".encode()).hexdigest()[:16]
        if not taken(found):
            return found
        many += 1


def named(
    groups: Sequence[Sequence[Headline]],
    before: Mapping[str, str],
    leads: Mapping[str, str],
    stories: Mapping[str, Named],
) -> list[str]:
    """The id of each group.

    A story stays with its lead. Where several come together, the one that began first stays; of those that began in
    one hour, the one whose first lead was published first.

    Args:
        groups: items of each group that changed, in an order of their own.
        before: the story that each item was in, where it was in one.
        leads: the lead of each story whose items are in the groups.
        stories: all that are known.
    """
    kept: list[str] = []
    for group in groups:
        here = {before[one.id] for one in group if one.id in before and leads[before[one.id]] == one.id}
        kept.append(min(here, key=lambda story: (stories[story][:3], story), default=""))
    given: set[str] = set()
    for at, group in enumerate(groups):
        if not kept[at]:
            kept[at] = story_id(lead_of(group).id, lambda one: one in given or _is_taken(one, stories))
            given.add(kept[at])
    return kept


def followed(stories: Mapping[str, Named], living: Collection[str]) -> dict[str, Named]:
    """Stories with each that is no more pointing to one that is, and never to one that points on.

    Args:
        stories: that are or were.
        living: ids of those that have an item in the window.
    """
    found = {}
    for story, one in stories.items():
        now = "" if story in living else one.became
        while now and now not in living and now in stories and stories[now].became:
            now = stories[now].became
        found[story] = one if now == one.became else one._replace(became=now)
    return found


def _is_taken(story: str, stories: Mapping[str, Named]) -> bool:
    return story in stories and stories[story].begun != PASSING
