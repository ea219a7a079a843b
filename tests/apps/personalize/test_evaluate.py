import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from openslate.apps.personalize.evaluate import ALL_PROTOCOLS, Evaluated, evaluate
from openslate.apps.personalize.protocols import PROTOCOLS
from openslate.apps.personalize.recipe import Recipe
from openslate.apps.personalize.recommender import Recommender
from openslate.data.datasets import viewing
from openslate.errors import ProjectError, UsageError
from openslate.models.histories import Histories
from openslate.models.ranking.ranker import RankerSettings
from openslate.project import Project
from openslate.registry import runs
from openslate.registry.lineage import ancestors
from openslate.rights.consent import PURPOSES, record_member
from tests.lake_rows import add_rows
from tests.simulated import LIGHT, copied, personal, trained

FEW = replace(LIGHT, transitions=Recipe().transitions, ranker=RankerSettings(candidates=40))
"""A part that may be left out and a second stage, beside those that every recipe has."""


@dataclass(frozen=True)
class Audience:
    """A model of one's own: how many members ever watched each title."""

    members: NDArray[np.float32]

    def score(self, histories: Histories) -> NDArray[np.float32]:
        return np.tile(self.members, (histories.n_members, 1))


def fit_audience(histories: Histories) -> Audience:
    return Audience(np.bincount(histories.titles, minlength=histories.n_titles).astype(np.float32))


@dataclass(frozen=True)
class Measured:
    project: Project
    found: Evaluated
    html: str
    shown: str


