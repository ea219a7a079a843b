"""What one field of a record says about another: the checks that no single field can make for itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from openslate.rights.asset_names import names_subject
from openslate.rights.compensation import POOLED
from openslate.rights.currencies import MINOR_DIGITS
from openslate.rights.places import why_no_place
from openslate.rights.records.identifiers import is_hash, trouble_with
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.record import SCHEMA_VERSION, ConsentRecord
from openslate.rights.vocabulary import EVERYWHERE, Use

VIEWING_USES: frozenset[Use] = frozenset(("train", "evaluate", "personalize"))
SOURCE_USES: frozenset[Use] = VIEWING_USES | {"fine_tune", "third_party_training_licence"}
NOT_FOR_PEOPLE: frozenset[Use] = frozenset(("evaluate", "personalize", "erase"))
LEAST_WORDS = 5
"""Fewer words than this describe no use that anybody could be held to; a pack may ask for more."""


@dataclass(frozen=True)
class Flaw:
    """One thing that is wrong.

    Attributes:
        field: where.
        value: what stands there.
        why: what is wrong with it, as the end of a sentence.
    """

    field: str
    value: object
    why: str

    def __str__(self) -> str:
        return f"{self.field} = {self.value!r} is refused: {self.why}"


def flaws_of(record: ConsentRecord) -> tuple[Flaw, ...]:
    """Everything that is wrong with a record, the first first; empty for a good one.

    Args:
        record: any version.

    Source: the fields of ISO/IEC TS 27560 where it is about a person's data; the terms of the packs for the rest.
    """
    checks = (_identity, _moments, _uses, _places, _payment, _form, _standing)
    more = _of_no_person if record.subject_kind in ("viewer", "source") else _of_person
    return tuple(flaw for check in (*checks, more) for flaw in check(record))


def flaws_of_mandate(mandate: Mandate) -> tuple[Flaw, ...]:
    """Everything that is wrong with a mandate, the first first."""
    return tuple(_mandate(mandate))


def _identity(record: ConsentRecord) -> Iterator[Flaw]:
    if record.schema_version != SCHEMA_VERSION:
        yield Flaw("schema_version", record.schema_version, f"this Openslate knows {SCHEMA_VERSION}")
    yield from _numbered(record.version, record.prev_hash)
    if record.subject_id and record.subject_id in record.record_id:
        yield Flaw("record_id", record.record_id, "it stands on the ledger, so it must not hold the subject's id")
    for field, some in (
        ("record_id", (record.record_id,)),
        ("subject_id", (record.subject_id,)),
        ("project_id", (record.project_id,)),
        ("asset_ids", record.asset_ids),
    ):
        for one in some:
            trouble = trouble_with(one)
            if trouble is not None:
                yield Flaw(field, one, trouble)
    # A record that ends must end, whatever it called its assets.
    if record.subject_kind != "source" and record.status in ("draft", "active"):
        for one in record.asset_ids:
            if names_subject(one, record.subject_id):
                yield Flaw("asset_ids", one, "it stands on the ledger, so it must not hold the subject's id")
    if not record.asset_ids:
        yield Flaw("asset_ids", record.asset_ids, f"name what may be used, or {EVERYWHERE!r} for all of the kind")


def _numbered(version: int, prev_hash: str | None) -> Iterator[Flaw]:
    if version < 1:
        yield Flaw("version", version, "versions count from 1")
    if (version == 1) != (prev_hash is None) or (prev_hash is not None and not is_hash(prev_hash)):
        yield Flaw("prev_hash", prev_hash, "the first version has none, and every later one the hash of the one before")


def _moments(record: ConsentRecord) -> Iterator[Flaw]:
    for field in (
        *("effective_from", "expires_at", "issued_at", "engaged_at"),
        *("notice_at", "scan_at", "retention_until", "withdrawn_at"),
    ):
        moment = getattr(record, field)
        if moment is not None and moment.utcoffset() != timedelta(0):
            yield Flaw(field, str(moment), "moments are kept in UTC")
            return
    if record.expires_at is not None and record.expires_at <= record.effective_from:
        yield Flaw("expires_at", record.expires_at.isoformat(), "it is not after effective_from")
    if record.issued_at is not None and record.effective_from < record.issued_at:
        yield Flaw("effective_from", record.effective_from.isoformat(), "nobody consents to what is past (issued_at)")
    if record.notice_at is not None and record.scan_at is not None and record.scan_at < record.notice_at:
        yield Flaw("notice_at", record.notice_at.isoformat(), "it is after scan_at")


def _uses(record: ConsentRecord) -> Iterator[Flaw]:
    if not record.uses:
        yield Flaw("uses", record.uses, "a record permits at least one use")
    seen = set()
    for one in record.uses:
        if one.max_count is not None and one.max_count < 1:
            yield Flaw("uses.max_count", one.max_count, "it is below 1")
        if not one.description.strip():
            yield Flaw("uses.description", one.description, f"it says nothing of what {one.use} is to be")
        if (one.use, one.pinned) in seen:
            yield Flaw("uses", one.use, "it is given twice with one description")
        seen.add((one.use, one.pinned))


def _places(record: ConsentRecord) -> Iterator[Flaw]:
    for field in ("territories", "media", "languages"):
        if not getattr(record, field):
            yield Flaw(field, (), f"nothing is covered; name some, or {EVERYWHERE!r} for all")
    # A record that ends must end, whatever it called its places.
    for field in ("territories", "jurisdictions") if record.status in ("draft", "active") else ():
        for one in getattr(record, field):
            trouble = why_no_place(one)
            if trouble is not None:
                yield Flaw(field, one, f"it {trouble}")


def _payment(record: ConsentRecord) -> Iterator[Flaw]:
    owed = record.compensation
    if owed is None:
        return
    if owed.currency not in MINOR_DIGITS:
        yield Flaw("compensation.currency", owed.currency, "it is no currency known here (ISO 4217)")
    elif not owed.is_usable:
        pooled = owed.basis in POOLED
        field = "compensation.pool" if pooled else "compensation.rate"
        due = "the name of a pool and no rate" if pooled else "a rate that is not negative"
        yield Flaw(field, owed.pool if pooled else owed.rate, f"{owed.basis} needs {due}")


def _form(record: ConsentRecord) -> Iterator[Flaw]:
    for field, text in (
        ("signature", record.signature),
        ("representation_evidence", record.representation_evidence),
        *(("evidence", one) for one in record.evidence),
    ):
        if text and not is_hash(text):
            yield Flaw(field, text, "it is no SHA-256; papers themselves stay outside")
    if (record.represented_by != "none") != bool(record.representation_evidence):
        yield Flaw(
            "representation_evidence", record.representation_evidence, f"represented_by is {record.represented_by}"
        )
    if (record.signer_role != "self") != bool(record.mandate):
        yield Flaw("mandate", record.mandate, f"signer_role is {record.signer_role}; who signs for another has one")


def _standing(record: ConsentRecord) -> Iterator[Flaw]:
    if (record.status == "withdrawn") != (record.withdrawn_at is not None):
        yield Flaw("withdrawn_at", record.withdrawn_at, f"the status is {record.status}")
    if (record.withdrawn_at is None) != (record.withdrawal_effect is None):
        yield Flaw(
            "withdrawal_effect", record.withdrawal_effect, "it goes with withdrawn_at, and both or none is given"
        )


def _of_person(record: ConsentRecord) -> Iterator[Flaw]:
    if record.asset_kind == "viewing_data":
        yield Flaw("asset_kind", record.asset_kind, f"a {record.subject_kind} has no viewing data")
    if record.project_id == EVERYWHERE:
        yield Flaw("project_id", record.project_id, "a consent is for one project")
    if not record.producer:
        yield Flaw("producer", record.producer, "nobody is named who may use it")
    if record.status != "draft" and not record.signature:
        yield Flaw("signature", record.signature, "only a draft is unsigned")
    for one in record.uses:
        if one.use in NOT_FOR_PEOPLE:
            yield Flaw("uses", one.use, "it is a use of viewing data")
        if 0 < one.words < LEAST_WORDS:
            yield Flaw("uses.description", one.description, f"it has fewer than {LEAST_WORDS} words")
    yield from _of_minor(record)
    if record.subject_kind == "deceased" and record.signer_role not in ("estate", "union"):
        yield Flaw("signer_role", record.signer_role, "for the dead the estate signs, or the union")


def _of_minor(record: ConsentRecord) -> Iterator[Flaw]:
    if record.subject_kind == "minor" and not record.is_minor:
        yield Flaw("is_minor", record.is_minor, "the subject_kind is minor")
    if not record.is_minor:
        return
    if not record.guardian:
        yield Flaw("guardian", record.guardian, "a minor has one")
    if record.signer_role != "guardian":
        yield Flaw("signer_role", record.signer_role, "for a minor the guardian signs")
    if record.sexual_content_allowed:
        yield Flaw("sexual_content_allowed", True, "nobody can allow it of a minor")


def _of_no_person(record: ConsentRecord) -> Iterator[Flaw]:
    if not record.basis_text.strip():
        yield Flaw("basis_text", record.basis_text, "say which consent, licence, contract or law it is")
    if record.subject_kind == "viewer" and record.asset_kind != "viewing_data":
        yield Flaw("asset_kind", record.asset_kind, "a viewer has viewing_data")
    if record.subject_kind == "source" and record.asset_kind not in ("viewing_data", "synopsis", "literary_material"):
        yield Flaw("asset_kind", record.asset_kind, "a source has viewing_data, synopsis or literary_material")
    allowed = VIEWING_USES if record.subject_kind == "viewer" else SOURCE_USES
    for one in record.uses:
        if one.use not in allowed:
            yield Flaw("uses", one.use, f"a {record.subject_kind} permits {', '.join(sorted(allowed))}")


def _mandate(mandate: Mandate) -> Iterator[Flaw]:
    yield from _numbered(mandate.version, mandate.prev_hash)
    for field, one in (
        ("mandate_id", mandate.mandate_id),
        ("holder_id", mandate.holder_id),
        *(("subjects", one) for one in mandate.subjects),
    ):
        trouble = trouble_with(one)
        if trouble is not None:
            yield Flaw(field, one, trouble)
    if any(one in mandate.mandate_id for one in (mandate.holder_id, *mandate.subjects) if one):
        yield Flaw("mandate_id", mandate.mandate_id, "it stands on the ledger, so it must hold nobody's id")
    if not mandate.subjects:
        yield Flaw("subjects", mandate.subjects, "it is for nobody")
    if EVERYWHERE in mandate.subjects and mandate.role != "union":
        yield Flaw("subjects", EVERYWHERE, "only a union acts for all its members")
    if not is_hash(mandate.evidence):
        yield Flaw("evidence", mandate.evidence, "it is no SHA-256 of the paper")
    for field in ("effective_from", "expires_at", "revoked_at"):
        moment = getattr(mandate, field)
        if moment is not None and moment.utcoffset() != timedelta(0):
            yield Flaw(field, str(moment), "moments are kept in UTC")
            return
    if mandate.expires_at is not None and mandate.expires_at <= mandate.effective_from:
        yield Flaw("expires_at", mandate.expires_at.isoformat(), "it is not after effective_from")
