import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from openslate.errors import FitError
from openslate.evaluation import beyond_accuracy as beyond
from openslate.models.histories import Histories

TRAIN = Histories.from_lists([[0, 1, 0], [0, 2], [0, 1], [0]], n_titles=5)
CATALOGUE = np.array([True, True, True, False, False])
GENRES = np.array([[1, 0], [0, 1], [0.5, 0.5], [1, 0], [1, 0]], dtype=np.float64)
RANKED = np.array([[0, 1], [2, -1]], dtype=np.int32)
FOLD_IN = Histories.from_lists([[2, 2], [0, 1, 1, 1]], n_titles=5)


def test_figures_by_hand() -> None:
    watchers = beyond.watchers(TRAIN)
    assert watchers.tolist() == [4, 2, 1, 0, 0]  # member 0's repeat counts once
    shown = beyond.times_shown(RANKED, 5)
    assert shown.tolist() == [1, 1, 1, 0, 0]
    assert beyond.coverage(np.array([2, 0, 1, 0, 0]), CATALOGUE) == pytest.approx(2 / 3)
    # shares of the four members: 1, 1/2, 1/4 -> 0, 1 and 2 bits
    assert beyond.novelty(RANKED, watchers, 4).tolist() == pytest.approx([0.5, 2.0])
    percentiles = beyond.popularity_percentiles(watchers, CATALOGUE)
    assert percentiles.tolist() == [1.0, 0.5, 0.0, 0.0, 0.0]
    assert beyond.popularity_shift(RANKED, FOLD_IN, percentiles).tolist() == pytest.approx([0.75, 0 - 2.5 / 4])


def test_ties_in_popularity_share_the_middle_percentile() -> None:
    assert beyond.popularity_percentiles(np.array([3, 3, 1]), np.ones(3, dtype=bool)).tolist() == [0.75, 0.75, 0.0]


def test_miscalibration_by_hand() -> None:
    history, listed = beyond.history_genres(FOLD_IN, GENRES), beyond.list_genres(RANKED, GENRES)
    assert history.tolist() == [[0.5, 0.5], [0.25, 0.75]]
    assert listed.tolist() == [[0.5, 0.5], [0.5, 0.5]]
    mixed = [0.99 * 0.5 + 0.01 * 0.25, 0.99 * 0.5 + 0.01 * 0.75]
    expected = 0.25 * np.log(0.25 / mixed[0]) + 0.75 * np.log(0.75 / mixed[1])
    assert beyond.miscalibration(history, listed).tolist() == pytest.approx([0.0, expected])


def test_an_empty_list_is_as_far_from_any_taste_as_can_be() -> None:
    nothing = beyond.list_genres(np.array([[-1, -1]], dtype=np.int32), GENRES)
    assert beyond.miscalibration(np.array([[1.0, 0.0]]), nothing)[0] == pytest.approx(np.log(100))


def test_genre_shares_must_sum_to_one() -> None:
    with pytest.raises(FitError, match="title 1 sum to 0, not 1"):
        beyond.history_genres(FOLD_IN, GENRES * np.array([1, 0, 1, 1, 1])[:, None])


def test_deciles_put_the_most_watched_tenth_first() -> None:
    watchers = np.arange(20)[::-1].copy()
    shown = np.zeros(20, dtype=np.int64)
    shown[[0, 1, 19]] = [2, 1, 1]
    assert beyond.deciles(shown, watchers, np.ones(20, dtype=bool)).tolist() == [0.75] + [0.0] * 8 + [0.25]


@given(hnp.arrays(np.int64, st.integers(1, 15), elements=st.integers(0, 50)))
def test_gini_equals_the_mean_absolute_difference(shown: np.ndarray) -> None:
    slow = np.abs(shown[:, None] - shown[None, :]).mean() / (2 * shown.mean()) if shown.sum() else 0.0
    assert beyond.gini(shown) == pytest.approx(slow, abs=1e-12)


@given(
    hnp.arrays(np.float64, (4, 3), elements=st.floats(0.01, 1)),
    hnp.arrays(np.float64, (4, 3), elements=st.floats(0.01, 1)),
)
def test_miscalibration_is_never_negative_and_zero_on_the_member_s_own_tastes(p: np.ndarray, q: np.ndarray) -> None:
    p, q = p / p.sum(axis=1, keepdims=True), q / q.sum(axis=1, keepdims=True)
    assert (beyond.miscalibration(p, q) >= -1e-12).all()
    np.testing.assert_allclose(beyond.miscalibration(p, p), 0, atol=1e-12)
