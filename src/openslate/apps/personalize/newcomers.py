"""Titles nobody has watched yet, and members who have watched nothing: what a recipe does for both."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.models.coldstart import ColdStart, ColdStartSettings, fit_cold_start, onboarding_picks
from openslate.models.features import token_features
from openslate.models.histories import Histories
from openslate.models.neighbours import cosine
from openslate.models.packed import rearranged
from openslate.models.top import most_watched

FIRST_CHOICES = 60
MOST_TITLES = 4000
"""Titles, the most watched, among which first choices are looked for: nobody recognises the others."""
SHRINKAGE = 20.0
"""Members a likeness between two titles must outweigh before it counts fully."""


@dataclass(frozen=True)
class Starters:
    """Titles that make good first choices.

    Attributes:
        titles: int32 [n], the best first.
    """

    titles: NDArray[np.int32]


def first_choices(gram: NDArray[np.int64], plays: NDArray[np.int64]) -> Starters:
    """Popular titles that are unlike one another, each speaking for many others.

    Args:
        gram: int64 [n_titles (n_titles + 1) / 2], how many members watched both of two titles, in its steps.
        plays: int64 [n_titles].
    """
    titles = most_watched(plays, MOST_TITLES)
    picks = onboarding_picks(cosine(rearranged(gram, titles), SHRINKAGE), plays[titles], FIRST_CHOICES)
    return Starters(titles[picks].astype(np.int32))


def plays_of(histories: Histories) -> NDArray[np.int64]:
    """Events of each title, int64 [n_titles]."""
    return np.bincount(histories.titles, minlength=histories.n_titles).astype(np.int64)


def metadata_transfer(
    tokens: Sequence[Sequence[str]], plays: NDArray[np.int64], settings: ColdStartSettings = ColdStartSettings()
) -> ColdStart:
    """How scores of known titles carry over to unknown ones by what their metadata has in common.

    Args:
        tokens: what the metadata says of each title, see `Catalogue.tokens`.
        plays: int64 [n_titles], events of each title in training.
        settings: which titles count as unknown, and the ridge.
    """
    return fit_cold_start(token_features(tokens), plays, settings)
