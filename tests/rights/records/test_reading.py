import json
import tomllib
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from openslate.errors import AdmitError
from openslate.rights.records.document import document_of, mandate_of, plain, record_of
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.reading import Entry, read_records
from openslate.rights.records.record import ConsentRecord

EXAMPLE = Path(__file__).parents[3] / "examples" / "rights" / "performers.toml"
VIEWER: dict[str, Any] = {
    "record_id": "consent-1",
    "subject_id": "member-9",
    "subject_kind": "viewer",
    "asset_kind": "viewing_data",
    "effective_from": "2026-02-01T00:00:00Z",
    "basis_text": "Asked in the app.",
    "uses": [{"use": "train", "description": "Learning what members like"}],
}
PERFORMER: dict[str, Any] = {
    "record_id": "consent-2",
    "subject_id": "house:lead",
    "subject_kind": "principal",
    "asset_kind": "EBDR",
    "producer": "Harbour Pictures",
    "project_id": "house:low-tide",
    "effective_from": "2026-09-01T00:00:00-07:00",
    "signature": "a" * 64,
    "uses": [{"use": "generate", "description": "Face placed on the stunt performer"}],
}
MANDATE: dict[str, Any] = {
    "mandate_id": "mandate-1",
    "holder_id": "house:parent",
    "role": "guardian",
    "subjects": ["house:child"],
    "effective_from": "2026-01-01T00:00:00Z",
    "evidence": "b" * 64,
}


def written(folder: Path, records: object = (), mandates: object = ()) -> Path:
    path = folder / "records.json"
    path.write_text(json.dumps({"records": records, "mandates": mandates}))
    return path


def only(path: Path) -> Entry:
    (entry,) = read_records(path)
    return entry


def record(entry: Entry) -> ConsentRecord:
    assert isinstance(entry.value, ConsentRecord), entry.refusal
    return entry.value


def refused(path: Path) -> str:
    refusal = only(path).refusal
    assert refusal is not None
    return refusal.what


def test_the_example_reads_whole_with_its_mandates_first() -> None:
    found = read_records(EXAMPLE)
    assert [entry.refusal for entry in found] == [None] * 9
    assert [type(entry.value) for entry in found] == [Mandate] * 2 + [ConsentRecord] * 7
    lead = record(found[2])
    assert lead.compensation is not None
    assert lead.compensation.rate == Decimal("1500.00")
    assert lead.effective_from == datetime(2026, 9, 1, 7, tzinfo=UTC)
    assert {one.value.subject_kind for one in found if isinstance(one.value, ConsentRecord)} == {
        *("principal", "background", "writer", "deceased", "minor", "viewer", "source")
    }


def test_what_was_read_is_kept_as_one_text_and_read_back_from_it() -> None:
    for entry in read_records(EXAMPLE):
        if isinstance(entry.value, ConsentRecord):
            assert record_of(document_of(entry.value)) == entry.value
            assert document_of(record_of(document_of(entry.value))) == document_of(entry.value)
        else:
            assert isinstance(entry.value, Mandate)
            assert mandate_of(document_of(entry.value)) == entry.value


def test_json_and_toml_say_the_same(tmp_path: Path) -> None:
    held = tomllib.loads(EXAMPLE.read_text(), parse_float=str)
    path = tmp_path / "records.json"
    path.write_text(json.dumps(held, default=lambda moment: moment.isoformat()))
    assert [entry.value for entry in read_records(path)] == [entry.value for entry in read_records(EXAMPLE)]


