"""The implicit library: alternating least squares and BM25 nearest neighbours. Runs in implicit's own environment."""

from typing import Any

import numpy as np
from implicit.als import AlternatingLeastSquares
from implicit.nearest_neighbours import BM25Recommender
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from benchmarks.peers.exchange import SEED, Score, serve


def fit_als(train: csr_matrix, factors: int, regularization: float, alpha: float) -> Score:
    """ALS, 15 iterations of its own solver; members are folded in by its own `recalculate_user`."""
    # The library has threads of its own, and warns when BLAS brings more.
    with threadpool_limits(1, "blas"):
        model = AlternatingLeastSquares(
            factors=factors, regularization=regularization, alpha=alpha, iterations=15, random_state=SEED
        )
        model.fit(train, show_progress=False)

    def score(histories: csr_matrix) -> NDArray[Any]:
        with threadpool_limits(1, "blas"):
            members = model.recalculate_user(np.arange(histories.shape[0]), histories)
        return np.asarray(members @ model.item_factors.T)

    return score


def fit_bm25(train: csr_matrix, K: int, K1: float, B: float) -> Score:
    """Neighbours of titles by BM25 weights; a member's scores are the sums over what was watched, as it recommends."""
    model = BM25Recommender(K=K, K1=K1, B=B)
    model.fit(train, show_progress=False)
    return lambda histories: (histories @ model.similarity).toarray()


if __name__ == "__main__":
    serve(("implicit", "numpy", "scipy"), {"als": fit_als, "bm25": fit_bm25})
