"""The second stage on a world whose first stage leaves something to tell apart, and on one where it does not."""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from openslate.apps.personalize import second_stage
from openslate.apps.personalize.second_stage import (
    Choices,
    SecondStage,
    describe,
    fit_second_stage,
    ranker_of,
    ranker_record,
)
from openslate.errors import FitError
from openslate.evaluation.split import Split, build_split
from openslate.models.blend import Blend, BlendWeights
from openslate.models.histories import Histories
from openslate.models.ranking.ranker import Ranker, RankerSettings
from openslate.models.ranking.trees import TreeSettings

TITLES = 40
SETTINGS = RankerSettings(candidates=20)
TREES = replace(SETTINGS, trees=TreeSettings(trees=40, leaves=4, fewest_per_leaf=20, candidates=20, share=1.0))


@dataclass(frozen=True)
class Told:
    """Scores that were written down for each member, who is known by the first title watched and the number of events.

    Attributes:
        scores: float32 [members, n_titles].
    """

    scores: np.ndarray

    def score(self, histories: Histories) -> np.ndarray:
        return self.scores[histories.times[histories.offsets[:-1]]]


def _split(members: int, wanted: np.ndarray, times_asked: int = 1) -> Split:
    """Each member watched titles 0 and 1, is known by the time of that, and is asked for one wanted title."""
    plain = Histories.from_lists([[0, 1]] * members, TITLES)
    told = replace(plain, times=np.repeat(np.arange(members), 2))
    target = Histories.from_lists([[int(title)] for title in wanted], TITLES)
    everything = Histories.from_lists([list(range(TITLES))], TITLES)
    return build_split(
        name="drawn",
        rule="Drawn.",
        train=everything,
        fold_in=Histories.stacked([told] * times_asked),
        held_out=Histories.stacked([target] * times_asked),
        as_of=0,
        members=np.tile(np.arange(members), times_asked),
    )


def _world(weight_on_truth: float, members: int = 900, bent: bool = False, seed: int = 1) -> tuple[Blend, Split]:
    """A first stage that goes by one model, in a world where a second, of weight zero there, knows better."""
    random = np.random.default_rng(seed)
    seen_by_both, hidden = random.normal(size=(2, members, TITLES)).astype(np.float32)
    truth = -3 * np.abs(hidden) if bent else hidden
    utility = seen_by_both + weight_on_truth * truth + random.gumbel(size=truth.shape)
    utility[:, :2] = -np.inf
    weights = BlendWeights(("plain", "hidden"), np.array([1.0, 0.0]), 0.0, members)
    blend = Blend(weights, {"plain": Told(seen_by_both), "hidden": Told(hidden)})
    return blend, _split(members, utility.argmax(axis=1))


def test_a_signal_that_only_the_features_hold_is_kept() -> None:
    blend, split = _world(weight_on_truth=1.0)
    found = fit_second_stage(blend, split, SETTINGS, k=10)
    (step,) = found.steps
    assert step.name == "logit" and step.kept and step.gain.low > 0.05
    assert found.ranker is not None and found.ranker.trees is None
    assert found.ranker.weights[found.ranker.features.index("hidden, score")] != 0


def test_what_it_promised_is_what_it_wins_on_members_who_taught_nothing() -> None:
    blend, split = _world(weight_on_truth=1.0)
    found = fit_second_stage(blend, split, SETTINGS, k=10)
    fresh_blend, fresh = _world(weight_on_truth=1.0, seed=2)
    choices = describe(fresh_blend, fresh, SETTINGS, k=10)
    assert found.ranker is not None
    won = choices.ndcg(found.ranker.utilities(choices.features)) - choices.ndcg(choices.as_they_came)
    assert won.mean() == pytest.approx(found.steps[0].gain.mean, abs=0.04)


def test_noise_is_not_kept() -> None:
    blend, split = _world(weight_on_truth=0.0)
    found = fit_second_stage(blend, split, TREES, k=10)
    assert found.ranker is None
    assert [(step.name, step.kept) for step in found.steps] == [("logit", False)]


