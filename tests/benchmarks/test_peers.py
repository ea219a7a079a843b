"""The exchange with peers' processes carries histories over and scores back; no peer has more settings than another."""

import doctest
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from benchmarks.peers import grids
from benchmarks.peers.exchange import read_scores, serve, write_histories
from benchmarks.peers.grids import BUDGET, DECAYED_POPULARITY, EASE, PEERS, points
from benchmarks.peers.processes import once_each
from openslate.models.histories import Histories


def fit_copied(train: csr_matrix, times: float) -> Callable[[csr_matrix], NDArray[Any]]:
    """Scores a title by the training members it has, once the library has chatted and left a title unscored."""
    print("fitting")
    scores = times * np.asarray(train.sum(axis=0), dtype=np.float64).ravel()
    scores[0] = np.nan
    return lambda histories: np.repeat(scores[None], histories.shape[0], axis=0)


def test_a_question_is_answered_in_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    train, fold_in = Histories.from_lists([[2, 1, 2], [1], []], 4), Histories.from_lists([[3], [0, 1]], 4)
    write_histories(tmp_path, once_each(train), once_each(fold_in))
    question = json.dumps({"model": "copied", "settings": {"times": 2.0}})
    monkeypatch.setattr(sys, "argv", ["peer", str(tmp_path)])
    monkeypatch.setattr(sys, "stdin", io.StringIO(question + "\n"))
    serve(("numpy",), {"copied": fit_copied})
    told, answer = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert told["versions"][0] == f"numpy {np.__version__}"
    assert sorted(answer) == ["fit_seconds", "score_seconds"]
    assert read_scores(tmp_path).tolist() == [[-np.inf, 4.0, 2.0, 0.0]] * 2


def test_plays_count_once() -> None:
    plays = once_each(Histories.from_lists([[2, 1, 2], []], 4))
    assert plays.toarray().tolist() == [[0, 1, 1, 0], [0, 0, 0, 0]]


@pytest.mark.parametrize("grid", [DECAYED_POPULARITY, EASE, *(peer.grid for peer in PEERS)])
def test_everybody_has_the_same_budget(grid: dict[str, tuple[Any, ...]]) -> None:
    assert len(points(grid)) == BUDGET


def test_docstring_examples_run() -> None:
    assert doctest.testmod(grids).failed == 0
