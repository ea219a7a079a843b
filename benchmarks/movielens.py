"""MovieLens 1M as arrays, through Openslate's own import and gated read, kept in a temporary project."""

import tempfile
from pathlib import Path

from benchmarks.machine import real_data
from openslate.data.datasets import Viewing, viewing
from openslate.data.sources.movielens import import_movielens
from openslate.project import Project


def movielens_1m() -> Viewing:
    """Every rating of MovieLens 1M, in the order of time and then of the file."""
    with tempfile.TemporaryDirectory() as folder:
        project = Project.init(Path(folder) / "svc")
        import_movielens(project, real_data() / "ml-1m")
        return viewing(project, ("train", "evaluate"), "benchmark")
