"""What a full disk, a failing disk, a killed process and a second writer may do to the ledger: nothing."""

import errno
import multiprocessing
import os
import random
import resource
import signal
import time
from pathlib import Path

import pytest

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.ledger import durable
from tests.rights.test_ledger import append_for_ever

ENTRIES = [{"decision": "use", "number": number, "text": "x" * 200} for number in range(20)]


def as_it_was(project: Project, before: bytes) -> None:
    """Nothing was added, and the ledger goes on."""
    assert project.ledger_path.read_bytes() == before
    found = ledger.verify(project)
    assert (found.entries, found.torn) == (before.count(b"\n"), 0)
    assert ledger.append(project, {"decision": "after"}).index == found.entries


def append_within(folder: str, limit: int, said: str) -> None:
    """Append as a process whose files may not grow beyond a limit, as on a full disk, and say what came of it."""
    project = Project.open(folder)
    ledger.verify(project)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        ledger.append_all(project, ENTRIES)
        told = "acknowledged"
    except RightsError as error:
        told = f"{error.code}: {error}"
    Path(said).write_text(told)


def a_ledger(project: Project) -> bytes:
    # Larger than the state's files are, so that a limit between them stops the ledger first.
    ledger.append_all(project, [{"decision": "use", "text": "y" * 900_000} for _ in range(3)])
    return project.ledger_path.read_bytes()


@pytest.mark.parametrize("room", [0, 1, 150, 4096])
def test_a_full_disk_leaves_the_ledger_as_it_was(project: Project, tmp_path: Path, room: int) -> None:
    before = a_ledger(project)
    # By a process of its own, for the limit holds for all files of one; a few bytes fit, which is a short write.
    said = tmp_path / "said"
    writer = multiprocessing.get_context("spawn").Process(
        target=append_within, args=(str(project.folder), len(before) + room, str(said))
    )
    writer.start()
    writer.join()
    assert said.read_text().startswith("R26: The ledger")
    assert "File too large" in said.read_text()
    as_it_was(project, before)


@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
def test_a_write_that_fails_leaves_the_ledger_as_it_was(
    project: Project, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    ledger.append_all(project, ENTRIES)
    before = project.ledger_path.read_bytes()
    write = os.write

    def short(descriptor: int, data: bytes) -> int:
        if len(data) < 1000:
            raise OSError(code, os.strerror(code))
        return write(descriptor, data[:100])

    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "write", short)
        with pytest.raises(RightsError, match="cannot be written") as error:
            ledger.append_all(project, ENTRIES)
        assert error.value.code == "R26"
    as_it_was(project, before)


def test_writes_that_are_short_are_gone_on_with(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "write", lambda descriptor, data: write(descriptor, data[:7]))
        assert ledger.append_all(project, ENTRIES)[-1].index == 20
    assert ledger.verify(project).entries == 21


def test_after_a_failed_fsync_nothing_is_acknowledged_until_all_was_read_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.append_all(project, ENTRIES)
    before = project.ledger_path.read_bytes()
    calls = []

    def failing(descriptor: int) -> None:
        calls.append(descriptor)
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(durable.os, "fsync", failing)
        with pytest.raises(RightsError, match="cannot be written") as error:
            ledger.append(project, {"decision": "use"})
        assert error.value.code == "R26"
    assert len(calls) == 1, "an fsync that failed must not be tried again"
    assert project.ledger_path.read_bytes() == before
    # The disk says that all is well again, and is not believed.
    for _ in range(2):
        with pytest.raises(RightsError, match="failed to keep what was written") as error:
            ledger.append(Project.open(project.folder), {"decision": "use"})
        assert error.value.code == "R26"
    as_it_was(project, before)


def test_a_ledger_that_cannot_be_begun_for_good_is_not_begun(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(descriptor: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing)
        with pytest.raises(RightsError, match="cannot be written"):
            ledger.append(project, {"decision": "use"})
    assert not project.ledger_path.exists()
    assert ledger.append(project, {"decision": "use"}).index == 1


def test_entries_that_an_index_could_not_take_are_not_written(project: Project) -> None:
    ledger.append(project, {"decision": "use"})
    before = project.ledger_path.read_bytes()
    project.state.execute("PRAGMA query_only = ON")
    with pytest.raises(RightsError, match=r"state\.sqlite") as error:
        ledger.append(project, {"decision": "use"})
    assert error.value.code == "R26"
    project.state.execute("PRAGMA query_only = OFF")
    as_it_was(project, before)


def test_all_entries_of_a_call_stand_or_none(project: Project) -> None:
    before = ledger.append(project, {"decision": "use"})
    for wrong in ({"decision": "use", "share": 0.5}, {"decision": 3}, {}, {"decision": "genesis"}, {"decision": "key"}):
        with pytest.raises(RightsError):
            ledger.append_all(project, [{"decision": "use"}, wrong])
    for added in ("at", "previous"):
        with pytest.raises(RightsError, match="Leave both to the ledger"):
            ledger.append(project, {"decision": "use", added: "x"})
    with pytest.raises(RightsError, match="are the most"):
        ledger.append(project, {"decision": "use", "text": "x" * (1 << 24)})
    assert ledger.append_all(project, []) == []
    assert ledger.verify(project).last == before.hash


def append_some(folder: str, name: str, said: str) -> None:
    project = Project.open(folder)
    positions = [ledger.append(project, {"decision": "use", "writer": name, "number": n}).index for n in range(40)]
    Path(said).write_text("\n".join(map(str, positions)))


def test_two_writers_take_turns(project: Project, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    names = ("one", "other")
    writers = [context.Process(target=append_some, args=(str(project.folder), n, str(tmp_path / n))) for n in names]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert ledger.verify(project).entries == 81
    for name in names:
        mine = [int(line) for line in (tmp_path / name).read_text().split()]
        assert [ledger.entry(project, index).entry["number"] for index in mine] == list(range(40))
        assert {ledger.entry(project, index).entry["writer"] for index in mine} == {name}


def kill_in_rounds(project: Project, said: Path, rounds: int) -> None:
    """Start a writer, kill it at a random moment, look, and again."""
    chance = random.Random(20261125)
    # A server that has Openslate loaded starts a writer in milliseconds.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.rights.test_ledger"])
    for _ in range(rounds):
        before = said.stat().st_size if said.exists() else 0
        writer = context.Process(target=append_for_ever, args=(str(project.folder), str(said)))
        writer.start()
        while not said.exists() or said.stat().st_size == before:
            time.sleep(0.001)
        time.sleep(0.03 * chance.random())
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        for line in project.ledger_path.read_bytes().split(b"\n")[-3:-1]:
            assert line.endswith(b"}")
    ledger.append(project, {"decision": "after"})
    found = ledger.verify(project)
    kept = {entry["previous"] for entry in ledger.entries(project.ledger_path)}
    acknowledged = said.read_text().rpartition("\n")[0].split()
    assert len(acknowledged) >= rounds
    assert set(acknowledged) <= kept
    # Each round leaves at most one entry that stands and was not acknowledged, and one that was and not yet said.
    assert len(acknowledged) <= found.decisions <= len(acknowledged) + 2 * rounds + 1


def test_what_was_acknowledged_survives_some_kills(project: Project, tmp_path: Path) -> None:
    kill_in_rounds(project, tmp_path / "acknowledged", 12)


@pytest.mark.soak
def test_what_was_acknowledged_survives_a_thousand_kills(project: Project, tmp_path: Path) -> None:
    kill_in_rounds(project, tmp_path / "acknowledged", 1000)
