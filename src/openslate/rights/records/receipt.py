"""What somebody holds who gave a consent: a receipt in the shape of ISO/IEC TS 27560, with its places on the ledger.

It names the person, for it is theirs. Everything in it stands in the record or on the ledger; whoever keeps it can show
later what they agreed to, and that the ledger knew of it at the time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from openslate.errors import UsageError
from openslate.project import Project
from openslate.rights import ledger
from openslate.rights.canonical import JsonValue
from openslate.rights.records.record import ConsentRecord
from openslate.rights.records.versions import Stored, versions
from openslate.rights.vocabulary import EVERYWHERE, Status

SCHEMA = "ISO/IEC TS 27560:2023"
VOCABULARY = "https://w3id.org/dpv#"
STATES: Mapping[Status, str] = {
    "draft": "ConsentRequested",
    "active": "ConsentGiven",
    "suspended": "ConsentUnknown",
    "withdrawn": "ConsentWithdrawn",
    "expired": "ConsentExpired",
    "superseded": "ConsentInvalidated",
}
"""Our statuses in the words of the Data Privacy Vocabulary; it has none for a consent that is suspended."""


def receipt(project: Project, record_id: str) -> dict[str, JsonValue]:
    """The receipt of a record as it stands, with every version and where the ledger has it.

    The places come with proofs under a checkpoint that is signed now.

    Args:
        project: whose.
        record_id: which record.

    Raises:
        UsageError: there is no such record.
        RightsError: the vault or ledger cannot be read, or is not what it was.
    """
    kept = versions(project, record_id)
    if not kept or not isinstance(kept[-1].value, ConsentRecord):
        raise UsageError(f"There is no record {record_id!r}.", "Name one that was imported or granted.")
    checkpoint = ledger.checkpoint(project)
    found: dict[int, ledger.Recorded] = {}
    for one in ledger.search(project, record=record_id):
        if one.entry["decision"] in ("record", "withdraw") and "version" in one.entry:
            # Of two entries for one version, an interrupted write left the first, and the last is that which stands.
            found[one.entry["version"]] = one
    places = [
        {
            **_place(found[version]),
            "inclusion": _plain(ledger.inclusion(project, found[version].index, checkpoint.size)),
        }
        for version in sorted(found)
    ]
    return {**as_receipt(kept), "ledger": {"checkpoint": checkpoint.note.text, "entries": places}}


def as_receipt(kept: Sequence[Stored]) -> dict[str, JsonValue]:
    """The receipt of a record from its versions, without the ledger.

    Args:
        kept: every version of one record, first to last.

    Source: ISO/IEC TS 27560:2023, clause 6: record header, processing, parties, events. Shaped after it; not audited.
    """
    record = _record(kept[-1])
    return {
        "schema_version": SCHEMA,
        "vocabulary": VOCABULARY,
        "receipt_id": f"{record.record_id}:{record.version}",
        "record_id": record.record_id,
        "record_hash": kept[-1].hash,
        "pii_principal_id": record.subject_id,
        "pii_processing": [_processing(record, number) for number in range(len(record.uses))],
        "party_identification": _parties(record),
        "event": [_event(_record(one), one.hash) for one in kept],
    }


def _processing(record: ConsentRecord, number: int) -> dict[str, JsonValue]:
    one = record.uses[number]
    return {
        "purpose": one.description,
        "purpose_type": one.use,
        "purpose_hash": one.pinned,
        "lawful_basis": _basis(record),
        "basis_text": record.basis_text,
        "pii_information": [
            {"pii_type": record.asset_kind, "pii_attribute_id": asset, "sensitive_pii_category": _sensitive(record)}
            for asset in record.asset_ids
        ],
        "pii_controllers": [record.producer] if record.producer else [],
        "recipient_third_parties": list(record.transferees),
        "project": record.project_id,
        "geographic_restrictions": list(record.territories),
        "media": list(record.media),
        "languages": list(record.languages),
        "scenes": list(one.scenes),
        "max_count": one.max_count,
        "jurisdictions": list(record.jurisdictions),
        "codes_of_conduct": list(record.packs),
        "retention_period": {
            "until": None if record.retention_until is None else record.retention_until.isoformat(),
            "destroyed_how": record.destroy_rule,
        },
        "withdrawal_method": f"openslate rights withdraw {record.record_id}",
        "privacy_rights": ["withdraw", "see", "have erased", "dispute a payment"],
    }


def _basis(record: ConsentRecord) -> str:
    if record.subject_kind == "source":
        return "Licence"
    return "Consent" if record.subject_kind == "viewer" else "ExplicitlyExpressedConsent"


def _sensitive(record: ConsentRecord) -> bool:
    return record.asset_kind == "biometric"


def _parties(record: ConsentRecord) -> list[JsonValue]:
    found: list[JsonValue] = [
        {"party_id": record.subject_id, "party_role": "pii_principal", "party_type": record.subject_kind}
    ]
    if record.producer:
        found.append({"party_id": record.producer, "party_role": "pii_controller"})
    if record.signer_role != "self":
        found.append({"party_id": record.mandate, "party_role": record.signer_role, "party_type": "mandate"})
    if record.represented_by != "none":
        found.append({"party_id": record.representation_evidence, "party_role": record.represented_by})
    found += [{"party_id": one, "party_role": "recipient"} for one in record.transferees]
    return found


def _event(record: ConsentRecord, document_hash: str) -> dict[str, JsonValue]:
    moment = record.withdrawn_at if record.status == "withdrawn" else record.issued_at or record.effective_from
    assert moment is not None
    return {
        "event_time": moment.isoformat(),
        "event_type": "explicit" if record.signature else "expressed",
        "event_state": STATES[record.status],
        "entity_id": record.subject_id if record.signer_role == "self" else record.mandate,
        "valid_from": record.effective_from.isoformat(),
        "valid_until": None if record.expires_at is None else record.expires_at.isoformat(),
        "version": record.version,
        "document_hash": document_hash,
        "signature": record.signature,
        "withdrawal_effect": record.withdrawal_effect,
        "everywhere": EVERYWHERE in record.territories,
    }


def _place(found: ledger.Recorded) -> dict[str, JsonValue]:
    return {"version": found.entry["version"], "log_index": found.index, "entry": found.entry, "hash": found.hash}


def _plain(proof: ledger.Inclusion) -> dict[str, JsonValue]:
    return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(proof).items()}


def _record(one: Stored) -> ConsentRecord:
    assert isinstance(one.value, ConsentRecord)
    return one.value
