"""Neighbourhoods of stories that have grown, grouped anew by all ways: few headlines whole, many in parts."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits

from openslate.apps.press.stories.grouping import agreed_groups
from openslate.apps.press.stories.window import story_likenesses
from openslate.models.gathering.communities import numbered

Labels = NDArray[np.int64]
WHOLE = 4_500
"""Headlines up to which all are one neighbourhood."""
ALWAYS = 1_000
"""Headlines up to which all are grouped anew whenever some came."""
TENTH = 0.1
"""Share of what was settled by which all have grown before they are grouped anew, from `ALWAYS` to `WHOLE`."""
LOCAL = 1_200
"""Headlines that are grouped together at most, beyond."""
GROWN = 0.4
"""Share of what was settled by which a neighbourhood grows before it is settled again."""
STRONG = 0.2
"""Likeness on the whole from which two stories are neighbours."""
CLOSE = 0.25
"""Average likeness within a story without neighbours from which it stays as it is."""
WORKERS = 2


@dataclass(frozen=True)
class Settled:
    """Labels after neighbourhoods were grouped anew.

    Attributes:
        labels: int64 (headlines,), any numbers.
        fresh: bool (headlines,), what came since its neighbourhood was grouped last.
    """

    labels: Labels
    fresh: NDArray[np.bool_]


def settled(
    titles: Sequence[str], labels: Labels, fresh: NDArray[np.bool_], near: csr_array, terms: csr_array
) -> Settled:  # fmt: skip
    """Group anew what has grown enough.

    Args:
        titles: of all headlines.
        labels: int64 (headlines,), their stories.
        fresh: bool (headlines,), what came since its neighbourhood was grouped last.
        near: how alike what came now, which is the last, is to all.
        terms: of all headlines, by `telling_terms`.
    """
    n = len(labels)
    if n <= ALWAYS or (n <= WHOLE and grown(int(fresh.sum()), n, TENTH)):
        return Settled(_grouped(titles, [[np.arange(n)]], labels), np.zeros(n, np.bool_))
    if n <= WHOLE:
        return Settled(labels, fresh)
    areas = neighbourhoods(labels, fresh, near, terms)
    done = fresh.copy()
    for rows in (*areas.alone, *areas.due):
        done[rows] = False
    return Settled(_grouped(titles, packed(areas.due), labels), done)


def grown(fresh: int, all_of_it: int, share: float) -> bool:
    """Whether enough has come for grouping anew: a share of what was there."""
    return fresh > 0 and fresh >= share * (all_of_it - fresh)


@dataclass(frozen=True)
class Neighbourhoods:
    """Rows of stories that are near one another.

    Attributes:
        due: those that have grown enough.
        alone: single stories that stay as they are.
    """

    due: list[NDArray[np.int64]]
    alone: list[NDArray[np.int64]]


def neighbourhoods(
    labels: Labels, fresh: NDArray[np.bool_], near: csr_array, terms: csr_array
) -> Neighbourhoods:  # fmt: skip
    """The neighbourhoods of stories to which something came now.

    Args:
        labels, fresh, near, terms: as for `settled`.
    """
    rows = np.arange(len(labels) - near.shape[0], len(labels))
    _, story = np.unique(labels, return_inverse=True)
    sizes = np.bincount(story)
    order = np.argsort(story, kind="stable")
    ends = np.cumsum(sizes)
    touched, turn = np.unique(story[rows], return_inverse=True)
    within = _within(near, turn, story, len(touched), sizes)
    links = story_likenesses(terms, story, touched)
    place = {int(one): at for at, one in enumerate(touched)}
    coming = np.bincount(story[fresh], minlength=len(sizes))
    taken = np.zeros(len(sizes), np.bool_)
    found = Neighbourhoods([], [])
    for one in sorted(place, key=lambda one: (-int(coming[one]), int(order[ends[one] - sizes[one]]))):
        if taken[one]:
            continue
        area = _area(one, links, place, sizes, taken)
        members = np.concatenate([order[ends[s] - sizes[s] : ends[s]] for s in area])
        if len(area) == 1 and (sizes[one] < 3 or within[place[one]] >= CLOSE):
            found.alone.append(members)
        elif grown(int(coming[area].sum()), len(members), GROWN):
            taken[area] = True
            found.due.append(members)
    return found


def packed(areas: Sequence[NDArray[np.int64]]) -> list[list[NDArray[np.int64]]]:
    """Areas put together that are grouped at one time: small ones give each other a background."""
    found: list[list[NDArray[np.int64]]] = []
    room = 0
    for area in areas:
        if len(area) > room:
            found.append([])
            room = LOCAL
        found[-1].append(area)
        room -= len(area)
    return found


def _within(alike: csr_array, turn: Labels, story: Labels, touched: int, sizes: Labels) -> NDArray[np.float64]:
    """The average likeness of what came to each touched story to all that is in it."""
    rows = np.repeat(np.arange(alike.shape[0]), np.diff(alike.indptr))
    own = story[alike.indices] == story[len(story) - alike.shape[0] + rows]
    total = np.bincount(turn[rows[own]], weights=alike.data[own], minlength=touched)
    came = np.bincount(turn, minlength=touched)
    members = np.zeros(touched)
    members[turn] = sizes[story[len(story) - alike.shape[0] :]]
    return np.asarray(total / (came * members))


def _area(
    first: int, links: csr_array, place: dict[int, int], sizes: Labels, taken: NDArray[np.bool_]
) -> list[int]:  # fmt: skip
    """A story, its neighbours while there is room, the nearest first, and the neighbours of those that grew."""
    area, inside, room = [first], {first}, LOCAL - int(sizes[first])
    at = 0
    while at < len(area) and room > 0:
        row = place.get(area[at])
        at += 1
        if row is None:
            continue
        here = slice(links.indptr[row], links.indptr[row + 1])
        others, strength = links.indices[here], links.data[here]
        for other in others[np.lexsort((others, -strength))][: int((strength >= STRONG).sum())].tolist():
            if other not in inside and not taken[other] and sizes[other] <= room:
                area.append(other)
                inside.add(other)
                room -= int(sizes[other])
    return area


def _grouped(titles: Sequence[str], batches: Sequence[Sequence[NDArray[np.int64]]], labels: Labels) -> Labels:
    """Labels with each batch grouped anew; the result does not depend on the number of workers."""
    found, free = labels.copy(), int(labels.max(initial=-1)) + 1

    def groups_of(areas: Sequence[NDArray[np.int64]]) -> Labels:
        rows = np.concatenate(areas)
        groups = agreed_groups([titles[row] for row in rows])
        # What is in two areas is not in one story, however alike it looks beside the rest.
        area = np.repeat(np.arange(len(areas)), [len(one) for one in areas])
        return numbered(area * len(rows) + groups)

    with threadpool_limits(1), ThreadPoolExecutor(WORKERS) as workers:
        for areas, groups in zip(batches, workers.map(groups_of, batches), strict=True):
            found[np.concatenate(areas)] = groups + free
            free += int(groups.max()) + 1
    return found
