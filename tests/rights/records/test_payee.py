"""The compensation alone says who is paid; records of before are read as they were decided on."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from openslate import clock
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.authorising import authorise
from openslate.rights.commitments import commitment
from openslate.rights.compensation import Compensation
from openslate.rights.records.document import document_of, hash_of, record_of
from openslate.rights.records.importing import import_records
from openslate.rights.records.odrl import to_odrl
from openslate.rights.records.reading import read_records
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.store import grant
from openslate.rights.records.versions import versions
from tests.rights.people import GENERATE, NOW, PERFORMER

OWED = Compensation("flat", Decimal("10.00"), "USD", payee="house:agency", payee_kind="agent")


def earlier(record: ConsentRecord, payee: str) -> bytes:
    """The document of a version that named the payee beside the compensation."""
    return json.dumps(
        {**json.loads(document_of(record)), "payee": payee}, sort_keys=True, separators=(",", ":")
    ).encode()


def test_who_is_paid_is_said_once() -> None:
    assert "payee" not in {one.name for one in fields(ConsentRecord)}
    assert replace(PERFORMER, compensation=OWED).paid_to == "house:agency"
    assert replace(PERFORMER, compensation=replace(OWED, payee=None)).paid_to == PERFORMER.subject_id
    assert replace(PERFORMER, compensation=None).paid_to == PERFORMER.subject_id


@pytest.mark.parametrize(
    ("owed", "beside", "paid"),
    [
        (OWED, "", "house:agency"),
        (replace(OWED, payee=None), "house:estate", "house:estate"),
        # The one beside it was who was paid, whatever the compensation said.
        (OWED, "house:estate", "house:estate"),
        (None, "house:estate", PERFORMER.subject_id),
    ],
)
def test_a_document_of_before_is_read_as_it_was_decided_on(owed: Compensation | None, beside: str, paid: str) -> None:
    found = record_of(earlier(replace(PERFORMER, compensation=owed), beside))
    assert found.paid_to == paid
    assert record_of(document_of(found)) == found


def test_a_version_of_before_stands_until_something_is_said_anew(project: Project) -> None:
    with clock.frozen(NOW):
        kept = grant(project, replace(PERFORMER, compensation=OWED))
        document = earlier(replace(PERFORMER, version=1, prev_hash=None, compensation=OWED), "house:agency")
        change = (document, hash_of(document), kept.id)
        project.vault.execute("UPDATE records SET document = ?, hash = ? WHERE record = ?", change)
        again = grant(project, replace(PERFORMER, compensation=OWED))
        assert (again.version, again.entry) == (1, None)
        assert grant(project, replace(PERFORMER, compensation=replace(OWED, payee="house:other"))).version == 2
    assert [one.value.paid_to for one in versions(project, kept.id) if isinstance(one.value, ConsentRecord)] == [
        "house:agency",
        "house:other",
    ]


def test_the_payee_of_the_compensation_is_the_one_on_the_ledger(project: Project) -> None:
    with clock.frozen(NOW):
        grant(project, replace(PERFORMER, compensation=replace(OWED, basis="flat")))
        entry = authorise(project, replace(GENERATE, unit="use", units=Decimal(1))).entry
    assert ledger.entry(project, entry.index).entry["payee"] == commitment(project, "payee", "house:agency")


def test_files_may_name_the_payee_in_either_place_and_not_in_two_ways(project: Project, tmp_path: Path) -> None:
    example = Path("examples/rights/performers.toml")
    records = {one.value.record_id: one.value for one in read_records(example) if isinstance(one.value, ConsentRecord)}
    assert records["consent-0104"].paid_to == "house:executor-201"
    policy = json.dumps(to_odrl(records["consent-0104"], "a" * 64))
    assert "executor-201" in policy
    path = tmp_path / "records.toml"
    text = example.read_text()
    path.write_text(
        text.replace('record_id = "consent-0104"', 'record_id = "consent-0104"\npayee = "house:executor-201"')
    )
    found = {one.value.record_id: one.value for one in read_records(path) if isinstance(one.value, ConsentRecord)}
    assert found["consent-0104"] == records["consent-0104"]
    path.write_text(text.replace('record_id = "consent-0104"', 'record_id = "consent-0104"\npayee = "house:other"'))
    (refused,) = import_records(project, path).refused
    assert "name who is paid in the compensation alone" in str(refused)
    path.write_text(text.replace('record_id = "consent-0106"', 'record_id = "consent-0106"\npayee = "house:other"'))
    (refused,) = import_records(project, path).refused
    assert "nothing is paid" in str(refused)


def test_a_column_of_csv_names_the_payee(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_text(
        "record_id,subject_id,subject_kind,asset_kind,producer,project_id,effective_from,signature,uses,description,"
        "separately_signed,basis,rate,currency,payee,payee_kind\n"
        f"c-1,house:lead,principal,EBDR,Harbour,house:p,2026-09-01T00:00:00Z,{'a' * 64},generate,"
        "Face placed on the stunt performer,true,flat,10.10,USD,house:agency,agent\n"
    )
    (entry,) = read_records(path)
    assert isinstance(entry.value, ConsentRecord), entry.refusal
    assert entry.value.paid_to == "house:agency"
    assert datetime(2026, 9, 1, tzinfo=UTC) == entry.value.effective_from
