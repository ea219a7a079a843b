"""One hour's items on top of what was held at the end of the hour before: the same, in whatever order they came."""

from collections.abc import Mapping, Sequence

import numpy as np

from openslate.apps.press.stories.by_hand import Links, held_to, of_roots, released
from openslate.apps.press.stories.grouping_hour import Groups, with_arrivals
from openslate.apps.press.stories.held import Held
from openslate.apps.press.stories.placing import placed
from openslate.apps.press.stories.things import Headline
from openslate.apps.press.stories.window import likeness


def after(before: Held, arrived: Sequence[Headline], known: Mapping[str, Headline], links: Links, hour: int) -> Held:
    """What is held after items arrived.

    Args:
        before: what was held at the end of the hour before.
        arrived: items of the hour, in any order.
        known: all items of the window, and these.
        links: by hand.
        hour: hours since 1970.
    """
    new = sorted(arrived, key=_canonical)
    copies = before.copies.with_more(new)
    copy_of = {item: place.copy_of for item, place in before.places.items() if place.copy_of}
    copy_of |= copies.of_last(len(new))
    free = released(links, copy_of)
    roots = [one for one in new if one.id not in copy_of]
    roots += sorted((known[item] for item in free), key=_canonical)
    copy_of = {item: of for item, of in copy_of.items() if item not in free}
    start = groups_of(before)
    titles = [known[row].title for row in before.window.ids] if roots else []
    groups = with_arrivals(start, titles, [one.id for one in roots], [one.title for one in roots])
    labels = groups.labels
    if links.joins or links.parts:
        place = {item: at for at, item in enumerate(groups.window.ids)}
        over = of_roots(links, copy_of)
        labels = held_to(over, place, labels, lambda one, other: likeness(groups.window, one, other))
    found = placed(before, start, Groups(groups.window, labels, groups.fresh), copy_of, known, hour)
    return Held(found.places, found.stories, groups.window, copies, found.touched)


def without_old(before: Held, known: Mapping[str, Headline], limit: int) -> Held:
    """The same without what has left the window.

    Args:
        before: what was held.
        known: all items of the window.
        limit: the first hour, since 1970, that is in the window.
    """
    old = {item for item, place in before.places.items() if place.hour < limit}
    if not old:
        return before
    copies = before.copies.without_first(len(old))
    heads = copies.of_last(len(copies.ids))
    places, orphans = {}, []
    for item, place in before.places.items():
        if item in old:
            continue
        if place.copy_of in old:
            # The first copy that is left stands for the others.
            place = place._replace(copy_of=heads.get(item, ""))
            if not place.copy_of:
                orphans.append(known[item])
        places[item] = place
    orphans.sort(key=_canonical)
    window = before.window.only(np.array([row not in old for row in before.window.ids], dtype=np.bool_))
    window = window.with_more([one.id for one in orphans], [one.title for one in orphans])
    living = {place.story for place in places.values()}
    stories = {story: one for story, one in before.stories.items() if story in living or one.last >= limit}
    return Held(places, stories, window, copies)


def groups_of(before: Held) -> Groups:
    """Stories as groups of the rows of their window.

    Args:
        before: what is held.
    """
    within = [before.places[row] for row in before.window.ids]
    numbers = {story: at for at, story in enumerate(dict.fromkeys(place.story for place in within))}
    return Groups(
        before.window,
        np.array([numbers[place.story] for place in within], dtype=np.int64),
        np.array([place.fresh for place in within], dtype=np.bool_),
    )


def _canonical(headline: Headline) -> tuple[object, ...]:
    return headline.published, headline.id
