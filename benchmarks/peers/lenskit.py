"""The LensKit library: implicit-feedback ALS, neighbours of titles and of members. Runs in LensKit's environment."""

from typing import Any

import numpy as np
from lenskit.als import ImplicitMFScorer
from lenskit.data import Dataset, ItemList, RecQuery, from_interactions_df
from lenskit.knn import ItemKNNScorer, UserKNNScorer
from lenskit.training import TrainingOptions
from numpy.typing import NDArray
from pandas import DataFrame
from scipy.sparse import csr_matrix

from benchmarks.peers.exchange import SEED, Score, serve


def fit_als(train: csr_matrix, embedding_size: int, regularization: float, weight: float) -> Score:
    """ALS for implicit feedback, 10 epochs as it comes; embeddings of members are computed anew from their queries."""
    return _fitted(ImplicitMFScorer(embedding_size=embedding_size, regularization=regularization, weight=weight), train)


def fit_item_knn(train: csr_matrix, max_nbrs: int, save_nbrs: int) -> Score:
    """Neighbours of titles by cosine."""
    return _fitted(ItemKNNScorer(max_nbrs=max_nbrs, save_nbrs=save_nbrs, feedback="implicit"), train)


def fit_user_knn(train: csr_matrix, max_nbrs: int, min_sim: float) -> Score:
    """Neighbours of members by cosine."""
    return _fitted(UserKNNScorer(max_nbrs=max_nbrs, min_sim=min_sim, feedback="implicit"), train)


def _fitted(scorer: Any, train: csr_matrix) -> Score:
    scorer.train(_dataset(train), TrainingOptions(rng=SEED))
    catalogue = ItemList(item_ids=np.arange(train.shape[1]))

    def score(histories: csr_matrix) -> NDArray[Any]:
        scores = np.empty(histories.shape, dtype=np.float32)
        for member in range(histories.shape[0]):
            watched = histories.indices[histories.indptr[member] : histories.indptr[member + 1]]
            # A query without a member's name: everybody is known by the history alone, as in every other peer.
            query = RecQuery(history_items=ItemList(item_ids=watched))
            scores[member] = scorer(query, catalogue).scores()
        return scores

    return score


def _dataset(train: csr_matrix) -> Dataset:
    plays = train.tocoo()
    return from_interactions_df(DataFrame({"user_id": plays.row, "item_id": plays.col}))


if __name__ == "__main__":
    serve(("lenskit", "numpy", "scipy", "torch"), {"als": fit_als, "item_knn": fit_item_knn, "user_knn": fit_user_knn})
