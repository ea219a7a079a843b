import numpy as np
import pytest

from openslate.models.coldstart import ColdStartSettings, fit_cold_start, onboarding_picks
from openslate.models.features import token_features

TOKENS = [["drama"], ["drama"], ["space"], ["space"], ["drama"], ["space"], []]
PLAYS = np.array([50, 40, 30, 20, 0, 1, 0])


def test_a_new_title_takes_after_the_titles_it_resembles() -> None:
    model = fit_cold_start(token_features(TOKENS), PLAYS)
    scores = np.array([[2, 2, -2, -2, 9, 9, 9], [-2, -2, 2, 2, 9, 9, 9]], dtype=np.float32)
    filled = model.fill(scores)
    assert (filled[:, :4] == scores[:, :4]).all()
    assert filled[0, 4] > 0 > filled[0, 5] and filled[1, 4] < 0 < filled[1, 5]
    assert filled[:, 6].tolist() == [0, 0]  # nothing is known of it: the member's average
    assert (scores[:, 4:] == 9).all()


def test_it_equals_kernel_ridge_in_float64() -> None:
    features = token_features(TOKENS)
    dense = features.toarray().astype(np.float64)
    known = np.random.default_rng(0).normal(size=(3, 7)).astype(np.float32)
    warm, cold = [0, 1, 2, 3], [4, 5, 6]
    kernel = dense[warm] @ dense[warm].T + 0.5 * np.eye(4)
    mean = known[:, warm].mean(axis=1, keepdims=True)
    expected = mean + (known[:, warm] - mean) @ np.linalg.solve(kernel, dense[warm] @ dense[cold].T)
    filled = fit_cold_start(features, PLAYS, ColdStartSettings(l2=0.5)).fill(known)
    assert filled[:, cold] == pytest.approx(expected, abs=1e-5)


@pytest.mark.parametrize("plays", [np.full(7, 9), np.zeros(7, dtype=np.int64)])
def test_with_nothing_cold_or_nothing_warm_there_is_nothing_to_carry_over(plays: np.ndarray) -> None:
    scores = np.zeros((2, 7), dtype=np.float32)
    assert (fit_cold_start(token_features(TOKENS), plays).fill(scores) == scores).all()


def test_picks_are_known_to_many_and_unlike_one_another() -> None:
    groups = np.repeat([0, 1, 2], 4)
    alike = (groups[:, None] == groups).astype(np.float32) * 0.9
    plays = np.array([90, 100, 80, 70, 60, 50, 40, 30, 9, 8, 7, 6])
    assert onboarding_picks(alike, plays, 3).tolist() == [1, 4, 8]


def test_picks_never_repeat_and_ties_go_to_the_lower_index() -> None:
    nothing_alike, equal = np.zeros((4, 4), dtype=np.float32), np.array([5, 5, 5, 5])
    assert onboarding_picks(nothing_alike, equal, 9).tolist() == [0, 1, 2, 3]
    assert onboarding_picks(nothing_alike, np.zeros(4, dtype=np.int64), 2).tolist() == [0, 1]
