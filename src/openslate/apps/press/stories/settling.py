"""Neighbourhoods of stories that have grown, grouped anew by all ways: few headlines whole, many in parts."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from threadpoolctl import threadpool_limits

from openslate.apps.press.stories.grouping import agreed_groups
from openslate.models.gathering.communities import numbered

Labels = NDArray[np.int64]
WHOLE = 3_000
"""Headlines up to which all are one neighbourhood."""
LOCAL = 1_200
"""Headlines that are grouped together at most, beyond."""
GROWN = 0.4
"""Share of what was settled by which a neighbourhood grows before it is settled again."""
STRONG = 0.07
"""Average likeness from which two stories are neighbours."""
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


def settled(titles: Sequence[str], labels: Labels, fresh: NDArray[np.bool_], near: csr_array) -> Settled:
    """Group anew what has grown enough.

    Args:
        titles: of all headlines.
        labels: int64 (headlines,), their stories.
        fresh: bool (headlines,), what came since its neighbourhood was grouped last.
        near: how alike what came now, which is the last, is to all.
    """
    n = len(labels)
    if n <= WHOLE:
        return Settled(_grouped(titles, [[np.arange(n)]], labels), np.zeros(n, np.bool_))
    areas = neighbourhoods(labels, fresh, near)
    done = fresh.copy()
    for rows in (*areas.alone, *areas.due):
        done[rows] = False
    return Settled(_grouped(titles, packed(areas.due), labels), done)


def grown(fresh: int, all_of_it: int) -> bool:
    """Whether enough has come for grouping anew."""
    return fresh > 0 and fresh >= GROWN * (all_of_it - fresh)


@dataclass(frozen=True)
class Neighbourhoods:
    """Rows of stories that are near one another.

    Attributes:
        due: those that have grown enough.
        alone: single stories that stay as they are.
    """

    due: list[NDArray[np.int64]]
    alone: list[NDArray[np.int64]]


def neighbourhoods(labels: Labels, fresh: NDArray[np.bool_], near: csr_array) -> Neighbourhoods:
    """The neighbourhoods of stories to which something came now.

    Args:
        labels, fresh, near: as for `settled`.
    """
    rows = np.arange(len(labels) - near.shape[0], len(labels))
    _, story = np.unique(labels, return_inverse=True)
    sizes = np.bincount(story)
    order = np.argsort(story, kind="stable")
    ends = np.cumsum(sizes)
    touched, turn = np.unique(story[rows], return_inverse=True)
    links = _links(near, turn, story, len(touched), sizes)
    place = {int(one): at for at, one in enumerate(touched)}
    coming = np.bincount(story[fresh], minlength=len(sizes))
    taken = np.zeros(len(sizes), np.bool_)
    found = Neighbourhoods([], [])
    for one in sorted(place, key=lambda one: (-int(coming[one]), int(order[ends[one] - sizes[one]]))):
        if taken[one]:
            continue
        area = _area(one, links, place, sizes, taken)
        members = np.concatenate([order[ends[s] - sizes[s] : ends[s]] for s in area])
        if len(area) == 1 and (sizes[one] < 3 or _within(links, place[one], one) >= CLOSE):
            found.alone.append(members)
        elif grown(int(coming[area].sum()), len(members)):
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


def _links(alike: csr_array, turn: Labels, story: Labels, touched: int, sizes: Labels) -> csr_array:
    """The average likeness of what came to each touched story to each story."""
    coming = csr_array((np.ones(len(turn), np.float32), (turn, np.arange(len(turn)))), shape=(touched, len(turn)))
    holding = csr_array(
        (np.ones(len(story), np.float32) / sizes[story].astype(np.float32), (np.arange(len(story)), story)),
        shape=(len(story), len(sizes)),
    )
    links = csr_array(coming @ alike @ holding)
    links.data /= np.repeat(np.bincount(turn, minlength=touched).astype(np.float32), np.diff(links.indptr))
    return links


def _within(links: csr_array, place: int, story: int) -> float:
    here = slice(links.indptr[place], links.indptr[place + 1])
    return float(links.data[here][links.indices[here] == story].sum())


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
