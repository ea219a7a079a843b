"""What each stage of the large benchmark cannot do without, in seconds of a machine that has nothing else to do.

Bytes go through the disk and a hash, additions of whole numbers through both cores' caches, weights through memory, and
floating-point operations through BLAS; how fast those are is measured on the spot, in processor time, so that whatever
else runs on the machine does not lengthen the bound.
"""

import hashlib
import os
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from threadpoolctl import threadpool_limits

from openslate.apps.personalize.baselines import MOST_TITLES, RIDGES
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.recommender import Recommender
from openslate.apps.personalize.weighing import DROPOUTS
from openslate.data.datasets import viewing
from openslate.models.blend import Scorer
from openslate.models.factors import Factors
from openslate.models.following import Following
from openslate.models.histories import Histories
from openslate.models.member_neighbours import MemberNeighbours
from openslate.models.neighbours import Neighbours
from openslate.models.sparse_rows import SparseRows
from openslate.models.truncation import CutEase, CutSequential
from openslate.models.weights import taste_rows
from openslate.project import Project

SEED = 20261122
EVENT_BYTES = 16
LOOKED_AT = 500
"""Members whose histories say how many weights the scores of all take."""
PASSES = 4
"""Times that each part's score of each title is touched: written, for its mean, for its deviation, and to be added."""


@dataclass(frozen=True)
class Size:
    """How much there is.

    Attributes:
        members: how many.
        plays: about how many in all.
        titles: how many.
    """

    members: int
    plays: int
    titles: int


@dataclass(frozen=True)
class Bound:
    """Seconds that a stage takes at least, and what for.

    Attributes:
        parts: what has to be done, in words, and the seconds that takes.
    """

    parts: tuple[tuple[str, float], ...]

    @property
    def seconds(self) -> float:
        """In all."""
        return sum(seconds for _, seconds in self.parts)

    @property
    def in_words(self) -> str:
        """What for."""
        return " + ".join(f"{seconds:.0f} s for {what}" for what, seconds in self.parts)


def of_import(folder: Path, size: Size, bandwidth: float) -> Bound:
    """Every byte is read and hashed, typed and written, read to be compared, and hashed again for its name."""
    plays = sum(path.stat().st_size for path in folder.glob("plays-*.parquet"))
    return Bound(((f"4 x {plays / 1e9:.1f} GB through disk and hash", 4 * plays / bandwidth),))


def of_viewing(folder: Path, size: Size, bandwidth: float) -> Bound:
    """The files are hashed, read by the gate and read to be encoded; the numbers are written, sorted and hashed."""
    plays, arrays = _bytes_of_plays(folder), size.plays * EVENT_BYTES
    what = f"3 x {plays / 1e9:.1f} GB + 4 x {arrays / 1e9:.1f} GB through disk and hash"
    return Bound(((what, (3 * plays + 4 * arrays) / bandwidth),))


def of_another(folder: Path, size: Size, bandwidth: float) -> Bound:
    """The files are hashed and read by the gate, and the arrays are hashed."""
    plays, arrays = _bytes_of_plays(folder), size.plays * EVENT_BYTES
    what = f"2 x {plays / 1e9:.1f} GB + {arrays / 1e9:.1f} GB through disk and hash"
    return Bound(((what, (2 * plays + arrays) / bandwidth),))


def of_training(folder: Path, size: Size, bandwidth: float) -> Bound:
    """Reading, sums over pairs of events, and every system that is solved, on validation and on all events.

    An inverse takes n^3 multiplications and additions, a system with n right sides n^3 / 3 for the factor and 2 n^3.
    """
    recipe, peak, adding = Recipe().sized(size.titles), flops_a_second(), additions_a_second()
    stay = set(_blend(folder))
    on_validation = min(size.titles, recipe.large.solved_on_validation if recipe.is_large(size.titles) else size.titles)
    flops = (
        len(RIDGES) * len(DROPOUTS) * min(size.titles, MOST_TITLES) ** 3
        + cubes_of(recipe.parts) * on_validation**3
        + cubes_of(stay) * size.titles**3
    )
    # What members of these lengths have in pairs: the mean of the squares is 25/16 of the square of the mean.
    gram = size.plays * (size.plays / size.members) * 25 / 32
    pairs = size.plays * (2 * recipe.sequential.past + recipe.sequential.future)
    grams = 2 + 1 + bool({"recent", "latest", "similar"} & stay)
    walks = 1 + bool({"sequential", "following"} & stay)
    additions = grams * gram + walks * pairs
    return Bound(
        (
            *of_another(folder, size, bandwidth).parts,
            (f"{additions / 1e9:.0f} G additions at {adding / 1e9:.1f} G/s", additions / adding),
            (f"{flops / 1e12:.1f} TFLOP of systems at {peak / 1e9:.0f} GFLOP/s", flops / peak),
        )
    )


def cubes_of(parts: Collection[str]) -> float:
    """Multiplications and additions of the systems of these parts, in n^3."""
    inverses = ("taste" in parts) + bool({"recent", "latest"} & set(parts))
    return inverses + 7 / 3 * len({"sequential", "sequential_wide", "sequential_next", "temporal"} & set(parts))


