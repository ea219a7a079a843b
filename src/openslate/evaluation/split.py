"""The one shape every cut of the histories has, so that any model meets any protocol."""

import hashlib
import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError
from openslate.models.histories import Histories

EVENTS_AT_ONCE = 5_000_000
"""Events looked through at a time for what their members had watched before."""


@dataclass(frozen=True)
class Split:
    """One cut of the histories, complete enough to be checked by its hash.

    Stability: stable.

    Attributes:
        name: "global-time", "leave-last-out" or "strong-generalisation", with the part after a colon.
        rule: the rule in sentences for the reader of a report, what happens to ties included.
        train: the histories that models may be fitted on.
        fold_in: the histories of the scored members, as a model sees them when it is asked.
        target_offsets: int64 [scored + 1]; the targets of scored member s lie between its offset and the next.
        targets: int32 [targets], the held-out titles, each once per member, ascending within a member.
        as_of: microseconds UTC, the "now" of the split; no training event is later.
        members: int64 [scored], each scored member's index in the source histories.
    """

    name: str
    rule: str
    train: Histories
    fold_in: Histories
    target_offsets: NDArray[np.int64]
    targets: NDArray[np.int32]
    as_of: int
    members: NDArray[np.int64]

    @property
    def hash(self) -> str:
        """SHA-256, in hex, over everything that defines the split: equal splits have equal hashes."""
        digest = hashlib.sha256()
        plain = [self.name, self.rule, self.as_of, self.train.n_titles, self.fold_in.n_titles]
        digest.update(json.dumps(plain).encode())
        for array in (
            *_arrays(self.train),
            *_arrays(self.fold_in),
            self.target_offsets,
            self.targets,
            self.members,
        ):
            little_endian = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
            digest.update(f"{little_endian.dtype.str}{little_endian.shape}".encode())
            digest.update(little_endian.data)
        return digest.hexdigest()

    @property
    def catalogue(self) -> NDArray[np.bool_]:
        """Which titles are ranked: those with a training event, bool [n_titles]."""
        seen = np.zeros(self.train.n_titles, dtype=np.bool_)
        seen[self.train.titles] = True
        return seen

    def by_member(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Each member's mean, where members are scored more than once: what an interval over members is drawn from.

        Args:
            values: float64 [scored].

        Returns:
            float64 [members], in the order of their indices.
        """
        places = np.unique(self.members, return_inverse=True)[1]
        means: NDArray[np.float64] = np.bincount(places, weights=values) / np.bincount(places)
        return means

    def watched(self, first: int, last: int, candidates: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Which candidates are targets of scored members `first` up to, not including, `last`.

        Args:
            first: the first scored member.
            last: the one after the last.
            candidates: int32 [last - first, candidates], -1 where there is none.

        Returns:
            bool [last - first, candidates].
        """
        wanted = np.zeros((last - first, self.train.n_titles), dtype=np.bool_)
        member = np.repeat(np.arange(last - first), np.diff(self.target_offsets[first : last + 1]))
        wanted[member, self.targets[self.target_offsets[first] : self.target_offsets[last]]] = True
        found: NDArray[np.bool_] = np.take_along_axis(wanted, candidates, axis=1) & (candidates >= 0)
        return found


def build_split(
    *,
    name: str,
    rule: str,
    train: Histories,
    fold_in: Histories,
    held_out: Histories,
    as_of: int,
    members: NDArray[np.int64],
    most: int | None = None,
) -> Split:
    """Keep the members of `fold_in` who have something to be scored from and something new to be scored on.

    Args:
        fold_in: one history per candidate member.
        held_out: the events held out of each of them, aligned with `fold_in`.
        members: the candidates' indices in the source histories.
        most: of those so many at most, evenly spread; None for all.
    """
    found = [
        _new_titles(fold_in.part(start, stop), held_out.part(start, stop))
        for start, stop in fold_in.blocks(EVENTS_AT_ONCE)
    ] or [_new_titles(fold_in, held_out)]
    n_targets, targets = (np.concatenate(column) for column in zip(*found, strict=True))
    scored = np.flatnonzero((n_targets > 0) & (fold_in.lengths() > 0))
    if not len(scored):
        raise FitError(
            f"The {name} split scores nobody: no member has both a history and a new title to predict.",
            "Move the cut, or bring in more events.",
        )
    if most is not None and len(scored) > most:
        scored = scored[np.linspace(0, len(scored) - 1, most).astype(np.int64)]
    asked = np.zeros(len(n_targets), dtype=np.bool_)
    asked[scored] = True
    return Split(
        name=name,
        rule=rule,
        train=train,
        fold_in=fold_in.take(scored),
        target_offsets=np.concatenate([[0], np.cumsum(n_targets[scored])]).astype(np.int64),
        targets=targets[np.repeat(asked, n_targets)],
        as_of=as_of,
        members=members[scored],
    )


def _new_titles(fold_in: Histories, held_out: Histories) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """How many titles of each member were not watched before, int64 [members], and those titles, ascending."""
    later = np.unique(_keys(held_out))
    new = later[~np.isin(later, _keys(fold_in))]
    counts = np.bincount(new // held_out.n_titles, minlength=fold_in.n_members)
    return counts.astype(np.int64), (new % held_out.n_titles).astype(np.int32)


def _keys(histories: Histories) -> NDArray[np.int64]:
    """One number per event that names its member and its title."""
    return histories.members_of_events() * histories.n_titles + histories.titles


def _arrays(histories: Histories) -> tuple[NDArray[np.generic], ...]:
    return histories.offsets, histories.titles, histories.times, histories.engagement
