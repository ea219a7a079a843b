import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from openslate.apps.personalize.recommend import recommend
from openslate.apps.personalize.recommender import Recommender
from openslate.apps.personalize.train import ROLE, Trained, train
from openslate.apps.status import status_of
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.registry import artifacts, runs
from openslate.registry.lineage import ancestors
from openslate.registry.promotion import roll_back, serving
from openslate.rights import ledger
from openslate.rights.consent import record_member
from tests.lake_rows import add_rows
from tests.simulated import LIGHT, personal, simulate

EARLIER = datetime(2024, 4, 1, tzinfo=UTC)
VALIDATION = "Weighing the models on validation"

UNTIL_THE_LAST_FIT = """
import sys, time
from pathlib import Path
from openslate.apps.personalize.train import train
from openslate.project import Project
from tests.simulated import LIGHT

def wait(step, share):
    if share > 0.5:
        print(step, flush=True)
        time.sleep(600)

train(Project.open(Path(sys.argv[1])), recipe=LIGHT, progress=wait)
"""


def steps_of(project: Project) -> tuple[Trained, list[str]]:
    steps: list[str] = []
    return train(project, recipe=LIGHT, progress=lambda step, share: steps.append(step)), steps


def test_equal_data_and_recipe_give_one_artifact(recommender: Recommender, tmp_path: Path) -> None:
    imported_again = simulate(tmp_path / "again")
    assert train(imported_again, workers=2).artifact.id == recommender.model
    manifest = artifacts.find(imported_again, recommender.model).manifest
    assert manifest["validation"]["score"] > manifest["validation"]["baseline"]


def test_a_moment_that_is_no_datetime_is_refused(fresh: Project) -> None:
    with pytest.raises(UsageError, match="no datetime"):
        train(fresh, as_of=cast(datetime, "2024-04-01"))
    assert runs.every(fresh) == []


def test_a_run_says_what_was_used(recommender: Recommender) -> None:
    (run,) = runs.every(recommender.project)
    data = run.record["data"]
    assert run.status == "done"
    assert run.record["artifact"] == recommender.model
    assert data["members_denied"] > 0
    assert data["members_allowed"] > 700
    reads = [
        entry for entry in ledger.entries(recommender.project.ledger_path) if entry.get("reader") == "personalize train"
    ]
    assert [entry["rows_allowed"] for entry in reads] == [data["rows_allowed"]]
    assert run.record["outcome"].startswith(
        f"Model {recommender.model[:12]} serves now: nothing served before; nDCG@10"
    )
    assert ancestors(recommender.project, run.id)[0].relation == "read"


def test_members_who_refuse_training_leave_no_trace(fresh: Project) -> None:
    with pytest.raises(RightsError, match="None of the"):
        _withdraw_everyone(fresh)
        train(fresh)
    assert artifacts.every(fresh) == []
    (run,) = runs.every(fresh)
    assert run.status == "failed"
    assert "None of the" in run.record["error"]


def test_one_withdrawal_makes_another_model(service: Project) -> None:
    recommender = Recommender.open(service)
    (history,) = personal(recommender, 1)
    before = artifacts.find(service, recommender.model).manifest
    record_member(service, history.member, ["train"], granted=False)
    after = train(service, recipe=LIGHT).artifact.manifest
    assert after["members"] == before["members"] - 1
    assert after["events"] == before["events"] - history.histories.n_events
    assert after["data"] != before["data"]


def test_a_stale_model_is_stored_and_does_not_serve_unless_forced(service: Project) -> None:
    first = serving(service, ROLE)
    assert first is not None
    stale = train(service, as_of=EARLIER, recipe=LIGHT)
    assert not stale.serves
    assert "stale" in str(stale.objection)
    assert "--force" in stale.outcome
    assert serving(service, ROLE) == first
    assert {one.id for one in artifacts.every(service)} == {first.id, stale.artifact.id}
    assert stale.artifact.manifest["as_of"] <= EARLIER.timestamp() * 1e6 < first.manifest["as_of"]
    forced = train(service, as_of=EARLIER, recipe=LIGHT, forced_because="a test of the gate")
    assert forced.artifact.id == stale.artifact.id
    assert forced.serves
    assert recommend(service, "nobody").model == stale.artifact.id
    assert roll_back(service, ROLE, "enough tested") == first
    assert recommend(service, "nobody").model == first.id


def test_a_killed_training_goes_on_where_it_stopped(fresh: Project, service: Project) -> None:
    whole = serving(service, ROLE)
    process = subprocess.Popen(
        [sys.executable, "-c", UNTIL_THE_LAST_FIT, fresh.folder],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert "Learning" in process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL

    again = Project.open(fresh.folder)
    assert status_of(again)["serving"] == {ROLE: None}
    assert [run.status for run in runs.every(again)] == ["running"]
    trained, steps = steps_of(again)
    assert VALIDATION not in steps
    assert trained.serves
    assert whole is not None and trained.artifact.id == whole.id
    assert list(again.models.glob(".tmp-*")) == []


def test_a_training_begun_from_nothing_validates(fresh: Project) -> None:
    first, steps = steps_of(fresh)
    assert VALIDATION in steps
    second, fewer = steps_of(fresh)
    assert VALIDATION not in fewer
    assert second.artifact == first.artifact


def _withdraw_everyone(project: Project) -> None:
    """Let every member say no, in the words of one import."""
    connection = project.lake.connect()
    relation = project.lake.relation(project.lake.snapshot("consents"), "consents", {"member": "VARCHAR"})
    members = [row[0] for row in connection.execute(f"SELECT DISTINCT member FROM {relation}").fetchall()]
    add_rows(project, "consents", [(member, "train", False, datetime(2024, 6, 1)) for member in members], "member")
