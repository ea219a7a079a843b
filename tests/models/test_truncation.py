from dataclasses import replace
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.models import sparse_rows, truncation
from openslate.models.blend import Blend, BlendWeights
from openslate.models.ease import EaseSettings, fit_ease
from openslate.models.histories import Histories
from openslate.models.popularity import fit_popularity
from openslate.models.ranking.ranker import Ranker, RankerSettings
from openslate.models.sequential import fit_sequential
from openslate.models.truncation import cut, cut_blend, smallest_per_row
from tests.models.drawn import histories, many


def _blend(drawn: Histories) -> Blend:
    models = {
        "taste": fit_ease(drawn, EaseSettings(l2=1.0)),
        "sequential": fit_sequential(drawn),
        "popularity": fit_popularity(drawn, as_of=100),
    }
    return Blend(BlendWeights(tuple(models), np.array([0.5, 1.0, 0.1]), -1.0, drawn.n_members), models)


@given(st.integers(1, 20), st.integers(1, 12), st.integers(0, 99))
def test_each_row_keeps_its_largest_weights_and_no_zeros(rows: int, per_row: int, seed: int) -> None:
    matrix = np.random.default_rng(seed).choice([0, 0, -2, -1, 1, 2, 3], size=(rows, 10)).astype(np.float32)
    found = cut(matrix, per_row).matrix().toarray()
    for row, kept in zip(matrix, found, strict=True):
        largest = np.argsort(-np.abs(row), kind="stable")[:per_row]
        assert (kept[largest] == row[largest]).all()
        assert np.count_nonzero(kept) == np.count_nonzero(row[largest])


def test_kept_weights_are_told_apart_from_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix = np.random.default_rng(0).normal(size=(90, 40)).astype(np.float32)
    whole = cut(matrix, 7)
    monkeypatch.setattr(truncation, "ROWS_PER_BLOCK", 13)
    assert (cut(matrix, 7).matrix() != whole.matrix()).nnz == 0
    assert (np.diff(whole.row_offsets) == 7).all()
    assert (whole.at(np.array([3, 3, 89], dtype=np.int32), 5) == whole.matrix().toarray()[[3, 3, 89], 5]).all()


@given(histories())
@settings(max_examples=40)
def test_with_every_weight_kept_the_blend_scores_the_same(drawn: Histories) -> None:
    blend = _blend(drawn)
    assert cut_blend(blend, drawn.n_titles).score(drawn) == pytest.approx(blend.score(drawn), abs=1e-3)


@given(histories(), st.integers(1, 3))
@settings(max_examples=40)
def test_contributions_sum_to_the_score(drawn: Histories, per_row: int) -> None:
    for name in ("taste", "sequential"):
        model = cut_blend(_blend(drawn), per_row).models[name]
        scores = model.score(drawn)
        for title in range(drawn.n_titles):
            added = np.bincount(drawn.members_of_events(), model.contributions(drawn, title), drawn.n_members)
            assert added == pytest.approx(scores[:, title], abs=1e-5)


def test_the_compiled_loop_scores_the_same_bytes_alone_and_among_others() -> None:
    drawn = many()
    for name in ("taste", "sequential"):
        model = cut_blend(_blend(drawn), 5).models[name]
        plainly = model.score(drawn)
        with patch.object(sparse_rows, "WORTH_COMPILING", 0):
            assert model.score(drawn).tobytes() == plainly.tobytes()
            assert (model.score(drawn.part(7, 8))[0] == plainly[7]).all()


def test_the_second_of_two_steps_that_cost_little_enough_is_taken_and_the_losses_are_told() -> None:
    blend, scores = _blend(many()), {None: 0.2, 5: 0.2, 8: 0.15, 10: 0.1985, 20: 0.1995, 25: 0.1999}

    def judge(candidate: Blend) -> np.ndarray:
        weights = getattr(candidate.models["taste"], "weights", None)
        return np.full(50, scores[None if weights is None else int(np.diff(weights.row_offsets).max())])

    found = smallest_per_row(blend, judge, ladder=(5, 8, 10, 20, 25), most_lost=0.005)
    assert found.per_row == 25
    assert {loss.per_row: loss.mean for loss in found.losses} == pytest.approx(
        {5: 0.0, 8: 0.25, 10: 0.0075, 20: 0.0025, 25: 0.0005}
    )
    assert all(loss.at_most == pytest.approx(loss.mean) for loss in found.losses)
    assert smallest_per_row(blend, judge, ladder=(5, 8, 10, 20), most_lost=0.005).per_row is None
    assert blend.models["taste"].item_weights.any()


def test_a_step_whose_mean_is_fine_but_whose_interval_is_not_is_not_taken() -> None:
    blend, random = _blend(many()), np.random.default_rng(0)
    noise = random.normal(size=100) * 0.01

    def judge(candidate: Blend) -> np.ndarray:
        weights = getattr(candidate.models["taste"], "weights", None)
        kept = 30 if weights is None else int(np.diff(weights.row_offsets).max())
        return 0.2 + (noise - noise.mean() if kept == 5 else 0.0) + np.zeros(100)

    found = smallest_per_row(blend, judge, ladder=(5, 10, 20))
    assert found.per_row == 20
    assert abs(found.losses[0].mean) < 1e-9 < 0.005 < found.losses[0].at_most


def test_the_second_stage_stays_when_a_blend_is_cut() -> None:
    ranker = Ranker((), np.zeros(0, np.float32), np.zeros(0, np.float32), None, RankerSettings())
    assert cut_blend(replace(_blend(many()), ranker=ranker), 5).ranker is ranker
