import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.errors import FitError
from openslate.models.forecasting.drivers import Drivers, by_family


@given(st.lists(st.integers(0, 3), min_size=1, max_size=12), st.integers(0, 1000))
def test_families_hold_what_their_features_add(families: list[int], seed: int) -> None:
    parts = np.random.default_rng(seed).normal(size=(5, len(families)))
    found = by_family(parts, np.array(families), 4)
    for family in range(4):
        expected = sum((parts[:, place] for place, one in enumerate(families) if one == family), np.zeros(5))
        np.testing.assert_allclose(found[:, family], expected, atol=1e-12)


def test_parts_are_summed_in_a_stated_order() -> None:
    drivers = Drivers(np.array([0.1]), np.array([0.2]), np.array([[0.3, 0.4]]))
    assert drivers.total()[0] == 0.1 + 0.2 + 0.3 + 0.4


def test_a_feature_without_a_family_is_refused() -> None:
    with pytest.raises(FitError, match="3 features and families of 2"):
        by_family(np.zeros((1, 3)), np.zeros(2, dtype=np.int64), 1)
