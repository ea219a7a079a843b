import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.models import packed
from openslate.models.kernels import plain, squares


def _chosen(n_titles: int, seed: int) -> np.ndarray:
    return np.flatnonzero(np.random.default_rng(seed).random(n_titles) < 0.7)


@given(st.integers(0, 20), st.integers(0, 99), st.sampled_from([1, 2, 5]))
def test_unpacking_gives_the_same_bits_as_numpy(n_titles: int, seed: int, threads: int) -> None:
    half = np.random.default_rng(seed).integers(0, 2**40, size=packed.half_size(n_titles))
    titles = _chosen(n_titles, seed)
    expected = np.tril(packed.plainly_unpacked(half, titles, 2**-10))
    assert (np.tril(squares.unpacked(half, titles, 2**-10, threads)) == expected).all()


@pytest.mark.parametrize("n_titles", [0, 1, 5, squares.TILE, 2 * squares.TILE + 3, 300])
@pytest.mark.parametrize("threads", [1, 2, 5])
def test_weights_have_the_same_bits_as_numpys(n_titles: int, threads: int) -> None:
    titles = _chosen(n_titles, n_titles)
    inverted = np.random.default_rng(1).normal(size=(len(titles), len(titles))).astype(np.float32)
    multipliers = np.float32(1) / inverted.diagonal()
    found = squares.ease_weights(inverted, multipliers, titles, n_titles, threads)
    assert (found == plain.ease_weights(inverted, multipliers, titles, n_titles)).all()
