"""Starts a peer in its own environment and asks it to fit and score: the side of the exchange that Openslate is on."""

import json
import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from benchmarks.peers.exchange import read_scores, write_histories
from openslate.evaluation.split import Split
from openslate.models.histories import Histories

ROOT = Path(__file__).parent.parent.parent
ENVIRONMENTS = ROOT / ".venv-peers"


@dataclass(frozen=True)
class Answer:
    """What a peer gave for one setting.

    Attributes:
        scores: float32 [scored members, n_titles], to be used before the next question.
        fit_seconds: time to fit.
        score_seconds: time to score all members, folding in included.
    """

    scores: NDArray[np.float32]
    fit_seconds: float
    score_seconds: float


Ask = Callable[[str, Mapping[str, Any]], Answer]


@dataclass(frozen=True)
class Conversation:
    """A peer's process that has read its histories.

    Attributes:
        versions: of the library and what it stands on.
        ask: from a model and its settings to its answer.
    """

    versions: tuple[str, ...]
    ask: Ask


def installed(library: str) -> bool:
    """Whether the library's environment is there, whole."""
    return (ENVIRONMENTS / library / ".done").exists()


@contextmanager
def conversation(library: str, split: Split) -> Iterator[Conversation]:
    """Start the library's process on what the split trains on and whom it scores, and end it afterwards.

    Raises:
        RuntimeError: the process ends before it has answered.
    """
    python = ENVIRONMENTS / library / "bin" / "python"
    with tempfile.TemporaryDirectory() as name, (Path(name) / "said.txt").open("w") as said:
        folder = Path(name)
        write_histories(folder, once_each(split.train), once_each(split.fold_in))
        process = subprocess.Popen(
            [python, "-m", f"benchmarks.peers.{library}", folder],
            cwd=ROOT,
            # Only the repository is on its path, so that nothing of ours is imported by mistake.
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            text=True,
        )
        assert process.stdin and process.stdout

        def ask(model: str, settings: Mapping[str, Any]) -> Answer:
            print(json.dumps({"model": model, "settings": settings}), file=process.stdin, flush=True)
            seconds = _line(process, folder)
            return Answer(read_scores(folder), **seconds)

        try:
            yield Conversation(tuple(_line(process, folder)["versions"]), ask)
        finally:
            process.stdin.close()
            process.wait()


def once_each(histories: Histories) -> csr_matrix:
    """Ones for what each member watched, however often: the one form every peer takes."""
    ones = np.ones(histories.n_events, dtype=np.float32)
    shape = (histories.n_members, histories.n_titles)
    plays = csr_matrix((ones, histories.titles, histories.offsets), shape=shape, copy=True)
    plays.sum_duplicates()
    plays.data[:] = 1.0
    return plays


def _line(process: subprocess.Popen[str], folder: Path) -> dict[str, Any]:
    assert process.stdout
    line = process.stdout.readline()
    if not line:
        code, said = process.wait(), (folder / "said.txt").read_text()
        raise RuntimeError(f"{process.args!r} ended with code {code} before it answered:\n{said}")
    answer: dict[str, Any] = json.loads(line)
    return answer
