"""All that a process reads goes through one DuckDB: nothing of one read is in another's way, or outlives it."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import numpy as np
import pytest

from openslate.errors import ProjectError
from openslate.project import Project
from openslate.settings import Limits
from openslate.storage.connections import Connections
from tests.lake_rows import add_rows

FORKED = """
import os, sys
from pathlib import Path
from openslate.settings import Limits
from openslate.storage.connections import Connections

connections = Connections(Path(sys.argv[1]), Limits())
connections.shared().execute("SELECT sum(range) FROM range(1000)").fetchall()
if child := os.fork():
    raise SystemExit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
((folder, total),) = connections.shared().execute(
    "SELECT current_setting('temp_directory'), sum(range) FROM range(2_000_000)").fetchall()
os._exit(not (f"-{os.getpid()}-" in folder and total == 1_999_999_000_000))
"""


@pytest.fixture
def connections(tmp_path: Path) -> Connections:
    return Connections(tmp_path / "people", Limits())


def setting(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    return str(connection.execute(f"SELECT current_setting('{name}')").fetchall()[0][0])


def test_each_connection_has_its_own_tables_and_variables(connections: Connections) -> None:
    with connections.shared() as one, connections.shared() as other:
        one.execute("CREATE TEMP TABLE mine AS SELECT 1 AS number")
        one.execute("SET VARIABLE said = 'mine'")
        one.register("given", {"number": np.ones(1)})
        for other_one in (other, connections.shared()):
            assert other_one.execute("SELECT getvariable('said')").fetchall() == [(None,)]
            for name in ("mine", "given"):
                with pytest.raises(duckdb.CatalogException, match=name):
                    other_one.execute(f"SELECT * FROM {name}")
    with connections.shared() as later, pytest.raises(duckdb.CatalogException):
        later.execute("SELECT * FROM mine")


def test_every_connection_speaks_utc_and_shows_no_bar(connections: Connections) -> None:
    for connection in (connections.shared(), connections.shared(), connections.own()):
        assert setting(connection, "TimeZone") == "UTC"
        assert setting(connection, "enable_progress_bar") == "False"


def test_what_is_shared_is_one_and_what_is_own_is_another(connections: Connections) -> None:
    shared = {setting(connections.shared(), "temp_directory") for _ in range(2)}
    own = {setting(connections.own(), "temp_directory") for _ in range(2)}
    assert len(shared) == 1
    assert len(own | shared) == 3


def test_each_number_of_threads_has_a_duckdb_of_its_own(connections: Connections) -> None:
    assert setting(connections.shared(threads=1), "threads") == "1"
    assert setting(connections.shared(threads=3), "threads") == "3"
    assert setting(connections.shared(threads=1), "threads") == "1"


def test_threads_read_at_once(connections: Connections) -> None:
    found: list[int] = []

    def read(number: int) -> None:
        with connections.shared() as connection:
            connection.execute(f"CREATE TEMP TABLE own AS SELECT range AS n FROM range({number})")
            found.append(connection.execute("SELECT count(*) FROM own").fetchall()[0][0] - number)

    threads = [threading.Thread(target=read, args=(1000 + number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [0] * 8


def test_what_was_spilled_is_gone_with_its_query(tmp_path: Path) -> None:
    connections = Connections(tmp_path, Limits(memory_gigabytes=0.1, threads=1))
    with connections.shared() as connection:
        connection.execute("CREATE TEMP TABLE wide AS SELECT hash(range) AS h, repeat('x', 60) AS x FROM range(999999)")
        connection.execute("SELECT count(*) FROM (SELECT * FROM wide ORDER BY h)").fetchall()
        assert [path for path in tmp_path.rglob("*.tmp") if path.stat().st_size]
    assert list(tmp_path.rglob("*.tmp")) == []


def test_a_file_that_is_damaged_between_two_reads_is_noticed(project: Project) -> None:
    shard = add_rows(project, "plays", [("ann", "t1", "2024-01-01")])
    path = project.lake.path_of(shard)
    times = (path.stat().st_atime_ns, path.stat().st_mtime_ns - 3_600 * 10**9)
    os.utime(path, ns=times)
    with project.lake.reading() as connection:
        connection.execute(f"SELECT member FROM read_parquet('{path}')").fetchall()
    path.write_bytes(b"\0" * path.stat().st_size)
    os.utime(path, ns=times)
    with pytest.raises(ProjectError, match="damaged"), project.lake.reading() as connection:
        connection.execute(f"SELECT member FROM read_parquet('{path}')").fetchall()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
def test_a_forked_process_reads_by_itself_and_spills_in_its_own_name(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FORKED, tmp_path], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
