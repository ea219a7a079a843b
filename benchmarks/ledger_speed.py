"""How fast decisions become durable, one by one and in batches, and how fast a whole ledger is verified.

Goals: 20,000 durable entries a second in batches of 1,000, and 1,000,000 entries verified in under 60 s, by Openslate
and, from an exported bundle, by the verifier that stands alone. Every entry names one of 20,000 people and one of 5,000
records, so the index that finds them again grows with the file. The speed of the disk's fsync is told, too.

    python -m benchmarks.ledger_speed [--small]
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.machine import describe
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.bundle import export_bundle

ENTRIES, SMALL = 1_000_000, 50_000
BATCH = 1_000
SINGLE = 500
APPENDS_GOAL, VERIFY_GOAL = 20_000, 60.0


def main() -> None:
    """Fill a ledger, then verify it."""
    parser = argparse.ArgumentParser(description="Durable appends and verification of the ledger.")
    parser.add_argument("--small", action="store_true", help=f"{SMALL:,} entries instead of {ENTRIES:,}")
    entries = SMALL if parser.parse_args().small else ENTRIES
    print(describe())
    with tempfile.TemporaryDirectory() as folder:
        os.environ["OPENSLATE_KEYS"] = f"{folder}/keys"
        project = Project.init(Path(folder) / "svc")
        key = ledger.make_key(project)
        ledger.checkpoint(project)
        print(f"one fsync of 300 bytes: {milliseconds(lambda: synced(Path(folder) / 'synced')):.2f} ms")
        print(f"one entry by itself: {milliseconds(lambda: ledger.append(project, entry(0))):.2f} ms")
        appending(project, entries)
        verifying(project, entries)
        alone(project, key.text, Path(folder) / "bundle")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory of this process: {peak:,.0f} MiB; the ledger: {size(project.ledger_path)}, ", end="")
        print(f"the state with its index: {size(project.state.path)}")


def entry(number: int) -> dict[str, str | int | list[str]]:
    """What the gate writes of one use."""
    return {
        "decision": "use",
        "outcome": "allow",
        "subject": f"{number * 2_654_435_761 % 20_000:064x}",
        "record": f"record-{number * 7_919 % 5_000:04d}",
        "packs": ["sag-aftra.tvth.2026"],
        "amount": "1283.00",
        "currency": "USD",
        "number": number,
    }


def appending(project: Project, entries: int) -> None:
    """Append in batches, and say how fast the first and the last tenth went."""
    started, worked = time.perf_counter(), time.process_time()
    marks = [started]
    for first in range(0, entries, BATCH):
        ledger.append_all(project, [entry(number) for number in range(first, first + BATCH)])
        marks.append(time.perf_counter())
    tenth = max(len(marks) // 10, 1)
    rates = [tenth * BATCH / (marks[tenth] - marks[0]), tenth * BATCH / (marks[-1] - marks[-1 - tenth])]
    print(
        f"{entries:,} entries in batches of {BATCH:,}: {entries / (marks[-1] - started):,.0f} a second "
        f"(first tenth {rates[0]:,.0f}, last tenth {rates[1]:,.0f}), "
        f"{(time.process_time() - worked) / entries * 1e6:.0f} us of processor each; goal: {APPENDS_GOAL:,} a second",
        flush=True,
    )


def verifying(project: Project, entries: int) -> None:
    """Verify with the index and the checkpoints; then sign, prove and search."""
    started = time.perf_counter()
    found = ledger.verify(project)
    taken = time.perf_counter() - started
    assert found.entries > entries
    goal = f"; goal: under {VERIFY_GOAL:.0f} s" if entries == ENTRIES else ""
    print(
        f"verified {found.entries:,} entries in {taken:.1f} s ({found.entries / taken:,.0f} a second){goal}", flush=True
    )
    started = time.perf_counter()
    ledger.checkpoint(project)
    print(f"a checkpoint over {entries:,} new entries, every line read again: {time.perf_counter() - started:.1f} s")
    subject = str(entry(77)["subject"])
    print(f"a proof of inclusion: {milliseconds(lambda: ledger.inclusion(project, 12_345)):.2f} ms")
    print(f"all entries of one person: {milliseconds(lambda: list(ledger.search(project, subject=subject))):.2f} ms")


def alone(project: Project, key: str, folder: Path) -> None:
    """Export all of it and let the verifier that stands alone check it."""
    started = time.perf_counter()
    export_bundle(project, folder)
    exported = time.perf_counter() - started
    started = time.perf_counter()
    command = [sys.executable, "-I", str(folder / "openslate_verify.py"), str(folder), "--key", key]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    taken = time.perf_counter() - started
    print(f"exported in {exported:.1f} s; verified by {Path(command[2]).name} in {taken:.1f} s", flush=True)


def milliseconds(work: Callable[[], object]) -> float:
    """The median time of a function."""
    taken = []
    for _ in range(SINGLE):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return sorted(taken)[SINGLE // 2] * 1000


def synced(path: Path) -> None:
    """Add some bytes to a file, durably."""
    with path.open("ab") as file:
        file.write(b"x" * 300)
        file.flush()
        os.fsync(file.fileno())


def size(path: Path) -> str:
    """The size of a file in words."""
    return f"{path.stat().st_size / 2**20:,.0f} MiB"


if __name__ == "__main__":
    main()
