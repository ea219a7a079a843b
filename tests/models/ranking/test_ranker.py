import numpy as np
import pytest

from openslate.models.ranking.features import feature_names
from openslate.models.ranking.ranker import Ranker, RankerSettings, fit_logit, fit_trees, with_logit
from openslate.models.ranking.trees import TreeSettings

MODELS = {"one": object()}
WIDTH = len(feature_names(MODELS))
SETTINGS = RankerSettings(candidates=10)
FEW = TreeSettings(trees=20, leaves=4, fewest_per_leaf=10, candidates=6)


def _taught(members: int = 600, seed: int = 0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Candidates of whom those with a high first and a low second feature are watched, and who of them is there."""
    random = np.random.default_rng(seed)
    features = random.normal(size=(members, 10, WIDTH)).astype(np.float32)
    there = np.arange(10) < random.integers(4, 11, size=(members, 1))
    utility = 2 * features[:, :, 0] - features[:, :, 1] + random.gumbel(size=(members, 10))
    utility[~there] = -np.inf
    return features, utility == utility.max(axis=1, keepdims=True), there


def test_the_logit_finds_what_was_watched_for() -> None:
    ranker = fit_logit(MODELS, *_taught(), SETTINGS)
    assert ranker.features == feature_names(MODELS)
    assert ranker.weights[0] == pytest.approx(2, abs=0.4) and ranker.weights[1] == pytest.approx(-1, abs=0.4)
    assert np.abs(ranker.weights[2:]).max() < 0.3
    assert ranker.weights.dtype == ranker.centres.dtype == np.float32


def test_what_stands_where_there_is_no_candidate_teaches_nothing() -> None:
    features, watched, there = _taught()
    shouting = np.where(there[..., None], features, np.float32(50))
    plain, other = (fit_logit(MODELS, given, watched, there, SETTINGS) for given in (features, shouting))
    assert other.weights == pytest.approx(plain.weights, abs=1e-3)
    assert other.centres == pytest.approx(plain.centres, abs=1e-5)


def test_members_who_watched_no_candidate_take_no_part() -> None:
    features, watched, there = _taught()
    idle = np.arange(len(watched)) % 3 == 0
    with_idle = fit_logit(MODELS, features, watched & ~idle[:, None], there, SETTINGS)
    without = fit_logit(MODELS, features[~idle], watched[~idle], there[~idle], SETTINGS)
    assert (with_idle.weights == without.weights).all()


def test_a_feature_that_is_the_same_for_all_gets_no_weight() -> None:
    features, watched, there = _taught()
    features[:, :, 3] = 5.0
    assert fit_logit(MODELS, features, watched, there, SETTINGS).weights[3] == 0


def test_fitting_twice_gives_the_same_bytes() -> None:
    first, second = (fit_logit(MODELS, *_taught(), SETTINGS) for _ in range(2))
    assert first.weights.tobytes() == second.weights.tobytes()
    assert first.utilities(_taught(seed=1)[0]).tobytes() == second.utilities(_taught(seed=1)[0]).tobytes()


def test_trees_have_their_share_beside_the_logit() -> None:
    features, watched, there = _taught()
    ranker = fit_logit(MODELS, features, watched, there, SETTINGS)
    logit = ranker.utilities(features)
    trees = fit_trees(features, watched, logit, there, FEW)
    grown = Ranker(ranker.features, ranker.centres, ranker.weights, trees, SETTINGS)
    said = trees.score(with_logit(features, logit)).reshape(logit.shape)
    assert grown.utilities(features) == pytest.approx(logit + FEW.share * said, rel=1e-5, abs=1e-5)
    assert (said[:, 0] != said[:, 1]).any()


def test_trees_are_told_of_no_candidate_that_is_not_there_or_comes_late() -> None:
    features, watched, there = _taught()
    logit = fit_logit(MODELS, features, watched, there, SETTINGS).utilities(features)
    late = np.argsort(np.argsort(np.where(there, -logit, np.inf), axis=1), axis=1) >= FEW.candidates
    changed = np.where((~there | late)[..., None], np.float32(99), features)
    one, other = (fit_trees(given, watched, logit, there, FEW).text for given in (features, changed))
    assert one == other
