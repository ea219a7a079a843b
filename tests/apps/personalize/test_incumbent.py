"""The paired comparison with the model that serves: leak-free whatever that model has learned from."""

from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest

from openslate.apps.personalize.incumbent import AS_IT_SERVES, FITTED_AGAIN, Elder
from openslate.apps.personalize.recommender import Recommender
from openslate.apps.personalize.train import ROLE, train
from openslate.data.catalogue import Catalogue, Title
from openslate.models.ease import EaseSettings
from openslate.models.histories import Histories
from openslate.project import Project
from openslate.registry import artifacts, stages
from openslate.registry.promotion import judged
from openslate.registry.standing import Comparison, comparison_key
from tests.simulated import LIGHT

EARLIER = datetime(2024, 4, 1, tzinfo=UTC)
OTHER = replace(LIGHT, recent=EaseSettings(l2=1000.0))


def comparison(project: Project, model: artifacts.Artifact, against: artifacts.Artifact) -> Comparison:
    kept = stages.kept(project, comparison_key(model.manifest, against.id))
    assert kept is not None
    return Comparison.of(kept)


def test_a_model_that_knows_nothing_later_is_asked_as_it_serves(fresh: Project) -> None:
    first = train(fresh, as_of=EARLIER, recipe=LIGHT).artifact
    second = train(fresh, recipe=LIGHT)
    found = comparison(fresh, second.artifact, first)
    assert found.how == AS_IT_SERVES
    assert found.difference is not None
    assert found.difference.n_members == second.artifact.manifest["validation"]["intervals"]["ahead"]["n_members"]
    assert second.serves
    assert AS_IT_SERVES in second.outcome


def test_a_model_that_remembers_the_answers_is_fitted_again_without_them(fresh: Project) -> None:
    first = train(fresh, recipe=LIGHT).artifact
    assert stages.kept(fresh, comparison_key(first.manifest, first.id)) is None
    other = train(fresh, recipe=OTHER)
    found = comparison(fresh, other.artifact, first)
    assert found.how == FITTED_AGAIN
    assert found.difference is not None
    # The mean of paired differences is the difference of the means: the twin scores what the original was validated at.
    scores = [one.manifest["validation"]["score"] for one in (other.artifact, first)]
    assert found.difference.mean == pytest.approx(scores[0] - scores[1], abs=1e-9)
    assert not other.serves
    assert "no fresher" in str(other.objection)
    assert judged(fresh, ROLE, other.artifact) == other.judgement


def test_a_retrained_model_of_one_recipe_ties_and_serves_as_the_fresher(fresh: Project) -> None:
    train(fresh, as_of=datetime(2024, 4, 8, tzinfo=UTC), recipe=LIGHT)
    again = train(fresh, recipe=LIGHT)
    assert again.serves
    assert FITTED_AGAIN in again.outcome


def test_a_model_that_cannot_be_asked_leaves_it_to_the_lifts(fresh: Project) -> None:
    first = train(fresh, as_of=EARLIER, recipe=LIGHT).artifact
    (first.folder / artifacts.WEIGHTS).unlink()
    second = train(fresh, recipe=LIGHT)
    assert comparison(fresh, second.artifact, first).difference is None
    assert second.serves
    assert "is damaged" in second.outcome
    assert "times popularity" in second.outcome


def test_titles_are_matched_by_their_ids(recommender: Recommender) -> None:
    fitted = recommender.fitted
    known = len(fitted.order.titles)
    turned = Catalogue((Title("unheard of", "New"), *recommender.catalogue.titles[known - 1 :: -1]))
    elder = Elder.over(fitted, turned)
    theirs = elder.score(Histories.from_lists([[0, 1, 2, 5]], len(turned)))
    own = fitted.blend.score(Histories.from_lists([[known - 1, known - 2, known - 5]], known))
    assert theirs[0, 0] == -np.inf
    assert np.array_equal(theirs[0, :0:-1], own[0])
