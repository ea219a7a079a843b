import numpy as np
import pytest

from openslate.errors import FitError
from openslate.models.solving import inverse, mirror_lower, solve


def _system(size: int, seed: int = 0) -> np.ndarray:
    rows = np.random.default_rng(seed).normal(size=(2 * size, size))
    return (rows.T @ rows + np.eye(size)).astype(np.float32)


@pytest.mark.parametrize("size", [1, 2, 7, 600])
def test_inverse_agrees_with_the_float64_route_in_the_systems_own_memory(size: int) -> None:
    system = np.tril(_system(size))
    found = inverse(system)
    expected = np.linalg.inv(_system(size).astype(np.float64))
    assert np.abs(found - expected).max() < 1e-4 * np.abs(expected).max()
    assert (found == found.T).all() and found.dtype == np.float32 and found.flags.c_contiguous
    assert np.shares_memory(found, system)


@pytest.mark.parametrize(("size", "columns"), [(1, 1), (5, 3), (600, 600)])
def test_solve_agrees_with_the_float64_route(size: int, columns: int) -> None:
    right = np.random.default_rng(1).normal(size=(size, columns)).astype(np.float32)
    expected = np.linalg.solve(_system(size).astype(np.float64), right)
    found = solve(np.tril(_system(size)), right)
    assert np.shares_memory(found, right)
    assert np.abs(found - expected).max() < 1e-3 * np.abs(expected).max()
    assert found.dtype == np.float32 and found.flags.c_contiguous


def test_a_matrix_that_is_not_positive_definite_is_refused_with_the_way_out() -> None:
    indefinite = np.array([[1, 2], [2, 1]], dtype=np.float32)
    with pytest.raises(FitError, match=r"not positive definite \(at title 1\).*Raise l2"):
        inverse(indefinite.copy())
    with pytest.raises(FitError, match="Raise l2"):
        solve(indefinite, np.eye(2, dtype=np.float32))


def test_a_nearly_singular_matrix_is_refused_rather_than_answered_badly() -> None:
    # A Hilbert matrix of 7 is positive definite but has a condition of 5e8, beyond single precision.
    place = np.arange(7)
    hilbert = (1.0 / (place[:, None] + place + 1)).astype(np.float32)
    with pytest.raises(FitError, match="Raise l2"):
        inverse(hilbert.copy())
    with pytest.raises(FitError, match="too close to singular"):
        solve(hilbert, np.eye(7, dtype=np.float32))


def test_no_titles_are_no_system() -> None:
    assert inverse(np.empty((0, 0), dtype=np.float32)).shape == (0, 0)
    assert solve(np.empty((0, 0), dtype=np.float32), np.empty((0, 3), dtype=np.float32)).shape == (0, 3)


def test_mirroring_crosses_block_borders() -> None:
    matrix = np.random.default_rng(2).normal(size=(1100, 1100))
    expected = np.tril(matrix) + np.tril(matrix, -1).T
    mirror_lower(matrix)
    assert (matrix == expected).all()
