"""The two effects of a choice as means of scores that small errors of the nuisances do not move.

The average effect is over all titles; the effect on the treated is over those for which the first alternative was
chosen. Both come from the interactive model, which lets the effect differ from title to title. (A partially linear
model, with residuals regressed on residuals, would give neither: arXiv 2506.07462.)

Source: V. Chernozhukov et al., "Double/debiased machine learning for treatment and structural parameters", Econometrics
Journal 21, 2018, section 5; the representers are those of V. Chernozhukov et al., "Long story short: omitted variable
bias in causal machine learning", 2022.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from openslate.models.causal.nuisances import Nuisances
from openslate.models.causal.rows import Floats, Rows

Estimand: TypeAlias = Literal["average", "on the treated"]


@dataclass(frozen=True)
class Scored:
    """One parting's estimate.

    Attributes:
        effect: on the outcome's own scale, here ln.
        influences: float64 [titles], of each title on the effect; their mean is 0.
        representer: float64 [titles], the weight with which each title's surprise counts.
        residuals: float64 [titles], the outcome less what was to be expected.
        variance: mean of the squared residuals.
        norm: mean of the squared representer, debiased.
        variance_influences, norm_influences: float64 [titles], of each title on those two.
    """

    effect: float
    influences: Floats
    representer: Floats
    residuals: Floats
    variance: float
    norm: float
    variance_influences: Floats
    norm_influences: Floats


def scored(rows: Rows, known: Nuisances, estimand: Estimand) -> Scored:
    """The effect that one parting gives.

    Args:
        rows: titles.
        known: their nuisances.
        estimand: 'average' or 'on the treated'.
    """
    treated, chance = rows.treated.astype(np.float64), known.propensity
    residuals = rows.outcomes - known.expected(rows.treated)
    odds = treated / chance - (1 - treated) / (1 - chance)
    share = float(treated.mean())
    # Of which titles the effect is the mean: all alike, or those that were treated.
    weights = np.ones(len(rows)) if estimand == "average" else treated / share
    expected_weights = np.ones(len(rows)) if estimand == "average" else chance / share
    representer = expected_weights * odds
    parts = weights * (known.if_treated - known.if_not) + representer * residuals
    effect = float(parts.mean())
    squared = residuals**2
    # What the weights are divided by is known from the same titles, which moves the norm twice as much as them.
    norm_parts = 2 * weights * expected_weights * (1 / chance + 1 / (1 - chance)) - representer**2
    if norm_parts.mean() <= 0:
        # Debiasing took away more than there is: the plain square is biased, and no nonsense.
        norm_parts = representer**2
    norm = float(norm_parts.mean())
    return Scored(
        effect=effect,
        influences=parts - weights * effect,
        representer=representer,
        residuals=residuals,
        variance=float(squared.mean()),
        norm=norm,
        variance_influences=squared - squared.mean(),
        norm_influences=norm_parts + norm - 2 * weights * norm,
    )
