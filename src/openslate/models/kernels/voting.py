"""Votes of members for what comes next: each place where another member watched a title of yours speaks for what
that member watched right after it.

What a member has in common with everybody is added up along each title's audience, which lies in one piece. The
places that vote are then dealt out to the members whose they are, and put in order: so the places around one stand
beside it, and nothing is looked up in all the histories but what is voted for.
"""

import threading
from dataclasses import dataclass

import numpy as np
from numba import float32, int64, uint32, uint64
from numpy.typing import NDArray

from openslate.models.histories import ENGAGEMENT_STEPS
from openslate.models.kernels.compiling import compiled
from openslate.models.kernels.events import VoteWeights, Witnesses
from openslate.models.kernels.sharing import share_rows

FELT = ENGAGEMENT_STEPS + 1
"""Values that engagement takes."""
STEP_BITS = 11
"""Eight steps for each doubling of what a witness has in common; `plain.votes` rounds the border down by them, too."""

_kept = threading.local()


@dataclass(frozen=True)
class _Room:
    """What one thread works in: making megabytes anew takes longer than an answer.

    Attributes:
        common: float32 [members].
        ends: int64 [members], where the voting places of each member end.
        slots: int32 [n_titles], one more than a latest title's slot, all zero between answers.
        voting: uint64 [events], the places that vote, and in the lower half what each is worth.
    """

    common: NDArray[np.float32]
    ends: NDArray[np.int64]
    slots: NDArray[np.int32]
    voting: NDArray[np.uint64]


def votes(
    witnesses: Witnesses,
    offsets: NDArray[np.int64],
    titles: NDArray[np.int32],
    engagement: NDArray[np.int32],
    weights: VoteWeights,
    most_threads: int | None = None,
) -> NDArray[np.float32]:
    """The votes for every title, for members given by their events.

    Args:
        witnesses: who votes.
        offsets: int64 [members + 1], where each asking member's events begin.
        titles: int32 [events].
        engagement: int32 [events].
        weights: what a vote weighs.
        most_threads: None for all there are; the result does not depend on it.

    Returns:
        float32 [members, n_titles].
    """
    n_titles = len(witnesses.title_offsets) - 1
    found = np.zeros((len(offsets) - 1, n_titles), dtype=np.float32)

    def add(first: int, last: int) -> None:
        room = _room_for(len(witnesses.titles), len(witnesses.believed), n_titles)
        _add_votes(
            found, room.common, room.ends, room.slots, room.voting, witnesses.titles, witnesses.offsets,
            witnesses.title_offsets, witnesses.places, witnesses.audience, witnesses.audience_engagement,
            witnesses.believed, offsets, titles, engagement, weights.shared, weights.latest, weights.ahead,
            weights.behind, weights.nearby, np.float32(weights.similarity_power), np.float32(weights.nearby_power),
            np.float32(weights.disagreement), weights.nearest, first, last,
        )  # fmt: skip

    if len(found) == 1:
        add(0, 1)
        return found
    audience = np.diff(witnesses.title_offsets)
    work = np.diff(np.concatenate([[0], np.cumsum(audience[titles])])[offsets]) + len(witnesses.believed)
    share_rows(work, add, most_threads)
    return found


def _room_for(events: int, members: int, n_titles: int) -> _Room:
    sizes = events, members, n_titles
    if getattr(_kept, "sizes", None) != sizes:
        _kept.sizes = sizes
        _kept.room = _Room(
            np.zeros(members, np.float32),
            np.zeros(members, np.int64),
            np.zeros(n_titles, np.int32),
            np.empty(events, np.uint64),
        )
    room: _Room = _kept.room
    return room


@compiled
def _add_votes(
    found: NDArray[np.float32],
    common: NDArray[np.float32],
    ends: NDArray[np.int64],
    slots: NDArray[np.int32],
    voting: NDArray[np.uint64],
    witness_titles: NDArray[np.int32],
    witness_offsets: NDArray[np.int64],
    title_offsets: NDArray[np.int64],
    places: NDArray[np.int32],
    audience: NDArray[np.int32],
    audience_engagement: NDArray[np.int8],
    believed: NDArray[np.float32],
    offsets: NDArray[np.int64],
    titles: NDArray[np.int32],
    engagement: NDArray[np.int32],
    shared: NDArray[np.float32],
    latest: NDArray[np.float32],
    ahead: NDArray[np.float32],
    behind: NDArray[np.float32],
    nearby: int,
    similarity_power: np.float32,
    nearby_power: np.float32,
    disagreement: np.float32,
    nearest: int,
    first: int,
    last: int,
) -> None:
    agreeing = np.empty(FELT, np.float32)
    # By slot and engagement: the strength of a place on that title, and how much of it votes.
    strength = np.empty(len(latest) * FELT, np.float32)
    own = np.empty(len(latest) * FELT, np.float32)
    for member in range(first, last):
        row, own_events = found[member], slice(offsets[member], offsets[member + 1])
        theirs, felt = titles[own_events][::-1], engagement[own_events][::-1]
        common[:] = 0
        for back in range(min(len(shared), len(theirs))):
            for other in range(FELT):
                agreeing[other] = shared[back] * (float32(1) - disagreement * float32(abs(other - felt[back])))
            title = theirs[back]
            for place in range(uint64(title_offsets[title]), uint64(title_offsets[title + 1])):
                common[uint64(audience[place])] += agreeing[uint64(audience_engagement[place])]
        _believe(common, believed, similarity_power, nearest)
        voters = theirs[: len(latest)]
        _weigh_places(strength, own, slots, voters, felt, latest, disagreement)
        _deal_out(voting, ends, slots, voters, common, title_offsets, places, audience, audience_engagement)
        begin = int64(0)
        for witness in range(len(ends)):
            end = ends[witness]
            if begin < end:
                _vote(
                    row, voting[begin:end], strength, own, common[witness], witness_titles,
                    witness_offsets[witness], witness_offsets[witness + 1], ahead, behind, nearby, nearby_power,
                )  # fmt: skip
                begin = end


