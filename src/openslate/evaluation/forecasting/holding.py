"""Does what a forecast says about itself hold: that it abstains where it errs, and that calibration has not drifted?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.errors import FitError
from openslate.evaluation.forecasting.intervals import Coverage

Values = NDArray[np.float64]
SWAPS = 2000


@dataclass(frozen=True)
class Abstention:
    """Whether abstained titles are forecast worse than the others.

    Attributes:
        abstained: how many titles were abstained from.
        kept: how many were not.
        worse_by: mean absolute error of the former less that of the latter, ln; NaN where either are none.
        chance: how often a difference at least as large comes about where it is drawn by lot who is abstained from.
    """

    abstained: int
    kept: int
    worse_by: float
    chance: float

    @property
    def earns(self) -> bool:
        """Whether abstaining is more than chance: one in twenty or rarer."""
        return self.chance <= 0.05


def score_abstention(errors: Values, abstained: NDArray[np.bool_], seed: int, swaps: int = SWAPS) -> Abstention:
    """Hold abstentions against errors (a permutation test, the drawn order counted among the swaps).

    Args:
        errors: float64 [titles], ln of the outcome less ln of the forecast.
        abstained: bool [titles].
        seed: of the lots.
        swaps: how many are drawn.

    Example:
        >>> found = score_abstention(np.array([0.1] * 20 + [3.0] * 5), np.arange(25) >= 20, seed=0)
        >>> round(found.worse_by, 6), found.earns
        (2.9, True)
    """
    size = np.abs(errors)
    many, kept = int(abstained.sum()), int((~abstained).sum())
    if not many or not kept:
        return Abstention(many, kept, float("nan"), 1.0)
    total = size.sum()

    def difference(chosen: Values) -> float:
        return float(chosen.sum() / many - (total - chosen.sum()) / kept)

    found = difference(size[abstained])
    random = np.random.default_rng(seed)
    drawn = np.array([difference(random.permutation(size)[:many]) for _ in range(swaps)])
    # A little below, so that the same titles summed in another order count as equal.
    return Abstention(many, kept, found, float((1 + (drawn >= found - 1e-12).sum()) / (1 + swaps)))


def drifted(coverages: tuple[Coverage, ...]) -> str:
    """A sentence where an interval's coverage lies outside what chance explains, else empty.

    The band is that of `Coverage.holds`, as every table shows it: no two pages judge one number differently.

    Args:
        coverages: of titles whose window has closed since the calibration.

    Raises:
        FitError: there are none.

    Example:
        >>> drifted((Coverage(0.8, 0.81, 0.75, 0.85, 10.0, 250),))
        ''
        >>> drifted((Coverage(0.8, 0.6, 0.75, 0.85, 10.0, 250),))[:63]
        'The 80% interval held 60% of 250 titles, where chance allows 75'
    """
    if not coverages:
        raise FitError("There is no coverage to judge.", "Score titles whose window has closed since calibration.")
    said = []
    for one in coverages:
        if not one.holds:
            said.append(
                f"The {one.nominal:.0%} interval held {one.share:.0%} of {one.titles} titles, where chance allows"
                f" {one.low:.0%} to {one.high:.0%}"
            )
    if not said:
        return ""
    # The advice is the same for all of them, so it stands once.
    return f"{'. '.join(said)}: calibration has drifted, so train again with the latest closed outcomes."
