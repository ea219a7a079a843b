"""Titles of a known rule: a line on the budget, something for trees to find, and noise that a feature widens."""

import numpy as np

from openslate.models.forecasting.boosting import Growth
from openslate.models.forecasting.forecaster import Settings
from openslate.models.forecasting.rows import Outcomes

QUICK = Settings(
    members=(
        Growth("regression", trees=60, leaves=7, fewest_per_leaf=8, learning_rate=0.1, extra=True, seeds=2),
        Growth("regression_l1", trees=60, leaves=7, learning_rate=0.1, seeds=1),
    ),
    residual=Growth("quantile", trees=40, leaves=4, fewest_per_leaf=20, learning_rate=0.1, extra=True, seeds=1),
    folds=3,
)


def titles(many: int, seed: int, spread: float = 0.5) -> Outcomes:
    random = np.random.default_rng(seed)
    features = random.normal(size=(many, 6))
    budget = random.normal(16, 1.5, many)
    noise = random.normal(size=many) * spread * np.where(features[:, 1] > 0, 2.0, 0.5)
    logs = 4 + 0.8 * budget + 1.2 * (np.abs(features[:, 0]) < 0.7) + noise
    features[random.random((many, 6)) < 0.1] = np.nan
    return Outcomes(
        features=np.column_stack([features, budget]),
        covariate=budget,
        kinds=np.zeros(many, dtype=np.int64),
        groups=(features[:, 2] > 0).astype(np.int64),
        logs=logs,
        at_most=np.zeros(many, dtype=np.bool_),
        series=np.arange(many, dtype=np.int64),
        weights=np.ones(many),
        aside=np.zeros(many),
    )
