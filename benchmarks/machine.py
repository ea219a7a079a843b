"""What a figure was measured on, how repeated timings are taken, and where the real data lies."""

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

LIBRARIES = ("openslate", "numpy", "scipy", "numba", "duckdb", "implicit")


def describe() -> str:
    """Machine and versions, in one line."""
    found = []
    for library in LIBRARIES:
        try:
            found.append(f"{library} {version(library)}")
        except PackageNotFoundError:
            found.append(f"{library} not installed")
    processor = next(
        (
            line.split(":")[1].strip()
            for line in (Path("/proc/cpuinfo").read_text().splitlines() if sys.platform == "linux" else [])
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    return f"{os.cpu_count()} x {processor}, Python {platform.python_version()}, {', '.join(found)}"


def in_turn(
    ours: Callable[[], object],
    peer: Callable[[], object],
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[float, float, float]:
    """Time two functions in turn, so that a drifting machine slows both.

    Args:
        ours: the first of each pair.
        peer: the second.
        rounds: how many pairs.
        clock: seconds on the wall, or `time.process_time`, which other processes add nothing to.

    Returns:
        Median seconds of ours, median seconds of the peer, and the median of the ratios peer / ours.
    """
    pairs = [(_seconds(ours, clock), _seconds(peer, clock)) for _ in range(rounds)]
    return (
        statistics.median(first for first, _ in pairs),
        statistics.median(second for _, second in pairs),
        statistics.median(second / first for first, second in pairs),
    )


def _seconds(function: Callable[[], object], clock: Callable[[], float]) -> float:
    started = clock()
    function()
    return clock() - started


def real_data() -> Path:
    """The folder of real data, or an exit that says how to name it."""
    folder = Path(os.environ.get("OPENSLATE_DATA", Path(__file__).parent.parent.parent / "shared" / "data"))
    if not (folder / "ml-1m" / "ratings.dat").exists():
        sys.exit(f"This benchmark needs MovieLens 1M in {folder / 'ml-1m'}; name its parent with OPENSLATE_DATA.")
    return folder
