"""Imports by real processes that are killed, or that meet each other."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from openslate.data.admission.report import TableCounts
from openslate.data.sources.csv import import_csv
from openslate.project import Project
from tests.data.imported import import_text, stored, with_titles, write_plays

ROWS = 60_000
# The process stops at the named step and says so, so that it dies exactly there.
PROGRAM = """
import os, sys, time
from pathlib import Path
from openslate.data.sources.csv import import_csv
from openslate.project import Project
from openslate.storage.lake import Lake

folder, plays, step = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]

def stop():
    print("here", flush=True)
    time.sleep(float(os.environ.get("PAUSE", "60")))

def tell(what, share):
    if what.startswith(step):
        stop()

if step in ("adopt", "commit"):
    real = getattr(Lake, step)
    def stopping(self, *given):
        if step == "commit":
            stop()
        result = real(self, *given)
        stop()
        return result
    setattr(Lake, step, stopping)
report = import_csv(Project.open(folder), plays, "plays", progress=tell)
print("added", report.tables["plays"].added, flush=True)
"""


def start(project: Project, plays: Path, step: str, pause: float = 60) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(project.folder), str(plays), step],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PAUSE": str(pause)},
    )


@pytest.mark.parametrize("step", ["Reading", "Checking", "Writing", "adopt", "commit"])
def test_a_killed_import_leaves_the_last_commit_and_the_next_one_works(
    project: Project, tmp_path: Path, step: str
) -> None:
    with_titles(project)
    import_text(project, "member,title,started\nfirst,t1,2024-01-01\n")
    plays = write_plays(tmp_path / "plays.csv", ROWS)
    process = start(project, plays, step)
    assert process.stdout is not None and process.stdout.readline() == "here\n"
    process.send_signal(signal.SIGKILL)
    process.communicate()
    left = Project.open(project.folder)
    assert [row[0] for row in stored(left, "plays")] == ["first"]
    report = import_csv(left, plays, "plays")
    assert report.tables["plays"] == TableCounts(ROWS, ROWS, 0, 0) and not report.already_imported
    assert len(stored(left, "plays")) == ROWS + 1
    shards = {f"{shard.hash}.parquet" for shard in left.lake.snapshot().shards}
    assert {path.name for path in left.folder.rglob("*.parquet")} == shards
    assert list(left.folder.rglob(".tmp-*")) == []


def test_a_kill_at_any_moment_leaves_nothing_half_done(project: Project, tmp_path: Path) -> None:
    with_titles(project)
    plays = write_plays(tmp_path / "plays.csv", ROWS)
    for delay in (0.25, 0.5, 0.75, 1.0):
        process = start(project, plays, "nowhere")
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert len(stored(Project.open(project.folder), "plays")) in (0, ROWS)
    with sqlite3.connect(project.folder / "state.sqlite") as state:
        assert state.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    import_csv(Project.open(project.folder), plays, "plays")
    assert len(stored(Project.open(project.folder), "plays")) == ROWS


def test_of_two_imports_one_waits_for_the_other(project: Project, tmp_path: Path) -> None:
    with_titles(project)
    one = start(project, write_plays(tmp_path / "one.csv", 2_000), "Checking", pause=0.5)
    two = start(project, write_plays(tmp_path / "two.csv", 3_000), "nowhere")
    outputs = [process.communicate(timeout=60) for process in (one, two)]
    assert [process.returncode for process in (one, two)] == [0, 0], outputs
    # Members m0 to m1999 at equal times stand in both files: whoever came second found them there.
    assert len(stored(project, "plays")) == 3_000
    assert sum(int(output.split("added ")[1]) for output, _ in outputs) == 3_000


def test_an_import_that_may_not_wait_says_so(project: Project, tmp_path: Path) -> None:
    with_titles(project)
    plays = write_plays(tmp_path / "one.csv", 100)
    (project.folder / "openslate.toml").write_text("[limits]\nlock_wait_seconds = 0.1\n")
    holder = start(project, plays, "Reading")
    assert holder.stdout is not None and holder.stdout.readline() == "here\n"
    late = start(project, plays, "nowhere")
    _, said = late.communicate(timeout=60)
    holder.kill()
    holder.communicate()
    assert late.returncode != 0
    assert "Another process is writing to" in said and "Run the command again once it is done" in said
