"""What happened to stories between two moments, in words; and ids that were seen in between."""

from collections.abc import Mapping

from openslate.apps.press.stories.held import Held
from openslate.apps.press.stories.naming import followed
from openslate.apps.press.stories.things import PASSING, Change, Headline, Named


def shown(was: Held, now: Held, known: Mapping[str, Headline]) -> Held:
    """What is held now, with the ids that were to be seen within the open hour and that are no more.

    They lead to the story that holds the item they were named after, and may be given again: whether one was seen
    depends on the order of arrival, and must change nothing.

    Args:
        was: what was held before.
        now: what is held.
        known: all items.
    """
    passing = {
        story: Named(PASSING, one.first, one.item, now.places[one.item].story, one.last)
        for story, one in was.stories.items()
        if story not in now.stories and one.item in now.places
    }
    if not passing:
        return now
    living = {place.story for place in now.places.values()}
    return Held(now.places, followed({**now.stories, **passing}, living), now.window, now.copies, now.touched)


def told(was: Held, now: Held, known: Mapping[str, Headline]) -> list[Change]:
    """What changed, in the order: stories that are new or divided, items, stories that became others.

    Args:
        was, now: what was held and what is.
        known: all items.
    """
    items = sorted((now.touched | was.touched) & set(now.places), key=lambda item: (known[item].published, item))
    began: list[Change] = []
    moved: list[Change] = []
    for item in items:
        here, there = now.places[item], was.places.get(item)
        if there is not None and there.story == here.story:
            continue
        named = now.stories[here.story]
        if named.item == item and here.story not in was.stories:
            began.append(_began(item, here.story, there.story if there else ""))
        elif there is None:
            why = f"It is a copy of {here.copy_of}." if here.copy_of else "Its headline is nearest to this story's."
            moved.append(Change("joined", here.story, "", item, why))
        elif now.stories.get(there.story, named).became != here.story:
            why = "With what has come since, its headline agrees with this story's."
            moved.append(Change("moved", here.story, there.story, item, why))
    merged = [
        Change("merged", story, one.became, "", f"Their headlines agree; {one.became} began first.")
        # Only few of tens of thousands are sorted.
        for story, one in sorted(
            (story, one)
            for story, one in now.stories.items()
            if one.became and story in was.stories and not was.stories[story].became
        )
    ]
    return [*began, *moved, *merged]


def _began(item: str, story: str, before: str) -> Change:
    if before:
        return Change("split", story, before, item, "Its headlines agree with one another more than with the rest.")
    return Change("new", story, "", item, "No story is near its headline.")
