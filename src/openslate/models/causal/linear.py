"""Lines as nuisance models: ridge and logistic ridge regression on standardised confounders."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Floats = NDArray[np.float64]
PENALTIES = 10.0 ** np.arange(-1.0, 4.5, 0.5)
STEPS = 50
FARTHEST = 4.0
"""Standard deviations beyond which a value is taken to lie there, so that no stray one bends a line."""


@dataclass(frozen=True)
class Design:
    """How confounders become columns of a line: scaled, the unknown at the mean and marked as such.

    Attributes:
        mean, spread: float64 [confounders], of the titles that were learned from.
        marked: bool [confounders], which have a column that says whether they are unknown.
    """

    mean: Floats
    spread: Floats
    marked: NDArray[np.bool_]

    @classmethod
    def of(cls, confounders: Floats) -> Self:
        """The design that these titles give."""
        known = ~np.isnan(confounders)
        many = np.maximum(known.sum(axis=0), 1)
        values = np.where(known, confounders, 0.0)
        mean = values.sum(axis=0) / many
        spread = np.sqrt((np.where(known, confounders - mean, 0.0) ** 2).sum(axis=0) / many)
        marked: NDArray[np.bool_] = np.any(known, axis=0) & ~np.all(known, axis=0)
        # A constant whose mean was rounded has a spread of its last bits.
        return cls(mean, np.where(spread > 1e-12 * np.abs(mean), spread, 1.0), marked)

    def columns(self, confounders: Floats) -> Floats:
        """float64 [titles, columns]."""
        with np.errstate(over="ignore"):
            scaled = np.clip((confounders - self.mean) / self.spread, -FARTHEST, FARTHEST)
        return np.hstack([np.nan_to_num(scaled, nan=0.0), np.isnan(confounders[:, self.marked]).astype(np.float64)])


@dataclass(frozen=True)
class Line:
    """A fitted line: an intercept and a slope for each column of its design."""

    design: Design
    intercept: float
    slopes: Floats

    def values(self, confounders: Floats) -> Floats:
        """What it says of titles, float64 [titles]."""
        said: Floats = self.intercept + self.design.columns(confounders) @ self.slopes
        return said


def fit_ridge(confounders: Floats, target: Floats) -> Line:
    """Least squares with that of several penalties which forecasts titles left out one by one best.

    Args:
        confounders: float64 [titles, confounders].
        target: float64 [titles].

    Example:
        >>> x = np.arange(50.0)[:, None]
        >>> fit_ridge(x, 2 * x[:, 0]).values(np.array([[20.0]])).round(1).tolist()
        [40.0]
    """
    design = Design.of(confounders)
    columns = design.columns(confounders)
    mean, middle = target.mean(), columns.mean(axis=0)
    left, values, right = np.linalg.svd(columns - middle, full_matrices=False)
    turned = left.T @ (target - mean)
    best, slopes = np.inf, np.zeros(columns.shape[1])
    for penalty in PENALTIES:
        shrunk = values**2 / (values**2 + penalty)
        leverage = (left**2) @ shrunk + 1 / len(target)
        loss = float((((target - mean - left @ (shrunk * turned)) / np.maximum(1 - leverage, 1e-3)) ** 2).sum())
        if loss < best:
            best, slopes = loss, right.T @ (values / (values**2 + penalty) * turned)
    return Line(design, float(mean - middle @ slopes), slopes)


def fit_logistic(confounders: Floats, treated: NDArray[np.bool_], penalty: float) -> Line:
    """Logistic regression with a ridge on the slopes, by Newton's method; `expit` of its values are probabilities.

    Args:
        confounders: float64 [titles, confounders].
        treated: bool [titles], with some on each side.
        penalty: of the slopes, above 0.

    Example:
        >>> x = np.repeat([[0.0], [1.0]], 50, axis=0)
        >>> treated = np.arange(100) % 5 < np.where(x[:, 0] > 0, 4, 1)
        >>> expit(fit_logistic(x, treated, 0.01).values(np.array([[0.0], [1.0]]))).round(2).tolist()
        [0.2, 0.8]
    """
    design = Design.of(confounders)
    columns = np.hstack([np.ones((len(treated), 1)), design.columns(confounders)])
    ridge = np.append(0.0, np.full(columns.shape[1] - 1, penalty))
    share = treated.mean()
    slopes = np.append(np.log(share / (1 - share)), np.zeros(columns.shape[1] - 1))
    for _ in range(STEPS):
        chance = expit(columns @ slopes)
        weights = np.maximum(chance * (1 - chance), 1e-9)
        slope = columns.T @ (treated - chance) - ridge * slopes
        step = np.linalg.solve((columns.T * weights) @ columns + np.diag(ridge + 1e-9), slope)
        # A step of more than a few units on the logit would overshoot where sides lie apart.
        longest = float(np.abs(columns @ step).max())
        slopes = slopes + step * min(1.0, 5.0 / max(longest, 1e-12))
        if longest < 1e-8:
            break
    return Line(design, float(slopes[0]), slopes[1:])
