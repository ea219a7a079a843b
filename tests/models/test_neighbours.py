import numpy as np
import pytest
from hypothesis import given, settings

from openslate.models.gram import GRAM_STEPS, gram_of_part
from openslate.models.histories import Histories
from openslate.models.neighbours import NeighbourSettings, cosine, fit_neighbours
from openslate.models.packed import packed
from openslate.models.weights import WeightSettings, taste_rows
from tests.models.drawn import histories, many


@given(histories())
@settings(max_examples=50)
def test_scores_equal_the_formula_in_float64(drawn: Histories) -> None:
    chosen = NeighbourSettings(neighbours=2, shrinkage=1.5)
    rows = taste_rows(drawn, WeightSettings()).toarray().astype(np.float64)
    gram = rows.T @ rows
    audience = np.sqrt(np.diag(gram))
    similarity = (gram / (np.outer(audience, audience) + 1.5)).astype(np.float32)
    np.fill_diagonal(similarity, 0)
    for title in range(drawn.n_titles):  # each scored title keeps its two most similar, the first of equals
        similarity[np.argsort(-similarity[:, title], kind="stable")[2:], title] = 0
    expected = taste_rows(drawn, chosen.fold_in).toarray() @ similarity
    assert fit_neighbours(drawn, chosen).score(drawn) == pytest.approx(expected, abs=1e-5)


@given(histories())
@settings(max_examples=50)
def test_contributions_sum_to_the_score(drawn: Histories) -> None:
    model = fit_neighbours(drawn)
    scores = model.score(drawn)
    for title in range(drawn.n_titles):
        added = np.bincount(drawn.members_of_events(), model.contributions(drawn, title), drawn.n_members)
        assert added == pytest.approx(scores[:, title], abs=1e-5)


def test_shrinkage_believes_small_audiences_less() -> None:
    gram = packed(np.array([[100, 50, 1], [50, 100, 0], [1, 0, 1]]) * GRAM_STEPS)
    plain, shrunk = cosine(gram, 0.0), cosine(gram, 10.0)
    assert plain[0, 1] == 0.5 and plain[0, 2] == pytest.approx(0.1)
    assert shrunk[0, 1] / plain[0, 1] > shrunk[0, 2] / plain[0, 2]


def test_a_title_nobody_watched_is_like_none() -> None:
    gram = gram_of_part(Histories.from_lists([[0, 1], []], n_titles=3), WeightSettings())
    assert not cosine(gram, 0.0)[2].any()


def test_one_title_and_no_members() -> None:
    model = fit_neighbours(Histories.from_lists([[0]], n_titles=1))
    assert model.score(Histories.from_lists([[0], []], n_titles=1)).tolist() == [[0.0], [0.0]]
    assert not fit_neighbours(many().part(0, 0)).score(many()).any()