def test_a_row_of_csv_is_a_record(tmp_path: Path) -> None:
    path = tmp_path / "records.csv"
    path.write_text(
        "record_id,subject_id,subject_kind,asset_kind,producer,project_id,territories,effective_from,signature,uses,"
        "description,scenes,max_count,separately_signed,basis,rate,currency,payee,payee_kind\r\n"
        f"c-1,house:lead,principal,EBDR,Harbour,house:p,US; CA,2026-09-01T00:00:00Z,{'a' * 64},generate;dub,"
        '"Face, placed\n on the stunt performer",12;13,2,true,flat,10.10,USD,,subject\r\n'
        f"c-2,house:two,principal,EBDR,Harbour,house:p,,2026-09-01T00:00:00Z,{'a' * 64},generate,"
        "Face placed on the stunt performer,,,no,,,,,\r\n"
    )
    first, second = read_records(path)
    # A line break in a cell is none of a description's characters.
    assert first.refusal is not None and "cannot be printed" in first.refusal.what and first.refusal.line == 2
    assert second.refusal is not None
    assert second.refusal.what.startswith("records.csv, line 4: separately_signed = 'no' is refused:")
    path.write_text(path.read_text().replace("\n on", " on").replace(",no,", ",false,"))
    found = [record(entry) for entry in read_records(path)]
    assert found[0].territories == ("US", "CA")
    assert [(one.use, one.scenes, one.max_count) for one in found[0].uses] == [
        ("generate", ("12", "13"), 2),
        ("dub", ("12", "13"), 2),
    ]
    assert found[0].compensation is not None and found[0].compensation.rate == Decimal("10.10")
    assert found[1].territories == ("*",) and found[1].compensation is None and not found[1].separately_signed


def test_a_row_of_csv_is_a_mandate_where_the_columns_say_so(tmp_path: Path) -> None:
    path = tmp_path / "mandates.csv"
    path.write_text(
        "mandate_id,holder_id,role,subjects,effective_from,evidence\n"
        f"m-1,house:parent,guardian,house:child;house:other,2026-01-01T00:00:00Z,{'b' * 64}\n"
        "m-2,house:parent\n"
    )
    first, second = read_records(path)
    assert isinstance(first.value, Mandate) and first.value.subjects == ("house:child", "house:other")
    assert second.refusal is not None
    assert second.refusal.what == "mandates.csv, line 3: it has 2 cells for 6 columns."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("record_id,colour\n", "has a column 'colour'"),
        ("record_id,compensation\n", "has a column 'compensation'"),
        ("record_id,record_id\n", "has the column 'record_id' twice"),
        ('record_id\n"a"b\n', "not valid CSV"),
        ("record_id\n", "holds no record"),
    ],
)
def test_a_csv_file_that_is_none_is_refused_whole(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "records.csv"
    path.write_text(text)
    with pytest.raises(AdmitError, match=said):
        read_records(path)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("r.toml", "[[records]\n", "not valid TOML"),
        ("r.toml", "", "holds no record"),
        ("r.toml", "[[record]]\n", "holds record, beside"),
        ("r.toml", "records = 3\n", "records is no list"),
        ("r.json", "[]", "holds no object"),
        ("r.json", '{"records": [], "records": []}', "named twice"),
        ("r.json", '{"records": [{"rate": NaN}]}', "NaN is no number"),
        ("r.yaml", "", "is no .toml, .json or .csv"),
    ],
)
def test_a_file_that_is_none_is_refused_whole(tmp_path: Path, name: str, text: str, said: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(AdmitError, match=said):
        read_records(path)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AdmitError, match="cannot be read"):
        read_records(tmp_path / "absent.toml")
    path = tmp_path / "r.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(AdmitError, match="UTF-8"):
        read_records(path)


