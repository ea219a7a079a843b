from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.errors import FitError
from openslate.models.blend import (
    Blend,
    BlendSettings,
    BlendWeights,
    conditional_logit,
    fit_blend,
    seen_titles,
    standardise,
)
from openslate.models.ease import EaseSettings, fit_ease
from openslate.models.histories import Histories
from openslate.models.popularity import fit_popularity
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


def test_the_logit_finds_the_weights_that_made_the_choices_and_never_goes_below_zero() -> None:
    rng = np.random.default_rng(3)
    features = rng.normal(size=(20_000, 8, 3))
    utility = features @ np.array([1.0, 0.5, -0.7]) + rng.gumbel(size=(20_000, 8))
    watched = utility == utility.max(axis=1, keepdims=True)
    weights, likelihood = conditional_logit(features, watched, l2=0.0)
    assert weights[2] == 0.0
    assert -np.log(8) < likelihood < 0
    free, _ = conditional_logit(features * [1, 1, -1], watched, l2=0.0)
    assert free == pytest.approx([1.0, 0.5, 0.7], abs=0.05)


def test_the_logit_satisfies_its_optimality_condition() -> None:
    rng = np.random.default_rng(4)
    features = rng.normal(size=(300, 5, 2))
    watched = rng.random((300, 5)) < 0.3
    watched[:, 0] |= features[:, 0].sum(axis=1) > 0
    watched[~watched.any(axis=1), 1] = True
    weights, likelihood = conditional_logit(features, watched, l2=0.01)
    odds = np.exp(features @ weights)
    probability = odds / odds.sum(axis=1, keepdims=True)
    choices = watched.sum(axis=1, keepdims=True)
    surprise = np.einsum("mc,mcf->f", watched - choices * probability, features)
    gradient = surprise / choices.sum() - 0.01 * weights
    assert (np.abs(gradient[weights > 0]) < 1e-4).all() and (gradient[weights == 0] < 1e-4).all()
    assert likelihood == pytest.approx(np.log(probability)[watched].mean())


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
