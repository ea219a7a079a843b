import numpy as np
import pytest

from openslate.models.features import token_features


def test_rows_have_unit_length_and_titles_without_shared_tokens_are_empty() -> None:
    features = token_features([["a", "b"], ["a", "b", "b"], ["only here"], []])
    lengths = np.sqrt((features.toarray() ** 2).sum(axis=1))
    assert lengths == pytest.approx([1, 1, 0, 0])
    assert features.shape == (4, 2) and features.dtype == np.float32


def test_rare_tokens_bind_more_than_common_ones() -> None:
    features = token_features([["genre", "rare"], ["genre", "rare"], ["genre", "other"], ["genre", "other"], ["genre"]])
    alike = (features @ features.T).toarray()
    assert alike[0, 1] == pytest.approx(1) and alike[0, 4] > alike[0, 2] > 0


def test_the_order_of_tokens_does_not_matter() -> None:
    one, other = (token_features([["a", "b"], order]) for order in (["b", "a"], ["a", "b"]))
    assert (one.toarray() == other.toarray()).all()


def test_nothing_described_at_all() -> None:
    assert token_features([[], []]).shape == (2, 0)
