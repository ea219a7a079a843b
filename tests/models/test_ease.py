from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openslate.errors import FitError
from openslate.models import ease
from openslate.models import packed as packed_module
from openslate.models.ease import EaseSettings, ease_from_gram, fit_ease
from openslate.models.gram import GRAM_STEPS
from openslate.models.histories import Histories
from openslate.models.packed import packed
from openslate.models.weights import WeightSettings, taste_rows
from tests.models.drawn import histories, many

PLAIN = WeightSettings()


@given(histories(), st.sampled_from([0.0, 0.3]), st.sampled_from([0.5, 20.0]))
def test_weights_equal_the_published_formula_in_float64(drawn: Histories, dropout: float, l2: float) -> None:
    settings = EaseSettings(l2, dropout)
    gram = _square(drawn, settings.training)
    ridge = l2 + dropout / (1 - dropout) * np.diag(gram)
    inverse = np.linalg.inv(gram + np.diag(ridge))
    expected = np.eye(drawn.n_titles) - inverse / np.diag(inverse)
    assert fit_ease(drawn, settings).item_weights == pytest.approx(expected, abs=1e-4)


def test_the_gradient_vanishes_off_the_diagonal_and_the_diagonal_is_zero() -> None:
    settings = EaseSettings(l2=3.0, dropout=0.25, training=PLAIN)
    drawn = many()
    gram = _square(drawn, PLAIN)
    weights = fit_ease(drawn, settings).item_weights.astype(np.float64)
    ridge = np.diag(3.0 + 0.25 / 0.75 * np.diag(gram))
    gradient = (gram + ridge) @ weights - gram
    np.fill_diagonal(gradient, 0.0)
    assert np.abs(gradient).max() < 1e-3
    assert not weights.diagonal().any()


@pytest.mark.parametrize(("dropout", "bound"), [(0.0, 0.42), (0.25, 0.35)])
def test_a_relaxed_diagonal_meets_its_bound_and_the_conditions_of_the_optimum(dropout: float, bound: float) -> None:
    settings = EaseSettings(l2=30.0, dropout=dropout, training=PLAIN, diagonal_bound=bound)
    gram = _square(many(), PLAIN)
    weights = fit_ease(many(), settings).item_weights.astype(np.float64)
    ridge = 30.0 + dropout / (1 - dropout) * np.diag(gram)
    gradient = (gram + np.diag(ridge)) @ weights - gram
    own = weights.diagonal()
    held = own > bound - 1e-4
    assert own.max() <= bound + 1e-4 and held.any() and not held.all()
    off_diagonal = gradient - np.diag(np.diag(gradient))
    assert np.abs(off_diagonal).max() < 1e-3
    # Where the bound holds a title back, the loss would fall further beyond it; elsewhere it is at its lowest.
    assert (np.diag(gradient)[held] < 1e-3).all()
    assert np.abs(np.diag(gradient)[~held]).max() < 1e-3


@pytest.mark.parametrize("bound", [-0.1, 1.5])
def test_a_diagonal_bound_that_is_no_share_is_refused(bound: float) -> None:
    with pytest.raises(FitError, match=str(bound)):
        fit_ease(many(), EaseSettings(diagonal_bound=bound))


@given(histories())
def test_contributions_sum_to_the_score(drawn: Histories) -> None:
    model = fit_ease(drawn, EaseSettings(l2=1.0))
    scores = model.score(drawn)
    for title in range(drawn.n_titles):
        added = np.bincount(drawn.members_of_events(), model.contributions(drawn, title), drawn.n_members)
        assert added == pytest.approx(scores[:, title], abs=1e-5)


def test_a_member_scores_the_same_alone_as_among_others() -> None:
    drawn = many()
    model = fit_ease(drawn)
    together = model.score(drawn)
    for member in (0, 17, 199):
        assert (model.score(drawn.part(member, member + 1))[0] == together[member]).all()


def test_members_without_events_and_titles_never_seen_score_zero() -> None:
    model = fit_ease(Histories.from_lists([[0, 1], []], n_titles=3))
    scores = model.score(Histories.from_lists([[], [2], [0]], n_titles=3))
    assert scores.dtype == np.float32 and scores.shape == (3, 3)
    assert not scores[0].any() and not scores[1].any() and scores[2, 2] == 0 and scores[2, 1] > 0


def test_a_catalogue_of_one_title_has_nothing_to_say() -> None:
    model = fit_ease(Histories.from_lists([[0]], n_titles=1))
    assert model.score(Histories.from_lists([[0]], n_titles=1)).tolist() == [[0.0]]


def test_the_compiled_loops_give_the_same_bytes() -> None:
    plainly = fit_ease(many()).item_weights
    with patch.object(ease, "WORTH_COMPILING", 0), patch.object(packed_module, "WORTH_COMPILING", 0):
        assert fit_ease(many()).item_weights.tobytes() == plainly.tobytes()


def test_fitting_twice_gives_the_same_bytes() -> None:
    assert fit_ease(many()).item_weights.tobytes() == fit_ease(many()).item_weights.tobytes()


@pytest.mark.parametrize("dropout", [-0.1, 1.0])
def test_an_impossible_dropout_is_refused(dropout: float) -> None:
    with pytest.raises(FitError, match="no share of events"):
        fit_ease(many(), EaseSettings(dropout=dropout))


def test_no_ridge_under_a_singular_gram_is_refused_with_the_way_out() -> None:
    gram = packed(np.ones((2, 2), dtype=np.int64)) * GRAM_STEPS
    with pytest.raises(FitError, match="Raise l2"):
        ease_from_gram(gram, EaseSettings(l2=0.0, dropout=0.0))


def test_titles_nobody_watched_weigh_nothing_and_change_nothing() -> None:
    drawn = many()
    doubled = Histories(drawn.offsets, 2 * drawn.titles, drawn.times, drawn.engagement, 61)
    narrow, wide = fit_ease(drawn).item_weights, fit_ease(doubled).item_weights
    assert (wide[:60:2, :60:2] == narrow).all()
    assert not wide[1::2].any() and not wide[:, 1::2].any()


def _square(drawn: Histories, settings: WeightSettings) -> np.ndarray:
    rows = taste_rows(drawn, settings).toarray().astype(np.float64)
    return rows.T @ rows
