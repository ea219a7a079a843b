import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.errors import UsageError
from openslate.models.packed import diagonal, half_size, packed, titles_of_half, unpacked


@given(st.integers(0, 12), st.data())
def test_what_is_packed_comes_out_again(n_titles: int, data: st.DataObject) -> None:
    square = np.random.default_rng(n_titles).integers(-99, 99, size=(n_titles, n_titles))
    half = packed(square)
    chosen = np.array(sorted(data.draw(st.sets(st.integers(0, n_titles - 1)) if n_titles else st.just(set()))), int)
    assert len(half) == half_size(n_titles) and titles_of_half(len(half)) == n_titles
    assert (diagonal(half) == square.diagonal()).all()
    found = unpacked(half, chosen, 0.5)
    assert found.dtype == np.float32
    assert (np.tril(found) == np.tril(square[np.ix_(chosen, chosen)]) / 2).all()


def test_a_size_no_catalogue_has_is_refused() -> None:
    with pytest.raises(UsageError, match="7 numbers are no packed half"):
        titles_of_half(7)
