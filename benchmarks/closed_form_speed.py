"""Training a closed form against the usual float64 `numpy.linalg.inv` route on the same MovieLens 1M: goal 4x.

The peer is EASE as its paper prints it: a float64 sparse product for the Gram matrix, `numpy.linalg.inv`, and a
division by the diagonal. Both start from the same histories and end with the same item weights.
"""

import numpy as np
from scipy.sparse import csr_array

from benchmarks.machine import describe, in_turn
from benchmarks.movielens import movielens_1m
from openslate.models.ease import EaseSettings, fit_ease
from openslate.models.histories import Histories
from openslate.models.weights import WeightSettings

GOAL, ROUNDS, L2 = 4.0, 5, 300.0


def printed_ease(histories: Histories) -> np.ndarray:
    """EASE in the ten lines of its paper."""
    ones = np.ones(histories.n_events)
    watched = csr_array((ones, histories.titles, histories.offsets), shape=(histories.n_members, histories.n_titles))
    gram = (watched.T @ watched).toarray()
    gram[np.diag_indices_from(gram)] += L2
    inverse = np.linalg.inv(gram)
    weights = inverse / -np.diag(inverse)
    np.fill_diagonal(weights, 0.0)
    return weights


def main() -> None:
    """Time both in turn, and check that they found the same weights."""
    histories = movielens_1m().histories
    settings = EaseSettings(l2=L2, dropout=0.0, training=WeightSettings(), fold_in=WeightSettings())
    ours, theirs = fit_ease(histories, settings).item_weights, printed_ease(histories)
    print(describe())
    print(f"MovieLens 1M: {histories.n_members} members, {histories.n_titles} titles, {histories.n_events} events")
    print(f"largest difference between the two weight matrices: {np.abs(ours - theirs).max():.2e}")
    seconds, peer, ratio = in_turn(lambda: fit_ease(histories, settings), lambda: printed_ease(histories), ROUNDS)
    print(f"ours {seconds:.2f} s, float64 inv {peer:.2f} s, ratio {ratio:.2f} (median of {ROUNDS}; goal {GOAL})")


if __name__ == "__main__":
    main()