@pytest.fixture(scope="session")
def measured(tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """One evaluation by all protocols, with a model of one's own and a member's page."""
    project = copied(trained(tmp_path_factory), tmp_path_factory.mktemp("measured") / "svc")
    (history,) = personal(Recommender.open(project), 1)
    found = evaluate(project, recipe=FEW, models={"audience": fit_audience}, pages_for=(history.member,))
    return Measured(project, found, found.report.read_text(encoding="utf-8"), history.member)


def test_every_protocol_holds_every_model(measured: Measured) -> None:
    assert tuple(one.split for one in measured.found.evaluations) == ALL_PROTOCOLS
    for evaluation in measured.found.evaluations:
        names = {row.name for row in evaluation.rows}
        assert {"audience", "blend", "popularity, 7 days", "EASE, plain", "oracle"} <= names
        assert {row.name for row in evaluation.rows if row.role == "baseline"} == {"popularity, 7 days", "EASE, plain"}


def test_the_oracle_is_the_best_there_is(measured: Measured) -> None:
    for evaluation in measured.found.evaluations:
        headline = {row.name: row.metrics[evaluation.headline].mean for row in evaluation.rows}
        assert evaluation.row("oracle").role == "oracle"
        assert max(headline, key=lambda name: headline[name]) == "oracle"
        assert headline["blend"] > headline["popularity, 7 days"]


def test_a_model_of_ones_own_is_measured_like_ours(measured: Measured) -> None:
    for evaluation in measured.found.evaluations:
        row = evaluation.row("audience")
        assert row.role == "model"
        interval = row.metrics[evaluation.headline]
        assert 0 < interval.low <= interval.mean <= interval.high < 1
        assert row.ahead[evaluation.headline].mean < 0


def test_the_run_is_recorded_and_leads_back_to_the_data(measured: Measured) -> None:
    run = runs.find(measured.project, measured.found.run)
    assert run.status == "done"
    assert run.record["metrics"]["global-time"]["audience ndcg@10"] > 0
    assert run.record["splits"] == {one.split: one.split_hash for one in measured.found.evaluations}
    relations = [one.relation for one in ancestors(measured.project, run.id)]
    assert relations[0] == "read"
    assert "holds plays from simulator" in relations


def test_what_the_parts_add_is_told_of_every_part_at_its_cost(measured: Measured) -> None:
    run = runs.find(measured.project, measured.found.run)
    assert run.record["worths"] == [one.to_dict() for one in measured.found.worths]
    for worth, evaluation in zip(measured.found.worths, measured.found.evaluations, strict=True):
        assert (worth.split, worth.metric) == (evaluation.split, evaluation.headline)
        assert tuple(part.name for part in worth.parts) == FEW.parts
        kept = {part.name for part in worth.parts if part.kept}
        assert kept - {"popularity"} == {row.name for row in evaluation.rows} & set(FEW.parts)
        assert all(part.seconds > 0 for part in worth.parts)
        assert evaluation.row("blend").fit_seconds > sum(part.seconds for part in worth.parts)
    assert measured.html.count("What each part adds, at what cost") == len(measured.found.evaluations)


def test_the_report_needs_nothing_from_elsewhere(measured: Measured) -> None:
    html = measured.html
    assert "<script" not in html
    assert "<link" not in html
    assert "@import" not in html
    assert re.findall(r"(?:src|href)\s*=\s*[\"']?(?!#|data:)[^\s>]+", html) == []
    assert re.findall(r"url\((?!\s*[\"']?(?:#|data:))", html) == []
    assert [
        found for found in re.findall(r"https?://[^\s\"'<]+", html) if not found.startswith("http://www.w3.org")
    ] == []


def test_the_report_tells_the_story(measured: Measured) -> None:
    for words in (
        "audience",
        "oracle",
        "Results: global time",
        f"member {measured.shown}",
        "left out",
        measured.found.run,
    ):
        assert words in measured.html
    assert "Because you watched" in measured.html
    assert len(re.findall(rf"<h\d>(?:<bdi>)?Home page of member {measured.shown}", measured.html)) == 1


def test_equal_evaluations_are_equal(measured: Measured, tmp_path: Path) -> None:
    again = evaluate(measured.project, protocols=("global-time",), recipe=FEW, report=tmp_path / "again.html")
    first = measured.found.evaluations[0]
    (second,) = again.evaluations
    assert second.split_hash == first.split_hash
    assert [second.row(row.name) for row in first.rows if row.name != "audience"] == [
        row for row in first.rows if row.name != "audience"
    ]
    assert again.worths == measured.found.worths[:1]
    assert again.report == tmp_path / "again.html"
    assert again.report.exists()


@pytest.mark.parametrize("protocols", [("no-such",), ("global-time", "no-such"), ()])
def test_protocols_that_are_not_there_are_refused(measured: Measured, protocols: tuple[str, ...]) -> None:
    before = len(runs.every(measured.project))
    with pytest.raises(UsageError, match="global-time, leave-last-out, strong-generalisation"):
        evaluate(measured.project, protocols=protocols)
    assert len(runs.every(measured.project)) == before


def test_a_report_that_cannot_be_written_is_said_before_the_work(measured: Measured, tmp_path: Path) -> None:
    steps: list[str] = []
    with pytest.raises(ProjectError, match="no such folder"):
        evaluate(measured.project, report=tmp_path / "nowhere" / "r.html", progress=lambda step, _: steps.append(step))
    assert steps == []


@pytest.mark.parametrize(("arguments", "words"), [({"seed": -1}, "seed -1"), ({"as_of": "2024-04-01"}, "no datetime")])
def test_arguments_that_make_no_sense_are_refused_before_the_work(
    measured: Measured, arguments: dict[str, Any], words: str
) -> None:
    before = len(runs.every(measured.project))
    with pytest.raises(UsageError, match=words):
        evaluate(measured.project, **arguments)
    assert len(runs.every(measured.project)) == before


def test_what_the_simulator_does_not_know_costs_the_oracle_and_no_more(service: Project) -> None:
    add_rows(service, "plays", [("ann", "t00001", datetime(2024, 4, 5), 4000.0, 1.0)])
    record_member(service, "ann", PURPOSES, granted=True)
    shares: list[float] = []
    found = evaluate(service, protocols=("global-time",), recipe=LIGHT, progress=lambda _, share: shares.append(share))
    assert "oracle" not in {row.name for row in found.evaluations[0].rows}
    note = "The oracle is left out because the simulator knows nothing of &#39;ann&#39;."
    assert note in found.report.read_text(encoding="utf-8")
    assert shares == sorted(shares)


def test_each_protocol_is_validated_as_it_is_tested(measured: Measured) -> None:
    histories = viewing(measured.project, ("train", "evaluate"), "a test").histories
    for protocol in PROTOCOLS.values():
        test = protocol.test(histories)
        again = protocol.validation(test.train)
        assert again.name == test.name
        assert again.train.n_events < test.train.n_events


def test_a_report_in_place_of_a_folder_is_refused(measured: Measured, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    before = len(runs.every(measured.project))
    with pytest.raises(ProjectError, match="cannot be written: it is a folder"):
        evaluate(measured.project, protocols=("global-time",), recipe=LIGHT, report=tmp_path / "taken")
    assert len(runs.every(measured.project)) == before
