"""Erasing while other processes read, and erasing that is killed: nothing half-done is ever taken for done."""

import multiprocessing
import os
import random
import shutil
from pathlib import Path

import pytest

from openslate import clock
from openslate.accounts.erasing import check_receipt, erase_member, finish, scan, unfinished
from openslate.data.sources.csv import import_csv
from openslate.errors import ProjectError
from openslate.project import Project
from openslate.rights import ledger
from openslate.storage.lock import write_lock
from openslate.storage.manifest import Import
from tests.accounts.erased_service import LONGER, MEMBER, rows_of_others
from tests.accounts.killed import erase_and_die, erase_on_a_full_disk, read_for_ever

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.accounts.killed"])

MOST_STEPS = 200
"""Touches of the disk and the databases after which the service of these tests is surely erased."""


def kill_and_finish(folder: Path, copy: Path, after: int, by_id: bool) -> bool:
    """Kill an erasure at one of its steps and finish it; whether it was killed at all."""
    shutil.copytree(folder, copy)
    untouched = Project.open(copy)
    others = rows_of_others(untouched)
    untouched.state.close()
    child = CONTEXT.Process(target=erase_and_die, args=(str(copy), after))
    child.start()
    child.join(60)
    assert child.exitcode in (0, -9)
    project = Project.open(copy)
    project.lake.verify(project.lake.snapshot())
    assert rows_of_others(project) == others
    if by_id:
        receipts = [erase_member(project, MEMBER, "asked by letter").receipt]
    else:
        receipts = [done.receipt for done in finish(project)] or [erase_member(project, MEMBER, "asked").receipt]
    assert rows_of_others(project) == others
    assert len(receipts) == 1
    check_receipt(project, receipts[0])
    assert scan(project, MEMBER).findings == ()
    assert unfinished(project) == ()
    stages = [entry["stage"] for entry in ledger.entries(project.ledger_path) if entry["decision"] == "forget"]
    assert stages.count("done") == 1
    assert {one.what for one in receipts[0].files} >= {"plays table", "kept page", "report", "list or page"}
    assert len([one for one in receipts[0].files if one.what == "kept page"]) == 2
    assert list(copy.rglob("*.parquet")) != []
    assert len(list(copy.glob("people/*/*.parquet"))) == len(
        [shard for shard in project.lake.snapshot().shards if shard.table != "titles"]
    )
    project.state.close()
    project.vault.close()
    shutil.rmtree(copy)
    return child.exitcode == -9


def test_an_erasure_that_is_killed_is_finished_by_the_next_command(filled_folder: Path, tmp_path: Path) -> None:
    chance = random.Random(7)
    killed = [
        kill_and_finish(filled_folder, tmp_path / "svc", chance.randrange(1, 150), by_id=number % 2 == 0)
        for number in range(4)
    ]
    assert sum(killed) >= 3


@pytest.mark.soak
def test_an_erasure_may_be_killed_at_every_step(filled_folder: Path, tmp_path: Path) -> None:
    killed = [
        kill_and_finish(filled_folder, tmp_path / "svc", after, by_id=after % 2 == 0) for after in range(MOST_STEPS)
    ]
    assert not killed[-1]
    assert sum(killed) > 100


