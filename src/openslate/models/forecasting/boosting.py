"""Small boosted trees over several seeds, stored as LightGBM's own text.

The same rows give the same bytes on every number of cores: each tree is grown by one thread, in LightGBM's
deterministic mode, and only whole models are grown side by side. Sources: G. Ke et al., "LightGBM: a highly efficient
gradient boosting decision tree", NeurIPS 2017; P. Geurts et al., "Extremely randomized trees", Machine Learning 63,
2006.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
SIDE_BY_SIDE = 2
"""Models grown at a time; how many changes no bit of any."""


@dataclass(frozen=True)
class Growth:
    """How trees are grown.

    Attributes:
        objective: LightGBM's name of the loss: 'regression' (L2), 'regression_l1', 'huber' or 'quantile'.
        trees: how many.
        leaves: of each.
        learning_rate: how much of each tree is believed.
        fewest_per_leaf: titles that a leaf holds at least.
        feature_share: of the features, looked at for each tree.
        row_share: of the titles, drawn anew for each tree.
        l2: ridge on what leaves say.
        extra: cut at one random threshold per feature, as extremely randomised trees do.
        seeds: models that are averaged.
        level: of the quantile, where the loss is 'quantile'.
    """

    objective: str
    trees: int = 200
    leaves: int = 7
    learning_rate: float = 0.04
    fewest_per_leaf: int = 12
    feature_share: float = 0.5
    row_share: float = 0.7
    l2: float = 3.0
    extra: bool = False
    seeds: int = 4
    level: float = 0.5

    def parameters(self, seed: int) -> dict[str, Any]:
        """What LightGBM is told for one seed."""
        return {
            "objective": self.objective,
            "alpha": self.level if self.objective == "quantile" else 0.9,
            "num_leaves": self.leaves,
            "learning_rate": self.learning_rate,
            "min_data_in_leaf": self.fewest_per_leaf,
            "feature_fraction": self.feature_share,
            "bagging_fraction": self.row_share,
            "bagging_freq": 1,
            "lambda_l2": self.l2,
            "extra_trees": self.extra,
            "seed": seed,
            "deterministic": True,
            "force_col_wise": True,
            "num_threads": 1,
            "verbose": -1,
        }


@dataclass(frozen=True)
class Grove:
    """Several models of trees, each of several seeds whose forecasts are averaged.

    Attributes:
        text: uint8, LightGBM's own description of every model's every seed, one after another: all there is to them.
        ends: int64 [seeds of all models], where each description ends.
        seeds: int64 [models], how many of them belong to each model.
    """

    text: NDArray[np.uint8]
    ends: NDArray[np.int64]
    seeds: NDArray[np.int64]

    def predict(self, features: Floats) -> Floats:
        """What each model forecasts, the mean over its seeds, float64 [models, titles].

        Args:
            features: float64 [titles, features], NaN where unknown.
        """
        return self._averaged([booster.predict(features, num_threads=1) for booster in self._boosters])

    def contributions(self, features: Floats) -> Floats:
        """TreeSHAP: what each feature adds to a forecast, and last what is said of no title in particular.

        Source: S. Lundberg et al., "From local explanations to global understanding with explainable AI for trees",
        Nature Machine Intelligence 2, 2020.

        Args:
            features: float64 [titles, features].

        Returns:
            float64 [models, titles, features + 1]; they sum to `predict` up to rounding.
        """
        return self._averaged(
            [booster.predict(features, pred_contrib=True, num_threads=1) for booster in self._boosters]
        )

    def ready(self) -> None:
        """Read the trees now, and not when they are first asked."""
        _ = self._boosters

    def _averaged(self, said: list[Floats]) -> Floats:
        first = np.cumsum(self.seeds) - self.seeds
        sums = np.add.reduceat(np.array(said, dtype=np.float64), first, axis=0)
        mean: Floats = sums / self.seeds.reshape(-1, *[1] * (sums.ndim - 1))
        return mean

    @cached_property
    def _boosters(self) -> list[Any]:
        import lightgbm

        parts = np.split(self.text, self.ends[:-1])
        return [lightgbm.Booster(model_str=part.tobytes().decode()) for part in parts]


def grow(features: Floats, target: Floats, growths: Sequence[Growth], weights: Floats | None = None) -> Grove:
    """Grow trees in each of several ways on the same titles.

    Args:
        features: float64 [titles, features], NaN where unknown.
        target: float64 [titles].
        growths: in which ways; each is one model.
        weights: float64 [titles], how much each title counts; None where all count alike.

    Example:
        >>> x = np.arange(100.0)[:, None]
        >>> grove = grow(x, x[:, 0], [Growth("regression", trees=50, seeds=1)])
        >>> low, high = grove.predict(np.array([[10.0], [90.0]]))[0]
        >>> bool(low < 30 and high > 70)
        True
    """
    jobs = [(growth, seed) for growth in growths for seed in range(growth.seeds)]
    with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
        texts = list(pool.map(lambda job: _one(features, target, weights, *job).encode(), jobs))
    return Grove(
        np.frombuffer(b"".join(texts), dtype=np.uint8),
        np.cumsum([len(text) for text in texts]),
        np.array([growth.seeds for growth in growths], dtype=np.int64),
    )


def _one(features: Floats, target: Floats, weights: Floats | None, growth: Growth, seed: int) -> str:
    import lightgbm

    dataset = lightgbm.Dataset(features, target, weight=weights, params={"verbose": -1, "num_threads": 1})
    text: str = lightgbm.train(growth.parameters(seed), dataset, growth.trees).model_to_string()
    return text