def test_a_refusal_names_file_line_field_and_value(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    text = EXAMPLE.read_text()
    path.write_text(text.replace('currency = "USD"\nfloor = 1283.00', 'currency = "usd"\nfloor = 1283.00'))
    entry = next(entry for entry in read_records(path) if entry.refusal is not None)
    assert entry.refusal is not None
    line = next(at for at, one in enumerate(path.read_text().splitlines(), 1) if 'currency = "usd"' in one)
    assert entry.refusal.line == line
    assert f"r.toml, line {line}: compensation.currency = 'usd' is refused:" in entry.refusal.what


def test_amounts_are_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "r.toml"
    path.write_text(EXAMPLE.read_text().replace("rate = 1500.00", "rate = 0.10000000000000000000001"))
    rates = [entry.value.compensation.rate for entry in read_records(path) if getattr(entry.value, "compensation", 0)]  # type: ignore[union-attr]
    assert Decimal("0.10000000000000000000001") in rates


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"effective_from": "2026-09-01T00:00:00"}, "effective_from"),
        ({"effective_from": "2026-09-01"}, "effective_from"),
        ({"effective_from": 1767225600}, "effective_from"),
        ({"effective_from": "1767225600"}, "effective_from"),
        ({"effective_from": None}, "effective_from"),
        ({"record_id": ""}, "record_id"),
        ({"record_id": "house:lead-contract"}, "record_id"),
        ({"record_id": "-x"}, "record_id"),
        ({"subject_id": ""}, "subject_id"),
        ({"subject_id": "isni:0000000121032684"}, "subject_id"),
        ({"subject_kind": "extra"}, "subject_kind"),
        ({"asset_kind": "face"}, "asset_kind"),
        ({"asset_kind": "viewing_data"}, "asset_kind"),
        ({"asset_ids": []}, "asset_ids"),
        ({"asset_ids": ["10.5240/7791-8534-2C23-9030-8610-6"]}, "asset_ids"),
        ({"asset_ids": ["sha256:abc"]}, "asset_ids"),
        ({"producer": ""}, "producer"),
        ({"project_id": "*"}, "project_id"),
        ({"territories": []}, "territories"),
        ({"territories": ["usa"]}, "territories"),
        ({"media": []}, "media"),
        ({"languages": ["English"]}, "languages"),
        ({"uses": []}, "uses"),
        ({"uses": [{"use": "sell", "description": "Five words are enough here"}]}, "uses.use"),
        ({"uses": [{"use": "personalize", "description": "Five words are enough here"}]}, "uses"),
        ({"uses": [{"use": "generate", "description": "Any use"}]}, "uses.description"),
        ({"uses": [{"use": "generate", "description": " "}]}, "uses.description"),
        (
            {"uses": [{"use": "generate", "description": "Five words are enough here", "max_count": 0}]},
            "uses.max_count",
        ),
        ({"uses": [{"use": "generate", "description": "Five words are enough here"}] * 2}, "uses"),
        ({"packs": ["SAG 2026"]}, "packs"),
        ({"jurisdictions": ["California"]}, "jurisdictions"),
        ({"compensation": {"basis": "flat", "currency": "USD"}}, "compensation.rate"),
        ({"compensation": {"basis": "flat", "rate": "-1", "currency": "USD"}}, "compensation.rate"),
        ({"compensation": {"basis": "flat", "rate": "NaN", "currency": "USD"}}, "compensation.rate"),
        ({"compensation": {"basis": "flat", "rate": True, "currency": "USD"}}, "compensation.rate"),
        ({"compensation": {"basis": "flat", "rate": "1", "currency": "XYZ"}}, "compensation.currency"),
        ({"compensation": {"basis": "pro_rata", "currency": "USD"}}, "compensation.pool"),
        ({"compensation": {"basis": "fair", "rate": "1", "currency": "USD"}}, "compensation.basis"),
        ({"issued_at": "2026-09-02T00:00:00Z"}, "effective_from"),
        ({"expires_at": "2026-09-01T07:00:00Z"}, "expires_at"),
        ({"notice_at": "2026-09-02T00:00:00Z", "scan_at": "2026-09-01T00:00:00Z"}, "notice_at"),
        ({"represented_by": "counsel"}, "representation_evidence"),
        ({"representation_evidence": "c" * 64}, "representation_evidence"),
        ({"signature": ""}, "signature"),
        ({"signature": "signed"}, "signature"),
        ({"signer_role": "agent"}, "mandate"),
        ({"mandate": "mandate-1"}, "mandate"),
        ({"is_minor": True}, "guardian"),
        ({"is_minor": True, "guardian": "house:parent"}, "signer_role"),
        ({"is_minor": 1}, "is_minor"),
        ({"subject_kind": "minor"}, "is_minor"),
        (
            {
                "is_minor": True,
                "guardian": "house:parent",
                "signer_role": "guardian",
                "mandate": "m",
                "sexual_content_allowed": True,
            },
            "sexual_content_allowed",
        ),
        ({"subject_kind": "deceased"}, "signer_role"),
        ({"status": "on"}, "status"),
        ({"status": "withdrawn"}, "withdrawn_at"),
        ({"withdrawn_at": "2026-09-02T00:00:00Z"}, "withdrawn_at"),
        ({"status": "withdrawn", "withdrawn_at": "2026-09-02T00:00:00Z"}, "withdrawal_effect"),
        ({"withdrawal_effect": "unlearn"}, "withdrawal_effect"),
        ({"evidence": ["paper"]}, "evidence"),
        ({"schema_version": 2}, "schema_version"),
        ({"version": 0}, "version"),
        ({"version": 2}, "prev_hash"),
        ({"prev_hash": "d" * 64}, "prev_hash"),
        ({"business_reason": "a\u0000b"}, "business_reason"),
        ({"subject_kind": "viewer"}, "basis_text"),
        ({"subject_kind": "viewer", "basis_text": "Asked."}, "asset_kind"),
        ({"subject_kind": "source", "basis_text": "Licence."}, "asset_kind"),
        ({"subject_kind": "source", "basis_text": "Licence.", "asset_kind": "synopsis"}, "uses"),
        ({"mood": "good"}, "mood"),
    ],
)
def test_every_field_is_checked(tmp_path: Path, changes: dict[str, Any], field: str) -> None:
    assert record(only(written(tmp_path, [PERFORMER]))).subject_kind == "principal"
    assert f": {field} = " in refused(written(tmp_path, [{**PERFORMER, **changes}]))


