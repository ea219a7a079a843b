"""Real processes, killed: what they told of their effects is held against the ledger and against what members said."""

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from pathlib import Path

import pytest

from openslate.project import Project
from openslate.rights import ledger
from tests.apps.personalize.promise import killed
from tests.apps.personalize.promise.auditing import Ledger


def kill_in_rounds(folder: Path, rounds: int) -> list[list[str]]:
    """Start a worker, kill it at a random moment, and again; return what all of them told."""
    chance, told = random.Random(4), folder / "told"
    told.touch()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.apps.personalize.promise.killed"])
    for number in range(rounds):
        before = told.stat().st_size
        worker = context.Process(target=killed.work_for_ever, args=(str(folder / "svc"), str(told), number))
        worker.start()
        while told.stat().st_size < before + 40:
            assert worker.is_alive(), "the worker failed"
            time.sleep(0.002)
        time.sleep(0.4 * chance.random())
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        worker.join()
        assert worker.exitcode == -signal.SIGKILL
        with told.open("a") as mark:
            mark.write("killed\n")
    return [line.split() for line in told.read_text().splitlines()]


def check(project: Project, told: list[list[str]]) -> Counter[str]:
    """Hold everything that was told against the ledger and against what was said until then; count the effects."""
    found, seen = Ledger(project.ledger_path), Counter[str]()
    spent: Counter[str] = Counter()
    may: dict[str, set[bool]] = {member: {True} for member in killed.MEMBERS}
    for kind, *words in told:
        seen[kind] += 1
        if kind == "saying":
            may[words[0]] |= {words[1] == "True"}
        elif kind == "said":
            may[words[0]] = {words[1] == "True"}
        elif kind == "spent":
            spent[words[1]] += 1
            entry = found.entry(words[1])
            found.require_spent(int(words[0]), "3000.00", spent[words[1]])
            assert entry == found.entries[int(words[0])]
        elif kind == "read":
            found.require_read(words[0], ["train"], len(words) - 1, len(killed.MEMBERS) - len(words) + 1)
            assert all((member in words[1:]) in may[member] for member in killed.MEMBERS)
        elif kind == "answered":
            assert (words[1] == "True") in may[words[0]]
    assert not seen["answered"] or any(found.of("epoch"))
    return seen


@pytest.mark.parametrize("rounds", [6, pytest.param(300, marks=pytest.mark.soak)])
def test_what_a_killed_process_did_has_its_decision(tmp_path: Path, rounds: int) -> None:
    project = killed.start(tmp_path / "svc")
    seen = check(project, kill_in_rounds(tmp_path, rounds))
    assert seen["killed"] == rounds and seen["spent"] + seen["read"] + seen["answered"] >= rounds // 2
    ledger.verify(Project.open(project.folder))


def test_a_telling_without_its_entry_is_noticed(tmp_path: Path) -> None:
    project = killed.start(tmp_path / "svc")
    for told in (["spent", "1", "0" * 64], ["read", "0" * 64, "ann"], ["answered", "ann", "False"]):
        with pytest.raises(AssertionError):
            check(project, [told])
