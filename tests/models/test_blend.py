from dataclasses import dataclass, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.errors import FitError
from openslate.models.blend import (
    Blend,
    BlendSettings,
    BlendWeights,
    best_candidates,
    fit_blend,
    seen_titles,
    standardise,
)
from openslate.models.ease import EaseSettings, fit_ease
from openslate.models.histories import Histories
from openslate.models.popularity import fit_popularity
from openslate.models.ranking.features import candidate_features, feature_names
from openslate.models.ranking.ranker import Ranker, RankerSettings
from openslate.models.sequential import fit_sequential
from openslate.models.top import top_titles
from openslate.models.transitions import fit_transitions
from tests.models.drawn import histories, many


@dataclass(frozen=True)
class Fixed:
    """A model brought along: the same scores whatever was watched."""

    scores: np.ndarray

    def score(self, histories: Histories) -> np.ndarray:
        return np.tile(self.scores, (histories.n_members, 1)).astype(np.float32)


def _models(drawn: Histories) -> dict[str, object]:
    return {
        "sequential": fit_sequential(drawn),
        "transitions": fit_transitions(drawn),
        "ease": fit_ease(drawn, EaseSettings(l2=1.0)),
        "popularity": fit_popularity(drawn, as_of=100),
    }


def _next_title() -> tuple[Histories, np.ndarray, np.ndarray]:
    """Validation members who have not been trained on: their histories, and what each watched last."""
    fresh = many(seed=9)
    latest = np.zeros(fresh.n_events, dtype=bool)
    latest[fresh.offsets[1:] - 1] = True
    return fresh.keep(~latest), np.arange(fresh.n_members + 1), fresh.titles[latest]


@given(histories())
@settings(max_examples=50)
def test_standardised_scores_have_mean_zero_and_deviation_one_over_unseen_titles(drawn: Histories) -> None:
    scores = np.random.default_rng(drawn.n_events).normal(3, 5, (drawn.n_members, drawn.n_titles))
    seen = seen_titles(drawn)
    standard = standardise(scores.astype(np.float32), seen)
    for row, watched in zip(standard, seen, strict=True):
        unseen = row[~watched]
        if len(unseen) > 1:
            assert unseen.mean() == pytest.approx(0, abs=1e-4) and unseen.std() == pytest.approx(1, abs=1e-4)


def test_equal_scores_standardise_to_zero() -> None:
    level = np.full((1, 5), 0.1, dtype=np.float32)
    assert not standardise(level, np.zeros((1, 5), dtype=bool)).any()
    assert not standardise(level, np.ones((1, 5), dtype=bool)).any()


def test_a_useful_model_gets_weight_and_noise_gets_little() -> None:
    fold_in, offsets, targets = _next_title()
    noise = Fixed(np.random.default_rng(1).normal(size=30))
    fitted = fit_blend({"sequential": fit_sequential(many()), "noise": noise}, fold_in, offsets, targets)
    assert fitted.components == ("sequential", "noise")
    assert fitted.weights[0] > 10 * fitted.weights[1] >= 0
    assert 0 < fitted.members <= fold_in.n_members


def test_several_targets_and_members_without_any() -> None:
    fold_in = Histories.from_lists([[0], [1], [2]], n_titles=5)
    fitted = fit_blend(
        {"likes 3": Fixed(np.array([0, 0, 0, 9, 1]))},
        fold_in,
        np.array([0, 2, 2, 3]),
        np.array([3, 4, 3], dtype=np.int32),
    )
    assert fitted.members == 2 and fitted.weights[0] > 0


def test_members_with_few_unseen_titles_have_fewer_candidates_and_no_harm() -> None:
    fold_in = Histories.from_lists([[0, 1, 2, 3], [0]], n_titles=5)
    model = {"likes 4": Fixed(np.array([0, 1, 2, 3, 4]))}
    offsets, targets = np.array([0, 1, 2]), np.array([4, 4], dtype=np.int32)
    fitted = fit_blend(model, fold_in, offsets, targets, BlendSettings(candidates=3))
    assert np.isfinite(fitted.log_likelihood) and fitted.members == 2 and fitted.weights[0] > 1


def test_fitting_twice_gives_the_same_bytes() -> None:
    models, (fold_in, offsets, targets) = _models(many()), _next_title()
    first, second = (fit_blend(models, fold_in, offsets, targets) for _ in range(2))
    assert first.weights.tobytes() == second.weights.tobytes()


def test_one_member_scores_the_same_alone_as_among_others() -> None:
    models, (fold_in, offsets, targets) = _models(many()), _next_title()
    blend = Blend(fit_blend(models, fold_in, offsets, targets), models)
    together = blend.score(fold_in)
    assert together.dtype == np.float32
    for member in (0, 3, 150):
        assert (blend.score(fold_in.part(member, member + 1))[0] == together[member]).all()


