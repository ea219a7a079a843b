"""Fills one row of a home page from left to right: enjoyment, the member's mix of genres, and variety in the row."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.serving.candidates import CandidateRow, Candidates
from openslate.serving.exploration import draw
from openslate.serving.page_value import (
    GenreMix,
    PageSettings,
    calibration_weight,
    divergence,
    gap_to_tastes,
)


@dataclass(frozen=True)
class Above:
    """What already stands on the page.

    Attributes:
        kinds: the kinds of its rows, from the top.
        taken: bool [n_titles], the titles it shows.
        mix: its genres.
    """

    kinds: tuple[str, ...]
    taken: NDArray[np.bool_]
    mix: GenreMix

    def remaining(self, row: CandidateRow) -> NDArray[np.intp]:
        """Which of a row's titles the page does not show yet: places in `row.titles`, in the row's order."""
        return np.flatnonzero(~self.taken[row.titles])


@dataclass(frozen=True)
class FilledRow:
    """A candidate row with its places filled.

    Attributes:
        row: the candidate row.
        places: for each title shown, from left to right, where it stands in `row.titles`.
        propensities: the exact probability of each, given the page above and to the left.
        value: what these titles add to the page.
        mix: the genres of the page with this row on it.
    """

    row: CandidateRow
    places: tuple[int, ...]
    propensities: tuple[float, ...]
    value: float
    mix: GenreMix

    @property
    def titles(self) -> NDArray[np.int32]:
        """The titles shown, int32 [places]."""
        return self.row.titles[list(self.places)]


def line_up(
    row: CandidateRow,
    above: Above,
    candidates: Candidates,
    settings: PageSettings,
    rng: np.random.Generator | None,
) -> FilledRow:
    """Fill a row at the next place of the page, one title at a time by what each adds.

    A title at a place looked at with chance v adds `(1 - t) v s`, its probability of enjoyment, plus t times the
    fall of the page's divergence from the member's tastes, less `diversity` v times its likeness to the nearest
    title in the row. A pinned row keeps the order in which it was given.

    Sources: Steck, doi:10.1145/3240323.3240372 (calibration); Carbonell and Goldstein 1998 (marginal relevance).

    Args:
        row: the candidate row.
        above: the page so far.
        candidates: the member's probabilities and tastes, the titles' genres.
        settings: weights and sizes; t is the weight of calibration.
        rng: where the chance of exploration comes from; None fills every place with the best, to see what the
            row is worth.
    """
    pool = above.remaining(row)[: settings.pool]
    titles = row.titles[pool]
    enjoyment, genres = candidates.enjoyment[titles], candidates.genres[titles]
    alike = candidates.likeness(titles) if settings.diversity > 0.0 else np.zeros((len(titles), len(titles)))
    calibration = calibration_weight(candidates, settings)
    left = np.arange(len(pool))
    nearest = np.zeros(len(pool))
    mix, value = above.mix, 0.0
    gap = gap_to_tastes(candidates, mix, settings)
    places: list[int] = []
    propensities: list[float] = []
    for chance in settings.examination(len(above.kinds))[: len(pool)]:
        gaps = divergence(candidates.tastes, mix.mass + chance * genres[left], mix.weight + chance, settings.smoothing)
        liking = chance * ((1.0 - calibration) * enjoyment[left] - settings.diversity * nearest[left])
        gains = liking + calibration * (gap - gaps)
        choice, propensity = (0, 1.0) if row.pinned else draw(gains, settings.exploration, rng)
        shown = left[choice]
        value += float(gains[choice])
        gap = gaps[choice]
        mix = GenreMix(mix.mass + chance * genres[shown], mix.weight + float(chance))
        nearest = np.maximum(nearest, alike[shown])
        left = np.delete(left, choice)
        places.append(int(pool[shown]))
        propensities.append(propensity)
    return FilledRow(row, tuple(places), tuple(propensities), value, mix)
