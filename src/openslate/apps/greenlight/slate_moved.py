"""How the risk of a slate changes with how far its outcomes move together: the same pitches, told for several numbers.

How far they do is the least known number of a slate, and the mean of its total does not depend on it at all: what
changes is how far the total spreads, and what its worst tenth comes to.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from openslate.apps.greenlight.forecast_types import Distribution
from openslate.apps.greenlight.slate_draws import joint_outcomes
from openslate.apps.greenlight.slate_together import ASSUMED, LEAST_TOLD, Together
from openslate.drawing.spreads import figure
from openslate.errors import UsageError
from openslate.models.slate_problem import tail_weights

ALWAYS = (0.0, ASSUMED, 0.5, 1.0)
"""Numbers for which the risk is told beside the one that is used."""


@dataclass(frozen=True)
class RiskAt:
    """The total of a slate, were its outcomes to move together so far.

    Attributes:
        together: correlation on the normal scale, 0 to 1.
        low, high: ends of the total's 80% interval, in the forecasts' unit.
        worst: mean of the worst totals, in the same.
        used: whether it is the number that the slate was chosen with.
    """

    together: float
    low: float
    high: float
    worst: float
    used: bool


def require_correlation(value: float | None) -> None:
    """Refuse what is no correlation that a shared shock can make.

    Args:
        value: that was asked for; None for none.

    Raises:
        UsageError: it is not between 0 and 1.

    Example:
        >>> require_correlation(0.2)
    """
    # Not a number is neither below nor above.
    if value is not None and not 0 <= value <= 1:
        raise UsageError(
            f"Outcomes cannot move together by {value:g}: it is a correlation from 0, each by itself, to 1, all as"
            " one.",
            "Give a number from 0 to 1, such as --together 0.2; below 0 there is nothing, because what moves them is"
            " one shock that all share.",
        )


def risk_by_together(
    forecasts: Sequence[Distribution], chosen: Sequence[int], together: Together, scenarios: int, tail: float
) -> tuple[RiskAt, ...]:
    """The risk of the chosen pitches by how far outcomes move together.

    Args:
        forecasts: of every candidate, so that the draws are those that the slate was chosen by.
        chosen: numbers of those that are in the slate.
        together: the number that was used, and the interval of the backtest that found it.
        scenarios: joint outcomes, as many as the slate was chosen by.
        tail: share of totals that are the worst ones.

    Returns:
        By rising numbers; the one that was used is always among them. Nothing of fewer than two pitches, of which
        nothing moves together.
    """
    if len(chosen) < 2:
        return ()
    ends = () if together.found is None else (together.found.low, together.found.high)
    steps = {round(one, 2) for one in (*ALWAYS, *ends) if abs(one - together.value) >= LEAST_TOLD}
    return tuple(
        _at(forecasts, chosen, one, scenarios, tail, one == together.value)
        for one in sorted((steps - {round(together.value, 2)}) | {together.value})
    )


def risk_in_words(risks: Sequence[RiskAt], unit: str) -> str:
    """How the risk changes, in a sentence; empty where nothing moves together.

    Args:
        risks: by rising numbers.
        unit: of the totals, such as 'views'.

    Example:
        >>> risk_in_words([RiskAt(0, 9e6, 4e7, 7e6, False), RiskAt(0.2, 8e6, 4.4e7, 6e6, True)], "views")
        'The total in views, with 80% probability, were they to move together by 0: 9M to 40M; 0.2 (used): 8M to 44M.'
    """
    if not risks:
        return ""
    told = (
        f"{one.together:.2g}{' (used)' if one.used else ''}: {figure(one.low)} to {figure(one.high)}" for one in risks
    )
    return f"The total in {unit}, with 80% probability, were they to move together by {'; '.join(told)}."


def _at(
    forecasts: Sequence[Distribution], chosen: Sequence[int], together: float, scenarios: int, tail: float, used: bool
) -> RiskAt:
    totals = joint_outcomes(forecasts, together, scenarios)[:, list(chosen)].sum(axis=1)
    low, high = np.quantile(totals, [0.1, 0.9])
    return RiskAt(together, float(low), float(high), float(tail_weights(totals, tail) @ totals), used)