def test_a_member_without_events_gets_what_is_popular() -> None:
    models = _models(many())
    blend = Blend(BlendWeights(tuple(models), np.ones(4), 0.0, 1), models)
    nobody = Histories.from_lists([[]], n_titles=30)
    popular = top_titles(models["popularity"].score(nobody), 5)
    assert (top_titles(blend.score(nobody), 5) == popular).all()


@given(st.integers(0, 29))
@settings(max_examples=15, deadline=None)
def test_contributions_of_events_sum_to_the_explained_part_of_the_score(title: int) -> None:
    drawn = many()
    models = {"sequential": fit_sequential(drawn), "ease": fit_ease(drawn, EaseSettings(l2=1.0))}
    blend = Blend(BlendWeights(tuple(models), np.array([0.7, 0.4]), 0.0, 1), models)
    one = drawn.part(2, 3)
    seen = seen_titles(one)
    explained = 0.0
    for model, weight in zip(models.values(), blend.fitted.weights, strict=True):
        scores = model.score(one)
        explained += weight * scores[0, title] / scores[~seen].std()
    assert blend.contributions(one, title).sum() == pytest.approx(explained, rel=1e-3, abs=1e-4)


def _ranker(models: dict[str, object], candidates: int, seed: int = 2) -> Ranker:
    """A second stage with weights out of the air."""
    names = feature_names(models)
    weights = np.random.default_rng(seed).normal(size=len(names)).astype(np.float32)
    return Ranker(names, np.zeros(len(names), dtype=np.float32), weights, None, RankerSettings(candidates=candidates))


def _two_stages(candidates: int) -> tuple[Blend, Blend]:
    models = _models(many())
    first = Blend(BlendWeights(tuple(models), np.array([0.7, 0.4, 0.3, 0.1]), 0.0, 1), models)
    return first, replace(first, ranker=_ranker(models, candidates))


def test_a_second_stage_reorders_the_best_candidates_and_leaves_the_rest() -> None:
    first, second = _two_stages(candidates=6)
    asked = many(seed=8).part(0, 80)
    seen = seen_titles(asked)
    before, after = (np.where(seen, -np.inf, blend.score(asked)) for blend in (first, second))
    best, again = top_titles(before, 30), top_titles(after, 30)
    assert (best[:, :6] != again[:, :6]).any()
    assert (np.sort(best[:, :6]) == np.sort(again[:, :6])).all()
    assert (best[:, 6:] == again[:, 6:]).all()
    # The scale stays that of the first stage, which new titles and reasons are measured on.
    assert (np.sort(before, axis=1) == np.sort(after, axis=1)).all()


def test_candidates_stand_in_the_order_of_their_utilities() -> None:
    _, second = _two_stages(candidates=6)
    asked = many(seed=8).part(0, 80)
    scored = second.scored(asked)
    candidates = best_candidates(second.weighted(scored), scored.seen, 6)
    assert second.ranker is not None
    said = second.ranker.utilities(candidate_features(second.parts, scored, asked, candidates))
    wanted = np.take_along_axis(candidates, np.argsort(-said, axis=1, kind="stable"), axis=1)
    assert (top_titles(np.where(scored.seen, -np.inf, second.score(asked)), 6) == wanted).all()


def test_seen_titles_keep_their_scores_and_few_unseen_ones_do_no_harm() -> None:
    first, second = _two_stages(candidates=6)
    asked = Histories.from_lists([list(range(28)), list(range(30)), [4]], n_titles=30)
    seen = seen_titles(asked)
    before, after = first.score(asked), second.score(asked)
    assert (before[seen] == after[seen]).all()
    assert np.isfinite(after).all()
    assert (np.sort(before[0, 28:]) == np.sort(after[0, 28:])).all()


def test_a_member_scores_the_same_alone_with_a_second_stage() -> None:
    _, second = _two_stages(candidates=6)
    asked = many(seed=8).part(0, 80)
    together = second.score(asked)
    for member in (0, 7, 79):
        assert second.score(asked.part(member, member + 1))[0] == pytest.approx(together[member], abs=1e-5)


def test_too_many_models_none_and_no_target_in_reach_are_refused() -> None:
    fold_in, offsets, targets = _next_title()
    flat = Fixed(np.arange(30.0))
    with pytest.raises(FitError, match="17 models"):
        fit_blend({str(place): flat for place in range(17)}, fold_in, offsets, targets)
    with pytest.raises(FitError, match="0 models"):
        fit_blend({}, fold_in, offsets, targets)
    no_targets = np.zeros(fold_in.n_members + 1, dtype=np.int64)
    with pytest.raises(FitError, match="No validation member"):
        fit_blend({"flat": flat}, fold_in, no_targets, targets[:0])