@compiled
def _believe(
    common: NDArray[np.float32], believed: NDArray[np.float32], similarity_power: np.float32, nearest: int
) -> None:
    """Turn what each witness has in common into what its votes weigh: nothing unless it is among the nearest."""
    counts = np.zeros(2**STEP_BITS, np.int64)
    for witness in range(len(common)):
        common[witness] *= believed[witness]
        counts[_step(common[witness])] += 1
    border, found = len(counts), 0
    while border > 0 and found < nearest:
        border -= 1
        found += counts[border]
    for witness in range(len(common)):
        if common[witness] > 0 and _step(common[witness]) >= border:
            common[witness] = _power(common[witness], similarity_power)
        else:
            common[witness] = 0


@compiled
def _step(value: np.float32) -> np.uint32:
    """The upper bits of a number that is not negative: of two numbers, the lower has no higher step."""
    return np.float32(value).view(np.uint32) >> uint32(31 - STEP_BITS)


@compiled
def _weigh_places(
    strength: NDArray[np.float32],
    own: NDArray[np.float32],
    slots: NDArray[np.int32],
    voters: NDArray[np.int32],
    felt: NDArray[np.int32],
    latest: NDArray[np.float32],
    disagreement: np.float32,
) -> None:
    """Give every latest title a slot, and say what a place on it is worth by its engagement."""
    used = 0
    times = np.zeros(len(voters), np.float32)
    for back, title in enumerate(voters):
        if slots[title] == 0:
            strength[used * FELT : (used + 1) * FELT] = 0
            used += 1
            slots[title] = used
        slot = slots[title] - 1
        times[slot] += 1
        for other in range(FELT):
            agreement = float32(1) - disagreement * float32(abs(other - felt[back]))
            strength[slot * FELT + other] += latest[back] * agreement
    for slot in range(used):
        for other in range(slot * FELT, (slot + 1) * FELT):
            own[other] = times[slot] * strength[other]


@compiled
def _deal_out(
    voting: NDArray[np.uint64],
    ends: NDArray[np.int64],
    slots: NDArray[np.int32],
    voters: NDArray[np.int32],
    common: NDArray[np.float32],
    title_offsets: NDArray[np.int64],
    places: NDArray[np.int32],
    audience: NDArray[np.int32],
    audience_engagement: NDArray[np.int8],
) -> None:
    """Count the places that vote, by witness, and then put each where its witness's begin; gives the slots back."""
    ends[:] = 0
    for turn in range(2):
        for title in voters:
            if slots[title] > 0:
                for place in range(uint64(title_offsets[title]), uint64(title_offsets[title + 1])):
                    witness = uint64(audience[place])
                    if common[witness] > 0:
                        if turn:
                            worth = uint64((slots[title] - 1) * FELT + audience_engagement[place])
                            voting[ends[witness]] = uint64(places[place]) << uint64(32) | worth
                        ends[witness] += 1
                slots[title] = -slots[title] if turn == 0 else 0
        if turn == 0:
            for title in voters:
                slots[title] = abs(slots[title])
            total = int64(0)
            for witness in range(len(ends)):
                total, ends[witness] = total + ends[witness], total


@compiled
def _vote(
    row: NDArray[np.float32],
    voting: NDArray[np.uint64],
    strength: NDArray[np.float32],
    own: NDArray[np.float32],
    believed: np.float32,
    titles: NDArray[np.int32],
    start: int,
    stop: int,
    ahead: NDArray[np.float32],
    behind: NDArray[np.float32],
    nearby: int,
    nearby_power: np.float32,
) -> None:
    """Add what one witness votes for."""
    for late in range(1, len(voting)):
        moved, free = voting[late], late
        while free > 0 and voting[free - 1] > moved:
            voting[free] = voting[free - 1]
            free -= 1
        voting[free] = moved
    lowest = 0
    for voter in range(len(voting)):
        place = int64(voting[voter] >> uint64(32))
        while int64(voting[lowest] >> uint64(32)) < place - nearby:
            lowest += 1
        around, near = float32(0), lowest
        while near < len(voting) and int64(voting[near] >> uint64(32)) <= place + nearby:
            around += strength[voting[near] & uint64(2**32 - 1)]
            near += 1
        vote = own[voting[voter] & uint64(2**32 - 1)] * believed * _power(around, nearby_power)
        for by in range(uint64(min(len(ahead), stop - 1 - place))):
            row[uint64(titles[uint64(place + 1) + by])] += vote * ahead[by]
        for by in range(uint64(min(len(behind), place - start))):
            row[uint64(titles[uint64(place - 1) - by])] += vote * behind[by]


@compiled
def _power(value: np.float32, power: np.float32) -> np.float32:
    if power == 1:
        return value
    if power == 2:
        return value * value
    return value**power
