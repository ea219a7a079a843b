import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.models.logit import conditional_logit


def _choices(members: int, weights: list[float], seed: int, candidates: int = 8) -> tuple[np.ndarray, np.ndarray]:
    """Features, and choices made by these weights and Gumbel noise, which is what the logit supposes."""
    rng = np.random.default_rng(seed)
    features = rng.normal(size=(members, candidates, len(weights)))
    utility = features @ np.array(weights) + rng.gumbel(size=(members, candidates))
    return features, utility == utility.max(axis=1, keepdims=True)


def test_weights_of_either_sign_are_found() -> None:
    weights, likelihood = conditional_logit(*_choices(20_000, [1.0, 0.5, -0.7], 3), l2=0.0, signed=True)
    assert weights == pytest.approx([1.0, 0.5, -0.7], abs=0.05)
    assert -np.log(8) < likelihood < 0


def test_unsigned_weights_stay_at_zero_where_they_would_fall_below() -> None:
    weights, _ = conditional_logit(*_choices(5_000, [1.0, -0.7], 4), l2=0.0)
    assert weights[0] > 0.5 and weights[1] == 0


@given(st.integers(0, 50), st.floats(0, 0.5))
@settings(max_examples=25, deadline=None)
def test_the_ridge_and_the_choices_are_in_balance(seed: int, l2: float) -> None:
    features, watched = _choices(300, [0.8, -0.4], seed, candidates=5)
    weights, likelihood = conditional_logit(features, watched, l2, signed=True)
    odds = np.exp(features @ weights)
    probability = odds / odds.sum(axis=1, keepdims=True)
    gradient = np.einsum("mc,mcf->f", watched - probability, features) / len(features) - l2 * weights
    assert np.abs(gradient).max() < 1e-3
    assert likelihood == pytest.approx(np.log(probability)[watched].mean())


def test_a_stronger_ridge_shrinks() -> None:
    features, watched = _choices(2_000, [1.0, -1.0], 5)
    lengths = [np.linalg.norm(conditional_logit(features, watched, l2, signed=True)[0]) for l2 in (0.0, 0.1, 1.0)]
    assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_places_without_a_candidate_change_nothing(kind: type) -> None:
    features, watched = _choices(500, [1.0, -0.5], 6)
    padded = np.concatenate([features, np.full((500, 3, 2), 7.0)], axis=1).astype(kind)
    hits = np.concatenate([watched, np.zeros((500, 3), dtype=bool)], axis=1)
    there = np.concatenate([np.ones(watched.shape, dtype=bool), np.zeros((500, 3), dtype=bool)], axis=1)
    plain, fits = conditional_logit(features.astype(kind), watched, 0.01, signed=True)
    masked, fits_too = conditional_logit(padded, hits, 0.01, signed=True, there=there)
    assert masked == pytest.approx(plain, abs=1e-4) and fits_too == pytest.approx(fits, abs=1e-5)
    unmasked, _ = conditional_logit(padded, hits, 0.01, signed=True)
    assert np.abs(unmasked - plain).max() > 0.05


def test_several_watched_are_choices_of_their_own() -> None:
    features = np.array([[[1.0], [1.0], [0.0]], [[0.0], [0.0], [1.0]]])
    watched = np.array([[True, True, False], [False, False, True]])
    weights, likelihood = conditional_logit(features, watched, l2=0.1, signed=True)
    odds = np.exp(weights[0])
    shares = [odds / (2 * odds + 1)] * 2 + [odds / (odds + 2)]
    assert likelihood == pytest.approx(np.log(shares).mean(), abs=1e-6)
    assert weights[0] > 0
