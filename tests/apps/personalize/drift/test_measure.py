"""The drift report: silent where a service goes on as it was, loud where it changes, and plain about what to do."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from openslate.apps.personalize.drift.data_shift import daily
from openslate.apps.personalize.drift.finding import NOTHING_TO_DO
from openslate.apps.personalize.drift.measure import Drift, drift
from openslate.apps.personalize.drift.windows import DAY, cut_windows
from openslate.apps.personalize.train import train
from openslate.errors import ProjectError, RegistryError, RightsError
from openslate.models.histories import Histories
from openslate.project import Project
from openslate.registry import runs
from openslate.registry.lineage import ancestors
from openslate.rights import ledger
from openslate.rights.consent import withdraw_source
from tests.apps.personalize.drift.worlds import MOMENT, changing, going_on, losing_a_source
from tests.simulated import LIGHT, SETTINGS


def measured(folder: Path, make: Callable[[Path], Project], as_of: datetime = MOMENT) -> tuple[Project, Drift]:
    project = make(folder / "svc")
    train(project, as_of=as_of, recipe=LIGHT, forced_because="a test of drift")
    return project, drift(project)


def severities(found: Drift) -> dict[str, str]:
    return {one.name: one.severity for one in found.findings}


@pytest.mark.parametrize(
    ("seed", "as_of"),
    [(11, datetime(2024, 3, 26, tzinfo=UTC)), (12, datetime(2024, 4, 4, tzinfo=UTC))],
)
def test_a_service_that_goes_on_as_it_was_raises_no_alarm(seed: int, as_of: datetime, tmp_path: Path) -> None:
    settings = replace(SETTINGS, seed=seed)
    _, found = measured(tmp_path, lambda folder: going_on(folder, settings), as_of)
    assert found.severity == "steady", severities(found)
    assert found.to_do == ()
    assert "No drift" in found.verdict


def test_a_service_that_changes_is_told_to_retrain(tmp_path: Path) -> None:
    project, found = measured(tmp_path, changing)
    said = severities(found)
    assert found.severity == "act"
    assert said["mix of titles"] == "act"
    assert said["mix of genres"] in ("watch", "act")
    assert said["lead over popularity"] == "act"
    assert said["times popularity"] == "act"
    assert any("Retrain" in sentence for sentence in found.to_do)
    assert said["events a day"] == said["source player"] == "steady"
    again = train(project, recipe=LIGHT, forced_because="the drift report asks for it")
    assert again.artifact.id != found.model
    assert severities(drift(project)) == {"events since training": "unknown"}


def test_a_source_that_is_lost_is_named(tmp_path: Path) -> None:
    _, found = measured(tmp_path, losing_a_source)
    said = severities(found)
    assert said["source television"] == "act"
    assert said["source player"] == "steady"
    assert said["events a day"] in ("watch", "act")
    assert found.to_do[0].startswith("Check the feed of television")
    assert said["mix of genres"] == said["lead over popularity"] == "steady"


def test_the_report_the_run_and_the_ledger_tell_of_it(tmp_path: Path) -> None:
    project, found = measured(tmp_path, going_on)
    assert found.severity == "steady", severities(found)
    assert found.to_do == ()
    assert "No drift" in found.verdict
    page = found.report.read_text(encoding="utf-8")
    assert page.startswith("<!doctype html>")
    assert found.verdict in page
    assert "<script" not in page
    for one in found.findings:
        assert one.name in page
        assert (one.do == NOTHING_TO_DO) == (one.severity in ("steady", "unknown"))
    run = runs.find(project, found.run)
    assert run.status == "done"
    assert run.record["outcome"] == found.verdict
    assert found.model in {one.id for one in ancestors(project, found.run)}
    reads = [entry for entry in ledger.entries(project.ledger_path) if entry.get("reader") == "personalize drift"]
    assert {tuple(entry["purposes"]) for entry in reads} == {("evaluate",)}
    assert json.loads(json.dumps(found.to_dict()))["severity"] == "steady"
    assert [one.to_dict() for one in drift(project).findings] == [one.to_dict() for one in found.findings]


def test_nothing_since_training_is_said_and_is_no_drift(fresh: Project) -> None:
    train(fresh, recipe=LIGHT)
    found = drift(fresh)
    assert found.severity == "unknown"
    assert "later than what the model learned from" in found.findings[0].what
    assert found.report.exists()


def test_what_cannot_be_measured_is_refused(fresh: Project, tmp_path: Path) -> None:
    with pytest.raises(RegistryError, match="No model serves"):
        drift(fresh)
    project, _ = measured(tmp_path, going_on)
    with pytest.raises(ProjectError, match="no such folder"):
        drift(project, tmp_path / "nowhere" / "drift.html")
    withdraw_source(project, "player", ["evaluate"], "a test")
    with pytest.raises(RightsError):
        drift(project)


def test_a_day_that_has_only_begun_is_not_drawn_as_a_collapse() -> None:
    histories = Histories.from_lists([[0] * 240], n_titles=1)
    hourly = replace(histories, times=np.arange(1, 241) * (DAY // 24))
    assert daily(hourly, learned=5 * DAY) == [(float(day), 24.0) for day in range(-5, 5)]
    begun = replace(hourly, times=hourly.times + DAY // 24)
    assert daily(begun, learned=5 * DAY)[-1] == (4.0, 24.0)


def test_spans_have_one_length_and_do_not_overlap() -> None:
    days = 90
    histories = Histories.from_lists([[0] * days, [1] * days], n_titles=2)
    histories = replace(histories, times=histories.times * DAY)
    windows = cut_windows(histories, learned=60 * DAY)
    assert windows is not None
    assert windows.length == 28 * DAY
    assert [span.n_events for span in windows.spans] == [56, 56, 56]
    assert windows.now.times.min() > windows.start
    assert windows.past[0].times.max() == windows.learned
    assert cut_windows(histories, learned=89 * DAY) is None
    assert cut_windows(histories, learned=0) is None
