"""Large catalogues: what a recipe does differently where systems and models of the whole catalogue grow too big.

A system of n titles takes some n^3 operations: one of 20,000 titles as many as fifteen of 8,000. So validation, which
settles a few weights, solves for the titles watched most; the model that serves is solved for every title.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from openslate.apps.personalize.counting import Sums
from openslate.models.ease import Ease, EaseSettings, ease_from_gram
from openslate.models.factors import FactorSettings
from openslate.models.packed import rearranged, titles_of_half
from openslate.models.sequential import (
    Sequential,
    SequentialSettings,
    halves_of_sums,
    rearranged_sums,
    sequential_from_sums,
)
from openslate.models.top import most_watched
from openslate.models.truncation import CutEase, CutSequential, cut_ease, cut_sequential


@dataclass(frozen=True)
class LargeCatalogue:
    """How a recipe is kept within memory and time on a large catalogue.

    Tried on MovieLens 1M (leave last out, 1,500 validation members, first stage): without the four parts 0.1865 nDCG@10
    in place of 0.1898, with an eighth of what neighbours remember 0.1814, with the smaller factors 0.1808.

    Stability: provisional.

    Attributes:
        from_titles: titles from which on a catalogue counts as large; EASE and sequential models are then cut as soon
            as each is solved.
        weights_per_row: the largest weights of each title that are kept.
        without: parts that are left out: transitions keep every pair ever seen, the other sequential models are two
            systems more that say nearly the same, and `between` asks every gap of a history about every title.
        remembered: events that `neighbours` and `next_neighbours` remember at most: an answer looks through all that
            are of the member's latest titles.
        factors: what `factors` are fitted with in place of the recipe's settings.
        solved_on_validation: titles, the most watched, whose systems are solved on validation; the others have no
            word from EASE and sequential models there.
        taught: validation members that the second stage is fitted on at most.
    """

    from_titles: int = 8_000
    weights_per_row: int = 500
    without: tuple[str, ...] = ("transitions", "sequential_wide", "sequential_next", "between")
    remembered: int = 250_000
    factors: FactorSettings = FactorSettings(width=64, epochs=6, most_members=30_000)
    solved_on_validation: int = 8_000
    taught: int = 6_000


class Systems(Protocol):
    """What comes in the place of solving some systems: None from either for those that are solved as usual."""

    def ease(self, part: str, gram: Sums, settings: EaseSettings, per_row: int | None) -> Ease | CutEase | None:
        """The EASE of a part of the recipe; with `per_row` weights of each row where that is given."""
        ...

    def sequential(
        self, part: str, pairs: Sums, settings: SequentialSettings, per_row: int | None
    ) -> Sequential | CutSequential | None:
        """The sequential model of a part of the recipe, likewise."""
        ...


@dataclass(frozen=True)
class Solving:
    """How the systems of one catalogue are solved.

    Attributes:
        large: what is done on a large catalogue; None on one that is not.
        titles: int64, the titles solved for, ascending; None for all.
        systems: asked first for models of the whole catalogue; None for nobody.
    """

    large: LargeCatalogue | None
    titles: NDArray[np.int64] | None = None
    systems: Systems | None = None

    @classmethod
    def of(
        cls, large: LargeCatalogue | None, plays: NDArray[np.int64], validating: bool, systems: Systems | None = None
    ) -> "Solving":
        """For the titles watched most where a large catalogue is only validated on, else for all.

        Args:
            large: what is done on a large catalogue; None on one that is not.
            plays: int64 [n_titles].
            validating: whether the models will only be weighed.
            systems: asked first for models of the whole catalogue; None for nobody.
        """
        if large is None or not validating or len(plays) <= large.solved_on_validation:
            return cls(large, systems=systems)
        return cls(large, most_watched(plays, large.solved_on_validation))

    @property
    def per_row(self) -> int | None:
        """How many weights of each row are kept; None for all."""
        return None if self.large is None else self.large.weights_per_row

    def ease(self, gram: Sums, settings: EaseSettings, part: str = "") -> Ease | CutEase:
        """The EASE of a Gram matrix over the whole catalogue, for a part of the recipe; cut where that is large."""
        had = None if self.systems is None else self.systems.ease(part, gram, settings, self.per_row)
        if had is not None:
            return had
        if self.large is None:
            return ease_from_gram(gram, settings)
        n_titles = titles_of_half(len(gram))
        solved = gram if self.titles is None else rearranged(gram, self.titles)
        found = cut_ease(ease_from_gram(solved, settings), self.large.weights_per_row)
        return found if self.titles is None else CutEase(found.weights.placed(self.titles, n_titles), settings)

    def sequential(self, pairs: Sums, settings: SequentialSettings, part: str = "") -> Sequential | CutSequential:
        """The sequential model of pair sums over the whole catalogue, for a part; cut where that is large."""
        had = None if self.systems is None else self.systems.sequential(part, pairs, settings, self.per_row)
        if had is not None:
            return had
        if self.large is None:
            return sequential_from_sums(pairs, settings)
        n_titles = len(halves_of_sums(pairs)[1])
        solved = pairs if self.titles is None else rearranged_sums(pairs, self.titles)
        found = cut_sequential(sequential_from_sums(solved, settings), self.large.weights_per_row)
        return found if self.titles is None else CutSequential(found.weights.placed(self.titles, n_titles), settings)
