"""The thematic map: how alike works are by what is known of them at the pitch, and by nothing that came later.

Everything in it is learned from the works it is given and from no others: given those that were known on an origin's
day, it is as of that day.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.apps.greenlight.comps.parts import PARTS, Part, parts_of
from openslate.apps.greenlight.comps.profiles import Profiles, answers_in, folded, logs_in, words_in
from openslate.apps.greenlight.works import Work
from openslate.models.comparing.name_sets import Rarity, learn_rarity, name_rows
from openslate.models.comparing.texts import TextSpace, fit_texts, joined

Floats = NDArray[np.float64]

WEIGHTS: Mapping[Part, float] = {
    "same series": 3.0,
    "theme of the text": 2.0,
    "genres": 1.0,
    "people": 2.0,
    "company": 0.7,
    "language and country": 0.4,
    "kind": 1.0,
    "budget": 1.0,
    "length": 1.0,
}
"""How much each part counts, before what is known: tuned on titles before 2005 by `benchmarks.comparable_titles`."""
SAMPLE = 400
"""So many works, evenly taken, tell how alike two works ordinarily are."""
PAIRS_BELIEVED = 10
"""So many pairs that have nothing in common are counted along: in a small catalogue of like works, they are alike."""
ROWS_AT_ONCE = 256
LEAST_SPREAD = 0.1


@dataclass(frozen=True)
class Similarity:
    """How alike works are.

    Attributes:
        names: of the parts, in words.
        parts: float64 [parts, queries, seen], 0 to 1, NaN where either side is not known.
        total: float64 [queries, seen], from 0 for no more alike than any two works, and where nothing is known on both
            sides, to 1 for alike in every part.
    """

    names: tuple[str, ...]
    parts: Floats
    total: Floats


@dataclass(frozen=True)
class Theme:
    """What was learned of works.

    Attributes:
        works: from how many.
        texts: words and themes.
        rarity: of genres, people, companies and countries.
        budget_spread, length_spread: how far apart they ordinarily are, on the logarithm.
        usual: float64 [parts], how alike two works ordinarily are in each part; NaN for one that was never known.
        weights: float64 [parts].
    """

    works: int
    texts: TextSpace
    rarity: Mapping[str, Rarity]
    budget_spread: float
    length_spread: float
    usual: Floats
    weights: Floats

    def profiles(self, works: Sequence[Work], learned: bool = False) -> Profiles:
        """Place works, for comparing them often.

        Args:
            works: learned from or not.
            learned: whether what was written for them is looked at beside what is said of them.
        """
        told = self.texts.place([work.text for work in works])
        if learned and any(work.written for work in works):
            told = joined(told, self.texts.place([work.written for work in works]))
        return Profiles(
            texts=told,
            genres=name_rows([folded(work.genres) for work in works], self.rarity["genres"]),
            people=name_rows([folded(work.people) for work in works], self.rarity["people"], fading=True),
            companies=name_rows([folded(work.companies) for work in works], self.rarity["companies"]),
            countries=name_rows([folded(work.countries) for work in works], self.rarity["countries"]),
            series=words_in(works, lambda work: work.series),
            language=words_in(works, lambda work: work.language),
            kind=words_in(works, lambda work: work.kind or ""),
            currency=words_in(works, lambda work: work.currency),
            budget=logs_in(works, lambda work: work.budget),
            runtime=logs_in(works, lambda work: work.runtime_minutes),
            limited=answers_in(works, lambda work: work.limited),
            worldwide=answers_in(works, lambda work: work.worldwide),
            returning=answers_in(works, lambda work: None if work.season is None else work.season > 1),
        )

    def similarity(self, queries: Sequence[Work] | Profiles, seen: Sequence[Work] | Profiles) -> Similarity:
        """How alike works are, with every part: 8 bytes for each part of each pair; for many pairs take `total`.

        The total is the weighted mean of how far each part lies above what it ordinarily is. A part that is unknown
        on either side counts as ordinary, neither for nor against: two works of which only the kind is known are not
        the same for that.

        Args:
            queries, seen: works, or their profiles by this theme.
        """
        parts = self._parts(self._placed(queries), self._placed(seen))
        return Similarity(PARTS, parts, self.weighed(parts))

    def total(self, queries: Sequence[Work] | Profiles, seen: Sequence[Work] | Profiles) -> Floats:
        """The total alone, float64 [queries, seen], some queries at a time."""
        mine, theirs = self._placed(queries), self._placed(seen)
        found = np.zeros((len(mine), len(theirs)))
        for start in range(0, len(mine), ROWS_AT_ONCE):
            part = slice(start, start + ROWS_AT_ONCE)
            found[part] = self.weighed(self._parts(mine.rows(part), theirs))
        return found

    def _placed(self, works: Sequence[Work] | Profiles) -> Profiles:
        return works if isinstance(works, Profiles) else self.profiles(works)

    def _parts(self, queries: Profiles, seen: Profiles) -> Floats:
        return parts_of(queries, seen, self.budget_spread, self.length_spread)

    def weighed(self, parts: Floats) -> Floats:
        """The total of parts, float64 [parts, ...], whichever pairs they are of."""
        total = np.zeros(parts.shape[1:])
        # Part by part, so that the same pair gives the same sum however many are asked for at once.
        for gain in self.contributions(parts):
            total += gain
        found: Floats = np.clip(total, 0, 1).round(9)
        return found

    def contributions(self, parts: Floats) -> Floats:
        """What each part adds to the total or takes from it, float64 like `parts`; 0 where it is unknown."""
        usual = np.nan_to_num(self.usual)
        shares = np.where(np.isnan(self.usual), 0.0, self.weights) / self._whole
        column = (-1, *[1] * (parts.ndim - 1))
        gains: Floats = np.nan_to_num(shares.reshape(column) * (parts - usual.reshape(column)))
        return gains

    def share_of(self, part: int) -> float:
        """Of the total, what one part alone adds to a pair that is alike in it, as if two ordinarily were not.

        Args:
            part: its place among `PARTS`.
        """
        return float(self.weights[part]) / self._whole

    @property
    def _whole(self) -> float:
        """What all parts that were ever known add to a pair that is alike in each."""
        return max(float(np.nansum(self.weights * (1 - self.usual))), 1e-12)


def fit_theme(works: Sequence[Work], weights: Mapping[Part, float] = WEIGHTS) -> Theme:
    """Learn words, themes, rarities and spreads from works and nothing else.

    Args:
        works: those that were known on the day as of which the map is to be.
        weights: how much each part counts.

    Example:
        >>> ash = Work("a", "Ash", genres=("Noir",), people=("Ada Ortiz",))
        >>> bay = Work("b", "Bay", genres=("Noir", "Crime"), people=("Ada Ortiz",))
        >>> sun = Work("c", "Sun", genres=("Comedy",), people=("Bo Lund",))
        >>> found = fit_theme([ash, bay, sun]).similarity([ash], [bay, sun])
        >>> found.names[3], found.parts[3, 0].tolist(), bool(found.total[0, 0] > found.total[0, 1])
        ('people', [1.0, 0.0], True)
    """
    bare = Theme(
        works=len(works),
        texts=fit_texts([*(work.text for work in works), *(work.written for work in works if work.written)]),
        rarity={
            "genres": learn_rarity([folded(work.genres) for work in works]),
            "people": learn_rarity([folded(work.people) for work in works]),
            "companies": learn_rarity([folded(work.companies) for work in works]),
            "countries": learn_rarity([folded(work.countries) for work in works]),
        },
        budget_spread=_spread(logs_in(works, lambda work: work.budget)),
        length_spread=_spread(logs_in(works, lambda work: work.runtime_minutes)),
        usual=np.full(len(PARTS), np.nan),
        weights=np.array([weights[part] for part in PARTS], dtype=np.float64),
    )
    return Theme(**{**vars(bare), "usual": _usual(bare, works)})


def _usual(theme: Theme, works: Sequence[Work]) -> Floats:
    """How alike two works ordinarily are, over all pairs of some."""
    few = [works[place] for place in np.linspace(0, len(works) - 1, min(len(works), SAMPLE)).astype(int)]
    if len(few) < 2:
        return np.full(len(PARTS), np.nan)
    parts = theme.similarity(few, theme.profiles(few, learned=True)).parts
    parts[:, np.arange(len(few)), np.arange(len(few))] = np.nan
    known = ~np.isnan(parts)
    count = known.sum(axis=(1, 2))
    mean: Floats = np.nansum(parts, axis=(1, 2)) / (count + PAIRS_BELIEVED)
    return np.where(count > 0, mean, np.nan)


def _spread(logs: Floats) -> float:
    known = logs[~np.isnan(logs)]
    return max(float(known.std()), LEAST_SPREAD) if len(known) > 1 else 1.0
