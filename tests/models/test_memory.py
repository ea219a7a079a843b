"""What the closed forms take beside their sums, in float32 squares: the docstrings promise two."""

import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest

from openslate.models.ease import EaseSettings, ease_from_gram
from openslate.models.gram import GRAM_STEPS
from openslate.models.packed import diagonal, half_size, row_starts
from openslate.models.sequential import SUM_STEPS, halves_of_sums, sequential_from_sums

TITLES = 1200


def _ridged(half: np.ndarray, unwatched: int) -> None:
    """A diagonal that makes the half positive definite, with zeros for the last few titles."""
    half[row_starts(TITLES) + np.arange(TITLES)] = 2**40
    half[half_size(TITLES - unwatched) :] = 0


def _peak(function: Callable[[], object]) -> float:
    tracemalloc.start()
    try:
        function()
        return tracemalloc.get_traced_memory()[1] / (4 * TITLES**2)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("unwatched", [0, 3])
def test_ease_takes_two_squares(unwatched: int) -> None:
    gram = np.random.default_rng(0).integers(0, GRAM_STEPS, half_size(TITLES))
    _ridged(gram, unwatched)
    assert len(np.flatnonzero(diagonal(gram))) == TITLES - unwatched
    assert _peak(lambda: ease_from_gram(gram, EaseSettings())) < 2.1


@pytest.mark.parametrize("unwatched", [0, 3])
def test_the_sequential_model_takes_two_squares(unwatched: int) -> None:
    sums = np.random.default_rng(0).integers(0, SUM_STEPS // 10**6, half_size(TITLES) + TITLES**2)
    _ridged(halves_of_sums(sums)[0], unwatched)
    assert _peak(lambda: sequential_from_sums(sums)) < 2.1