def test_readers_see_the_member_or_not_and_nothing_in_between(filled: Project) -> None:
    without_sorted = ("ann", "bob", LONGER)
    seen = CONTEXT.Queue()
    readers = [CONTEXT.Process(target=read_for_ever, args=(str(filled.folder), seen)) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        told = [seen.get(timeout=60) for _ in readers]
        erase_member(filled, MEMBER, "asked by letter")
        while told[-1] != without_sorted:
            told.append(seen.get(timeout=60))
    finally:
        for reader in readers:
            reader.kill()
            reader.join()
    assert {one for one in told if not isinstance(one, str)} == {("ann", "bob", MEMBER, LONGER), without_sorted}
    assert all("Run the command again" in one for one in told if isinstance(one, str)), told
    assert scan(Project.open(filled.folder), MEMBER).findings == ()


def test_a_reader_of_an_earlier_snapshot_is_told_what_happened(filled: Project) -> None:
    earlier = filled.lake.snapshot()
    erase_member(filled, MEMBER, "asked by letter")
    with pytest.raises(ProjectError, match=r"changed while it was being read.*Run the command again"):
        filled.lake.verify(earlier)
    with (
        pytest.raises(ProjectError, match=r"changed while it was being read.*Run the command again"),
        filled.lake.reading() as connection,
    ):
        connection.execute(f"SELECT * FROM {filled.lake.relation(earlier, 'plays', {'member': 'VARCHAR'})}").fetchall()


def test_a_full_disk_leaves_the_tables_as_they_were(filled: Project) -> None:
    _add_large_file(filled)
    before, files = rows_of_others(filled), {path.name for path in filled.people.glob("*/*.parquet")}
    filled.state.compact()
    filled.state.close()
    filled.vault.close()
    told = CONTEXT.Queue()
    largest = max(path.stat().st_size for path in filled.people.glob("plays/*.parquet")) // 2
    assert largest > 2 * max(path.stat().st_size for path in filled.folder.rglob("*.sqlite"))
    child = CONTEXT.Process(target=erase_on_a_full_disk, args=(str(filled.folder), largest, told))
    child.start()
    said = told.get(timeout=60)
    child.join(60)
    assert said.startswith("ProjectError: "), said
    project = Project.open(filled.folder)
    assert rows_of_others(project) == before
    assert {path.name for path in project.people.glob("*/*.parquet")} >= files
    assert [one.member for one in unfinished(project)] == [MEMBER]
    check_receipt(project, finish(project)[0].receipt)
    assert rows_of_others(project) == before


def _add_large_file(project: Project) -> None:
    """A file of plays that is much larger than the databases, with one play of the member."""
    with project.lake.connect() as connection, project.lake.writing():
        query = (
            f"SELECT CASE i WHEN 7 THEN '{MEMBER}' ELSE 'b' || md5(i::VARCHAR) END AS member, 't9' AS title, "
            "TIMESTAMP '2024-04-01' + INTERVAL (i) SECOND AS started, hash(i) % 7000 AS seconds, 0.5 AS completion "
            "FROM range(30000) AS t(i)"
        )
        shard = project.lake.write(connection, "plays", query, "test")
        project.lake.commit(Import("large", "test", "test", "large", {}, None, clock.now()), [shard])


def test_another_writer_is_waited_for_and_then_named(filled: Project) -> None:
    (filled.folder / "openslate.toml").write_text("format = 1\n[limits]\nlock_wait_seconds = 0.1\n")
    project = Project.open(filled.folder)
    with write_lock(project.folder, 0), pytest.raises(ProjectError, match="Another process is writing"):
        erase_member(project, MEMBER, "asked by letter")
    assert [one.member for one in unfinished(project)] == [MEMBER]
    assert len(finish(project)) == 1


def test_a_project_that_may_only_be_read_says_so(filled: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write whatever the mode of a folder says.
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK)
    with pytest.raises(ProjectError, match="may not be written to, so nothing can be erased"):
        erase_member(filled, MEMBER, "asked by letter")
    monkeypatch.undo()
    assert unfinished(filled) == ()


def test_the_same_file_again_brings_nobody_back(filled: Project) -> None:
    erase_member(filled, MEMBER, "asked by letter")
    before = rows_of_others(filled)
    path = filled.folder.parent / "again.csv"
    path.write_text(
        "member,title,started\n"
        + "".join(f"{one},t{n},2024-01-0{n + 1} 20:00:00\n" for one in (MEMBER, LONGER) for n in range(5))
    )
    report = import_csv(filled, path, "plays", source="again")
    assert (report.tables["plays"].quarantined, report.tables["plays"].repeated) == (5, 5)
    assert import_csv(filled, path, "plays", source="again").already_imported
    assert rows_of_others(filled) == before
    assert scan(filled, MEMBER).findings == ()
