"""Many rounds of killing writers at random moments; `make soak` runs them."""

import multiprocessing
import os
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from openslate.project import Project
from openslate.rights import ledger
from tests.rights.test_ledger import append_for_ever
from tests.storage.test_lake import PLAY, commit_for_ever, commit_one

ROUNDS = 100
LEDGER_ROUNDS = 1000


def kill_after(seconds: float, work: Callable[..., None], *arguments: str) -> None:
    writer = multiprocessing.get_context("spawn").Process(target=work, args=arguments)
    writer.start()
    time.sleep(seconds)
    assert writer.pid is not None
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()


@pytest.mark.soak
def test_tables_survive_many_kills(project: Project) -> None:
    chance = random.Random(7)
    for round_number in range(ROUNDS):
        kill_after(0.8 + chance.random(), commit_for_ever, str(project.folder))
        reopened = Project.open(project.folder)
        snapshot = reopened.lake.snapshot("plays")
        relation = reopened.lake.relation(snapshot, "plays", PLAY)
        with reopened.lake.connect() as connection:
            counted = connection.execute(f"SELECT count(*) FROM {relation}").fetchall()
        assert counted == [(snapshot.rows("plays"),)], round_number
    commit_one(reopened, -1)
    kept = {path.stem for path in reopened.lake.folder_of("plays").glob("*.parquet")}
    assert kept == {shard.hash for shard in reopened.lake.snapshot("plays").shards}


@pytest.mark.soak
def test_what_the_ledger_acknowledged_survives_many_kills(project: Project, tmp_path: Path) -> None:
    chance = random.Random(8)
    said = tmp_path / "acknowledged"
    for _ in range(LEDGER_ROUNDS):
        kill_after(0.6 + 0.5 * chance.random(), append_for_ever, str(project.folder), str(said))
    ledger.append(project, {"decision": "test", "number": 0})
    kept = {entry["previous"] for entry in ledger.entries(project.ledger_path)}
    whole_lines = said.read_text().rpartition("\n")[0].split()
    assert len(whole_lines) > LEDGER_ROUNDS
    assert set(whole_lines) <= kept
    assert ledger.verify(project).torn == 0
