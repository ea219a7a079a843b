"""What the gate costs on a training read of 10 million rows, against the same read without one in the same run.

With the gate: everybody's word and every basis is looked up, a salted commitment to each member is hashed into one
Merkle root, and the entry is on the disk before a row is handed over. Without: the rows are grouped by member, which
numbering members needs in any case, and handed over.

    python -m benchmarks gate_overhead        GATE_ROWS=1000000 for a quick look
"""

import os
import shutil
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path

import duckdb

from benchmarks.import_speed import MEMBERS, SEED, TITLES, write_plays, write_titles
from openslate.clock import stopwatch
from openslate.data import datasets
from openslate.data.sources.csv import import_csv
from openslate.project import Project
from openslate.rights.consent import PURPOSES, Basis, record_member
from openslate.rights.gate import Decision, pass_through
from openslate.storage.manifest import Snapshot

ROWS = int(os.environ.get("GATE_ROWS", "10000000"))
ROUNDS = 5


def main() -> None:
    """Print both medians and what the gate adds."""
    print(f"{ROWS:,} plays of {MEMBERS:,} members and {TITLES:,} titles, seed {SEED}, {ROUNDS} rounds of each in turn")
    with tempfile.TemporaryDirectory() as folder:
        project = a_project(Path(folder))
        took: dict[str, list[float]] = {"gated": [], "ungated": []}
        for number in range(ROUNDS):
            took["gated"].append(read(project))
            datasets.pass_through = ungated
            took["ungated"].append(read(project))
            datasets.pass_through = pass_through
            print(
                f"  round {number + 1}: gated {took['gated'][-1]:.2f} s, ungated {took['ungated'][-1]:.2f} s",
                flush=True,
            )
    gated, without = statistics.median(took["gated"]), statistics.median(took["ungated"])
    print(
        f"gated {gated:.2f} s, ungated {without:.2f} s (medians): the gate adds {gated / without - 1:.1%}; "
        "under 10% is wanted"
    )


def a_project(folder: Path) -> Project:
    """A service of that size, in which two members had a word of their own."""
    write_plays(folder / "plays.csv", ROWS)
    write_titles(folder / "titles.csv")
    project = Project.init(folder / "svc")
    import_csv(project, folder / "titles.csv", "titles")
    import_csv(project, folder / "plays.csv", "plays", basis=Basis("Terms.", PURPOSES))
    record_member(project, "m0000001", ["train"], granted=False)
    record_member(project, "m0000002", ["train"], granted=True)
    return project


def read(project: Project) -> float:
    """Seconds of one read for training, nothing of which was prepared before."""
    shutil.rmtree(project.people / "prepared", ignore_errors=True)
    start = stopwatch()
    datasets.viewing(project, ("train",), "benchmark")
    return stopwatch() - start


def ungated(
    project: Project,
    connection: duckdb.DuckDBPyConnection,
    rows: str,
    into: str,
    purposes: Sequence[str],
    reader: str,
    snapshot: Snapshot,
    texts_denied: int,
) -> Decision:
    """What a read without a gate would do: this stands in for `pass_through` here and nowhere else."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {into}_allowed AS "
        f"SELECT member, source, count(*) AS rows FROM {rows} GROUP BY ALL"
    )
    members, count = connection.execute(f"SELECT count(DISTINCT member), sum(rows) FROM {into}_allowed").fetchall()[0]
    connection.execute(f"CREATE OR REPLACE TEMP VIEW {into} AS SELECT * FROM {rows}")
    return Decision(tuple(purposes), reader, snapshot.id, members, 0, count, 0, "", {}, {}, texts_denied, (), "")


if __name__ == "__main__":
    main()
