"""What each part adds, on models that are known through and through."""

from dataclasses import dataclass

import numpy as np
import pytest

from openslate.apps.personalize.baselines import member_scores
from openslate.apps.personalize.parts import look, worth_of_parts
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.settling import Settled
from openslate.apps.personalize.weighing import weigh
from openslate.evaluation.bootstrap import paired_difference
from openslate.evaluation.split import Split
from openslate.evaluation.splits import leave_last_out
from openslate.models.blend import Blend, BlendSettings, Scorer, fit_blend
from openslate.models.ease import EaseSettings, fit_ease
from openslate.models.histories import Histories
from openslate.models.transitions import fit_transitions
from tests.models.drawn import many

RECIPE = Recipe(ranker=None)


@dataclass(frozen=True)
class Fixed:
    """The same scores whatever was watched."""

    scores: np.ndarray

    def score(self, histories: Histories) -> np.ndarray:
        return np.tile(self.scores, (histories.n_members, 1)).astype(np.float32)


def _settled(**others: Scorer) -> Settled:
    split = leave_last_out(many(seed=4, members=700), steps=2)
    models: dict[str, Scorer] = {"transitions": fit_transitions(split.train), **others}
    weighed = weigh(models, split, RECIPE)
    return Settled(split, RECIPE, models, dict.fromkeys(models, 1.5), weighed)


def _noise() -> Fixed:
    return Fixed(np.random.default_rng(5).normal(size=30))


def test_the_part_that_knows_adds_and_noise_does_not() -> None:
    settled = _settled(noise=_noise())
    worth = worth_of_parts("leave-last-out", settled, k=10)
    knows, noise = worth.parts
    assert (knows.name, noise.name, worth.metric) == ("transitions", "noise", "ndcg@10")
    assert knows.kept and knows.adds.low > 0.1
    assert not noise.adds.low > 0 and noise.adds.mean < 0.02
    assert noise.alone.mean < knows.alone.mean
    assert knows.seconds == noise.seconds == 1.5 and worth.seconds > 0
    assert worth.choices == len(settled.validation.members)
    assert knows.adds.n_members == len(np.unique(settled.validation.members)) < worth.choices


def test_alone_is_the_part_s_own_list_over_the_whole_catalogue() -> None:
    settled = _settled(noise=_noise())
    worth = worth_of_parts("leave-last-out", settled, k=10)
    for part in worth.parts:
        own = member_scores(settled.validation, settled.models[part.name])
        assert part.alone.mean == pytest.approx(settled.validation.by_member(own).mean())


def test_what_a_part_adds_is_the_blend_with_it_minus_the_blend_without_it() -> None:
    settled = _settled(taste=fit_ease(leave_last_out(many(seed=4, members=700), steps=2).train, EaseSettings(l2=5.0)))
    split = settled.validation
    worth = worth_of_parts("leave-last-out", settled, k=10)
    assert {part.name for part in worth.parts if part.kept} == {"transitions", "taste"}

    def by_hand(names: tuple[str, ...]) -> np.ndarray:
        models = {name: settled.models[name] for name in names}
        weights = fit_blend(models, split.fold_in, split.target_offsets, split.targets, RECIPE.blend)
        return split.by_member(member_scores(split, Blend(weights, models)))

    lost = paired_difference(by_hand(("transitions", "taste")), by_hand(("transitions",)), seed=0)
    taste = next(part for part in worth.parts if part.name == "taste")
    assert taste.adds.mean == pytest.approx(lost.mean, abs=1e-3)
    assert taste.adds.low == pytest.approx(lost.low, abs=2e-3)


def test_a_twin_adds_nothing_beside_its_twin() -> None:
    split = leave_last_out(many(seed=4, members=700), steps=2)
    settled = _settled(twin=fit_transitions(split.train))
    assert all(abs(part.adds.mean) < 5e-3 for part in worth_of_parts("leave-last-out", settled, k=10).parts)


def test_without_any_part_nothing_is_found() -> None:
    settled = _settled()
    judges: Split = settled.validation
    looked = look(settled.models, judges, BlendSettings(), 10)
    assert not looked.ndcg(()).any() and looked.ndcg(("transitions",)).any()
