"""The RecTools library: EASE, PureSVD and its wrapped nearest neighbours. Runs in RecTools' own environment.

RecTools recommends only to members it was fitted on, so the scores of others are worked out from what it fitted: the
product with EASE's weights, the projection onto PureSVD's factors, the sum over neighbours.
"""

from typing import Any

import numpy as np
from implicit.nearest_neighbours import CosineRecommender, TFIDFRecommender
from numpy.typing import NDArray
from pandas import DataFrame
from rectools.dataset import Dataset
from rectools.models import EASEModel, ImplicitItemKNNWrapperModel, PureSVDModel
from scipy.sparse import csr_matrix

from benchmarks.peers.exchange import SEED, Score, serve

NEIGHBOURS = {"cosine": CosineRecommender, "tfidf": TFIDFRecommender}


def fit_ease(train: csr_matrix, regularization: float) -> Score:
    """EASE (Steck 2019)."""
    dataset, known = _dataset(train)
    weights = EASEModel(regularization=regularization).fit(dataset).weight
    return lambda histories: _spread(histories[:, known] @ weights, known, train.shape[1])


def fit_pure_svd(train: csr_matrix, factors: int) -> Score:
    """PureSVD (Cremonesi et al. 2010): a history times the factors' projection."""
    dataset, known = _dataset(train)
    scaled = PureSVDModel(factors=factors, random_state=SEED).fit(dataset).item_factors
    directions = scaled / np.linalg.norm(scaled, axis=0)
    return lambda histories: _spread(histories[:, known] @ directions @ directions.T, known, train.shape[1])


def fit_item_knn(train: csr_matrix, weighting: str, K: int) -> Score:
    """Neighbours of titles, weighted by cosine or TF-IDF."""
    dataset, known = _dataset(train)
    wrapped = ImplicitItemKNNWrapperModel(NEIGHBOURS[weighting](K=K)).fit(dataset)
    return lambda histories: _spread((histories[:, known] @ wrapped.model.similarity).toarray(), known, train.shape[1])


def _dataset(train: csr_matrix) -> tuple[Dataset, NDArray[Any]]:
    """RecTools' own data set, and the titles it knows in its own order."""
    plays = train.tocoo()
    frame = DataFrame({"user_id": plays.row, "item_id": plays.col, "weight": 1.0, "datetime": "2000-01-01"})
    dataset = Dataset.construct(frame)
    return dataset, np.asarray(dataset.item_id_map.external_ids)


def _spread(scores: NDArray[Any], known: NDArray[Any], n_titles: int) -> NDArray[np.float32]:
    """Scores of the known titles at their places in the whole catalogue."""
    everywhere = np.full((len(scores), n_titles), -np.inf, dtype=np.float32)
    everywhere[:, known] = scores
    return everywhere


if __name__ == "__main__":
    serve(
        ("rectools", "pm-implicit", "numpy", "scipy"),
        {"ease": fit_ease, "pure_svd": fit_pure_svd, "item_knn": fit_item_knn},
    )
