"""The effect of a choice between two alternatives, with its interval, its overlap and what could overturn it.

Causal only under three assumptions: every confounder that matters is among those given, alike titles were chosen for
both ways, and what is chosen for one title does not change what becomes of another.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from openslate.errors import FitError
from openslate.models.causal.nuisances import Learning, Nuisances, nuisances, parted
from openslate.models.causal.overlap import Overlap, overlap
from openslate.models.causal.rows import Codes, Rows, standard_error
from openslate.models.causal.scores import Estimand, Scored, scored
from openslate.models.causal.sensitivity import (
    NORMAL,
    Bounds,
    Gain,
    Robustness,
    bounds,
    gain,
    middle,
    robustness,
)

FEWEST, FEWEST_SERIES = 40, 20
"""Titles and series on each side."""
STRENGTHS = (0.0, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2)
"""Shares of both for which bounds are told."""


@dataclass(frozen=True)
class Effect:
    """An effect on ln of the outcome.

    Attributes:
        estimand: over which titles: all ('average'), or those of the first alternative ('on the treated').
        value: the effect.
        error: its standard error.
        overlap: of the propensities it rests on.
        robustness: what could bring it to none.
        bounds: under a confounder that explains the same share of both, for each of `STRENGTHS`.
        gains: what each family of observed confounders explains; empty where there are none.
    """

    estimand: Estimand
    value: float
    error: float
    overlap: Overlap
    robustness: Robustness
    bounds: tuple[tuple[float, Bounds], ...]
    gains: Mapping[str, Gain]

    @property
    def interval(self) -> tuple[float, float]:
        """Of 95%."""
        return self.value - NORMAL * self.error, self.value + NORMAL * self.error


class Parted:
    """Titles parted several times, with the nuisances of each parting.

    Args:
        rows: titles.
        learning: how nuisances are learned.

    Raises:
        FitError: a side has too few titles or series.
    """

    def __init__(self, rows: Rows, learning: Learning) -> None:
        for side, name in ((True, "of the first alternative"), (False, "of the second alternative")):
            titles, series = rows.count(side)
            if titles < FEWEST or series < FEWEST_SERIES:
                raise FitError(
                    f"There are only {titles} titles of {series} series {name}.",
                    f"An effect needs {FEWEST} titles of {FEWEST_SERIES} series on each side.",
                )
        self.rows, self.learning = rows, learning
        self.folds = [parted(rows, learning.folds, learning.seed + one) for one in range(learning.repeats)]
        self.known: list[Nuisances] = [nuisances(rows, folds, learning) for folds in self.folds]

    def scores(self, estimand: Estimand) -> list[Scored]:
        """Of each parting."""
        return [scored(self.rows, known, estimand) for known in self.known]

    def overlap(self, estimand: Estimand) -> Overlap:
        """Of the median propensity of each title."""
        return overlap(np.median([one.propensity for one in self.known], axis=0), self.rows.treated, estimand)

    def without(self, columns: Codes, repeats: int) -> "list[Nuisances]":
        """Nuisances of the first few partings without some confounders.

        Args:
            columns: int64, numbers of the confounders.
            repeats: how many partings.
        """
        fewer = self.rows.without(columns)
        return [nuisances(fewer, folds, self.learning) for folds in self.folds[:repeats]]


def effect(
    parted_rows: Parted,
    estimand: Estimand = "average",
    short: Mapping[str, list[Nuisances]] | None = None,
) -> Effect:
    """The effect that titles show.

    Args:
        parted_rows: titles with their nuisances.
        estimand: over which titles.
        short: for families of confounders, the nuisances without them, as yardsticks.

    Example:
        >>> from openslate.models.causal.rows import Rows
        >>> drawn = np.random.default_rng(0)
        >>> x = drawn.normal(size=(400, 1))
        >>> treated = drawn.random(400) < 1 / (1 + np.exp(-x[:, 0]))
        >>> rows = Rows(x[:, 0] + 0.5 * treated + drawn.normal(size=400), treated, x, np.arange(400))
        >>> found = effect(Parted(rows, Learning(repeats=1)))
        >>> found.interval[0] < 0.5 < found.interval[1]
        True
    """
    rows, partings = parted_rows.rows, parted_rows.scores(estimand)
    value, error = middle(
        np.array([one.effect for one in partings]),
        np.array([standard_error(one.influences, rows.series) for one in partings]),
    )
    gains = {
        family: gain(partings[: len(known)], [scored(rows, one, estimand) for one in known], rows.outcomes)
        for family, known in (short or {}).items()
    }
    return Effect(
        estimand,
        value,
        error,
        parted_rows.overlap(estimand),
        robustness(partings, rows.series),
        tuple((share, bounds(partings, rows.series, share, share)) for share in STRENGTHS),
        gains,
    )


def difference(rows: Rows) -> tuple[float, float]:
    """The plain difference of both sides, an association, and its standard error."""
    one, other = rows.outcomes[rows.treated], rows.outcomes[~rows.treated]
    share = rows.treated.mean()
    influences = np.where(
        rows.treated, (rows.outcomes - one.mean()) / share, -(rows.outcomes - other.mean()) / (1 - share)
    )
    return float(one.mean() - other.mean()), float(standard_error(influences, rows.series))
