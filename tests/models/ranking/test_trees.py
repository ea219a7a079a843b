import numpy as np
import pytest

from openslate.models.ranking.trees import Trees, TreeSettings, grow_trees

FEW = TreeSettings(trees=30, leaves=4, fewest_per_leaf=10)


def _neither_high_nor_low(rows: int = 4_000) -> tuple[np.ndarray, np.ndarray]:
    """What no weighted sum can say: watched where the first feature is neither high nor low."""
    features = np.random.default_rng(1).normal(size=(rows, 3)).astype(np.float32)
    return features, np.abs(features[:, 0]) < 0.7


def test_trees_learn_what_no_weighted_sum_can_say() -> None:
    features, watched = _neither_high_nor_low()
    scores = grow_trees(features, watched, FEW).score(features)
    assert scores.dtype == np.float64 and scores.shape == (len(features),)
    assert ((scores > 0) == watched).mean() > 0.9


def test_growing_twice_gives_the_same_trees_and_another_seed_others() -> None:
    features, watched = _neither_high_nor_low()
    one, again, other = (
        grow_trees(features, watched, TreeSettings(trees=5, seed=seed, feature_share=0.5)).text for seed in (1, 1, 2)
    )
    assert one == again != other


def test_the_text_is_all_there_is_to_them() -> None:
    features, watched = _neither_high_nor_low()
    grown = grow_trees(features, watched, FEW)
    again = Trees(str(grown.text), FEW)
    assert (again.score(features) == grown.score(features)).all()


@pytest.mark.parametrize("rows", [1, 50, 15_000])
def test_a_row_scores_the_same_alone_as_among_others(rows: int) -> None:
    features, watched = _neither_high_nor_low(15_000)
    grown = grow_trees(features, watched, FEW)
    assert (grown.score(features[:rows]) == grown.score(features)[:rows]).all()