def of_batch(folder: Path, size: Size, bandwidth: float) -> Bound:
    """Reading, the weights each member's events name, every score from its first time to its last, and the lists."""
    project = Project.open(folder / "svc")
    blend = Recommender.open(project).fitted.blend
    histories = viewing(project, ("personalize",), "benchmark").histories
    some = histories.take(np.linspace(0, histories.n_members - 1, LOOKED_AT).astype(np.int64))
    read = {name: size.members * weights_read(model, some) for name, model in blend.parts.items()}
    touched = PASSES * len(read) * size.members * size.titles
    factors = [model.title_factors.shape[1] for model in blend.parts.values() if isinstance(model, Factors)]
    flops = sum(size.members * 2.0 * size.titles * width + _solves(some, size, width) for width in factors)
    weights, adding, memory, peak = sum(read.values()), additions_a_second(), memory_bytes_a_second(), flops_a_second()
    return Bound(
        (
            *of_another(folder, size, bandwidth).parts,
            (f"{8 * weights / 1e12:.1f} TB of weights from memory at {memory / 1e9:.1f} GB/s", 8 * weights / memory),
            (f"{touched / 1e9:.0f} G touched scores at {2 * adding / 1e9:.1f} G/s", touched / (2 * adding)),
            (f"{flops / 1e12:.1f} TFLOP of factors at {peak / 1e9:.0f} GFLOP/s", flops / peak),
        )
    )


def weights_read(model: Scorer, some: Histories) -> float:
    """Weights, or places of other members, that scoring one member reads, in the mean over some."""
    if isinstance(model, CutEase | CutSequential):
        return _rows_read(model.rows(some).indices, model.weights) / some.n_members
    if isinstance(model, Following):
        last = [some.titles[max(stop - model.settings.latest, start) : stop] for start, stop in _spans(some)]
        return _rows_read(np.concatenate(last), model.lifts) / some.n_members
    if isinstance(model, Neighbours):
        return _rows_read(taste_rows(some, model.settings.fold_in).indices, model.rows) / some.n_members
    if isinstance(model, MemberNeighbours):
        audience, asked = np.bincount(model.titles, minlength=some.n_titles), model.settings
        shared = sum(
            audience[some.titles[max(stop - asked.shared, start) : stop]].sum() for start, stop in _spans(some)
        )
        latest = sum(
            audience[some.titles[max(stop - asked.latest, start) : stop]].sum() for start, stop in _spans(some)
        )
        around = 2 * asked.nearby + 1 + asked.ahead + asked.behind
        return float(shared + latest * around) / some.n_members
    return 0.0


def bytes_a_second(folder: Path) -> float:
    """How fast a file is written, synced, read and hashed, per byte of either way."""
    block = np.random.default_rng(SEED).bytes(64 << 20)
    path = folder / "bandwidth"
    started = time.perf_counter()
    with path.open("wb") as file:
        for _ in range(8):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    with path.open("rb") as file:
        hashlib.file_digest(file, "sha256")
    seconds = time.perf_counter() - started
    with suppress(FileNotFoundError):
        path.unlink()
    return 2 * 8 * len(block) / seconds


def memory_bytes_a_second() -> float:
    """How fast all cores together would read large arrays, if they never had to wait for one another."""
    array = np.ones(64 << 20, dtype=np.float32)
    return cores() * array.nbytes / _quickest(array.sum)


def flops_a_second() -> float:
    """How fast all cores multiply float32 matrices."""
    side = 2000
    matrix = np.ones((side, side), dtype=np.float32)
    with threadpool_limits(1):
        return cores() * 2.0 * side**3 / _quickest(lambda: matrix @ matrix)


def additions_a_second() -> float:
    """How fast all cores add whole numbers of 64 bits that lie in their caches."""
    sums, ones = np.zeros(4096, dtype=np.int64), np.ones(4096, dtype=np.int64)

    def add() -> None:
        for _ in range(1000):
            np.add(sums, ones, out=sums)

    return cores() * 1000 * len(sums) / _quickest(add)


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _quickest(work: Callable[[], object]) -> float:
    """Processor seconds of the quickest of a few tries."""
    taken = []
    for _ in range(5):
        started = time.process_time()
        work()
        taken.append(time.process_time() - started)
    return min(taken)


def _bytes_of_plays(folder: Path) -> int:
    return sum(path.stat().st_size for path in (folder / "svc" / "people" / "plays").glob("*.parquet"))


def _blend(folder: Path) -> dict[str, Scorer]:
    return dict(Recommender.open(Project.open(folder / "svc")).fitted.blend.parts)


def _solves(some: Histories, size: Size, width: int) -> float:
    """Each member's own small system: the products of the titles watched, and a Cholesky factor."""
    return size.members * (some.n_events / some.n_members * width**2 + width**3 / 3)


def _rows_read(rows: np.ndarray[tuple[int], np.dtype[np.integer]], weights: SparseRows) -> float:
    return float(np.diff(weights.row_offsets)[rows].sum())


def _spans(some: Histories) -> list[tuple[int, int]]:
    return [(int(start), int(stop)) for start, stop in zip(some.offsets[:-1], some.offsets[1:], strict=True)]
