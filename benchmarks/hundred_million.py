"""One million members, 20,000 titles and 100 million plays through every stage, each beside its bound.

The plays have something to learn: members belong to groups with a part of the catalogue each, titles are watched in
a Zipf-like way, and three in a row are episodes of one chain. Every stage runs in a process of its own, so that its
peak memory is its own; its bound is what `benchmarks.bounds` says that it cannot do without, at speeds measured just
before. Other work on the machine lengthens a stage and not its bound, so processor time stands beside wall time.

    python -m benchmarks.hundred_million [--members N] [--plays N] [--titles N] [--stages import,viewing,train,batch]
                                         [--batch-seconds S]
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from benchmarks import bounds
from benchmarks.bounds import SEED, Bound, Size
from benchmarks.machine import describe
from openslate.data.datasets import viewing
from openslate.data.sources.parquet import import_parquet
from openslate.progress import Pace, left_in_words
from openslate.project import Project
from openslate.rights.consent import PURPOSES, Basis

GROUPS, FILES, DAYS = 50, 10, 365
SETTINGS = "[limits]\nthreads = 2\nlock_wait_seconds = 600\n"
STAGES = ("import", "viewing", "again", "train", "batch")
GIGABYTES_ALLOWED = 12.0


@dataclass(frozen=True)
class Measured:
    """What a stage took.

    Attributes:
        seconds: wall time.
        processor: seconds of all cores together.
        gigabytes: the most memory its process held, mapped files included.
        said: what it came to, in words.
        members: how many were scored by a batch that was stopped; None where the stage came to its end.
    """

    seconds: float
    processor: float
    gigabytes: float
    said: str
    members: int | None = None


def main() -> None:
    """Print each stage's time, memory, bound and ratio."""
    parser = argparse.ArgumentParser(description="A large service through every stage.")
    parser.add_argument("--members", type=int, default=1_000_000)
    parser.add_argument("--plays", type=int, default=100_000_000)
    parser.add_argument("--titles", type=int, default=20_000)
    parser.add_argument("--stages", default=",".join(STAGES), help="which, separated by commas; import comes first")
    parser.add_argument("--folder", type=Path, help="where to work, and leave everything; a temporary one if left out")
    parser.add_argument("--batch-seconds", type=float, help="stop the batch then, and say how far it came")
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
        bandwidth = bounds.bytes_a_second(folder)
        print(f"this disk and SHA-256: {bandwidth / 1e9:.2f} GB/s", flush=True)
        for name in options.stages.split(","):
            show(name, folder, size, bandwidth, options.batch_seconds if name == "batch" else None)


def show(name: str, folder: Path, size: Size, bandwidth: float, most_seconds: float | None) -> None:
    """Run one stage in a process of its own and print what it took beside its bound."""
    found = alone(name, folder, most_seconds)
    if found.members is not None:
        size = replace(size, members=found.members)
    bound = BOUND[name](folder, size, bandwidth)
    warning = "" if found.gigabytes < GIGABYTES_ALLOWED else f", MORE THAN {GIGABYTES_ALLOWED:.0f} GB"
    undisturbed = found.processor / bounds.cores()
    print(
        f"{name:8} {found.seconds:8.1f} s, {found.processor:.0f} processor seconds, peak {found.gigabytes:5.2f} GB"
        f"{warning}; bound {bound.seconds:7.1f} s ({bound.in_words}): {found.seconds / bound.seconds:5.1f} times, "
        f"{undisturbed / bound.seconds:.1f} times by processor time on {bounds.cores()} cores; {found.said}",
        flush=True,
    )


def alone(name: str, folder: Path, most_seconds: float | None) -> Measured:
    """Run a stage in a fresh process and bring back what it took; a batch that takes too long is stopped."""
    words = [sys.executable, "-m", "benchmarks.hundred_million", "--folder", str(folder), "--inside", name]
    try:
        found = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False, timeout=most_seconds)
    except subprocess.TimeoutExpired:
        return stopped(folder, most_seconds or 0.0)
    if found.returncode:
        raise SystemExit(found.returncode)
    return Measured(**json.loads(found.stdout))


def stopped(folder: Path, seconds: float) -> Measured:
    """How far a batch came that was killed; called again, it would go on from there."""
    told = json.loads((folder / "batch" / "unfinished.json").read_text())
    members = min(len(told["parts"]) * told["plan"]["members_per_part"], told["plan"]["members"])
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = f"STOPPED after {members:,} of {told['plan']['members']:,} members, bound and ratio are for those"
    return Measured(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 2**20, said, members)


def inside(name: str, folder: Path) -> None:
    """Run a stage in this process and print what it took, for `alone`."""
    started = time.perf_counter()
    said = RUN[name](folder)
    seconds = time.perf_counter() - started
    usage = resource.getrusage(resource.RUSAGE_SELF)
    processor = usage.ru_utime + usage.ru_stime
    print(json.dumps({"seconds": seconds, "processor": processor, "gigabytes": held(), "said": said}))


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
BOUND: dict[str, Callable[[Path, Size, float], Bound]] = {
    "import": bounds.of_import,
    "viewing": bounds.of_viewing,
    "again": bounds.of_another,
    "train": bounds.of_training,
    "batch": bounds.of_batch,
}

if __name__ == "__main__":
    main()
