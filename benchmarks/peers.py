"""The peers, tuned: implicit's ALS, cosine nearest neighbours, and popularity, each over a grid of the same size."""

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from implicit.als import AlternatingLeastSquares
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from openslate.apps.personalize.baselines import score_on
from openslate.evaluation.protocol import Scorer
from openslate.evaluation.split import Split
from openslate.models.histories import Histories
from openslate.models.neighbours import NeighbourSettings, fit_neighbours
from openslate.models.popularity import PopularitySettings, fit_popularity

BUDGET = 12
"""Settings each peer may try on validation."""
SEED = 1


@dataclass(frozen=True)
class ImplicitAls:
    """A fitted ALS of the implicit library, folding members in as it does itself."""

    fitted: Any

    def score(self, histories: Histories) -> NDArray[np.float32]:
        """Members' factors recalculated from their histories, times the titles' factors."""
        with threadpool_limits(1, "blas"):
            factors = self.fitted.recalculate_user(np.arange(histories.n_members), _counts(histories))
        return np.asarray(factors @ self.fitted.item_factors.T, dtype=np.float32)


def fit_als(train: Histories, factors: int, regularization: float, alpha: float) -> ImplicitAls:
    """implicit's ALS, 15 iterations, its own Cholesky or conjugate-gradient choice left alone."""
    model = AlternatingLeastSquares(
        factors=factors, regularization=regularization, alpha=alpha, iterations=15, random_state=SEED
    )
    with threadpool_limits(1, "blas"):
        model.fit(_counts(train), show_progress=False)
    return ImplicitAls(model)


def fit_knn(train: Histories, neighbours: int, shrinkage: float) -> Scorer:
    """Cosine nearest neighbours between titles."""
    return fit_neighbours(train, NeighbourSettings(neighbours=neighbours, shrinkage=shrinkage))


def tuned(name: str, fit: Callable[..., Scorer], grid: dict[str, Iterable[Any]], validation: Split) -> dict[str, Any]:
    """The settings of the grid that do best on validation; every one is printed with its score."""
    points = [dict(zip(grid, values, strict=True)) for values in itertools.product(*grid.values())]
    assert len(points) <= BUDGET, f"{name} asks for {len(points)} settings, and the budget is {BUDGET}"
    scores = []
    for point in points:
        scores.append(score_on(validation, fit(validation.train, **point)))
        print(f"  {name} {point}: validation ndcg@10 {scores[-1]:.4f}", flush=True)
    best = points[int(np.argmax(scores))]
    print(f"  {name} chose {best}")
    return best


def tuned_peers(validation: Split, as_of: int) -> dict[str, Callable[[Histories], Scorer]]:
    """Every peer with its chosen settings, ready to be fitted on the test's training part."""
    als = tuned(
        "implicit ALS",
        fit_als,
        {"factors": (16, 32, 64), "regularization": (0.01, 10.0), "alpha": (0.5, 2.0)},
        validation,
    )
    knn = tuned(
        "cosine kNN", fit_knn, {"neighbours": (50, 200, 800), "shrinkage": (0.0, 20.0, 100.0, 500.0)}, validation
    )

    def popularity(train: Histories, days: float, at: int = validation.as_of) -> Scorer:
        return fit_popularity(train, at, PopularitySettings(half_life_days=days))

    decay = tuned(
        "decayed popularity",
        popularity,
        {"days": (1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 14.0, 30.0, 60.0, 90.0, 365.0)},
        validation,
    )
    seven = PopularitySettings(half_life_days=None, window_days=7.0)
    return {
        "popularity, 7 days": lambda train: fit_popularity(train, as_of, seven),
        "popularity, decayed": lambda train: popularity(train, decay["days"], as_of),
        "implicit ALS": lambda train: fit_als(train, **als),
        "cosine kNN": lambda train: fit_knn(train, **knn),
    }


def _counts(histories: Histories) -> csr_matrix:
    ones = np.ones(histories.n_events, dtype=np.float32)
    shape = (histories.n_members, histories.n_titles)
    counts = csr_matrix((ones, histories.titles, histories.offsets), shape=shape, copy=True)
    counts.sum_duplicates()
    counts.data[:] = 1.0
    return counts
