"""One million members, 20,000 titles and 100 million plays through every stage, each beside its bound.

The plays have something to learn: members belong to groups with a part of the catalogue each, titles are watched in
a Zipf-like way, and three in a row are episodes of one chain. Every stage runs in a process of its own, so that its
peak memory is its own; its bound is the time that the same bytes take through the disk and the hash of a file, or the
same floating-point operations through the machine's BLAS, both measured just before.

    python -m benchmarks.hundred_million [--members N] [--plays N] [--titles N] [--stages import,viewing,train,batch]
"""

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np

from benchmarks.machine import describe
from openslate.apps.personalize.recipe import Recipe
from openslate.data.datasets import viewing
from openslate.data.sources.parquet import import_parquet
from openslate.progress import Pace, left_in_words
from openslate.project import Project
from openslate.registry import artifacts
from openslate.rights.consent import PURPOSES, Basis

SEED = 20261122
GROUPS, FILES, DAYS = 50, 10, 365
SETTINGS = "[limits]\nthreads = 2\nlock_wait_seconds = 600\n"
STAGES = ("import", "viewing", "again", "train", "batch")
GIGABYTES_ALLOWED = 12.0


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
class Measured:
    """What a stage took.

    Attributes:
        seconds: wall time.
        gigabytes: the most memory its process held, mapped files included.
        said: what it came to, in words.
    """

    seconds: float
    gigabytes: float
    said: str


def main() -> None:
    """Print each stage's time, memory, bound and ratio."""
    parser = argparse.ArgumentParser(description="A large service through every stage.")
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--plays", type=int, default=100_000_000)
    parser.add_argument("--titles", type=int, default=20_000)
    parser.add_argument("--stages", default=",".join(STAGES), help="which, separated by commas; import comes first")
    parser.add_argument("--folder", type=Path, help="where to work, and leave everything; a temporary one if left out")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        inside(options.inside, options.folder)
        return
    print(describe())
    size = Size(options.members, options.plays, options.titles)
    print(f"{size.members:,} members, {size.titles:,} titles, {size.plays:,} plays, seed {SEED}", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(exist_ok=True)
        if not (folder / f"plays-{FILES - 1}.parquet").exists():
            started = time.perf_counter()
            write_service(folder, size)
            print(f"written in {time.perf_counter() - started:.0f} s", flush=True)
        bandwidth = bytes_a_second(folder)
        print(f"this disk and SHA-256: {bandwidth / 1e9:.2f} GB/s", flush=True)
        for name in options.stages.split(","):
            show(name, folder, size, bandwidth)


def show(name: str, folder: Path, size: Size, bandwidth: float) -> None:
    """Run one stage in a process of its own and print what it took beside its bound."""
    found = alone(name, folder)
    bound, how = BOUND[name](folder, size, bandwidth)
    warning = "" if found.gigabytes < GIGABYTES_ALLOWED else f", MORE THAN {GIGABYTES_ALLOWED:.0f} GB"
    print(
        f"{name:8} {found.seconds:8.1f} s, peak {found.gigabytes:5.2f} GB{warning}; "
        f"bound {bound:7.1f} s ({how}), {found.seconds / bound:5.1f} times; {found.said}",
        flush=True,
    )


def alone(name: str, folder: Path) -> Measured:
    """Run a stage in a fresh process and bring back what it took."""
    words = [sys.executable, "-m", "benchmarks.hundred_million", "--folder", str(folder), "--inside", name]
    found = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False)
    if found.returncode:
        raise SystemExit(found.returncode)
    return Measured(**json.loads(found.stdout))


def inside(name: str, folder: Path) -> None:
    """Run a stage in this process and print what it took, for `alone`."""
    started = time.perf_counter()
    said = RUN[name](folder)
    seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds, "gigabytes": held(), "said": said}))


def import_all(folder: Path) -> str:
    """Titles, members and every file of plays into a new project."""
    project = Project.init(folder / "svc")
    (folder / "svc" / "openslate.toml").write_text(SETTINGS)
    project = Project.open(folder / "svc")
    basis = Basis("Invented for a benchmark.", PURPOSES)
    import_parquet(project, folder / "titles.parquet", "titles", source="service", basis=basis)
    import_parquet(project, folder / "members.parquet", "members", source="service", basis=basis)
    added, slowest = 0, 0.0
    for path in sorted(folder.glob("plays-*.parquet")):
        report = import_parquet(project, path, "plays", source="service", basis=basis)
        added += report.tables["plays"].added
        slowest = max(slowest, report.seconds)
    return f"{added:,} plays added, slowest file {slowest:.1f} s"


def view(folder: Path) -> str:
    """Every play through the gate into prepared histories."""
    data = viewing(Project.open(folder / "svc"), ("train",), "benchmark")
    return f"{data.histories.n_events:,} events of {data.histories.n_members:,} members"


