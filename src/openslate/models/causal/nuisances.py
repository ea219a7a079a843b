"""What confounders alone say of the outcome and of the choice, for titles that nothing was learned from.

Each nuisance is a blend of a constant, lines and small trees; the shares are those with the least squared error on
held-out titles (short-stacking), so that where confounders say nothing, nothing but the constant is left. Sources:
V. Chernozhukov et al., "Double/debiased machine learning for treatment and structural parameters", Econometrics
Journal 21, 2018; A. Ahrens et al., "Model averaging and double machine learning", 2024.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from openslate.models.causal.linear import fit_logistic, fit_ridge
from openslate.models.causal.rows import Codes, Flags, Floats, Rows
from openslate.models.forecasting.blending import shares
from openslate.models.forecasting.boosting import Growth, grow

OUTCOME = Growth("regression", trees=150, leaves=7, fewest_per_leaf=12, feature_share=0.7, seeds=1)
CHOICE = Growth("binary", trees=100, leaves=4, fewest_per_leaf=20, feature_share=0.7, l2=10.0, seeds=1)
SLACK, TIGHT = 2.0, 30.0
"""Penalties of the two logistic lines."""


@dataclass(frozen=True)
class Learning:
    """How nuisances are learned.

    Attributes:
        folds: parts of the titles that are held out in turn.
        repeats: how many times titles are parted anew; the middle of what they give is told.
        outcome: trees for the outcome.
        choice: trees for the choice.
        nearest: propensities are taken to be no nearer to 0 and 1 than this.
        seed: of the partings.
    """

    folds: int = 5
    repeats: int = 5
    outcome: Growth = OUTCOME
    choice: Growth = CHOICE
    nearest: float = 0.01
    seed: int = 0


@dataclass(frozen=True)
class Nuisances:
    """Of every title, from a fold that it was not in.

    Attributes:
        if_treated, if_not: float64 [titles], the outcome to expect under each alternative.
        propensity: float64 [titles], probability that the first alternative was chosen.
    """

    if_treated: Floats
    if_not: Floats
    propensity: Floats

    def expected(self, treated: Flags) -> Floats:
        """The outcome to expect under what was chosen."""
        return np.where(treated, self.if_treated, self.if_not)


def parted(rows: Rows, folds: int, seed: int) -> Codes:
    """The fold of each title, int64 [titles]: whole series at random, both sides alike in every fold.

    Args:
        rows: titles.
        folds: how many.
        seed: of the order.
    """
    _, place = np.unique(rows.series, return_inverse=True)
    mixed = np.zeros(int(place.max()) + 1)
    np.add.at(mixed, place, rows.treated)
    random = np.random.default_rng(seed).permutation(len(mixed))
    # Series are dealt out in turn, those with most treated titles first, equal ones in random order.
    order = np.lexsort((random, -mixed))
    fold = np.empty(len(mixed), dtype=np.int64)
    fold[order] = np.arange(len(mixed)) % folds
    return fold[place]


def nuisances(rows: Rows, folds: Codes, learning: Learning) -> Nuisances:
    """Learn on all folds but one, and say of that one.

    Args:
        rows: titles, with some of both sides in every fold's rest.
        folds: int64 [titles], of `parted`.
        learning: how.
    """
    said = [np.empty((many, len(rows))) for many in (4, 4, 4)]
    for fold in range(int(folds.max()) + 1):
        out = folds == fold
        for whole, part in zip(said, _of_fold(rows, out, learning), strict=True):
            whole[:, out] = part
    treated = rows.treated
    if_treated = shares(said[0][:, treated], rows.outcomes[treated]) @ said[0]
    if_not = shares(said[1][:, ~treated], rows.outcomes[~treated]) @ said[1]
    propensity = shares(said[2], treated.astype(np.float64)) @ said[2]
    return Nuisances(if_treated, if_not, np.clip(propensity, learning.nearest, 1 - learning.nearest))


def _of_fold(rows: Rows, out: Flags, learning: Learning) -> list[Floats]:
    """What every learner says of the fold left out: of both outcomes, and of the choice, float64 [learners, titles]."""
    seen, new = rows.confounders[~out], rows.confounders[out]
    treated, outcomes = rows.treated[~out], rows.outcomes[~out]
    chosen = np.hstack([seen, treated[:, None].astype(np.float64)])
    line = fit_ridge(chosen, outcomes)
    # What lines leave is for trees: they find bends and steps, and no long slopes.
    trees = grow(chosen, outcomes - line.values(chosen), [learning.outcome])
    both = []
    for side in (True, False):
        asked = np.hstack([new, np.full((len(new), 1), float(side))])
        mine = treated == side
        both.append(
            np.array(
                [
                    np.full(len(new), outcomes[mine].mean()),
                    line.values(asked),
                    line.values(asked) + trees.predict(asked)[0],
                    fit_ridge(seen[mine], outcomes[mine]).values(new),
                ]
            )
        )
    choice = np.array(
        [
            np.full(len(new), treated.mean()),
            expit(fit_logistic(seen, treated, SLACK).values(new)),
            expit(fit_logistic(seen, treated, TIGHT).values(new)),
            grow(seen, treated.astype(np.float64), [learning.choice]).predict(new)[0],
        ]
    )
    return [*both, choice]
