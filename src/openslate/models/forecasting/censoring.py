"""Outcomes of which only 'at most' is known, because a report's smallest step stands for everything below it.

The rule: to learn from, such an outcome is taken to be what the simple forecast expects of it given that it is no more
than the step: the mean of a normal distribution around the prior, cut off there. To calibrate and score, it is the
step: an interval holds it where it reaches down to the step. Source: J. Tobin, "Estimation of relationships for limited
dependent variables", Econometrica 26, 1958; the mean is its expectation step, taken once.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def expected_below(logs: Floats, at_most: NDArray[np.bool_], center: Floats, spread: float) -> Floats:
    """Outcomes to learn from: exact ones as they are, the others as the rule says.

    Args:
        logs: float64 [titles], ln of the outcomes; of those that are at most a step, ln of the step.
        at_most: bool [titles], which those are.
        center: float64 [titles], the simple forecast, ln.
        spread: its standard deviation. Nothing is changed where it is zero.

    Example:
        >>> expected_below(np.zeros(2), np.array([False, True]), np.zeros(2), 1.0).round(3).tolist()
        [0.0, -0.798]
    """
    if not at_most.any() or spread == 0:
        return logs
    from scipy.special import log_ndtr

    z = (logs - center) / spread
    # The density over the distribution function, which underflows far below the center.
    ratio = np.exp(-(z**2) / 2 - log_ndtr(z)) / np.sqrt(2 * np.pi)
    expected = np.minimum(center - spread * ratio, logs)
    return np.where(at_most, expected, logs)
