"""The whole distribution of a forecast, drawn through its seven quantiles.

Between neighbouring quantiles the logarithm is spread evenly. Beyond the outer ones it falls off as a normal
distribution does whose median and whose outer quantile are those of the forecast, so that views and money have tails of
a lognormal: they have a mean, and it is worked out exactly, not as exp(mean log).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from openslate.models.forecasting.levels import LEVELS, MIDDLE, outwards

Floats = NDArray[np.float64]
_APART = 1e-9
"""How far neighbouring quantiles lie apart at least, so that every outcome has one level."""


@dataclass(frozen=True)
class Distributions:
    """One distribution of the logarithm for each title; make them with `through`.

    Attributes:
        quantiles: float64 [titles, 7], ln, strictly rising.
    """

    quantiles: Floats

    def cdf(self, logs: Floats) -> Floats:
        """The level of each outcome in its own distribution, 0 to 1.

        Args:
            logs: float64 [titles] or [titles, values], ln.
        """
        from scipy.special import ndtr

        x = logs.reshape(len(self.quantiles), -1)
        q, at = self.quantiles, np.asarray(LEVELS)
        low, high = self._tails()
        below, above = at[0], at[-1]
        outer = _score(above)
        tail_low = ndtr((x - q[:, :1]) / low[:, None] - outer)
        tail_high = ndtr((x - q[:, -1:]) / high[:, None] + outer)
        # The body rises from one level to the next in each part that lies below the value.
        share = np.clip((x[:, :, None] - q[:, None, :-1]) / np.diff(q)[:, None, :], 0, 1)
        body = below + share @ np.diff(at)
        levels = np.where(x < q[:, :1], tail_low, np.where(x > q[:, -1:], tail_high, body))
        return np.asarray(np.clip(levels, 0, 1).reshape(logs.shape), dtype=np.float64)

    def above(self, logs: float | Floats) -> Floats:
        """The probability that each outcome is more than a value, float64 [titles].

        Args:
            logs: ln of the value: one for all, such as where the top decile of what was seen begins, or float64
                [titles], such as twice each budget.
        """
        return 1 - self.cdf(np.broadcast_to(np.asarray(logs, dtype=np.float64), len(self.quantiles)))

    def quantile(self, levels: Floats) -> Floats:
        """The logarithm at each level, float64 of the same shape.

        Args:
            levels: float64 [titles] or [titles, values], strictly between 0 and 1.
        """
        from scipy.special import ndtri

        p = levels.reshape(len(self.quantiles), -1)
        q, at = self.quantiles, np.asarray(LEVELS)
        low, high = self._tails()
        outer = _score(at[-1])
        z = ndtri(p)
        share = np.clip((p[:, :, None] - at[:-1]) / np.diff(at), 0, 1)
        body = q[:, :1] + (share * np.diff(q)[:, None, :]).sum(axis=2)
        tail_low = q[:, :1] + low[:, None] * (z + outer)
        tail_high = q[:, -1:] + high[:, None] * (z - outer)
        logs: Floats = np.where(p < at[0], tail_low, np.where(p > at[-1], tail_high, body))
        return logs.reshape(levels.shape)

    def mean(self) -> Floats:
        """The predictive mean in natural units, the integral of exp over the distribution, float64 [titles]."""
        from scipy.special import ndtr

        q, at = self.quantiles, np.asarray(LEVELS)
        low, high = self._tails()
        outer = _score(at[-1])
        widths = np.diff(q)
        body = (np.diff(at) * np.exp(q[:, :-1]) * np.expm1(widths) / widths).sum(axis=1)
        below = np.exp(q[:, 0] + low * outer + low**2 / 2) * ndtr(-outer - low)
        above = np.exp(q[:, -1] - high * outer + high**2 / 2) * ndtr(high - outer)
        mean: Floats = below + body + above
        return mean

    def samples(self, draws: int, seed: int) -> Floats:
        """Draws of the logarithm, float64 [titles, draws]; the same seed gives the same draws.

        Args:
            draws: how many of each title, each title independently of the others.
            seed: of the draws.
        """
        uniform = np.random.default_rng(seed).random((len(self.quantiles), draws))
        return self.quantile(np.clip(uniform, np.finfo(np.float64).tiny, 1 - np.finfo(np.float64).epsneg))

    def crps(self, logs: Floats) -> Floats:
        """The continuous ranked probability score of each outcome, exactly, float64 [titles]; lower is better.

        Source: J. Matheson and R. Winkler, "Scoring rules for continuous probability distributions", 1976.

        Args:
            logs: float64 [titles], ln of the outcomes.
        """
        q, at = self.quantiles, np.asarray(LEVELS)
        low, high = self._tails()
        outer = _score(at[-1])
        split = np.clip(logs[:, None], q[:, :-1], q[:, 1:])
        p, r = at[:-1], at[1:]
        middle = p + (r - p) * (split - q[:, :-1]) / np.diff(q)
        before = (split - q[:, :-1]) * (p**2 + p * middle + middle**2) / 3
        after = (q[:, 1:] - split) * ((1 - middle) ** 2 + (1 - middle) * (1 - r) + (1 - r) ** 2) / 3
        # Seen from the other end the upper tail is a lower one.
        below = low * _tail(np.minimum((logs - q[:, 0]) / low, 0) - outer, outer)
        above = high * _tail(np.minimum((q[:, -1] - logs) / high, 0) - outer, outer)
        score: Floats = below + (before + after).sum(axis=1) + above
        return score

    def interval(self, step: int) -> Floats:
        """The ends of an interval, ln, float64 [titles, 2].

        Args:
            step: 1 for that of 50%, 2 for 80%, 3 for 90%.
        """
        return self.quantiles[:, [MIDDLE - step, MIDDLE + step]]

    def widths(self, step: int) -> Floats:
        """How wide an interval is, ln, float64 [titles].

        Args:
            step: as in `interval`.
        """
        found: Floats = self.quantiles[:, MIDDLE + step] - self.quantiles[:, MIDDLE - step]
        return found

    def _tails(self) -> tuple[Floats, Floats]:
        """Standard deviations of the two normal tails."""
        q, outer = self.quantiles, _score(LEVELS[-1])
        return (q[:, MIDDLE] - q[:, 0]) / outer, (q[:, -1] - q[:, MIDDLE]) / outer


def through(quantiles: Floats) -> Distributions:
    """The distributions through seven quantiles each; where they cross, the outer ones give way.

    Args:
        quantiles: float64 [titles, 7], ln.

    Example:
        >>> found = through(np.array([[-2.0, -1.5, -0.5, 0.0, 0.5, 1.5, 2.0]]))
        >>> float(found.above(0.0)[0].round(6)), float(found.cdf(np.array([2.0]))[0].round(6))
        (0.5, 0.95)
    """
    return Distributions(outwards(quantiles) + _APART * (np.arange(len(LEVELS)) - MIDDLE))


def _score(level: float) -> float:
    from scipy.special import ndtri

    return float(ndtri(level))


def _tail(z: Floats, outer: float) -> Floats:
    """Integral over a lower tail, up to -outer: of F squared up to z, of (1 - F) squared from there on."""
    before = _squared(z)
    after = _squared(-z) - _squared(np.full(len(z), outer))
    total: Floats = before + after
    return total


def _squared(z: Floats) -> Floats:
    """The integral of the square of the normal distribution function up to z."""
    from scipy.special import ndtr

    level = ndtr(z)
    density = np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi)
    total: Floats = z * level**2 + 2 * density * level - ndtr(np.sqrt(2.0) * z) / np.sqrt(np.pi)
    return total
