"""Chance with known odds: fills a place on a page now and then with another title than the best.

A policy that always shows its favourites can never learn, or prove, that another would do better. So each place of
an exploring row is filled epsilon-greedily, and the exact probability of what was shown is kept with it as its
propensity.

How the number is used: to estimate, from logs of this policy, what a new policy would have earned at one position,
weigh each logged outcome there by `p / propensity`, where p is the probability that the new policy gives to the
title shown, at the same place, under the same prefix (the rows above and the titles to the left as they were
logged), and average (IPS; SNIPS divides by the sum of the weights instead). The propensity is conditional on that
prefix, so the estimate is per position: products over a whole page are exact too, but their variance is hopeless.
A title outside the places' candidates had probability 0, and nothing can be said about it from these logs.
Sources: arXiv 1003.5956 (replay), arXiv 1103.4601 (doubly robust), Swaminathan and Joachims 2015 (SNIPS).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.errors import UsageError


@dataclass(frozen=True)
class Exploration:
    """How often a place is left to chance, and among how many.

    Attributes:
        epsilon: the probability, 0 to 1, that a place is filled by lot.
        reach: how many of the best remaining candidates, the very best included, take part in the lot.

    Raises:
        UsageError: epsilon is no probability or reach is below 1.
    """

    epsilon: float = 0.05
    reach: int = 5

    def __post_init__(self) -> None:
        if not 0.0 <= self.epsilon <= 1.0:
            raise UsageError(f"epsilon is {self.epsilon}, no probability.", "Choose one from 0 to 1.")
        if self.reach < 1:
            raise UsageError(f"reach is {self.reach}, a lot among nobody.", "Choose 1 or more.")


def draw(gains: NDArray[np.float64], exploration: Exploration, rng: np.random.Generator | None) -> tuple[int, float]:
    """Choose the candidate for one place.

    Args:
        gains: float64 [candidates], what each would add to the page; equal gains rank the earlier one first.
        exploration: the odds.
        rng: where chance comes from; None leaves nothing to it.

    Returns:
        The index of the choice and its exact propensity: `epsilon / m` for each of the m best, and
        `1 - epsilon` more for the best.

    Example:
        >>> draw(np.array([0.1, 0.7, 0.4]), Exploration(epsilon=0.0), np.random.default_rng(0))
        (1, 1.0)
    """
    if rng is None or exploration.epsilon == 0.0:
        return int(np.argmax(gains)), 1.0
    lot = np.argsort(-gains, kind="stable")[: exploration.reach]
    by_chance = rng.random() < exploration.epsilon
    rank = int(rng.integers(len(lot))) if by_chance else 0
    share = exploration.epsilon / len(lot)
    return int(lot[rank]), share if rank > 0 else 1.0 - exploration.epsilon + share
