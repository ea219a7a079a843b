"""What `rights close` and `rights forget` tell whoever answers for them."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from openslate import clock
from openslate.cli.main import app
from openslate.project import Project
from openslate.rights.consent import Basis, grant_source
from openslate.rights.records.store import grant, grant_mandate
from tests.lake_rows import add_rows
from tests.rights.people import ESTATE, PERFORMER
from tests.used import CLOSING, USE, pooled, put


@pytest.fixture(autouse=True)
def after_the_month() -> Iterator[None]:
    with clock.frozen(CLOSING + timedelta(days=1)):
        yield


def run(project: Project, *said: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["--project", str(project.folder), "rights", *said])
    return done.exit_code, done.output + getattr(done.exception, "what", "")


def document(project: Project, *said: str) -> dict[str, Any]:
    code, out = run(project, *said, "--json")
    assert code == 0, out
    found: dict[str, Any] = json.loads(out)
    return found


CLOSE = ("close", "2026-07", "--payer", "Northlight Pictures")


def test_a_pool_that_no_use_draws_on_is_told_and_so_is_a_month_closed_before(project: Project) -> None:
    put(project, USE)
    found = document(project, *CLOSE, "--pool", "flims=20.00 USD")
    assert (found["again"], found["not_paid_for_want_of_uses"]) == (False, {"flims": "20.00 USD"})
    again = document(project, *CLOSE, "--pool", "films=50.00 USD")
    assert again == {**found, "again": True, "not_paid_for_want_of_uses": {}}
    assert "was closed before, and nothing has changed" in run(project, *CLOSE)[1]


def test_a_pool_is_shared_out_viewer_by_viewer_from_a_file(project: Project, tmp_path: Path) -> None:
    put(project, pooled("one", 3, "user_centric"), pooled("two", 1, "user_centric"))
    path = tmp_path / "viewers.csv"
    film = USE.project
    path.write_text(f"viewer,fee,record,production,uses\nann,5.00,one,{film},3\nbob,5.00,two,{film},1\n")
    found = document(project, *CLOSE, "--pool", "July=10.00 USD", "--viewers", f"July={path}")
    assert (found["statements"], found["not_paid_for_want_of_uses"]) == (2, {})
    # Their figures are used and not kept.
    for kept in project.folder.rglob("*"):
        assert not kept.is_file() or b"bob" not in kept.read_bytes()


def test_what_stays_on_the_ledger_of_somebody_erased_is_told(project: Project) -> None:
    member = "m-distinct-0042"
    add_rows(project, "members", [(member,)], source="press")
    grant_source(project, "press", Basis(f"as {member} agreed to", ("train",)))
    code, out = run(project, "forget", member, "--reason", "asked by letter")
    assert code == 0, out
    assert "Stays, because the ledger is never rewritten: entry " in out


def test_whoever_only_acts_for_others_is_told_what_keeps_them(project: Project) -> None:
    grant_mandate(project, ESTATE)
    grant(project, replace(PERFORMER, signer_role="estate", mandate=ESTATE.mandate_id))
    code, out = run(project, "forget", ESTATE.holder_id, "--kind", "subject", "--reason", "asked")
    assert code == 1
    assert "What names them stays (man-estate: another's record was signed under it)" in out


@pytest.mark.parametrize("inside", ["check", "reports/check"])
def test_sums_are_not_exported_into_the_project(project: Project, inside: str) -> None:
    code, out = run(project, "export-sums", str(project.folder / inside))
    assert code == 1
    assert "lies inside the project" in out
