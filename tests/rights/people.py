"""Invented people, their records, and requests that are allowed, for tests to bend."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from openslate.rights.compensation import Compensation
from openslate.rights.packs.loading import built_in
from openslate.rights.records.mandate import Mandate
from openslate.rights.records.record import ConsentRecord, PermittedUse
from openslate.rights.request import Request
from openslate.rights.standing import Held, Standing

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
WORDS = "Face replaced in the two stunt shots of scene 12 on the roof"
PAID = Compensation("day_equiv", Decimal("1500"), "USD", floor=Decimal("1283"), residuals=True)

PERFORMER = ConsentRecord(
    record_id="rec-performer",
    version=1,
    prev_hash=None,
    subject_id="h-ada",
    subject_kind="principal",
    asset_kind="EBDR",
    asset_ids=("scan-1",),
    uses=(
        PermittedUse("generate", WORDS, scenes=("12",), max_count=3),
        PermittedUse("scan", WORDS),
        PermittedUse("dub", WORDS),
        PermittedUse("third_party_training_licence", WORDS),
        PermittedUse("alter", WORDS),
    ),
    effective_from=datetime(2026, 9, 1, tzinfo=UTC),
    expires_at=datetime(2027, 9, 1, tzinfo=UTC),
    status="active",
    producer="Harbour Pictures",
    transferees=("Blue Vault",),
    project_id="p-low-tide",
    territories=("US", "GB"),
    media=("streaming",),
    languages=("en", "fr"),
    packs=("sag-aftra.tvth.2026",),
    jurisdictions=("US-CA",),
    compensation=PAID,
    business_reason="The stunt cannot be done safely by a person.",
    issued_at=datetime(2026, 8, 20, tzinfo=UTC),
    represented_by="union",
    representation_evidence="a" * 64,
    separately_signed=True,
    signature="b" * 64,
)
WRITER = replace(
    PERFORMER,
    record_id="rec-writer",
    subject_id="h-wen",
    subject_kind="writer",
    asset_kind="literary_material",
    asset_ids=("script-1",),
    uses=(PermittedUse("train", WORDS), PermittedUse("generate", WORDS)),
    packs=("wga.mba.2026",),
    compensation=Compensation("flat", Decimal("5000"), "USD"),
)
BIOMETRIC = replace(
    PERFORMER,
    record_id="rec-iris",
    subject_id="h-ida",
    asset_kind="biometric",
    asset_ids=("iris-1",),
    uses=(PermittedUse("scan", WORDS),),
    retention_until=datetime(2027, 1, 1, tzinfo=UTC),
    destroy_rule="Overwritten at wrap.",
    jurisdictions=("US-IL",),
)
VIEWER = ConsentRecord(
    record_id="rec-viewer",
    version=1,
    prev_hash=None,
    subject_id="m-1",
    subject_kind="viewer",
    asset_kind="viewing_data",
    uses=(PermittedUse("train", "Terms, section 4"),),
    effective_from=datetime(2026, 1, 1, tzinfo=UTC),
    status="active",
)
SOURCE = replace(VIEWER, record_id="rec-source", subject_id="player", subject_kind="source", basis_text="Terms 2026")
LICENCE = replace(
    SOURCE,
    record_id="rec-licence",
    subject_id="press-site",
    asset_kind="synopsis",
    uses=(PermittedUse("train", "Licence of 2026"),),
)
ESTATE = Mandate(
    "man-estate", 1, None, "h-heir", "estate", ("h-ada",), datetime(2020, 1, 1, tzinfo=UTC), evidence="c" * 64
)
GUARDIAN = Mandate(
    "man-guardian", 1, None, "h-parent", "guardian", ("h-ada",), datetime(2020, 1, 1, tzinfo=UTC), evidence="d" * 64
)

GENERATE = Request(
    subject="h-ada",
    subject_kind="principal",
    use="generate",
    asset="scan-1",
    asset_kind="EBDR",
    project="p-low-tide",
    territory="US-CA",
    medium="streaming",
    language="en",
    description=WORDS,
    scene="12",
    custodian="Harbour Pictures",
    photography_start=date(2026, 9, 15),
    fixed_on=date(2026, 10, 1),
    replaces_in_person=True,
    sexual_content=False,
    depicts_minor=False,
    synthetic_performer=False,
    counts_as_background=False,
    output=True,
    marks=frozenset(("c2pa", "digital_source_type", "disclosure")),
    units=Decimal(2),
    unit="day",
    estimate_author="first assistant director",
    estimate_basis="one-line schedule",
)
SCAN = replace(
    GENERATE,
    use="scan",
    scene=None,
    output=False,
    units=Decimal(1),
    notice_at=datetime(2026, 12, 1, 8, tzinfo=UTC),
    scan_at=datetime(2026, 12, 3, 8, tzinfo=UTC),
    business_reason="The stunt cannot be done safely by a person.",
)
DUB = replace(GENERATE, use="dub", language="fr", photography_start=date(2027, 7, 1), scene=None)
TRAIN_WRITER = replace(
    GENERATE,
    subject="h-wen",
    subject_kind="writer",
    use="train",
    asset="script-1",
    asset_kind="literary_material",
    scene=None,
    output=False,
    units=Decimal(1),
    unit="use",
    estimate_author="",
    estimate_basis="",
)
LICENSE_OUT = replace(GENERATE, use="third_party_training_licence", scene=None, output=False, union_notice="letter-7")
SCAN_IRIS = replace(
    SCAN,
    subject="h-ida",
    asset="iris-1",
    asset_kind="biometric",
    unrelated_purpose=False,
    territory="US-IL",
)
WATCHED = Request("m-1", "viewer", "train", "plays", "viewing_data", source="player")
SYNOPSIS = Request(
    "press-site", "source", "train", "synopsis-1", "synopsis", source="press-site", licence="rec-licence"
)


def standing(*records: ConsentRecord, **changes: Any) -> Standing:
    """How everything stands with these records."""
    held = tuple(Held(record, f"{number:064x}") for number, record in enumerate(records))
    mandates = {one.mandate_id: one for one in (ESTATE, GUARDIAN)}
    return Standing(**{"held": held, "mandates": mandates, "packs": built_in(), **changes})


EVERYBODY = (PERFORMER, WRITER, BIOMETRIC, VIEWER, SOURCE, LICENCE)
ALLOWED = {
    "generate": GENERATE,
    "scan": SCAN,
    "dub": DUB,
    "train a writer's script": TRAIN_WRITER,
    "license out": LICENSE_OUT,
    "scan an iris": SCAN_IRIS,
    "viewing": WATCHED,
    "synopsis": SYNOPSIS,
}
