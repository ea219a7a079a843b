"""The road a newcomer takes, from an empty folder to a page and back to the data it came from."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from openslate.project import Project
from tests.cli.conftest import Openslate

SIMULATE = ("simulate", "--members", 1000, "--titles", 150, "--days", 40, "--plays", 15, "--seed", 3)


def test_from_an_empty_folder_to_a_page_and_back(openslate: Openslate, light: Path, tmp_path: Path) -> None:
    svc = tmp_path / "svc"
    here = ("--project", svc)

    made = openslate("init", svc)
    assert made.code == 0
    assert "Next: openslate --project" in made.out

    simulated = openslate(*here, *SIMULATE)
    assert simulated.code == 0
    assert "members: 1,000 read, 1,000 added, 0 repeated, 0 quarantined." in simulated.out
    assert f"Next: openslate --project {svc} personalize train" in simulated.out
    assert "%" in simulated.err

    trained = openslate(*here, "personalize", "train", "--json")
    assert trained.code == 0
    assert trained.document["serves"]
    assert "Learning what is watched by the same members" in trained.err

    report = tmp_path / "report.html"
    shorter = ("--protocol", "global-time", "--recipe", light)
    measured = openslate(*here, "personalize", "evaluate", *shorter, "--report", report)
    assert measured.code == 0
    assert "oracle" in measured.out
    assert "the best baseline" in measured.out
    assert report.read_text(encoding="utf-8").startswith("<!doctype html>")

    page = tmp_path / "page.html"
    home = openslate(*here, "personalize", "home", "m0000000", "--html", page)
    assert home.code == 0
    assert "Top picks for you" in home.out
    assert "<html" in page.read_text(encoding="utf-8")

    listed = openslate(*here, "personalize", "recommend", "m0000000", "--count", 5)
    assert "Because you watched" in " ".join(listed.out.split())

    models = openslate(*here, "models")
    assert trained.document["model"][:12] in models.out
    assert "serves" in models.out

    first, second = (run["id"] for run in openslate(*here, "runs", "--json").document["runs"])
    compared = openslate(*here, "runs", "compare", first[:6], second)
    assert compared.code == 0
    assert "settings.as_of" not in compared.out
    assert "metrics.ndcg@10" in compared.out

    kept = openslate(*here, "personalize", "home", "m0000000", "--json").document["id"]
    back = openslate(*here, "lineage", kept[:16], "--json").document
    assert back["id"] == kept
    shards = {shard.hash for shard in Project.open(svc).lake.snapshot("titles", "plays", "ratings", "members").shards}
    assert {trained.document["model"], first, *shards} <= {one["id"] for one in back["ancestors"]}
    assert "trained on" in openslate(*here, "lineage", kept).out
    for run in (first, second):
        assert "holds plays from simulator" in openslate(*here, "lineage", run).out

    status = openslate(*here, "status")
    assert "1,000" in status.out
    assert "members' consents decide" in status.out
    assert f"personalize: model {trained.document['model'][:12]} serves." in status.out
    assert "1 model, 2 runs." in status.out


def test_simulating_twice_adds_nothing(openslate: Openslate, tmp_path: Path) -> None:
    openslate("init", tmp_path / "svc")
    openslate("--project", tmp_path / "svc", *SIMULATE)
    again = openslate("--project", tmp_path / "svc", *SIMULATE)
    assert again.code == 0
    assert "nothing was added" in again.out


def test_a_play_imported_from_a_file_changes_the_answer(
    openslate: Openslate, svc: Path, member: str, tmp_path: Path
) -> None:
    before = openslate("-p", svc, "personalize", "recommend", member, "--json").document
    watched = before["titles"][0]["title"]
    path = tmp_path / "tonight.csv"
    path.write_text(
        f"who,what,started,completion\n{member},{watched},2024-04-15 20:15:00,1.0\n{member},{watched},x,1\n"
    )
    words = ("-p", svc, "import", "csv", path, "--table", "plays", "--column", "who=member", "--column", "what=title")
    imported = openslate(*words)
    assert imported.code == 0
    assert "plays: 2 read, 1 added, 0 repeated, 1 quarantined." in imported.out
    assert "Nobody's events from 'csv:tonight.csv' may be used" in imported.out
    after = openslate("-p", svc, "personalize", "recommend", member, "--json").document
    assert after["model"] == before["model"]
    assert watched not in {title["title"] for title in after["titles"]}


def test_consent_withdrawn_on_the_command_line_holds_at_once(openslate: Openslate, svc: Path, member: str) -> None:
    assert openslate("-p", svc, "personalize", "home", member, "--json").document["personalised"]
    said = openslate("-p", svc, "rights", "withdraw", "--member", member, "--purpose", "personalize")
    assert said.out == f"Withdrawn for member {member}: personalize.\n"
    page = openslate("-p", svc, "personalize", "home", member)
    assert page.code == 0
    assert "You have not agreed to personalisation" in page.out
    openslate("-p", svc, "rights", "grant", "--member", member, "--purpose", "personalize")
    assert openslate("-p", svc, "personalize", "home", member, "--json").document["personalised"]
    checked = openslate("-p", svc, "rights", "check").out
    assert "The ledger is whole" in checked


def test_a_stale_model_is_promoted_by_force_and_rolled_back(openslate: Openslate, svc: Path, light: Path) -> None:
    stale = openslate("-p", svc, "personalize", "train", "--as-of", "2024-04-01", "--recipe", light)
    assert stale.code == 0
    assert "does not serve: it is stale" in " ".join(stale.out.split())
    older, newer = sorted(openslate("-p", svc, "models", "--json").document["models"], key=lambda one: one["serves"])
    refused = openslate("-p", svc, "models", "promote", older["id"])
    assert refused.code == 1
    assert "is not promoted: it is stale" in refused.err
    forced = openslate("-p", svc, "models", "promote", older["id"][:10], "--force", "--reason", "a test")
    assert forced.out == f"Model {older['id'][:12]} serves.\n"
    back = openslate("-p", svc, "models", "rollback", "--reason", "enough")
    assert back.out == f"Model {newer['id'][:12]} serves.\n"
    assert openslate("-p", svc, "models", "rollback", "--reason", "more").code == 1


def test_dates_on_the_command_line_are_utc(openslate: Openslate, svc: Path, light: Path) -> None:
    openslate("-p", svc, "personalize", "train", "--as-of", "2024-04-01", "--recipe", light, "--json")
    latest = openslate("-p", svc, "runs", "--json").document["runs"][-1]
    assert datetime.fromisoformat(latest["record"]["settings"]["as_of"]).isoformat() == "2024-04-01T00:00:00+00:00"


@pytest.mark.parametrize(
    "words",
    [
        ["status"],
        ["runs"],
        ["models"],
        ["rights", "check"],
        ["personalize", "train"],
        ["personalize", "evaluate", "--protocol", "leave-last-out"],
        ["personalize", "home", "m0000000"],
        ["personalize", "home", "nobody"],
        ["personalize", "recommend", "m0000000"],
        ["rights", "grant", "--source", "simulator", "--purpose", "train", "--basis", "A test."],
        ["rights", "withdraw", "--member", "m0000000", "--purpose", "train"],
    ],
    ids=" ".join,
)
def test_json_is_one_document_and_views_fit_a_terminal(
    words: list[str], openslate: Openslate, svc: Path, light: Path
) -> None:
    words = [*words, "--recipe", str(light)] if "evaluate" in words else words
    said = openslate("--project", svc, *words, "--json")
    assert said.code == 0, said.err
    assert isinstance(json.loads(said.out), dict)
    viewed = openslate("--project", svc, *words)
    assert viewed.code == 0
    paths = str(svc)
    assert [line for line in viewed.out.splitlines() if len(line) > 80 and paths not in line] == []


def test_init_speaks_json(openslate: Openslate, tmp_path: Path) -> None:
    assert openslate("init", tmp_path / "svc", "--json").document == {"project": str(tmp_path / "svc")}
