"""What a pitch leaves out, as the titles had it that are most like it: each is one way in which it may be meant."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.comps.seen import Seen
from openslate.apps.greenlight.comps.theme import Theme
from openslate.apps.greenlight.features.column import Floats
from openslate.apps.greenlight.features.money import priced
from openslate.apps.greenlight.patterns import applying, said
from openslate.apps.greenlight.works import Work

WAYS = 10
FACTS = (
    *("kind", "released", "runtime_minutes", "genres", "language", "countries", "budget", "worldwide"),
    *("people", "companies"),
)
"""Facts that are filled in. Of a series the lack is a fact, too. Of people and companies it is none: a source that has
none of a title's has an obscure title, and a pitch that names none has not said them."""
FEWEST_SHARE = 0.5
"""A fact that fewer of the titles of its kind have was not learned from, and is left out."""
_SEED = 0


@dataclass(frozen=True)
class Lenders:
    """Titles as which pitches may be meant.

    Attributes:
        theme: the map by which they are like a pitch.
        seen: titles, placed by it.
        places: int64, which of the seen lend what they have: those that are forecast alike, and were learned from.
        currency: of the budgets that were learned from.
    """

    theme: Theme
    seen: Seen
    places: NDArray[np.int64]
    currency: str

    @cached_property
    def works(self) -> tuple[Work, ...]:
        """Them; a budget in another currency than most is unknown."""
        return tuple(priced(self.seen.works[place], self.currency) for place in self.places)

    def used(self, kind: str | None) -> frozenset[str]:
        """The facts that are filled in where a pitch of a kind lacks them; of an unknown kind all titles count."""
        return self._used[kind if kind in self._used else None]

    @property
    def patterns(self) -> tuple[int, ...]:
        """The places of the patterns of gaps that apply to what is known of the titles, counted from 1."""
        return applying({kind: facts for kind, facts in self._used.items() if kind is not None})

    def lacking(self, work: Work) -> list[str]:
        """The facts that a pitch lacks and that are filled in."""
        used = self.used(work.kind)
        return [fact for fact in FACTS if fact in used and not said(work, fact)]

    def ways(self, works: Sequence[Work], as_of: Sequence[date]) -> list[list[Work]]:
        """The ways in which each work may be meant; itself alone where nothing is missing.

        Args:
            works: as pitches say them.
            as_of: the day of each forecast; a release that is left out lies in the year after it.
        """
        lacking = [self.lacking(work) for work in works]
        found = [[work] for work in works]
        asked = [row for row, facts in enumerate(lacking) if facts]
        if asked and self.works:
            alike = self.theme.total([works[row] for row in asked], self.seen.profiles)[:, self.places]
            for row, how in zip(asked, alike, strict=True):
                lenders = self._nearest(works[row], lacking[row], how)
                found[row] = [_filled(works[row], self.works[one], lacking[row], as_of[row]) for one in lenders]
        return found

    def _nearest(self, work: Work, lacking: Sequence[str], alike: Floats) -> list[int]:
        """The titles that are most like a work and have what it lacks; of equally like ones some by lot."""
        there = self._alike(work.kind)
        whole = there[np.all([self._told[fact][there] for fact in lacking], axis=0)]
        chosen = whole if len(whole) else there
        drawn = np.random.default_rng(_SEED).permutation(chosen)
        return [int(one) for one in drawn[np.argsort(-alike[drawn], kind="stable")[:WAYS]]]

    def _alike(self, kind: str | None) -> NDArray[np.int64]:
        return self._of_kind.get(kind, self._of_kind[None])

    @cached_property
    def _of_kind(self) -> dict[str | None, NDArray[np.int64]]:
        kinds = np.array([one.kind or "" for one in self.works], dtype=object)
        named: dict[str | None, NDArray[np.int64]] = {kind: np.flatnonzero(kinds == kind) for kind in set(kinds) - {""}}
        return {**named, None: np.arange(len(self.works))}

    @cached_property
    def _used(self) -> dict[str | None, frozenset[str]]:
        return {
            kind: frozenset(
                fact
                for fact in FACTS
                if fact == "released" or self._told[fact][alike].sum() >= FEWEST_SHARE * max(len(alike), 1)
            )
            for kind, alike in self._of_kind.items()
        }

    @cached_property
    def _told(self) -> dict[str, NDArray[np.bool_]]:
        return {fact: np.array([said(one, fact) for one in self.works], dtype=np.bool_) for fact in FACTS}


def _filled(work: Work, like: Work, lacking: Sequence[str], as_of: date) -> Work:
    values = {fact: getattr(like, fact) for fact in lacking}
    if "budget" in values:
        values["currency"] = like.currency
    released = values.get("released")
    if released is not None:
        values["released"] = date(as_of.year + 1, released.month, min(released.day, 28))
    return replace(work, **values)
