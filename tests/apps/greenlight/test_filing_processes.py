"""Filing by two processes at once, by one that is killed, and on a full disk: nothing half-done, nothing twice."""

import multiprocessing
import os
import resource
import shutil
import signal
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from openslate.apps.greenlight import filing
from openslate.apps.greenlight.decision_types import Decision
from openslate.apps.greenlight.decisions import decide, file_forecast, filed_forecasts
from openslate.errors import OpenslateError, ProjectError
from openslate.project import Project
from openslate.rights import ledger
from openslate.storage.state import State
from openslate.storage.vault import Vault
from tests.accounts.killed import killing_after
from tests.apps.greenlight.forecasts import forecast_of
from tests.apps.greenlight.pitches import FULL

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.apps.greenlight.test_filing_processes"])
SAID = Decision("Ines Falk", "head of series", "wait", "Until the budget is known.", False)


def file_and_decide(folder: str, who: str = SAID.who) -> None:
    project = Project.open(folder)
    number = file_forecast(project, FULL, forecast_of(FULL))
    decide(project, number, Decision(who, SAID.role, "wait", SAID.reason, False))


def decide_often(folder: str, who: str, told: Any) -> None:
    try:
        for _ in range(4):
            file_and_decide(folder, who)
        told.put("done")
    except OpenslateError as error:
        told.put(str(error))


def file_and_die(folder: str, after: int) -> None:
    """File and decide, and be killed when the databases or the disk were touched so many times."""
    dying = killing_after(after)
    for kind in (State, Vault):
        kind.execute = dying(kind.execute)  # type: ignore[method-assign]
    os.fsync = dying(os.fsync)
    file_and_decide(folder)


def decide_on_a_full_disk(folder: str, largest: int, told: Any) -> None:
    """Decide where no file may grow beyond a size."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
    try:
        file_and_decide(folder)
        told.put("done")
    except OpenslateError as error:
        told.put(f"{type(error).__name__}: {error}")


def as_it_should_be(project: Project) -> None:
    """One forecast, one decision, each on the ledger once, and no paper that no row names."""
    assert [one.kind for one in filing.read(project)] == ["forecast", "decision"]
    assert [(one.who, one.reason) for one in filed_forecasts(project)[0].decisions] == [(SAID.who, SAID.reason)]
    entries = [one.entry for one in ledger.search(project, decision=filing.ON_LEDGER)]
    assert [(one["ordinal"], one["filed"]) for one in entries] == [(1, "forecast"), (2, "decision")]
    assert project.vault.rows("SELECT count(*) FROM papers") == [(3,)]
    assert ledger.verify(project).torn == 0


def test_a_killed_filing_may_be_said_again(empty_project: Path, tmp_path: Path) -> None:
    killed = 0
    for after in range(200):
        copy = tmp_path / str(after)
        shutil.copytree(empty_project, copy)
        child = CONTEXT.Process(target=file_and_die, args=(str(copy), after))
        child.start()
        child.join(60)
        assert child.exitcode in (0, -9)
        filing.read(Project.open(copy))
        file_and_decide(str(copy))
        as_it_should_be(Project.open(copy))
        if child.exitcode == 0:
            break
        killed += 1
    assert 20 < killed < 199


def test_two_processes_file_at_once(project: Project) -> None:
    told = CONTEXT.Queue()
    names = ("Ines Falk", "Bo Ek")
    children = [CONTEXT.Process(target=decide_often, args=(str(project.folder), who, told)) for who in names]
    for child in children:
        child.start()
    assert [told.get(timeout=60) for _ in children] == ["done", "done"]
    for child in children:
        child.join(60)
    [found] = filed_forecasts(project)
    rows = filing.read(project)
    assert len(rows) == 1 + len(found.decisions)
    assert {one.who for one in found.decisions} == set(names)
    entries = [one.entry for one in ledger.search(project, decision=filing.ON_LEDGER)]
    assert [one["hash"] for one in entries] == [one.hash for one in rows]


def test_a_full_disk_files_nothing_half(empty_project: Path, tmp_path: Path) -> None:
    outcomes = []
    for step in range(0, 42_000, 6_000):
        copy = tmp_path / str(step)
        shutil.copytree(empty_project, copy)
        # From too little room to open the vault, by little steps, until there is room for all.
        largest = max(one.stat().st_size for one in copy.rglob("*") if one.is_file()) + step - 40_000
        told = CONTEXT.Queue()
        child = CONTEXT.Process(target=decide_on_a_full_disk, args=(str(copy), largest, told))
        child.start()
        outcomes.append(told.get(timeout=60))
        child.join(60)
        file_and_decide(str(copy))
        as_it_should_be(Project.open(copy))
    assert outcomes[-1] == "done"
    assert {one.split()[0] for one in outcomes[:-1]} & {"ProjectError:", "RightsError:"}
    assert outcomes[0] != "done"


@pytest.mark.parametrize("cut", [1, 2])
def test_a_tail_that_was_cut_with_every_trace_in_the_state_is_found(project: Project, cut: int) -> None:
    file_and_decide(str(project.folder))
    project.state.close()
    with sqlite3.connect(project.folder / "state.sqlite") as connection:
        connection.execute("DELETE FROM greenlight_files WHERE ordinal >= ?", (cut,))
        connection.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'greenlight_files'", (cut - 1,))
    connection.close()
    again = Project.open(project.folder)
    with pytest.raises(ProjectError, match=f"2 rows were filed, and {cut - 1} are there"):
        filed_forecasts(again)
    with pytest.raises(ProjectError, match="2 rows were filed"):
        file_and_decide(str(project.folder), "Bo Ek")


def test_a_chain_that_was_made_anew_is_found(project: Project) -> None:
    """Whoever rewrites the whole chain makes every hash fit, and the ledger holds others."""
    file_and_decide(str(project.folder))
    rows = filing.read(project)
    project.state.execute("DELETE FROM greenlight_files WHERE ordinal = 2")
    said = {**rows[1].document, "verdict": "commission"}
    text = filing.canonical(said)
    digest = filing._hash(2, rows[0].hash, "decision", rows[0].forecast, text)
    values = (2, rows[0].forecast, "decision", rows[0].hash, digest, text)
    project.state.execute("INSERT INTO greenlight_files VALUES (?, ?, ?, ?, ?, ?)", values)
    with pytest.raises(ProjectError, match="Row 2 of the filed forecasts was changed"):
        filing.read(project)