def train_model(folder: Path) -> str:
    """A model as `openslate personalize train` makes it."""
    from openslate.apps.personalize.train import train
    from openslate.registry import runs

    project, steps = Project.open(folder / "svc"), Steps()
    trained = train(project, progress=steps)
    counted = runs.find(project, trained.run).record["sums"]
    return f"sums {counted}; {trained.outcome}\n{steps.in_words()}"


@dataclass
class Steps:
    """How long each step of some work takes, and what memory was held at most by its end.

    Attributes:
        told: each step's name, and the seconds on a stopwatch at which it began.
        gigabytes: the most memory held when the step after it began.
        pace: how fast it goes.
    """

    told: list[tuple[str, float]] = field(default_factory=list)
    gigabytes: list[float] = field(default_factory=list)
    pace: Pace = field(default_factory=Pace)

    def __call__(self, step: str, share: float) -> None:
        """Note when a step begins, and say so."""
        left = left_in_words(self.pace.seconds_left(time.perf_counter(), share))
        if not self.told or self.told[-1][0] != step:
            self.gigabytes.append(held())
            self.told.append((step, time.perf_counter()))
            print(f"{share:5.0%}, {held():5.2f} GB: {step}, {left}", file=sys.stderr, flush=True)

    def in_words(self) -> str:
        """A line for each step that took a second or more."""
        ends = [*(began for _, began in self.told[1:]), time.perf_counter()]
        peaks = [*self.gigabytes[1:], held()]
        return "\n".join(
            f"{end - began:17.1f} s, peak so far {peak:5.2f} GB: {step}"
            for (step, began), end, peak in zip(self.told, ends, peaks, strict=True)
            if end - began >= 1
        )


def held() -> float:
    """Gigabytes this process has held at most so far, mapped files included."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


def score_all(folder: Path) -> str:
    """Every member's hundred best titles."""
    from openslate.apps.personalize.batch import batch

    done = batch(Project.open(folder / "svc"), folder / "batch")
    return f"{done.members:,} members, {done.rows:,} rows"


def bytes_of_import(folder: Path, size: Size, bandwidth: float) -> tuple[float, str]:
    """Every byte is read and hashed, typed and written, read to be compared, and hashed again for its name."""
    plays = sum(path.stat().st_size for path in folder.glob("plays-*.parquet"))
    return 4 * plays / bandwidth, f"4 x {plays / 1e9:.1f} GB"


def bytes_of_viewing(folder: Path, size: Size, bandwidth: float) -> tuple[float, str]:
    """The files are hashed, read by the gate and read to be encoded; the numbers are written, sorted and hashed."""
    plays = sum(path.stat().st_size for path in (folder / "svc" / "people" / "plays").glob("*.parquet"))
    arrays = size.plays * 16
    return (3 * plays + 4 * arrays) / bandwidth, f"3 x {plays / 1e9:.1f} GB + 4 x {arrays / 1e9:.1f} GB"


def bytes_of_another(folder: Path, size: Size, bandwidth: float) -> tuple[float, str]:
    """The files are hashed and read by the gate, and the arrays are hashed."""
    plays = sum(path.stat().st_size for path in (folder / "svc" / "people" / "plays").glob("*.parquet"))
    arrays = size.plays * 16
    return (2 * plays + arrays) / bandwidth, f"2 x {plays / 1e9:.1f} GB + {arrays / 1e9:.1f} GB"


def flops_of_training(folder: Path, size: Size, bandwidth: float) -> tuple[float, str]:
    """Every system that is solved: those of all parts on validation, and those of the parts that stay on all events.

    An inverse takes n^3 multiplications and additions, a system with n right sides n^3 / 3 for the factor and 2 n^3.
    """
    peak = flops_a_second()
    solved = [cubes_of(Recipe().parts), cubes_of(components(folder))]
    flops = sum(solved) * size.titles**3
    return flops / peak, f"{flops / 1e12:.1f} TFLOP in solves at {peak / 1e9:.0f} GFLOP/s"


def cubes_of(parts: Collection[str]) -> float:
    """Multiplications and additions of the systems of these parts, in n^3."""
    inverses = ("taste" in parts) + bool({"recent", "latest"} & set(parts))
    return inverses + 7 / 3 * len({"sequential", "sequential_wide", "sequential_next", "temporal"} & set(parts))


def bytes_of_scoring(folder: Path, size: Size, bandwidth: float) -> tuple[float, str]:
    """A row of weights, value and title, for each event and item-item model, from memory."""
    speed = memory_bytes_a_second()
    kept = min(size.titles, Recipe().large.weights_per_row) if Recipe().is_large(size.titles) else size.titles
    each = 8 if Recipe().is_large(size.titles) else 4
    models = len({"taste", "recent", "latest", "sequential", "sequential_wide", "sequential_next"} & components(folder))
    wanted = size.plays * kept * each * models
    return wanted / speed, f"{wanted / 1e12:.1f} TB of weights at {speed / 1e9:.1f} GB/s"


