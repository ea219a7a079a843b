"""Changes: whose history is not what it was when sums were counted, found by comparing both member by member."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from openslate.data.prepared import Prepared
from openslate.models.histories import Histories

EVENTS_AT_ONCE = 5_000_000
"""Events compared at a time."""
MOST = 1.0
"""Events to take out and to add, as a share of all, beyond which counting all of them is quicker."""


@dataclass(frozen=True)
class Changes:
    """Members whose history changed, with what it was and what it is; new members had none, and gone ones have none.

    Titles are numbered as they are now; those that are gone come after all others.

    Attributes:
        gone: what the histories were; left out where too much changed.
        come: what they are; left out likewise.
        places: int64 [all titles], where each title stood before; -1 for a new one.
        n_before: how many titles there were.
        n_now: how many there are.
        members: how many changed.
        of: how many there are, gone ones included.
        too_many: whether taking out and adding would take longer than counting from the beginning.
    """

    gone: Histories
    come: Histories
    places: NDArray[np.int64]
    n_before: int
    n_now: int
    members: int
    of: int
    too_many: bool

    @property
    def in_words(self) -> str:
        """The share of members that changed."""
        return f"{self.members / max(self.of, 1):.1%} of members changed"


def changes_between(
    before: Prepared,
    until: int | None,
    members: Sequence[str],
    titles: Sequence[str],
    histories: Histories,
    most: float = MOST,
) -> Changes:
    """Compare earlier histories with those of now.

    Args:
        before: the earlier ones.
        until: microseconds since 1970-01-01 UTC; only earlier events of theirs count. None for all.
        members: ids of now, by member index.
        titles: ids of now, by title index.
        histories: those of now.
        most: the share of events beyond which the changed histories are not brought.
    """
    known = set(titles)
    all_titles = (*titles, *(title for title in before.titles if title not in known))
    earlier = {title: place for place, title in enumerate(before.titles)}
    places = np.array([earlier.get(title, -1) for title in all_titles], dtype=np.int64)
    numbers = np.empty(len(before.titles), dtype=np.int32)
    numbers[places[places >= 0]] = np.flatnonzero(places >= 0)

    def then(chosen: NDArray[np.int64]) -> Histories:
        """Earlier histories over all titles; of a member who had none, an empty one."""
        taken = _taken(before.histories, chosen)
        kept = taken if until is None else taken.keep(taken.times < until)
        return replace(kept, titles=numbers[kept.titles], n_titles=len(all_titles))

    index = {member: place for place, member in enumerate(before.members)}
    met = np.array([index.pop(member, -1) for member in members], dtype=np.int64)
    left = np.array(sorted(index.values()), dtype=np.int64)
    changed = [
        start + np.flatnonzero(_differ(then(met[start:stop]), histories.part(start, stop)))
        for start, stop in histories.blocks(EVENTS_AT_ONCE)
    ]
    now = np.concatenate([*changed, np.zeros(0, dtype=np.int64)])
    was = np.concatenate([met[now], left])
    events = before.histories.lengths()[was[was >= 0]].sum() + histories.lengths()[now].sum()
    too_many = events > most * histories.n_events
    return Changes(
        gone=then(was[:0] if too_many else was),
        come=replace(histories.take(now[:0] if too_many else now), n_titles=len(all_titles)),
        places=places,
        n_before=len(before.titles),
        n_now=len(titles),
        members=len(now) + len(left),
        of=len(members) + len(left),
        too_many=bool(too_many),
    )


def _taken(histories: Histories, chosen: NDArray[np.int64]) -> Histories:
    """The chosen members; an empty history for each -1."""
    there = chosen >= 0
    taken = histories.take(chosen[there])
    lengths = np.zeros(len(chosen), dtype=np.int64)
    lengths[there] = taken.lengths()
    return replace(taken, offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))


def _differ(old: Histories, new: Histories) -> NDArray[np.bool_]:
    """Which members' histories are not equal, bool [members]."""
    lengths = new.lengths()
    differ = old.lengths() != lengths
    first, second = (one.keep(np.repeat(~differ, one.lengths())) for one in (old, new))
    unequal = (first.titles != second.titles) | (first.times != second.times)
    unequal |= first.engagement != second.engagement
    differ |= np.bincount(second.members_of_events()[unequal], minlength=len(lengths)) > 0
    return np.asarray(differ, dtype=np.bool_)
