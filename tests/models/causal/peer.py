"""The same titles and nuisances for our scores and for DoubleML's, and what version 0.11.4 of that says of them."""

import numpy as np

from openslate.models.causal.nuisances import Nuisances
from openslate.models.causal.rows import Rows

CF_Y, CF_D = 0.05, 0.1
SAID = {
    "average": {
        "effect": 0.199471,
        "error": 0.107657,
        "low": 0.040661,
        "high": 0.358280,
        "value": 0.089339,
        "of_outcome": 0.332117,
        "of_choice": 0.076018,
    },
    "on the treated": {
        "effect": 0.179210,
        "error": 0.116118,
        "low": 0.017015,
        "high": 0.341405,
        "value": 0.079034,
        "of_outcome": 0.332117,
        "of_choice": 0.100711,
    },
}


def shared_rows() -> tuple[Rows, Nuisances, Nuisances]:
    """Titles, their nuisances, and poorer ones as if a confounder were left out."""
    drawn = np.random.default_rng(11)
    x = drawn.normal(size=(400, 2))
    chance = 1 / (1 + np.exp(-0.8 * x[:, 0] - 0.4 * x[:, 1]))
    treated = drawn.random(400) < chance
    outcomes = x[:, 0] + 0.5 * x[:, 1] + 0.4 * treated + drawn.normal(size=400)
    base = x[:, 0] + 0.5 * x[:, 1] + 0.1 * drawn.normal(size=400)
    long = Nuisances(base + 0.45, base, np.clip(chance + 0.02 * drawn.normal(size=400), 0.03, 0.97))
    short = Nuisances(0.6 * x[:, 0] + 0.6, 0.6 * x[:, 0] - 0.1, np.clip(1 / (1 + np.exp(-0.7 * x[:, 0])), 0.03, 0.97))
    return Rows(outcomes, treated, x, np.arange(400)), long, short
