import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import truncnorm

from openslate.models.forecasting.censoring import expected_below


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(0.1, 3))
def test_it_is_the_mean_of_a_normal_cut_off_at_the_step(step: float, center: float, spread: float) -> None:
    found = expected_below(np.array([step]), np.array([True]), np.array([center]), spread)
    # SciPy's own mean is rounded where nearly everything is cut off.
    if (step - center) / spread > -6:
        expected = truncnorm.mean(-np.inf, (step - center) / spread, loc=center, scale=spread)
        assert found[0] == pytest.approx(expected, abs=1e-6)
    assert found[0] <= step


def test_exact_outcomes_stay_and_far_ones_are_no_accident_of_rounding() -> None:
    logs, center = np.array([1.0, 1.0]), np.array([0.0, 60.0])
    found = expected_below(logs, np.array([False, True]), center, 1.0)
    assert found[0] == 1.0 and 0.9 < found[1] <= 1.0
    assert (expected_below(logs, np.array([True, True]), center, 0.0) == logs).all()
