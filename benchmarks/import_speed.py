"""How fast plays come in, against DuckDB's own csv-to-parquet copy of the same file in the same run.

Ours validates every value, compares every key with every other, looks every title up, and quarantines what is wrong.
The peer writes whatever the file holds. Both end with the file on the disk.

    python benchmarks/import_speed.py [--rows N] [--rounds N]
"""

import argparse
import os
import platform
import statistics
import tempfile
import time
from pathlib import Path

import duckdb

from openslate.data.admission.report import TableCounts
from openslate.data.sources.csv import import_csv
from openslate.project import Project

SEED = 20261122
MEMBERS, TITLES = 200_000, 20_000
BAD_ROWS = """CASE i % 6000 WHEN 0 THEN 'someday' WHEN 1000 THEN '1969-07-20 20:17:40' ELSE started END AS started,
CASE i % 6000 WHEN 2000 THEN 'long' WHEN 3000 THEN '-5' ELSE seconds END AS seconds,
CASE i % 6000 WHEN 4000 THEN '1.7' ELSE completion END AS completion"""


def main() -> None:
    """Print the machine, the medians and the ratio, for a good file and for one with 0.1% bad rows."""
    parser = argparse.ArgumentParser(description="Import of plays against DuckDB's own copy.")
    parser.add_argument("--rows", type=int, default=10_000_000, help="rows of the file (10,000,000)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds, ours and the peer in turn (3)")
    options = parser.parse_args()
    print(
        f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, DuckDB {duckdb.__version__}"
    )
    print(f"{options.rows:,} plays of {MEMBERS:,} members and {TITLES:,} titles, seed {SEED}, {options.rounds} rounds")
    with tempfile.TemporaryDirectory() as folder:
        good, bad, titles = (Path(folder) / name for name in ("plays.csv", "plays-bad.csv", "titles.csv"))
        write_plays(good, options.rows)
        write_bad_plays(good, bad)
        write_titles(titles)
        compare("good rows", good, titles, options.rounds, "")
        # The peer must be told to pass over rows it cannot read; it does not say which they were.
        kinds = "'member': 'VARCHAR', 'title': 'VARCHAR', 'started': 'TIMESTAMP', 'seconds': 'INTEGER'"
        how = f", columns = {{{kinds}, 'completion': 'DOUBLE'}}, ignore_errors = true"
        compare("0.1% bad rows", bad, titles, options.rounds, how)


def compare(name: str, plays: Path, titles: Path, rounds: int, how: str) -> None:
    """Run ours and the peer in turn and print what they took."""
    ours: list[float] = []
    peer: list[float] = []
    for number in range(rounds):
        target = plays.parent / "peer.parquet"
        target.unlink(missing_ok=True)
        start = time.perf_counter()
        with duckdb.connect() as connection:
            connection.execute(f"COPY (FROM read_csv('{plays}'{how})) TO '{target}' (FORMAT parquet)")
        sync(target)
        peer.append(time.perf_counter() - start)
        with tempfile.TemporaryDirectory(dir=plays.parent) as folder:
            project = Project.init(Path(folder) / "svc")
            import_csv(project, titles, "titles")
            start = time.perf_counter()
            counts = import_csv(project, plays, "plays").tables["plays"]
            ours.append(time.perf_counter() - start)
        print(f"  {name}, round {number + 1}: ours {ours[-1]:.2f} s, peer {peer[-1]:.2f} s, {told(counts)}", flush=True)
    ratio = statistics.median(peer) / statistics.median(ours)
    print(
        f"{name}: ours {statistics.median(ours):.2f} s, peer {statistics.median(peer):.2f} s (medians), "
        f"ratio {ratio:.2f}; at least 0.4 is wanted"
    )


def told(counts: TableCounts) -> str:
    """The counts in words."""
    return f"{counts.added:,} of {counts.read:,} added, {counts.quarantined:,} quarantined"


def sync(path: Path) -> None:
    """Wait until a file is on the disk, as an import does."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def write_plays(path: Path, rows: int) -> None:
    """A file of plays, in order of time, each key once."""
    with duckdb.connect() as connection:
        connection.execute(
            f"""COPY (SELECT printf('m%07d', (hash(i + {SEED}) % {MEMBERS})::INTEGER) AS member,
            printf('t%05d', (hash(i + {SEED} + 1) % {TITLES})::INTEGER) AS title,
            strftime(TIMESTAMP '2020-01-01' + to_seconds(i * 10), '%Y-%m-%d %H:%M:%S') AS started,
            (hash(i + {SEED} + 2) % 7200)::INTEGER AS seconds,
            (hash(i + {SEED} + 3) % 1000) / 1000 AS completion
            FROM range({rows}) numbers(i)) TO '{path}' (HEADER)"""
        )


def write_bad_plays(good: Path, bad: Path) -> None:
    """The same plays, every thousandth of them wrong: time, seconds, completion, or a title nobody knows."""
    with duckdb.connect() as connection:
        connection.execute(
            f"""COPY (SELECT member, CASE i % 6000 WHEN 5000 THEN 'nothing' ELSE title END AS title, {BAD_ROWS}
            FROM (SELECT *, row_number() OVER () - 1 AS i FROM read_csv('{good}', all_varchar = true)))
            TO '{bad}' (HEADER)"""
        )


def write_titles(path: Path) -> None:
    """The titles that plays name."""
    lines = [f"t{number:05d},Film {number},Drama|Comedy" for number in range(TITLES)]
    path.write_text("\n".join(["title,name,genres", *lines]) + "\n")


if __name__ == "__main__":
    main()
