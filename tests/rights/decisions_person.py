"""The decision table of the person."""

from dataclasses import replace

from tests.rights.decision_rows import ESTATE_SIGNED, MICROSECOND, MINOR, NO_UNION, row
from tests.rights.people import BIOMETRIC, ESTATE, GENERATE, NOW, PERFORMER, SCAN, SCAN_IRIS

SEXUAL = {"sexual_content": True}
R08 = (
    row(
        "a minor is shown",
        "R08",
        GENERATE,
        PERFORMER,
        {**SEXUAL, "depicts_minor": True},
        {"sexual_content_allowed": True},
    ),
    row(
        "nobody said whether",
        "R08",
        GENERATE,
        PERFORMER,
        {**SEXUAL, "depicts_minor": None},
        {"sexual_content_allowed": True},
    ),
    row(
        *("nobody said that nothing sexual is", "R08", GENERATE, PERFORMER),
        asked={"sexual_content": None, "depicts_minor": True},
        agreed={"sexual_content_allowed": True},
    ),
    row(
        *("of a minor", "R08", GENERATE, PERFORMER),
        asked={**SEXUAL, "subject_kind": "minor"},
        agreed={**MINOR, "sexual_content_allowed": True},
    ),
    row("a scan of it", "R08", SCAN, PERFORMER, {**SEXUAL, "depicts_minor": True}, {"sexual_content_allowed": True}),
    *(
        row(
            *(f"another record says that it is a minor's, and comes {place}", "R01 R08", GENERATE, PERFORMER),
            asked=SEXUAL,
            agreed={"sexual_content_allowed": True},
            more=(replace(PERFORMER, record_id=f"rec-{name}", project_id="p-other", **minor),),  # type: ignore[arg-type]
        )
        for name, place, minor in (
            ("zoe", "after it", MINOR),
            ("amy", "before it", {**MINOR, "subject_kind": "principal", "status": "expired"}),
        )
    ),
    row(
        *("another person's record says so", None, GENERATE, PERFORMER),
        asked=SEXUAL,
        agreed={"sexual_content_allowed": True},
        more=(replace(PERFORMER, record_id="rec-amy", subject_id="h-eve", **MINOR),),  # type: ignore[arg-type]
    ),
    row("a minor in another scene", None, GENERATE, PERFORMER, asked={"depicts_minor": True}),
)
R11 = (
    row("agreed in life, and it ends", "R11", GENERATE, PERFORMER, asked={"subject_kind": "deceased"}),
    row(
        "agreed in life, and it survives",
        None,
        GENERATE,
        PERFORMER,
        {"subject_kind": "deceased"},
        {"survives_death": True},
    ),
    row("the estate", None, GENERATE, PERFORMER, {"subject_kind": "deceased"}, ESTATE_SIGNED),
    row(
        "the estate without a mandate",
        "R01",
        GENERATE,
        PERFORMER,
        {"subject_kind": "deceased"},
        ESTATE_SIGNED,
        mandates={},
    ),
    row(
        *("the union", None, GENERATE, PERFORMER),
        asked={"subject_kind": "deceased"},
        agreed={"subject_kind": "deceased", "signer_role": "union", "mandate": "man-union"},
        mandates={"man-union": replace(ESTATE, mandate_id="man-union", role="union", subjects=("*",))},
    ),
    row("nobody", "R11", GENERATE, None, asked={"subject_kind": "deceased"}),
    row(
        *("asked for as if alive", "R11", GENERATE, PERFORMER),
        more=(replace(PERFORMER, record_id="rec-late", project_id="p-other", **ESTATE_SIGNED),),  # type: ignore[arg-type]
    ),
)
R19 = (
    row("no release", "R01 R19", SCAN_IRIS, BIOMETRIC, agreed={"signature": ""}),
    row("no record", "R01 R19", SCAN_IRIS, None),
    row("no date of destruction", "R19", SCAN_IRIS, BIOMETRIC, agreed={"retention_until": None}),
    row("no rule of destruction", "R19", SCAN_IRIS, BIOMETRIC, agreed={"destroy_rule": ""}),
    row("past its date", "R19", SCAN_IRIS, BIOMETRIC, at=BIOMETRIC.retention_until or NOW),
    row("the last moment of it", None, SCAN_IRIS, BIOMETRIC, at=(BIOMETRIC.retention_until or NOW) - MICROSECOND),
    row("another purpose", "R19", SCAN_IRIS, BIOMETRIC, asked={"unrelated_purpose": True}),
    row("nobody said which purpose", "R19", SCAN_IRIS, BIOMETRIC, asked={"unrelated_purpose": None}),
    row(
        "outside Illinois and any union",
        "R19",
        SCAN_IRIS,
        BIOMETRIC,
        {"unrelated_purpose": True, "territory": "GB"},
        NO_UNION,
    ),
)
ROWS = (*R08, *R11, *R19)
