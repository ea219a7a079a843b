import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit
from sklearn.linear_model import LogisticRegression

from openslate.models.causal.linear import Design, fit_logistic, fit_ridge


def test_the_logistic_line_is_that_of_another_solver() -> None:
    drawn = np.random.default_rng(0)
    x = drawn.normal(size=(400, 5)) * [1, 10, 0.1, 1, 1]
    treated = drawn.random(400) < expit(x[:, 0] + 0.1 * x[:, 1])
    ours = expit(fit_logistic(x, treated, 2.0).values(x))
    design = Design.of(x).columns(x)
    peer = LogisticRegression(C=1 / 2.0, tol=1e-10, max_iter=2000).fit(design, treated).predict_proba(design)[:, 1]
    np.testing.assert_allclose(ours, peer, atol=1e-5)


def test_the_ridge_is_chosen_by_titles_left_out() -> None:
    drawn = np.random.default_rng(1)
    x = drawn.normal(size=(60, 40))
    noise, signal = drawn.normal(size=60), x[:, 0] * 3 + 0.01 * drawn.normal(size=60)
    new = drawn.normal(size=(500, 40))
    assert fit_ridge(x, noise).values(new).std() < 0.5
    np.testing.assert_allclose(fit_ridge(x, signal).values(new), np.clip(new[:, 0], -3.5, 3.5) * 3, atol=1.5)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.0, 0.9), st.sampled_from([1e-9, 1.0, 1e9]))
def test_whatever_is_unknown_constant_or_far_away_lines_stay_finite(seed: int, unknown: float, scale: float) -> None:
    drawn = np.random.default_rng(seed)
    x = drawn.normal(size=(50, 4)) * scale
    x[drawn.random((50, 4)) < unknown] = np.nan
    x[:, 2] = 3.0
    x[:, 3] = np.nan
    treated = np.arange(50) % 3 == 0
    new = np.vstack([x, np.full((1, 4), 1e300), np.full((1, 4), np.nan)])
    assert np.isfinite(fit_ridge(x, drawn.normal(size=50)).values(new)).all()
    assert np.isfinite(fit_logistic(x, treated, 2.0).values(new)).all()


def test_sides_that_lie_apart_do_not_run_away() -> None:
    x = np.linspace(-1, 1, 80)[:, None]
    chance = expit(fit_logistic(x, x[:, 0] > 0, 2.0).values(x))
    assert 0.5 < chance[-1] < 1 and 0 < chance[0] < 0.5