@pytest.mark.parametrize("missing", ["record_id", "subject_id", "subject_kind", "asset_kind", "effective_from", "uses"])
def test_every_field_that_is_needed_is_missed(tmp_path: Path, missing: str) -> None:
    without = {field: value for field, value in PERFORMER.items() if field != missing}
    assert f"records 1: {missing} = nothing is refused: field required." in refused(written(tmp_path, [without]))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"subjects": []}, "subjects"),
        ({"subjects": ["*"]}, "subjects"),
        ({"subjects": [""]}, "subjects"),
        ({"role": "friend"}, "role"),
        ({"evidence": ""}, "evidence"),
        ({"holder_id": ""}, "holder_id"),
        ({"mandate_id": "house:child-mandate"}, "mandate_id"),
        ({"expires_at": "2026-01-01T00:00:00Z"}, "expires_at"),
        ({"effective_from": "2026-01-01T00:00:00"}, "effective_from"),
        ({"version": 3}, "prev_hash"),
    ],
)
def test_every_field_of_a_mandate_is_checked(tmp_path: Path, changes: dict[str, Any], field: str) -> None:
    assert isinstance(only(written(tmp_path, (), [MANDATE])).value, Mandate)
    assert f": {field} = " in refused(written(tmp_path, (), [{**MANDATE, **changes}]))


def test_a_union_acts_for_all_its_members(tmp_path: Path) -> None:
    entry = only(written(tmp_path, (), [{**MANDATE, "subjects": ["*"], "role": "union"}]))
    assert isinstance(entry.value, Mandate)


def test_a_viewer_and_a_row_that_is_no_table(tmp_path: Path) -> None:
    first, second = read_records(written(tmp_path, [VIEWER, 7]))
    assert record(first).basis_text == "Asked in the app."
    assert second.refusal is not None and second.refusal.entry == 2


def test_a_record_as_plain_values_holds_every_field() -> None:
    found = record(read_records(EXAMPLE)[2])
    said = plain(found)
    assert set(said) == set(ConsentRecord.__dataclass_fields__)
    assert said["effective_from"] == "2026-09-01T07:00:00+00:00"
    assert said["compensation"]["rate"] == "1500.00"  # type: ignore[index,call-overload]
