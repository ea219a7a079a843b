"""Training a closed form against the usual float64 `numpy.linalg.inv` route on the same MovieLens 1M: goal 5x, aim 6x.

The peer is EASE as its paper prints it: a float64 sparse product for the Gram matrix, `numpy.linalg.inv`, and a
division by the diagonal. Both start from the same histories and end with the same item weights. The solve is held
against the machine's float32 peak, the best of a few large matrix products in the same BLAS: goal 0.7 of it.
"""

import time

import numpy as np
from scipy.linalg.blas import sgemm
from scipy.sparse import csr_array

from benchmarks.machine import describe, in_turn
from benchmarks.movielens import movielens_1m
from openslate.models.ease import EaseSettings, fit_ease
from openslate.models.gram import GRAM_STEPS, gram_of_part
from openslate.models.histories import Histories
from openslate.models.kernels.warming import warm_up
from openslate.models.packed import diagonal, unpacked
from openslate.models.solving import lower_inverse
from openslate.models.weights import WeightSettings

GOAL, AIM, PEAK_GOAL, ROUNDS, L2 = 5.0, 6.0, 0.7, 5, 300.0
PEAK_SIZE = 3_000


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


def solve_beside_peak(histories: Histories) -> tuple[float, float]:
    """Billions of operations a second of the solve, and of a large float32 product: the best of ROUNDS, in turn."""
    gram = gram_of_part(histories, WeightSettings())
    watched = np.flatnonzero(diagonal(gram))
    left, right = np.random.default_rng(0).random((2, PEAK_SIZE, PEAK_SIZE), dtype=np.float32)
    solves, products = [], []
    for _ in range(ROUNDS):
        system = unpacked(gram, watched, 1 / GRAM_STEPS)
        system[np.diag_indices_from(system)] += np.float32(L2)
        started = time.perf_counter()
        lower_inverse(system)
        solved = time.perf_counter()
        sgemm(1.0, left.T, right.T)
        solves.append(solved - started)
        products.append(time.perf_counter() - solved)
    return len(watched) ** 3 / min(solves) / 1e9, 2 * PEAK_SIZE**3 / min(products) / 1e9


def main() -> None:
    """Time both in turn, and check that they found the same weights."""
    histories = movielens_1m().histories
    settings = EaseSettings(l2=L2, dropout=0.0, training=WeightSettings(), fold_in=WeightSettings())
    print(describe())
    print(f"loops compiled or loaded in {warm_up():.1f} s")
    ours, theirs = fit_ease(histories, settings).item_weights, printed_ease(histories)
    print(f"MovieLens 1M: {histories.n_members} members, {histories.n_titles} titles, {histories.n_events} events")
    print(f"largest difference between the two weight matrices: {np.abs(ours - theirs).max():.2e}")
    seconds, peer, ratio = in_turn(lambda: fit_ease(histories, settings), lambda: printed_ease(histories), ROUNDS)
    print(
        f"ours {seconds:.2f} s, float64 inv {peer:.2f} s, ratio {ratio:.2f} "
        f"(median of {ROUNDS}; goal {GOAL}, aim {AIM})"
    )
    solve, peak = solve_beside_peak(histories)
    print(
        f"solve with its check {solve:.0f} GF/s, float32 product {peak:.0f} GF/s, {solve / peak:.2f} of it "
        f"(best of {ROUNDS}; goal {PEAK_GOAL})"
    )


if __name__ == "__main__":
    main()