def test_trees_stay_where_they_see_what_the_logit_cannot() -> None:
    blend, split = _world(weight_on_truth=1.0, members=2_000, bent=True)
    found = fit_second_stage(blend, split, TREES, k=10)
    assert [(step.name, step.kept) for step in found.steps] == [("logit", True), ("trees", True)]
    assert found.ranker is not None and found.ranker.trees is not None
    again = ranker_of(ranker_record(found.ranker), TREES)
    features = describe(blend, split, TREES, k=10).features[:9]
    assert again is not None and (again.utilities(features) == found.ranker.utilities(features)).all()


def test_too_few_who_can_teach_teach_nothing() -> None:
    blend, split = _world(weight_on_truth=1.0, members=150)
    assert fit_second_stage(blend, split, SETTINGS, k=10) == SecondStage(None, ())


def test_a_ranker_of_one_fold_would_judge_itself() -> None:
    blend, split = _world(weight_on_truth=1.0)
    with pytest.raises(FitError, match="1 folds"):
        fit_second_stage(blend, split, replace(SETTINGS, folds=1), k=10)


def test_folds_never_split_a_member_and_nobody_who_taught_is_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    members = 300
    split = _split(members, np.random.default_rng(0).integers(2, TITLES, members), times_asked=3)
    assert len(split.members) == 3 * members
    # The blend's one model carries each member's number, so that a feature says who is taught by whom.
    names = np.tile(np.arange(members, dtype=np.float32)[:, None], (1, TITLES)) + np.linspace(0, 0.5, TITLES)
    blend = Blend(BlendWeights(("names",), np.ones(1), 0.0, members), {"names": Told(names.astype(np.float32))})
    choices = describe(blend, split, SETTINGS, k=10)
    folds = choices.folds(3)
    for member in range(members):
        assert len(set(folds[split.members == member])) == 1
    assert np.bincount(folds).min() > 0.3 * len(folds)
    numbered = replace(choices, features=np.repeat(split.members[:, None, None], 20, axis=1).astype(np.float32))
    taught: list[set[int]] = []

    def remember(_: object, features: np.ndarray, *others: object) -> Ranker:
        taught.append(set(features.ravel().astype(int).tolist()))
        return Ranker(("number",), np.zeros(1, np.float32), np.ones(1, np.float32), None, SETTINGS)

    monkeypatch.setattr(second_stage, "fit_logit", remember)
    judged = second_stage._judged_logit(blend, numbered, SETTINGS)
    assert len(taught) == 3
    for fold, teachers in enumerate(taught):
        asked = set(judged[folds == fold].ravel().astype(int).tolist())
        assert asked == set(split.members[folds == fold].tolist())
        assert not asked & teachers


def test_members_asked_more_than_once_count_once_in_the_interval() -> None:
    blend, split = _world(weight_on_truth=1.0, members=400)
    thrice = _split(400, split.targets, times_asked=3)
    [once_found], [found] = (fit_second_stage(blend, one, SETTINGS, k=10).steps for one in (split, thrice))
    assert found.gain.n_members == once_found.gain.n_members == 400
    assert found.gain.high - found.gain.low == pytest.approx(once_found.gain.high - once_found.gain.low, rel=0.3)


def test_a_record_comes_back_as_the_same_ranker() -> None:
    blend, split = _world(weight_on_truth=1.0)
    ranker = fit_second_stage(blend, split, SETTINGS, k=10).ranker
    assert ranker is not None
    again = ranker_of(ranker_record(ranker), SETTINGS)
    features = describe(blend, split, SETTINGS, k=10).features
    assert again is not None and again.features == ranker.features
    assert again.utilities(features).tobytes() == ranker.utilities(features).tobytes()
    assert ranker_of(ranker_record(None), SETTINGS) is None
    assert ranker_of(ranker_record(ranker), None) is None


def test_choices_left_as_they_came_are_the_blend_s_own_order() -> None:
    blend, split = _world(weight_on_truth=1.0)
    choices: Choices = describe(blend, split, SETTINGS, k=10)
    scores = np.where(blend.scored(split.fold_in).seen, -np.inf, blend.score(split.fold_in))
    assert (np.argsort(-scores, axis=1, kind="stable")[:, :20] == choices.candidates).all()
    hits = choices.candidates == split.targets[:, None]
    assert (choices.watched == hits).all()
    by_hand = np.where(hits[:, :10], 1 / np.log2(np.arange(10) + 2), 0).sum(axis=1)
    assert choices.ndcg(choices.as_they_came) == pytest.approx(by_hand)
