from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openslate.models.blend import Scorer, best_candidates, seen_titles, standardise
from openslate.models.ease import EaseSettings, fit_ease
from openslate.models.following import following_from_sums
from openslate.models.histories import Histories
from openslate.models.neighbours import fit_neighbours
from openslate.models.popularity import fit_popularity
from openslate.models.ranking.features import (
    KINDS,
    LATEST,
    Scored,
    candidate_features,
    feature_names,
    latest_titles,
)
from openslate.models.sequential import SequentialSettings, pair_sums_of_part
from tests.models.drawn import many

TITLES = 30


def _models(told: Histories) -> dict[str, Scorer]:
    plays = np.bincount(told.titles, minlength=told.n_titles)
    return {
        "ease": fit_ease(told, EaseSettings(l2=1.0)),
        "following": following_from_sums(pair_sums_of_part(told, SequentialSettings()), plays),
        "similar": fit_neighbours(told),
        "popularity": fit_popularity(told, as_of=100),
    }


def _seen_by(models: dict[str, Scorer], asked: Histories) -> Scored:
    seen = seen_titles(asked)
    return Scored({name: standardise(model.score(asked), seen) for name, model in models.items()}, seen)


def _described(models: dict[str, Scorer], asked: Histories, count: int) -> tuple[np.ndarray, np.ndarray]:
    scored = _seen_by(models, asked)
    candidates = best_candidates(np.sum(list(scored.standard.values()), axis=0), scored.seen, count)
    return candidates, candidate_features(models, scored, asked, candidates)


def _renumbered(histories: Histories, numbers: np.ndarray) -> Histories:
    return replace(histories, titles=numbers[histories.titles].astype(np.int32))


def test_every_column_has_a_name() -> None:
    models = _models(many())
    _, features = _described(models, many(seed=5), 12)
    names = feature_names(models)
    assert features.shape == (200, 12, len(names)) and features.dtype == np.float32
    assert len(set(names)) == len(names) == len(models) * len(KINDS) + 2 * (LATEST + 1)
    assert np.isfinite(features).all()


def test_columns_are_what_their_names_say() -> None:
    models, asked = _models(many()), many(seed=5).part(0, 20)
    candidates, features = _described(models, asked, 12)
    column = {name: features[:, :, place] for place, name in enumerate(feature_names(models))}
    own = np.take_along_axis(_seen_by(models, asked).standard["ease"], candidates, axis=1)
    assert (column["ease, score"] == own).all()
    assert (column["ease, exponential"].max(axis=1) == 1).all()
    assert (np.argsort(column["ease, rank"], axis=1) == np.argsort(-own, axis=1, kind="stable")).all()
    assert column["ease, by length"] == pytest.approx(own * np.log1p(asked.lengths())[:, None], rel=1e-5)
    latest, lifts = latest_titles(asked, LATEST), models["following"].lifts.matrix().toarray()
    for lag in range(LATEST):
        words = np.where(latest[:, [lag]] >= 0, lifts[latest[:, [lag]], candidates], 0)
        assert column[f"following, {lag + 1} back"] == pytest.approx(words, rel=1e-6)
    every = np.stack([column[f"similar, {lag} back"] for lag in range(1, LATEST + 1)])
    assert (column["similar, most of the latest"] == every.max(axis=0)).all()


@given(st.integers(0, 1000))
@settings(max_examples=5, deadline=None)
def test_no_feature_changes_when_titles_are_numbered_otherwise(seed: int) -> None:
    """A title's index is a name and no more: new numbers may change the order of candidates, never what they are."""
    no_feature_changes_when_titles_are_numbered_otherwise(seed)


@pytest.mark.soak
@given(st.integers(0, 1_000_000))
@settings(max_examples=100, deadline=None)
def test_no_feature_changes_in_many_worlds_when_titles_are_numbered_otherwise(seed: int) -> None:
    no_feature_changes_when_titles_are_numbered_otherwise(seed)


def no_feature_changes_when_titles_are_numbered_otherwise(seed: int) -> None:
    numbers = np.random.default_rng(seed).permutation(TITLES)
    # Engagement drawn freely, so that no two titles score the same and ties are broken by nothing.
    told, asked = (_engaged(many(seed=one), one) for one in (seed, seed + 1))
    candidates, features = _described(_models(told), asked, 10)
    other = _models(_renumbered(told, numbers))
    again, features_again = _described(other, _renumbered(asked, numbers), 10)
    same = (numbers[candidates] == again).all(axis=1)
    assert same.mean() > 0.9
    assert features_again[same] == pytest.approx(features[same], abs=2e-3)


def _engaged(histories: Histories, seed: int) -> Histories:
    random = np.random.default_rng(seed)
    return replace(histories, engagement=random.integers(1, 33, histories.n_events).astype(np.int32))


def test_candidates_that_are_not_there_change_no_feature_of_those_that_are() -> None:
    models = _models(many())
    asked = Histories.from_lists([list(range(5, TITLES)), [1, 2]], TITLES)
    candidates, features = _described(models, asked, 12)
    assert (candidates[0] >= 0).sum() == 5
    _, alone = _described(models, asked.part(0, 1), 5)
    assert (features[0, :5] == alone[0]).all()


def test_a_member_who_has_seen_everything_has_no_candidate_and_does_no_harm() -> None:
    models = _models(many())
    candidates, features = _described(models, Histories.from_lists([list(range(TITLES)), [3]], TITLES), 6)
    assert (candidates[0] == -1).all() and not np.isnan(features[1]).any()


def test_latest_titles_of_nobody() -> None:
    assert (latest_titles(Histories.from_lists([[], []], 3), 2) == -1).all()
