import json
import multiprocessing
import os
import signal
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from openslate.errors import RightsError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.ledger import Verified
from openslate.rights.merkle import EMPTY, leaf_hash


def append_for_ever(folder: str, said: str) -> None:
    project = Project.open(folder)
    number = 0
    with Path(said).open("a", buffering=1) as acknowledged:
        while True:
            number += 1
            acknowledged.write(ledger.append(project, {"decision": "test", "number": number}).hash + "\n")


def test_entries_follow_one_another(project: Project) -> None:
    first = ledger.append(project, {"decision": "read", "rows": 1})
    ledger.append(project, {"decision": "read", "rows": 2})
    genesis, *found = ledger.entries(project.ledger_path)
    assert (genesis["decision"], genesis["format"], genesis["previous"]) == (ledger.GENESIS, ledger.FORMAT, "0" * 64)
    assert [entry["rows"] for entry in found] == [1, 2]
    assert found[0]["previous"] == leaf_hash(project.ledger_path.read_bytes().splitlines()[0]).hex()
    assert (first.index, first.hash) == (1, found[1]["previous"])


def test_an_empty_ledger_has_no_entries(project: Project) -> None:
    assert list(ledger.entries(project.ledger_path)) == []


@pytest.mark.parametrize("damage", ["change", "drop", "swap", "garbage"])
def test_damage_is_found_and_located(project: Project, damage: str) -> None:
    for number in range(4):
        ledger.append(project, {"decision": "test", "number": number})
    lines = project.ledger_path.read_bytes().splitlines(keepends=True)
    if damage == "change":
        lines[2] = lines[2].replace(b'"number":1', b'"number":7')
    elif damage == "drop":
        del lines[2]
    elif damage == "swap":
        lines[2], lines[3] = lines[3], lines[2]
    else:
        lines[2] = b"[1, 2]\n"
    project.ledger_path.write_bytes(b"".join(lines))
    with pytest.raises(RightsError, match=r"line [34]"):
        list(ledger.entries(project.ledger_path))


@pytest.mark.parametrize("length", [1, 10, 200, 9000])
def test_a_torn_tail_of_any_length_is_cut_off(project: Project, length: int) -> None:
    ledger.append(project, {"decision": "test", "number": 1, "text": "x" * 6000})
    with project.ledger_path.open("ab") as file:
        file.write(b'{"number":2,' + b"y" * length)
    assert len(list(ledger.entries(project.ledger_path))) == 2
    assert ledger.verify(project).torn == 12 + length
    ledger.append(project, {"decision": "test", "number": 3})
    assert [entry["number"] for entry in list(ledger.entries(project.ledger_path))[1:]] == [1, 3]


def test_a_ledger_that_cannot_be_written_refuses(project: Project) -> None:
    project.ledger_path.mkdir()
    with pytest.raises(RightsError, match="cannot be read") as refused:
        ledger.append(project, {"decision": "test", "number": 1})
    assert refused.value.code == "R26"


def test_what_was_acknowledged_survives_a_kill(project: Project, tmp_path: Path) -> None:
    said = tmp_path / "acknowledged"
    writer = multiprocessing.get_context("spawn").Process(target=append_for_ever, args=(str(project.folder), str(said)))
    writer.start()
    while not said.exists() or said.stat().st_size < 2000:
        time.sleep(0.01)
    assert writer.pid is not None
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    ledger.append(project, {"decision": "test", "number": 0})
    kept = {entry["previous"] for entry in ledger.entries(project.ledger_path)}
    assert set(said.read_text().split()) <= kept
    for line in project.ledger_path.read_bytes().splitlines():
        json.loads(line)


def cut(project: Project, lines: int) -> None:
    kept = project.ledger_path.read_bytes().splitlines(keepends=True)[:-lines]
    project.ledger_path.write_bytes(b"".join(kept))


@pytest.mark.parametrize("damage", ["cut", "emptied", "removed", "another"])
def test_a_ledger_behind_the_state_is_refused_and_not_added_to(project: Project, damage: str) -> None:
    for number in range(3):
        ledger.append(project, {"decision": "test", "number": number})
    if damage == "cut":
        cut(project, 1)
    elif damage == "emptied":
        project.ledger_path.write_bytes(b"")
    elif damage == "removed":
        project.ledger_path.unlink()
    else:
        other = Project.init(project.folder.parent / "other")
        for number in range(4):
            ledger.append(other, {"decision": "test", "number": -number})
        project.ledger_path.write_bytes(other.ledger_path.read_bytes())
    before = project.ledger_path.read_bytes() if project.ledger_path.exists() else None
    with pytest.raises(RightsError, match="the state remembers"):
        ledger.verify(project)
    with pytest.raises(RightsError, match="not the one the state remembers"):
        ledger.append(project, {"decision": "test", "number": 4})
    assert (project.ledger_path.read_bytes() if project.ledger_path.exists() else None) == before


@pytest.mark.parametrize("ahead", [1, 2, 3])
def test_entries_that_a_crash_kept_from_the_state_are_taken(project: Project, ahead: int) -> None:
    saved = project.folder / "state.saved"
    for number in range(3):
        if number == 3 - ahead:
            with closing(sqlite3.connect(saved)) as copy, closing(sqlite3.connect(project.state.path)) as state:
                state.backup(copy)
        last = ledger.append(project, {"decision": "test", "number": number})
    project.state.close()
    for left in project.folder.glob("state.sqlite-*"):
        left.unlink()
    saved.replace(project.folder / "state.sqlite")
    project = Project.open(project.folder)
    found = ledger.verify(project)
    assert (found.entries, found.last) == (4, last.hash)
    after = ledger.append(project, {"decision": "test", "number": 3})
    found = ledger.verify(project)
    assert (found.entries, found.last, after.index) == (5, after.hash, 4)


def test_an_entry_ahead_that_does_not_follow_is_refused(project: Project) -> None:
    ledger.append(project, {"decision": "test", "number": 1})
    with project.ledger_path.open("ab") as file:
        file.write(b'{"number":2,"previous":"0"}\n')
    with pytest.raises(RightsError, match="line 3"):
        ledger.append(project, {"decision": "test", "number": 3})


def test_an_empty_ledger_is_whole(project: Project) -> None:
    assert ledger.verify(project) == Verified("", 0, 0, "0" * 64, EMPTY.hex(), 0, None, 0)


def test_a_folder_in_place_of_the_ledger_is_refused(project: Project) -> None:
    project.ledger_path.mkdir()
    with pytest.raises(RightsError, match="cannot be read"):
        ledger.verify(project)
    with pytest.raises(RightsError, match="cannot be read"):
        list(ledger.entries(project.ledger_path))
