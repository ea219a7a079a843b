"""What Openslate and a peer's process say to each other: plain arrays in files, one JSON line per question and answer.

This module runs on both sides, so it needs NumPy and SciPy of any age, and nothing of ours.
"""

import contextlib
import json
import platform
import sys
import time
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

SEED = 1
"""Of every peer that draws random numbers."""

Score = Callable[[csr_matrix], NDArray[Any]]
"""From histories, [members, titles] with ones, to scores of every title; NaN where a title is not recommended."""
Fit = Callable[..., Score]
"""From training histories and settings by name to scores."""


def write_histories(folder: Path, train: csr_matrix, fold_in: csr_matrix) -> None:
    """Lay down what is learned from and who is scored."""
    np.savez(
        folder / "histories.npz",
        n_titles=np.array(train.shape[1]),
        train_offsets=train.indptr,
        train_titles=train.indices,
        fold_in_offsets=fold_in.indptr,
        fold_in_titles=fold_in.indices,
    )


def read_scores(folder: Path) -> NDArray[np.float32]:
    """The scores of the last answer, [members, titles], as a read-only map of the file."""
    scores: NDArray[np.float32] = np.load(folder / "scores.npy", mmap_mode="r", allow_pickle=False)
    return scores


def serve(packages: tuple[str, ...], fits: Mapping[str, Fit]) -> None:
    """Answer questions from standard input until it ends: fit a model, score everybody, say how long it took.

    Args:
        packages: whose versions are told first.
        fits: what can be asked for, by the name of the model.
    """
    answers, folder = sys.stdout, Path(sys.argv[1])
    train, fold_in = _read_histories(folder)
    versions = [f"{package} {version(package)}" for package in packages]
    print(json.dumps({"versions": [*versions, f"Python {platform.python_version()}"]}), file=answers, flush=True)
    for line in sys.stdin:
        question = json.loads(line)
        # What a library prints must not be taken for an answer.
        with contextlib.redirect_stdout(sys.stderr):
            started = time.perf_counter()
            score = fits[question["model"]](train, **question["settings"])
            fitted = time.perf_counter()
            scores = np.nan_to_num(score(fold_in), nan=-np.inf, posinf=np.inf, neginf=-np.inf)
            scored = time.perf_counter()
        np.save(folder / "scores.npy", scores.astype(np.float32))
        seconds = {"fit_seconds": fitted - started, "score_seconds": scored - fitted}
        print(json.dumps(seconds), file=answers, flush=True)


def _read_histories(folder: Path) -> tuple[csr_matrix, csr_matrix]:
    with np.load(folder / "histories.npz", allow_pickle=False) as arrays:
        n_titles = int(arrays["n_titles"])
        train, fold_in = (
            _matrix(arrays[f"{name}_offsets"], arrays[f"{name}_titles"], n_titles) for name in ("train", "fold_in")
        )
    return train, fold_in


def _matrix(offsets: NDArray[Any], titles: NDArray[Any], n_titles: int) -> csr_matrix:
    ones = np.ones(len(titles), dtype=np.float32)
    return csr_matrix((ones, titles, offsets), shape=(len(offsets) - 1, n_titles))
