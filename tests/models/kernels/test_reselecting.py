import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.models.kernels import plain_reselecting, reselecting


@given(
    st.integers(1, 40),
    st.integers(0, 9),
    st.integers(1, 45),
    st.integers(0, 99),
    st.booleans(),
    st.sampled_from([1, 2, 5]),
    st.sampled_from([0.0, 1e-9, 0.5, 1e9]),
)
def test_the_loop_gives_the_same_bits_as_numpy(
    size: int, rank: int, per_row: int, seed: int, without_diagonal: bool, threads: int, border: float
) -> None:
    rng = np.random.default_rng(seed)
    # One digit, so that many are equal and ties at the border have to be broken.
    square = rng.normal(size=(size, size + 3)).astype(np.float32).round(1)[:, : size if without_diagonal else size + 3]
    square = np.ascontiguousarray(square)
    left, right = (rng.integers(-2, 3, shape).astype(np.float32) for shape in ((size, rank), (rank, square.shape[1])))
    scale = rng.choice(np.array([0, 1, -0.5], dtype=np.float32), square.shape[1])
    plain = square.copy()
    expected = plain_reselecting.reselected(plain, left, right, scale, per_row, without_diagonal)
    borders = np.full(size, border, dtype=np.float32)
    found = reselecting.reselected(square, left, right, scale, borders, per_row, without_diagonal, threads)
    np.testing.assert_array_equal(square, plain)
    for one, other in zip(found, expected, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("per_row", [1, 50, 500])
@pytest.mark.parametrize("rank", [0, 3, 70])
def test_wide_rows_are_chosen_by_any_guess_of_their_border(per_row: int, rank: int) -> None:
    rng = np.random.default_rng(per_row + rank)
    square = rng.standard_cauchy(size=(20, 5_000)).astype(np.float32)
    square[3] = 0
    square[4, 7:] = 0
    left, right = (rng.normal(size=shape).astype(np.float32) for shape in ((20, rank), (rank, 5_000)))
    left[3:5] = 0
    plain, scale = square.copy(), np.ones(5_000, dtype=np.float32)
    values, columns, counts = plain_reselecting.reselected(plain, left, right, scale, per_row, False)
    for borders in (np.zeros(20), np.full(20, 1e6), np.abs(values).min(axis=1) * 0.98):
        again = square.copy()
        found = reselecting.reselected(again, left, right, scale, borders.astype(np.float32), per_row, False)
        np.testing.assert_array_equal(again, plain)
        for one, other in zip(found, (values, columns, counts), strict=True):
            np.testing.assert_array_equal(one, other)
    assert counts[3] == 0
    assert counts[4] == min(7, per_row)
