import multiprocessing
import os
import signal
import stat
import time
import uuid
from pathlib import Path

import pytest

from openslate import clock
from openslate.errors import ProjectError
from openslate.project import Project
from openslate.storage.lock import write_lock
from openslate.storage.manifest import Import
from tests.lake_rows import add_rows

PLAY = {"member": "VARCHAR", "title": "VARCHAR"}


def commit_one(project: Project, number: int) -> None:
    connection = project.lake.connect()
    with project.lake.writing():
        # Unlike any earlier one, so that a writer that is started again does not stop at its first commit.
        name = f"{number}-{uuid.uuid4().hex}"
        shard = project.lake.write(connection, "plays", f"SELECT '{name}' AS member, 't' AS title", "test")
        project.lake.commit(Import(name, "test", "test", name, {}, None, clock.now()), [shard])


def commit_for_ever(folder: str) -> None:
    project = Project.open(folder)
    for number in range(1_000_000):
        commit_one(project, number)


def hold_the_lock(folder: str, held: "multiprocessing.synchronize.Event") -> None:  # type: ignore[name-defined]
    with write_lock(Path(folder), 0):
        held.set()
        time.sleep(60)


def test_equal_rows_are_one_file_and_readers_see_commits_only(project: Project) -> None:
    connection = project.lake.connect()
    first = project.lake.write(connection, "titles", "SELECT 't1' AS title", "test")
    again = project.lake.write(connection, "titles", "SELECT 't1' AS title", "test")
    assert first.hash == again.hash
    assert project.lake.snapshot().shards == ()


def test_a_table_without_rows_can_be_read(project: Project) -> None:
    relation = project.lake.relation(project.lake.snapshot(), "plays", PLAY)
    assert project.lake.connect().execute(f"SELECT count(*) FROM {relation}").fetchone() == (0,)


def test_rows_keep_their_order_of_arrival(project: Project) -> None:
    add_rows(project, "plays", [("b", "t", "2024-01-01"), ("a", "t", "2024-01-01")])
    add_rows(project, "plays", [("c", "t", "2024-01-01")])
    relation = project.lake.relation(project.lake.snapshot(), "plays", PLAY)
    rows = project.lake.connect().execute(f"SELECT member FROM {relation} ORDER BY shard, line").fetchall()
    assert rows == [("b",), ("a",), ("c",)]


def test_tables_about_people_are_for_the_owner_alone(project: Project) -> None:
    add_rows(project, "plays", [("a", "t", "2024-01-01")])
    for folder in (project.people, project.lake.folder_of("plays")):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_a_kill_at_any_moment_leaves_the_last_committed_state(project: Project) -> None:
    context = multiprocessing.get_context("spawn")
    for round_number in range(4):
        writer = context.Process(target=commit_for_ever, args=(str(project.folder),))
        before = len(project.lake.imports())
        writer.start()
        while len(project.lake.imports()) == before:
            time.sleep(0.01)
        time.sleep(0.13 * round_number)
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        reopened = Project.open(project.folder)
        snapshot = reopened.lake.snapshot("plays")
        relation = reopened.lake.relation(snapshot, "plays", PLAY)
        counted = reopened.lake.connect().execute(f"SELECT count(*) FROM {relation}").fetchone()
        assert counted == (snapshot.rows("plays"),)
        assert len(reopened.lake.imports()) == len(snapshot.shards)
    commit_one(reopened, -1)
    assert list(reopened.lake.folder_of("plays").glob(".tmp-*")) == []


def test_a_second_writer_waits_and_then_says_so(project: Project) -> None:
    context = multiprocessing.get_context("spawn")
    held = context.Event()
    holder = context.Process(target=hold_the_lock, args=(str(project.folder), held))
    holder.start()
    assert held.wait(30)
    with pytest.raises(ProjectError, match="Another process is writing"), write_lock(project.folder, 0.2):
        pass
    holder.kill()
    holder.join()
    with write_lock(project.folder, 5):
        pass


def test_files_without_a_manifest_are_never_removed(project: Project) -> None:
    with project.lake.connect() as connection:
        left = project.lake.write(connection, "plays", "SELECT 'ann' AS member", "test")
    path = project.lake.folder_of("plays") / f"{left.hash}.parquet"
    with project.lake.writing():
        assert path.exists()
    commit_one(project, 1)
    with project.lake.writing():
        assert not path.exists()


@pytest.mark.parametrize("lost", [False, True])
def test_a_project_without_its_state_says_so_and_keeps_its_files(project: Project, lost: bool) -> None:
    add_rows(project, "titles", [("t1", "One")])
    add_rows(project, "plays", [("ann", "t1", "2024-01-01")])
    project.state.close()
    for path in project.folder.glob("state.sqlite*"):
        path.unlink()
    if not lost:
        (project.folder / "state.sqlite").touch()
    reopened = Project.open(project.folder)
    with pytest.raises(
        ProjectError, match=r"missing or empty, but its data files are here \(2\)\. Restore state\.sqlite"
    ):
        add_rows(reopened, "titles", [("t2", "Two")])
    assert len(list(project.folder.rglob("*.parquet"))) == 2


@pytest.mark.parametrize("damage", ["missing", "garbage", "another byte"])
def test_a_damaged_file_is_named(project: Project, damage: str) -> None:
    shard = add_rows(project, "plays", [("ann", "t1", "2024-01-01")])
    project.lake.verify(project.lake.snapshot())
    path = project.lake.folder_of("plays") / f"{shard.hash}.parquet"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(b"no Parquet" if damage == "garbage" else data)
    if damage == "missing":
        path.unlink()
    with pytest.raises(ProjectError, match=rf"^people/plays/{shard.hash}\.parquet is damaged or missing\."):
        project.lake.verify(project.lake.snapshot())


def test_tables_can_be_read_as_they_stood_and_never_written(project: Project) -> None:
    add_rows(project, "titles", [("a", "Ash")])
    then = project.lake.snapshot("titles", "outcomes")
    add_rows(project, "plays", [("m", "a", "2024-01-01")])
    add_rows(project, "titles", [("b", "Bay")])
    earlier = project.earlier(then.id, "titles", "outcomes")
    assert earlier is not None
    assert earlier.lake.snapshot("titles", "outcomes") == then
    # What may be read of people is decided by what stands today.
    assert earlier.lake.snapshot("plays") == project.lake.snapshot("plays")
    with pytest.raises(ProjectError, match="only read"), earlier.lake.writing():
        pass
    assert len(project.lake.snapshot("titles").shards) == 2
    now = project.lake.snapshot("titles", "outcomes")
    assert project.earlier(now.id, "titles", "outcomes") is project
    assert project.earlier("0" * 64, "titles", "outcomes") is None