def components(folder: Path) -> set[str]:
    """The parts of the model trained last."""
    return set(artifacts.every(Project.open(folder / "svc"))[-1].manifest["components"])


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
    """How fast one large array is read."""
    array = np.ones(64 << 20, dtype=np.float32)
    started = time.perf_counter()
    for _ in range(4):
        array.sum()
    return 4 * array.nbytes / (time.perf_counter() - started)


def flops_a_second() -> float:
    """How fast this machine multiplies float32 matrices."""
    side = 3000
    matrix = np.ones((side, side), dtype=np.float32)
    matrix @ matrix
    started = time.perf_counter()
    matrix @ matrix
    return 2.0 * side**3 / (time.perf_counter() - started)


def write_service(folder: Path, size: Size) -> None:
    """Titles, members, and plays in files that follow one another in time; equal sizes give equal rows."""
    with duckdb.connect(config={"threads": 2, "memory_limit": "4GB", "temp_directory": str(folder / "spill")}) as to:
        to.execute(
            f"COPY (SELECT 't' || lpad(i::VARCHAR, 5, '0') AS title, 'Film ' || i AS name, "
            f"DATE '2020-01-01' + (i % 1500)::INTEGER AS released, ['Genre ' || (i % {GROUPS}) % 12] AS genres "
            f"FROM range({size.titles}) numbers(i)) TO '{folder}/titles.parquet' (FORMAT parquet)"
        )
        to.execute(
            f"COPY (SELECT 'm' || lpad(i::VARCHAR, 7, '0') AS member, "
            f"['FR', 'DE', 'GB', 'US'][(hash(i) % 4 + 1)::BIGINT] AS country "
            f"FROM range({size.members}) numbers(i)) TO '{folder}/members.parquet' (FORMAT parquet)"
        )
        for number in range(FILES):
            to.execute(f"COPY ({plays_of_file(size, number)}) TO '{folder}/plays-{number}.parquet' (FORMAT parquet)")


def plays_of_file(size: Size, number: int) -> str:
    """SQL of the plays of one window of time.

    Member m has n plays, from a few to two and a half times the mean. The k-th is an episode of the chain that
    began with the last k that three divides; most chains lie in the part of the catalogue that m's group likes.
    """
    mean, per_group = size.plays / size.members, size.titles // GROUPS
    most = int(2.5 * mean / FILES) + 2
    chance = "(hash({0}) % 1000003) / 1000003.0"
    return f"""
    SELECT 'm' || lpad(m::VARCHAR, 7, '0') AS member,
      't' || lpad(((floor({per_group} * pow({chance.format(f"chain, {SEED + 1}")}, 3))::INTEGER + k % 3)
        % {per_group} * {GROUPS} + taste)::VARCHAR, 5, '0') AS title,
      TIMESTAMP '2025-01-01' + to_microseconds((
        (k + {chance.format(f"m, k, {SEED + 2}")}) / n * {DAYS * 86_400}.0)::BIGINT * 1000000) AS started,
      (hash(m, k, {SEED + 3}) % 7200)::DOUBLE AS seconds,
      (hash(m, k, {SEED + 4}) % 101) / 100.0 AS completion
    FROM (
      SELECT m, n, k, hash(m, k // 3, {SEED}) AS chain,
        CASE WHEN hash(m, k // 3, {SEED + 5}) % 10 < 7 THEN hash(m, {SEED + 6}) % {GROUPS}
          ELSE hash(m, k // 3, {SEED + 7}) % {GROUPS} END::INTEGER AS taste
      FROM (
        SELECT m, n, ceil(n * {number} / {FILES}.0)::INTEGER + j AS k
        FROM (SELECT m, (2.5 * {mean} * pow({chance.format(f"m, {SEED + 8}")}, 1.5))::INTEGER + 3 AS n
              FROM range({size.members}) numbers(m)), range({most}) places(j)
      ) WHERE k < n * {number + 1} / {FILES}.0
    )"""


RUN: dict[str, Callable[[Path], str]] = {
    "import": import_all,
    "viewing": view,
    "again": view,
    "train": train_model,
    "batch": score_all,
}
BOUND: dict[str, Callable[[Path, Size, float], tuple[float, str]]] = {
    "import": bytes_of_import,
    "viewing": bytes_of_viewing,
    "again": bytes_of_another,
    "train": flops_of_training,
    "batch": bytes_of_scoring,
}

if __name__ == "__main__":
    main()
