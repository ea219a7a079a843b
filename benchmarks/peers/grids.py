"""Which peers there are, and what each may try on validation: the same number of settings for every one of them.

The ranges come from the papers and the libraries' documentation, moved where MovieLens 1M has its optimum elsewhere.
Every factor model, fold-in and score is the library's own.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

BUDGET = 24
"""Settings that each peer, and each of our own baselines, may try on validation."""

Grid = Mapping[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Peer:
    """One model of a peer library.

    Attributes:
        name: in tables.
        library: names the module beside this one and the environment it runs in.
        model: its name in that module.
        grid: settings to try, every combination.
    """

    name: str
    library: str
    model: str
    grid: Grid


def points(grid: Grid) -> list[dict[str, Any]]:
    """Every combination of a grid's values.

    Example:
        >>> points({"factors": (8, 16), "alpha": (1.0,)})
        [{'factors': 8, 'alpha': 1.0}, {'factors': 16, 'alpha': 1.0}]
    """
    return [dict(zip(grid, values, strict=True)) for values in itertools.product(*grid.values())]


def spaced(low: float, high: float, count: int = BUDGET) -> tuple[float, ...]:
    """Numbers at even steps of their logarithm, rounded to two digits.

    Example:
        >>> spaced(1, 100, 5)
        (1.0, 3.2, 10.0, 32.0, 100.0)
    """
    return tuple(float(f"{number:.2g}") for number in np.geomspace(low, high, count))


EASE: Grid = {"l2": spaced(20, 50_000)}
"""Our own plain EASE and RecTools' try the same ridges."""
DECAYED_POPULARITY: Grid = {"days": spaced(0.5, 1000)}

PEERS = (
    Peer(
        "implicit ALS",
        "implicit",
        "als",
        {"factors": (64, 256), "regularization": (3.0, 30.0, 100.0, 300.0), "alpha": (1.0, 2.0, 4.0)},
    ),
    Peer("implicit BM25", "implicit", "bm25", {"K": (50, 1000, 4000), "K1": (0.1, 0.3, 1.2, 5.0), "B": (0.5, 0.9)}),
    Peer(
        "irspack EDLAE",
        "irspack",
        "edlae",
        {"reg": (100.0, 300.0, 1000.0, 3000.0), "dropout_p": (0.1, 0.25, 0.5, 0.75, 0.9, 0.95)},
    ),
    Peer(
        "irspack iALS",
        "irspack",
        "ials",
        {"n_components": (64, 256), "alpha0": (0.1, 0.2, 0.4, 0.8), "reg": (0.003, 0.01, 0.02)},
    ),
    Peer(
        "irspack RP3beta",
        "irspack",
        "rp3beta",
        {"beta": (0.1, 0.2, 0.3, 0.4, 0.5, 0.7), "top_k": (100, 500, 1000, 4000)},
    ),
    Peer(
        "LensKit ALS",
        "lenskit",
        "als",
        {"embedding_size": (64, 128), "regularization": (10.0, 30.0, 100.0, 300.0), "weight": (0.3, 1.0, 3.0)},
    ),
    Peer(
        "LensKit item kNN",
        "lenskit",
        "item_knn",
        {"max_nbrs": (10, 20, 50, 100, 200, 400), "save_nbrs": (5, 10, 20, 50)},
    ),
    Peer(
        "LensKit member kNN",
        "lenskit",
        "user_knn",
        {"max_nbrs": (5, 10, 20, 30, 50, 100), "min_sim": (1e-6, 1.0, 2.0, 3.0)},
    ),
    Peer("RecTools EASE", "rectools", "ease", {"regularization": EASE["l2"]}),
    Peer("RecTools PureSVD", "rectools", "pure_svd", {"factors": tuple(range(4, 52, 2))}),
    Peer(
        "RecTools item kNN",
        "rectools",
        "item_knn",
        {"weighting": ("cosine", "tfidf"), "K": (5, 10, 15, 20, 30, 40, 50, 70, 100, 200, 500, 1000)},
    ),
)
"""Every peer of every table, library after library."""
