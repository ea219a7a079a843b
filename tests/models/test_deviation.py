import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.models.deviation import chance_of_error, probes, rows_off, times_packed, times_rows
from openslate.models.packed import half_size


@given(st.integers(1, 30), st.integers(0, 99))
def test_packed_products_are_those_of_the_square(size: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    half = rng.integers(0, 1000, half_size(size))
    square = np.zeros((size, size))
    square[np.tril_indices(size)] = half
    square += np.tril(square, -1).T
    own, vectors = rng.random(size), rng.normal(size=(size, 3))
    np.testing.assert_allclose(times_packed(half, 0.5, own, vectors), (square / 2 + np.diag(own)) @ vectors)


def test_products_do_not_depend_on_how_many_rows_are_taken_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(0)
    half, vectors, matrix = rng.integers(0, 9, half_size(20)), rng.normal(size=(20, 2)), rng.random((20, 20))
    whole = times_packed(half, 1.0, np.ones(20), vectors), times_rows(matrix, vectors)
    monkeypatch.setattr("openslate.models.deviation.ROWS_AT_ONCE", 7)
    np.testing.assert_allclose(times_packed(half, 1.0, np.ones(20), vectors), whole[0])
    np.testing.assert_allclose(times_rows(matrix, vectors), whole[1])


@pytest.mark.parametrize("known", [1.0, 0.9, 0.0], ids=["inverse", "about", "nothing"])
@pytest.mark.parametrize("seed", range(8))
def test_no_row_is_farther_off_than_its_bound_however_bad_the_inverse(seed: int, known: float) -> None:
    rng = np.random.default_rng(seed)
    half = rng.normal(size=(40, 40))
    system = half @ half.T + np.eye(40)
    exact = np.linalg.inv(system)
    found = exact + rng.normal(size=(40, 40)) * np.geomspace(1e-9, 1e-2, 40)[:, None]
    seen = probes(40)
    bounds = rows_off(found @ seen, seen, lambda some: system @ some, lambda some: known * exact @ some, ridge=1.0)
    true = np.linalg.norm(found - exact, axis=1)
    assert (true <= bounds).all()
    if known == 1.0:
        assert (bounds < 6 * true).all()


def test_a_bound_is_hardly_ever_wrong() -> None:
    assert chance_of_error(50_000) < 1e-5
