"""How likely a pair of titles is one: the weights of what they have in common, added up.

The weights are logarithms of odds, fitted by `python -m benchmarks.title_matching --fit` on real pairs, each set
labelled by a key that the rule never sees. What counting cannot teach is set by hand there, with the reason: that other
numbers and other seasons are other titles, and that a name used again after years is for a person to judge.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from openslate.data.matching.comparing import Comparison

RULE = "titles-1"
"""Version of the rule: of the spelling, the levels and the weights together."""
BASE = 5.16
"""Of a pair with the same long name and no date, where most titles of the sources share names."""
WEIGHTS: Mapping[str, tuple[float, ...]] = {
    "name": (0.0, -3.05, -3.41, -3.06, -4.01, -4.96, -5.92),
    "numbers": (0.0, -1.5, -4.0),
    "length": (0.0, -0.89, -1.61),
    "released": (0.0, 2.7, 1.79, 0.31, 0.31, -2.4, -6.5, 2.38, 0.87, -2.4, -6.5),
    "kind": (0.0, 0.0, -2.89),
    "season": (0.0, 0.0, -3.0, -9.0),
    "runtime": (0.0, 1.29, -1.41, -4.98),
    "people": (0.0, 3.7, 1.05, -3.73),
    "language": (0.0, 0.71, -2.5),
    "overlap": (0.0, 0.0, -3.31),
}
"""One weight for each level in `FIELDS`."""


def odds_of(comparison: Comparison) -> NDArray[np.float64]:
    """Odds that each pair is one title, its rivals unheard.

    Args:
        comparison: the pairs.
    """
    total: NDArray[np.float64] = np.full(len(comparison.left), BASE)
    for field, levels in comparison.levels.items():
        total += np.array(WEIGHTS[field])[levels]
    odds: NDArray[np.float64] = np.exp(total)
    return odds
