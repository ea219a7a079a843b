"""Who estimated days stands on the ledger as a commitment, and asset ids that name somebody are refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from openslate import clock
from openslate.accounts.erasing_subjects import Override, erase_subject
from openslate.accounts.names import VaultNames
from openslate.accounts.periods import close_period
from openslate.accounts.replicas import Replica, register
from openslate.accounts.statement_page import statement_sheet
from openslate.accounts.statements import statement, statement_json
from openslate.drawing.sheet import sheet_document
from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.asking import request_of
from openslate.rights.authorising import authorise
from openslate.rights.commitments import known_commitment
from openslate.rights.estimates import author_of
from openslate.rights.periods import month
from openslate.rights.records.store import grant, withdraw
from tests.rights.people import GENERATE, NOW, PERFORMER

ASKED = replace(GENERATE, estimate_author="Ida Lang")


@pytest.fixture
def studio(project: Project) -> Iterator[Project]:
    with clock.frozen(NOW):
        grant(project, PERFORMER)
        yield project


def test_the_ledger_knows_no_author_and_the_vault_does(studio: Project) -> None:
    entries = [ledger.entry(studio, authorise(studio, ASKED).entry.index).entry for _ in range(2)]
    known = {one["estimate"]["author"] for one in entries}
    assert len(known) == 1 and entries[0]["estimate"]["basis"] == "one-line schedule"
    assert b"Ida Lang" not in studio.ledger_path.read_bytes()
    assert author_of(studio, known.pop()) == "Ida Lang"


def test_a_denied_request_leaves_no_author(studio: Project) -> None:
    authorise(studio, replace(ASKED, project="p-other"))
    assert not studio.vault.rows("SELECT 1 FROM papers WHERE kind = 'author'")


def test_a_statement_shows_the_author_until_the_subject_is_erased(studio: Project) -> None:
    authorise(studio, ASKED)
    payee = known_commitment(studio, "payee", "h-ada")
    assert payee is not None
    november = month(2026, 11)
    with clock.frozen(november.end + timedelta(days=2)):
        close_period(studio, november, "Northlight")
        before = statement(studio, november, payee)
        assert "Ida Lang, from one-line schedule" in sheet_document(statement_sheet(before, VaultNames(studio)))
        erase_subject(studio, "h-ada", "asked", Override("Counsel", "agreed"))
        after = statement(studio, november, payee)
        assert statement_json(after) == statement_json(before)
        page = sheet_document(statement_sheet(after, VaultNames(studio)))
    assert "Ida Lang" not in page and "erased, from one-line schedule" in page
    assert not studio.vault.rows("SELECT 1 FROM papers WHERE kind = 'author'")
    assert all(b"Ida Lang" not in path.read_bytes() for path in studio.people.rglob("*") if path.is_file())


def test_an_author_of_an_entry_from_before_is_read_as_it_was_written(project: Project) -> None:
    assert VaultNames(project).author("first assistant director") == "first assistant director"


@pytest.mark.parametrize("asset", ["h-ada", "scan-of-h-ada-2", "H-ADA"])
def test_an_asset_that_names_its_subject_is_refused_everywhere(studio: Project, asset: str) -> None:
    with pytest.raises(UsageError, match="stand on the ledger"):
        authorise(studio, replace(GENERATE, asset=asset))
    with pytest.raises(UsageError, match="stand on the ledger"):
        asked = {"subject": "h-ada", "subject_kind": "principal", "use": "scan", "asset_kind": "EBDR", "asset": asset}
        request_of(asked, "r.json")
    with pytest.raises(UsageError, match="stand on the ledger"):
        register(studio, Replica(asset, "a" * 64, "EBDR", "h-ada", "vault 3", "Blue Vault", destroy_rule="at lock"))
    with pytest.raises(UsageError, match="must not hold the subject's id"):
        grant(studio, replace(PERFORMER, record_id="rec-new", asset_ids=(asset,)))
    assert asset.encode() not in studio.ledger_path.read_bytes()


def test_a_record_of_before_that_names_its_subject_can_still_be_withdrawn(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clock.frozen(NOW):
        with monkeypatch.context() as earlier:
            earlier.setattr("openslate.rights.records.checks.names_subject", lambda asset, subject: False)
            grant(project, replace(PERFORMER, asset_ids=("scan-of-h-ada",)))
        assert withdraw(project, PERFORMER.record_id, "stop_new").version == 2
