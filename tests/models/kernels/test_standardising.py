import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from openslate.models.kernels import plain
from openslate.models.kernels.scoring import best_of_scores
from openslate.models.kernels.standardising import lowest, standardised
from openslate.models.top import top_titles

shapes = st.tuples(st.integers(0, 5), st.integers(1, 40))


@given(shapes, st.integers(0, 2**32 - 1), st.sampled_from([0.0, 1e-3, 1.0, 1e4]), st.floats(0, 1))
def test_the_loop_gives_the_bits_of_numpy(shape: tuple[int, int], seed: int, scale: float, share: float) -> None:
    random = np.random.default_rng(seed)
    scores = (3 + scale * random.standard_normal(shape)).astype(np.float32)
    seen = random.random(shape) < share
    for threads in (1, 2):
        np.testing.assert_array_equal(standardised(scores, seen, threads), plain.standardised(scores, seen))


@given(shapes, st.integers(0, 2**32 - 1), st.floats(0, 1))
def test_the_lowest_is_that_of_numpy(shape: tuple[int, int], seed: int, share: float) -> None:
    random = np.random.default_rng(seed)
    scores, seen = random.standard_normal(shape).astype(np.float32), random.random(shape) < share
    for threads in (1, 2):
        np.testing.assert_array_equal(lowest(scores, seen, threads), plain.lowest(scores, seen))
    np.testing.assert_array_equal(lowest(scores + 9, seen), np.zeros(len(scores), dtype=np.float32))


def test_one_row_for_everybody_is_taken_as_it_comes() -> None:
    row = np.broadcast_to(np.arange(9, dtype=np.float32), (3, 9))
    seen = np.eye(3, 9, dtype=np.bool_)
    np.testing.assert_array_equal(standardised(row, seen), plain.standardised(row, seen))


def test_a_block_of_any_size_gives_each_member_the_same_bits() -> None:
    random = np.random.default_rng(1)
    scores, seen = random.standard_normal((7, 1003)).astype(np.float32), random.random((7, 1003)) < 0.3
    alone = [plain.standardised(scores[one : one + 1], seen[one : one + 1]) for one in range(7)]
    np.testing.assert_array_equal(np.concatenate(alone), standardised(scores, seen))


@given(arrays(np.float32, shapes, elements=st.sampled_from([-np.inf, -1.0, -0.0, 0.0, 0.5, 2.0])), st.integers(1, 50))
def test_the_best_of_scores_are_those_that_sorting_finds(scores: np.ndarray, count: int) -> None:
    titles, found = best_of_scores(scores, count)
    np.testing.assert_array_equal(titles, top_titles(scores, count))
    there = titles >= 0
    expected = np.take_along_axis(scores, titles, axis=1)[there]
    np.testing.assert_array_equal(found[there], expected)
    assert np.isneginf(found[~there]).all()


@pytest.mark.parametrize("count", [1, 10, 300])
def test_the_best_of_many_scores(count: int) -> None:
    scores = np.random.default_rng(2).standard_normal((20, 1500)).astype(np.float32).round(2)
    np.testing.assert_array_equal(best_of_scores(scores, count)[0], top_titles(scores, count))
