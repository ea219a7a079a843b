"""The conditional logit: among a member's candidates, the one watched is chosen with probability softmax(utility).

Source: D. McFadden, "Conditional logit analysis of qualitative choice behavior", 1974.
"""

import numpy as np
from numpy.typing import NDArray


def conditional_logit(
    features: NDArray[np.floating],
    watched: NDArray[np.bool_],
    l2: float,
    signed: bool = False,
    there: NDArray[np.bool_] | None = None,
) -> tuple[NDArray[np.float64], float]:
    """Weights that make what was watched most likely.

    Args:
        features: float [members, candidates, features].
        watched: bool [members, candidates], at least one per member; each is a choice of its own among them all.
        l2: ridge on the weights.
        signed: whether weights may lie below zero.
        there: bool [members, candidates], false where a place holds no candidate; None where all do.

    Returns:
        float64 [features], and the mean log-likelihood per choice without the ridge.

    Example:
        >>> features = np.array([[[1.0], [0.0]], [[1.0], [0.0]], [[0.0], [1.0]]])
        >>> watched = np.array([[True, False], [True, False], [True, False]])
        >>> weights, _ = conditional_logit(features, watched, l2=0.0)
        >>> round(float(weights[0]), 3)  # the logarithm of two to one
        0.693
    """
    members, candidates, width = features.shape
    choices = watched.sum(axis=1, keepdims=True)
    n_choices = int(choices.sum())
    rows = features.reshape(-1, width)
    mean_watched = watched.ravel() @ rows / n_choices

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        utility = (rows @ weights.astype(rows.dtype)).astype(np.float64).reshape(members, candidates)
        if there is not None:
            utility[~there] = -np.inf
        utility -= utility.max(axis=1, keepdims=True)
        odds = np.exp(utility)
        totals = odds.sum(axis=1, keepdims=True)
        likelihood = float((utility - np.log(totals))[watched].sum() / n_choices)
        mean_expected = (choices * odds / totals).ravel().astype(rows.dtype) @ rows / n_choices
        return l2 / 2 * float(weights @ weights) - likelihood, l2 * weights + mean_expected - mean_watched

    # Only fitting needs it, and it takes longer to load than an answer to compute.
    from scipy.optimize import minimize

    start = np.zeros(width) if signed else np.full(width, 1.0 / width)
    bounds = None if signed else [(0.0, None)] * width
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds)
    weights: NDArray[np.float64] = found.x
    return weights, l2 / 2 * float(weights @ weights) - float(found.fun)
