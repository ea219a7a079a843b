"""Scans and replicas are registered in the vault; the ledger proves it and names nobody."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from openslate import clock
from openslate.accounts.erasing_subjects import erase_subject
from openslate.accounts.marking.inspecting import inspect
from openslate.accounts.names import register_payee
from openslate.accounts.replicas import (
    Replica,
    due,
    find,
    record_destruction,
    register,
    replica_of,
    replicas,
)
from openslate.errors import RightsError, UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.canonical import canonical
from openslate.rights.commitments import commitment, known_commitment
from openslate.rights.records.store import grant
from tests.rights.people import PERFORMER, VIEWER, WRITER

UNTIL = datetime(2027, 6, 1, tzinfo=UTC)
SCAN = Replica("scan-1", "a" * 64, "EBDR", "h-ada", "shelf 3, Blue Vault", "Blue Vault", UNTIL, "at picture lock")


@pytest.fixture
def project(project: Project) -> Project:
    """A project that has the consents of those who are scanned."""
    for record in (PERFORMER, WRITER, replace(VIEWER, basis_text="Terms")):
        grant(project, record)
    return project


def test_nobody_without_a_consent_is_registered(project: Project) -> None:
    for subject in ("h-nobody", "m-1"):
        with pytest.raises(UsageError, match="has a consent record here") as refused:
            register(project, replace(SCAN, subject=subject))
        assert "openslate rights records --add FILE" in refused.value.way_out
    assert known_commitment(project, "subject", "h-nobody") is None
    grant(project, replace(PERFORMER, record_id="rec-draft", subject_id="h-nobody", status="draft", signature=""))
    assert register(project, replace(SCAN, subject="h-nobody"))


def test_nobody_who_was_erased_is_registered_or_paid(project: Project) -> None:
    erase_subject(project, "h-ada", reason="asked by letter")
    for work in (lambda: register(project, SCAN), lambda: register_payee(project, "h-ada", "Ada Quill")):
        with pytest.raises(UsageError, match="was erased on"):
            work()
    assert known_commitment(project, "payee", "h-ada") is known_commitment(project, "subject", "h-ada") is None
    now = clock.now()
    grant(project, replace(PERFORMER, record_id="rec-anew", issued_at=now, effective_from=now))
    assert register(project, SCAN) and register_payee(project, "h-ada", "Ada Quill")


def test_what_is_registered_is_found(project: Project) -> None:
    voice = replace(SCAN, asset="voice-1", kind="voice", subject="h-wen", retention_until=None)
    made = [register(project, one) for one in (voice, SCAN)]
    assert find(project, "scan-1") == made[1]
    assert replicas(project) == [made[1], made[0]]
    assert replicas(project, "h-wen") == [made[0]]
    assert made[1].replica == SCAN
    assert find(project, "scan-2") is None


def test_the_ledger_commits_to_it_and_names_nobody(project: Project) -> None:
    made = register(project, SCAN)
    text = project.ledger_path.read_text()
    for word in (SCAN.asset, SCAN.sha256, SCAN.subject, SCAN.custodian, SCAN.kept_at, SCAN.destroy_rule, "2027-06-01"):
        assert word not in text
    entry = ledger.entry(project, made.entry)
    assert entry.hash == made.hash
    assert entry.entry["subject"] == commitment(project, "subject", "h-ada")
    said = json.loads(project.vault.rows("SELECT document FROM papers")[0][0])["said"]  # type: ignore[arg-type]
    assert hashlib.sha256(canonical(said)).hexdigest() == entry.entry["hash"]
    assert list(ledger.search(project, subject=commitment(project, "subject", "h-ada"))) == [entry]


def test_equal_descriptions_are_not_seen_to_be_equal(project: Project) -> None:
    first = register(project, SCAN)
    project.vault.execute("DELETE FROM papers")
    second = register(project, SCAN)
    hashes = [ledger.entry(project, one.entry).entry["hash"] for one in (first, second)]
    assert hashes[0] != hashes[1]


def test_saying_the_same_again_changes_nothing(project: Project) -> None:
    first = register(project, SCAN)
    later = replace(SCAN, retention_until=UNTIL.astimezone())
    assert register(project, later) == first
    assert len(list(ledger.search(project, decision="replica"))) == 1


def test_another_scan_has_an_id_of_its_own(project: Project) -> None:
    register(project, SCAN)
    with pytest.raises(UsageError, match="registered already"):
        register(project, replace(SCAN, sha256="b" * 64))
    assert len(list(ledger.search(project, decision="replica"))) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"asset": ""}, "it is empty"),
        ({"asset": "isrc:1"}, "no ISRC"),
        ({"sha256": "A" * 64}, "no SHA-256"),
        ({"kind": "photo"}, "kind 'photo'"),
        ({"subject": " "}, "no subject"),
        ({"kept_at": ""}, "no kept_at"),
        ({"custodian": ""}, "no custodian"),
        ({"retention_until": datetime(2027, 6, 1)}, "no time zone"),
        ({"retention_until": None, "destroy_rule": " "}, "until when"),
        ({"retention_until": None, "kind": "biometric"}, "until when"),
    ],
)
def test_what_cannot_be_registered(project: Project, wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        register(project, replace(SCAN, **wrong))
    assert replicas(project) == []
    assert list(ledger.search(project, decision="replica")) == []


def test_what_may_no_longer_be_kept_is_due_until_it_is_destroyed(project: Project) -> None:
    register(project, SCAN)
    register(project, replace(SCAN, asset="scan-2", retention_until=None))
    assert due(project, UNTIL - timedelta(microseconds=1)) == []
    assert [one.replica.asset for one in due(project, UNTIL)] == ["scan-1"]
    record_destruction(project, "scan-1", "Wiped by Blue Vault, certificate 7.")
    assert due(project, UNTIL) == []


def test_a_destruction_is_recorded_once_with_its_evidence(project: Project) -> None:
    made = register(project, SCAN)
    with pytest.raises(UsageError, match="how"):
        record_destruction(project, "scan-1", " ")
    moment = clock.now() + timedelta(days=1)
    with clock.frozen(moment):
        stands = record_destruction(project, "scan-1", "Wiped by Blue Vault, certificate 7.")
    assert replica_of(project, "scan-1").destroyed == moment
    entry = ledger.entry(project, stands.index).entry
    assert entry["destroyed"] == made.entry
    assert "certificate" not in project.ledger_path.read_text()
    with pytest.raises(UsageError, match="already"):
        record_destruction(project, "scan-1", "again")
    with pytest.raises(UsageError, match="No replica"):
        record_destruction(project, "scan-2", "Wiped.")


def test_a_ledger_that_takes_nothing_registers_nothing(project: Project) -> None:
    project.ledger_path.unlink()
    project.ledger_path.mkdir()
    with pytest.raises(RightsError):
        register(project, SCAN)
    assert find(project, "scan-1") is None


def test_a_registered_file_is_known_when_it_is_inspected(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "scan.zip"
    path.write_bytes(b"a scan")
    assert inspect(project, path).verdict == "unknown"
    stands = register(project, replace(SCAN, sha256=hashlib.sha256(b"a scan").hexdigest()))
    found = inspect(project, path)
    assert found.verdict == "registered"
    told = found.sentences()
    assert f"It is the asset scan-1, EBDR: entry {stands.entry} of the ledger." in told
    record_destruction(project, "scan-1", "certificate 7")
    assert any("recorded as destroyed" in one for one in inspect(project, path).sentences())
    path.write_bytes(b"a scam")
    assert inspect(project, path).verdict == "unknown"
