"""Boosted trees over the candidates' features, for what no weighted sum of them can say.

Source: G. Ke et al., "LightGBM: a highly efficient gradient boosting decision tree", NeurIPS 2017. The library is
imported where trees are grown or asked.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class TreeSettings:
    """How trees are grown.

    Stability: provisional.

    Attributes:
        trees: how many.
        leaves: of each.
        learning_rate: how much of each tree is believed.
        fewest_per_leaf: candidates a leaf holds at least.
        feature_share: of the features, looked at for each tree.
        candidates: the best so many of each member are trained on.
        share: what the trees' word weighs beside the logit's.
        seed: of the choice of features.
    """

    trees: int = 200
    leaves: int = 15
    learning_rate: float = 0.05
    fewest_per_leaf: int = 50
    feature_share: float = 0.5
    candidates: int = 60
    share: float = 0.5
    seed: int = 1


@dataclass(frozen=True)
class Trees:
    """Grown trees.

    Stability: provisional.

    Attributes:
        text: LightGBM's own description of them, which is all there is to them.
        settings: how they were grown.
    """

    text: str
    settings: TreeSettings

    def score(self, features: NDArray[np.float32]) -> NDArray[np.float64]:
        """Log-odds, float64 [candidates], of rows of features, float32 [candidates, features]."""
        scores: NDArray[np.float64] = self._booster.predict(features, raw_score=True, num_threads=_threads(features))
        return scores

    @cached_property
    def _booster(self) -> Any:
        import lightgbm

        return lightgbm.Booster(model_str=self.text)


def grow_trees(
    features: NDArray[np.float32], watched: NDArray[np.bool_], settings: TreeSettings = TreeSettings()
) -> Trees:
    """Grow trees that tell watched candidates from the others.

    Args:
        features: float32 [candidates, features].
        watched: bool [candidates].
        settings: how many, and how large.
    """
    import lightgbm

    parameters = {
        "objective": "binary",
        "num_leaves": settings.leaves,
        "learning_rate": settings.learning_rate,
        "min_data_in_leaf": settings.fewest_per_leaf,
        "feature_fraction": settings.feature_share,
        "seed": settings.seed,
        "deterministic": True,
        "force_col_wise": True,
        "verbose": -1,
    }
    grown = lightgbm.train(parameters, lightgbm.Dataset(features, watched.astype(np.float32)), settings.trees)
    return Trees(grown.model_to_string(), settings)


def _threads(features: NDArray[np.float32]) -> int:
    return 0 if len(features) > 10_000 else 1  # starting threads for one member takes longer than asking the trees
