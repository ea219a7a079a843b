import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from openslate.errors import FitError
from openslate.models.forecasting.blending import shares


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_no_other_shares_have_a_smaller_error(seed: int, many: int) -> None:
    random = np.random.default_rng(seed)
    actual = random.normal(size=30)
    forecasts = actual + random.normal(size=(many, 30)) * random.uniform(0.2, 3, (many, 1))
    found = shares(forecasts, actual)
    assert (found >= 0).all() and found.sum() == pytest.approx(1)

    def loss(weights: np.ndarray) -> float:
        return float(((weights @ forecasts - actual) ** 2).sum())

    best = minimize(
        loss,
        np.full(many, 1 / many),
        method="SLSQP",
        bounds=[(0, 1)] * many,
        constraints={"type": "eq", "fun": lambda w: w.sum() - 1},
    )
    assert loss(found) <= best.fun * (1 + 1e-6)


def test_the_better_forecast_gets_the_larger_share_and_a_useless_one_none() -> None:
    random = np.random.default_rng(1)
    actual = random.normal(size=500)
    good, fair = actual + random.normal(scale=0.5, size=500), actual + random.normal(scale=1.0, size=500)
    # The third errs as the good one does, only three times as far.
    found = shares(np.array([good, fair, actual + 3 * (good - actual)]), actual)
    assert found[0] == pytest.approx(0.8, abs=0.08) and found[2] == 0


def test_few_titles_are_drawn_towards_equal_shares() -> None:
    random = np.random.default_rng(1)
    actual = random.normal(size=40)
    forecasts = np.array([actual + random.normal(scale=s, size=40) for s in (0.5, 1.0)])
    free, drawn, even = (shares(forecasts, actual, even)[0] for even in (0.0, 40.0, 1e6))
    assert free > drawn > even == pytest.approx(0.5, abs=1e-3)


def test_equal_forecasts_are_blended_too() -> None:
    assert shares(np.zeros((3, 5)), np.ones(5)).sum() == pytest.approx(1)


def test_nothing_to_blend_is_refused() -> None:
    with pytest.raises(FitError, match="0 forecasts of 5"):
        shares(np.zeros((0, 5)), np.ones(5))
    with pytest.raises(FitError, match="2 forecasts of 0"):
        shares(np.zeros((2, 0)), np.ones(0))
