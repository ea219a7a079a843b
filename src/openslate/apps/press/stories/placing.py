"""Groups of rows become stories with names: only those that changed are looked at."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.apps.press.stories.grouping_hour import Groups
from openslate.apps.press.stories.held import Held
from openslate.apps.press.stories.naming import followed, lead_of, named
from openslate.apps.press.stories.things import Headline, Named, Place
from openslate.clock import to_microseconds


@dataclass(frozen=True)
class Placed:
    """Items in stories.

    Attributes:
        places: of the items of the window.
        stories: by id, those that are and those that were.
        touched: items that are elsewhere than before, or new.
    """

    places: dict[str, Place]
    stories: dict[str, Named]
    touched: frozenset[str]


def placed(
    before: Held, start: Groups, end: Groups, copy_of: Mapping[str, str], known: Mapping[str, Headline], hour: int
) -> Placed:
    """Items in stories after rows were grouped.

    Args:
        before: what was held.
        start, end: groups before and after; the rows after begin with those before.
        copy_of: what each copy is a copy of.
        known: all items.
        hour: hours since 1970.
    """
    copies: dict[str, list[str]] = defaultdict(list)
    for item, of in copy_of.items():
        copies[of].append(item)
    ids = end.window.ids
    groups = [[item for row in rows for item in (ids[row], *copies[ids[row]])] for rows in changed(start, end)]
    old = {item: before.places[item].story for group in groups for item in group if item in before.places}
    leads = _leads(set(old.values()), before, known)
    names = named([[known[item] for item in group] for group in groups], old, leads, before.stories)
    places = dict(before.places)
    for row in np.flatnonzero(_eased(start, end)).tolist():
        places[ids[row]] = places[ids[row]]._replace(fresh=False)
    touched: set[str] = set()
    fresh = {ids[row] for row in np.flatnonzero(end.fresh).tolist()}
    for name, group in zip(names, groups, strict=True):
        for item in group:
            then = before.places[item].hour if item in before.places else hour
            places[item] = Place(name, copy_of.get(item, ""), item in fresh, then)
            if old.get(item) != name:
                touched.add(item)
    for item, of in copy_of.items():
        # Copies of what is in a story that did not change otherwise.
        if item not in places:
            places[item] = Place(places[of].story, of, False, hour)
            touched.add(item)
    stories = _stories(before, names, groups, old, leads, known, places, hour)
    return Placed(places, stories, frozenset(touched))


def changed(start: Groups, end: Groups) -> list[list[int]]:
    """The rows of each group that is not exactly a story that was there before, by their first row.

    Args:
        start, end: groups before and after.
    """
    n = len(end.labels)
    if not n:
        return []
    _, group = np.unique(end.labels, return_inverse=True)
    group = group.reshape(-1)
    old = np.full(n, -1, np.int64)
    old[: len(start.labels)] = start.labels
    sizes, olds = np.bincount(group), np.bincount(start.labels, minlength=1)
    first = np.full(len(sizes), n)
    np.minimum.at(first, group, np.arange(n))
    of_first = old[first]
    whole = np.bincount(group, weights=old == of_first[group]) == sizes
    same = whole & (of_first >= 0) & (olds[np.maximum(of_first, 0)] == sizes)
    rows = np.flatnonzero(~same[group])
    found: dict[int, list[int]] = defaultdict(list)
    for row, one in zip(rows.tolist(), group[rows].tolist(), strict=True):
        found[one].append(row)
    return list(found.values())


def _eased(start: Groups, end: Groups) -> NDArray[np.bool_]:
    """Rows that were fresh before and are no more."""
    return start.fresh & ~end.fresh[: len(start.fresh)]


def _leads(stories: set[str], before: Held, known: Mapping[str, Headline]) -> dict[str, str]:
    members: dict[str, list[Headline]] = defaultdict(list)
    for item, place in before.places.items():
        if place.story in stories:
            members[place.story].append(known[item])
    return {story: lead_of(within).id for story, within in members.items()}


def _stories(
    before: Held,
    names: Sequence[str],
    groups: Sequence[Sequence[str]],
    old: Mapping[str, str],
    leads: Mapping[str, str],
    known: Mapping[str, Headline],
    places: Mapping[str, Place],
    hour: int,
) -> dict[str, Named]:
    found = dict(before.stories)
    living = set(names)
    for name, group in zip(names, groups, strict=True):
        if name not in leads:
            lead = lead_of(known[item] for item in group)
            found[name] = Named(hour, to_microseconds(lead.published), lead.id, "", hour)
    for story in set(old.values()) - living:
        found[story] = found[story]._replace(became=places[leads[story]].story, last=hour)
    if set(old.values()) <= living:
        return found
    return followed(found, {place.story for place in places.values()})
