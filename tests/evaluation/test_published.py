"""The evaluator against figures published for this split: if these move, no other figure can be trusted."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from openslate.evaluation.protocol import evaluate
from openslate.evaluation.splits import leave_last_out
from openslate.models.histories import Histories

pytestmark = pytest.mark.realdata


@dataclass(frozen=True)
class ItemItem:
    """Scores are the binary history times `weights`, plus `bias`."""

    weights: np.ndarray
    bias: np.ndarray

    def score(self, histories: Histories) -> np.ndarray:
        return np.asarray(matrix(histories) @ self.weights + self.bias, dtype=np.float32)


def matrix(histories: Histories) -> sparse.csr_array:
    shape = (histories.n_members, histories.n_titles)
    ones = np.ones(histories.n_events, dtype=np.float32)
    return sparse.csr_array((ones, histories.titles, histories.offsets), shape=shape)


def popularity(train: Histories) -> ItemItem:
    counts = np.bincount(train.titles, minlength=train.n_titles).astype(np.float32)
    return ItemItem(np.zeros((train.n_titles, 1), dtype=np.float32), counts)


def ease(train: Histories) -> ItemItem:
    gram = (matrix(train).T @ matrix(train)).toarray() + 300 * np.eye(train.n_titles, dtype=np.float32)
    inverse = np.linalg.inv(gram)
    weights = -inverse / np.diag(inverse)
    np.fill_diagonal(weights, 0)
    return ItemItem(weights, np.zeros(1, dtype=np.float32))


def test_ml_1m_leave_last_out_gives_the_published_popularity_and_ease(real_data: Path) -> None:
    text = (real_data / "ml-1m" / "ratings.dat").read_text(encoding="ascii").replace("::", " ")
    ratings = np.fromstring(text, dtype=np.int64, sep=" ").reshape(-1, 4)
    ratings = ratings[np.lexsort((ratings[:, 3], ratings[:, 0]))]
    known, titles = np.unique(ratings[:, 1], return_inverse=True)
    lengths = np.unique(ratings[:, 0], return_counts=True)[1]
    histories = Histories(
        offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
        titles=titles.astype(np.int32),
        times=ratings[:, 3] * 1_000_000,
        engagement=(ratings[:, 2] * 6).astype(np.int32),
        n_titles=len(known),
    )
    found = evaluate(
        leave_last_out(histories), {"popularity": popularity, "ease": ease}, baselines=["popularity"], resamples=50
    )
    assert (histories.n_members, histories.n_titles, histories.n_events) == (6040, 3706, 1_000_209)
    assert found.row("popularity").metrics["ndcg@10"].mean == pytest.approx(0.0179, abs=0.0005)
    assert found.row("ease").metrics["ndcg@10"].mean == pytest.approx(0.0536, abs=0.0005)
