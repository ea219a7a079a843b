"""Titles with a known effect of a choice that better titles get more often."""

import numpy as np

from openslate.models.causal.rows import Rows


def drawn_rows(seed: int, titles: int = 500, effect: float = 0.5, pull: float = 1.0) -> Rows:
    """Outcomes and the choice both follow the first confounders, with bends; the effect is `effect` for all."""
    drawn = np.random.default_rng(seed)
    x = drawn.normal(size=(titles, 6))
    score = pull * (0.8 * x[:, 0] - 0.5 * x[:, 1] + 0.5 * (x[:, 2] > 0.5))
    treated = drawn.random(titles) < 1 / (1 + np.exp(-score + 0.3))
    outcomes = x[:, 0] + 0.5 * np.abs(x[:, 1]) - 0.5 * x[:, 1] + 0.6 * (x[:, 2] > 0.5) + 0.3 * x[:, 3]
    seen = x.copy()
    seen[drawn.random(titles) < 0.1, 5] = np.nan
    return Rows(outcomes + effect * treated + drawn.normal(size=titles), treated, seen, np.arange(titles))
