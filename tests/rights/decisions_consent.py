"""The decision table of the consent itself."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

from openslate.rights.records.record import PermittedUse
from tests.rights.decision_rows import MICROSECOND, MINOR, NO_UNION, ONE_OF, SECOND, SHORT, row, uses
from tests.rights.people import GENERATE, GUARDIAN, NOW, PERFORMER, SOURCE, SYNOPSIS, VIEWER, WATCHED, WORDS

R01 = (
    row("nobody is known", "R01", GENERATE, None),
    row("another person's record", "R01", GENERATE, PERFORMER, agreed={"subject_id": "h-eve"}),
    row("another kind of person", "R01", GENERATE, PERFORMER, asked={"subject_kind": "background"}),
    row("another asset", "R01", GENERATE, PERFORMER, asked={"asset": "scan-2"}),
    row("every asset of the kind", None, GENERATE, PERFORMER, asked={"asset": "scan-2"}, agreed={"asset_ids": ("*",)}),
    row("another kind of asset", "R01", GENERATE, PERFORMER, asked={"asset_kind": "voice"}),
    row("another use", "R01", GENERATE, PERFORMER, asked={"use": "promo"}),
    row("another territory", "R01", GENERATE, PERFORMER, asked={"territory": "FR"}),
    row("everywhere", None, GENERATE, PERFORMER, asked={"territory": "*"}, agreed={"territories": ("*",)}),
    row("a part of a territory", None, GENERATE, PERFORMER, asked={"territory": "US-TX"}),
    row(
        "the whole of a territory",
        "R01",
        GENERATE,
        PERFORMER,
        asked={"territory": "US"},
        agreed={"territories": ("US-CA",)},
    ),
    row("no territory named", "R01", GENERATE, PERFORMER, asked={"territory": ""}, agreed={"territories": ("*",)}),
    row("another medium", "R01", GENERATE, PERFORMER, asked={"medium": "games"}),
    row("no medium named", "R01", GENERATE, PERFORMER, asked={"medium": ""}, agreed={"media": ("*",)}),
    row("another language", "R01", GENERATE, PERFORMER, asked={"language": "de"}),
    row("nothing spoken", None, GENERATE, PERFORMER, asked={"language": None}),
    row("before it holds", "R01", GENERATE, PERFORMER, at=PERFORMER.effective_from - MICROSECOND),
    row("from when it holds", None, GENERATE, PERFORMER, at=PERFORMER.effective_from),
    row("the last moment", None, GENERATE, PERFORMER, at=ONE_OF - MICROSECOND),
    row("the second it ends", "R01", GENERATE, PERFORMER, at=ONE_OF),
    row(
        *("the second it ends, told in another zone", "R01", GENERATE, PERFORMER),
        at=ONE_OF.astimezone(timezone(timedelta(hours=14))),
    ),
    row(
        "a leap day",
        None,
        GENERATE,
        PERFORMER,
        agreed={"expires_at": datetime(2028, 2, 29, tzinfo=UTC)},
        at=datetime(2028, 2, 28, 23, 59, 59, tzinfo=UTC),
    ),
    row(
        "after a leap day",
        "R01",
        GENERATE,
        PERFORMER,
        agreed={"expires_at": datetime(2028, 2, 29, tzinfo=UTC)},
        at=datetime(2028, 2, 29, tzinfo=UTC),
    ),
    *(
        row(f"the record is {status}", "R01", GENERATE, PERFORMER, agreed={"status": status})
        for status in ("draft", "suspended", "expired", "superseded")
    ),
    row("unsigned", "R01", GENERATE, PERFORMER, agreed={"signature": ""}),
    row("the last of three", None, GENERATE, PERFORMER, used={("rec-performer", "generate"): 2}),
    row("the fourth of three", "R01", GENERATE, PERFORMER, used={("rec-performer", "generate"): 3}),
    row("four at once of three", "R01", GENERATE, PERFORMER, asked={"count": 4}),
    row("none at all", "R01", GENERATE, PERFORMER, asked={"count": 0}),
    row("fewer than none", "R01", GENERATE, PERFORMER, asked={"count": -1}),
    row("a guardian with a mandate", None, GENERATE, PERFORMER, asked={"subject_kind": "minor"}, agreed=MINOR),
    row(
        "a guardian without one", "R01", GENERATE, PERFORMER, asked={"subject_kind": "minor"}, agreed=MINOR, mandates={}
    ),
    row("a minor signs alone", "R01", GENERATE, PERFORMER, agreed={"is_minor": True}),
    row(
        *("another's mandate", "R01", GENERATE, PERFORMER),
        asked={"subject_kind": "minor"},
        agreed=MINOR,
        mandates={"man-guardian": replace(GUARDIAN, subjects=("h-other",))},
    ),
    row(
        *("another guardian's mandate", "R01", GENERATE, PERFORMER),
        asked={"subject_kind": "minor"},
        agreed=MINOR,
        mandates={"man-guardian": replace(GUARDIAN, holder_id="h-stranger")},
    ),
    row(
        *("a mandate that had ended", "R01", GENERATE, PERFORMER),
        asked={"subject_kind": "minor"},
        agreed=MINOR,
        mandates={"man-guardian": replace(GUARDIAN, expires_at=PERFORMER.issued_at)},
    ),
    row(
        *("a mandate that had not ended yet", None, GENERATE, PERFORMER),
        asked={"subject_kind": "minor"},
        agreed=MINOR,
        mandates={"man-guardian": replace(GUARDIAN, expires_at=(PERFORMER.issued_at or NOW) + MICROSECOND)},
    ),
    row(
        *("a mandate of less", "R01", GENERATE, PERFORMER),
        asked={"subject_kind": "minor"},
        agreed=MINOR,
        mandates={"man-guardian": replace(GUARDIAN, uses=("scan",))},
    ),
    row(
        *("a mandate revoked before", "R01", GENERATE, PERFORMER),
        asked={"subject_kind": "minor"},
        agreed=MINOR,
        mandates={"man-guardian": replace(GUARDIAN, revoked_at=PERFORMER.issued_at)},
    ),
    row("a member who said nothing", "R01", WATCHED, None),
    row("a member of a source with a basis", None, WATCHED, SOURCE),
    row("a member of another source", "R01", WATCHED, SOURCE, asked={"source": "elsewhere"}),
    row("a member for another purpose", "R01", WATCHED, VIEWER, asked={"use": "personalize"}),
    row("a basis that ended", "R01", WATCHED, SOURCE, agreed={"expires_at": NOW}),
    row("a synopsis without a record", "R01", SYNOPSIS, None),
)
R02 = (
    row("nothing described", "R02", GENERATE, PERFORMER, asked={"description": " "}),
    row("something else described", "R02", GENERATE, PERFORMER, asked={"description": WORDS + " again"}),
    row("spaces are no words", None, GENERATE, PERFORMER, asked={"description": WORDS.replace(" ", "  ")}),
    row(
        *("four words", "R02", GENERATE, PERFORMER),
        asked={"description": SHORT},
        agreed={"uses": (PermittedUse("generate", SHORT),), **NO_UNION},
    ),
    row(
        *("five words", None, GENERATE, PERFORMER),
        asked={"description": SHORT + " today"},
        agreed={"uses": (PermittedUse("generate", SHORT + " today"),)},
    ),
    row("another scene", "R02", GENERATE, PERFORMER, asked={"scene": "13"}),
    row("no scene named", "R02", GENERATE, PERFORMER, asked={"scene": None}),
    row("every scene", None, GENERATE, PERFORMER, asked={"scene": None}, agreed={"uses": uses("generate")}),
    row("sexual content not agreed to", "R02", GENERATE, PERFORMER, asked={"sexual_content": True}),
    row("sexual content nobody spoke of", "R02", GENERATE, PERFORMER, asked={"sexual_content": None}),
    row(
        "sexual content agreed to",
        None,
        GENERATE,
        PERFORMER,
        {"sexual_content": True},
        {"sexual_content_allowed": True},
    ),
)
R03 = (
    row("another project", "R03", GENERATE, PERFORMER, asked={"project": "p-sequel"}),
    row("no project named", "R03", GENERATE, PERFORMER, asked={"project": ""}),
    row("no project agreed to", "R03", GENERATE, PERFORMER, agreed={"project_id": "*"}),
    row(
        *("a record of its own for another project", None, GENERATE, PERFORMER),
        asked={"project": "p-sequel"},
        more=(replace(PERFORMER, record_id="rec-sequel", project_id="p-sequel"),),
    ),
)
UNDER_CONTRACT = {"packs": ("sag-aftra.tvth.2026",), "photography_start": date(2026, 9, 15)}
R04 = (
    row("no record under a contract", "R01", GENERATE, None, asked=UNDER_CONTRACT),
    row("viewing under a contract", None, WATCHED, SOURCE, asked=UNDER_CONTRACT),
    row("signed with the contract", "R04", GENERATE, PERFORMER, agreed={"separately_signed": False}),
    row(
        "signed with a contract of no union", None, GENERATE, PERFORMER, agreed={"separately_signed": False, **NO_UNION}
    ),
    row(
        *("signed with a contract in New York", "R04", GENERATE, PERFORMER),
        agreed={"separately_signed": False, "packs": (), "jurisdictions": ("US-NY",)},
    ),
)
UNADVISED = {"represented_by": "none", "representation_evidence": ""}
EVERY_SCENE = {"uses": uses("generate")}
R05 = (
    row("alone, and of no scene", "R05", GENERATE, PERFORMER, agreed={**UNADVISED, **EVERY_SCENE}),
    row("advised by nobody known", "R05", GENERATE, PERFORMER, agreed={"representation_evidence": "", **EVERY_SCENE}),
    row("alone, and specific", None, GENERATE, PERFORMER, agreed=UNADVISED),
    row("advised, and of no scene", None, GENERATE, PERFORMER, agreed=EVERY_SCENE),
    row("nothing is replaced", None, GENERATE, PERFORMER, {"replaces_in_person": False}, {**UNADVISED, **EVERY_SCENE}),
    row("nobody said", "R05", GENERATE, PERFORMER, {"replaces_in_person": None}, {**UNADVISED, **EVERY_SCENE}),
    row(
        *("in New York", "R05", GENERATE, PERFORMER),
        agreed={**UNADVISED, **EVERY_SCENE, "jurisdictions": ()},
        asked={"jurisdictions": ("US-NY",), "territory": "GB"},
    ),
    *(
        row(
            *(f"in a country without saying which state, by {field}", "R05", GENERATE, PERFORMER),
            agreed={**UNADVISED, **EVERY_SCENE, "jurisdictions": ()},
            asked={"territory": "GB", **where},
        )
        for field, where in (("territory", {"territory": "US"}), ("jurisdictions", {"jurisdictions": ("US",)}))
    ),
    row(
        *("fixed before the law", None, GENERATE, PERFORMER),
        asked={"fixed_on": date(2024, 12, 31)},
        agreed={**UNADVISED, **EVERY_SCENE},
    ),
    row(
        *("fixed on its first day", "R05", GENERATE, PERFORMER),
        asked={"fixed_on": date(2025, 1, 1)},
        agreed={**UNADVISED, **EVERY_SCENE},
    ),
    row("nobody said when", "R05", GENERATE, PERFORMER, {"fixed_on": None}, {**UNADVISED, **EVERY_SCENE}),
    row(
        *("elsewhere", None, GENERATE, PERFORMER),
        asked={"territory": "GB"},
        agreed={**UNADVISED, **EVERY_SCENE, "jurisdictions": ()},
    ),
)
WITHDRAWN = {"status": "withdrawn", "withdrawn_at": NOW, "withdrawal_effect": "stop_new"}
R20 = (
    row("withdrawn", "R20", GENERATE, PERFORMER, agreed=WITHDRAWN),
    row(
        "withdrawn, by a clock that is ahead",
        "R20",
        GENERATE,
        PERFORMER,
        agreed={**WITHDRAWN, "withdrawn_at": NOW + SECOND},
    ),
    row("a member refuses what the source permits", "R20", WATCHED, VIEWER, agreed=WITHDRAWN, more=(SOURCE,)),
    row("a member agrees where the source does not", None, WATCHED, VIEWER),
    row("a source's basis was withdrawn", "R20", WATCHED, SOURCE, agreed=WITHDRAWN),
    row("a model at its deadline", "R20", GENERATE, PERFORMER, asked={"model": "m-1"}, forgetting={"m-1": NOW}),
    row(
        "a model before its deadline",
        None,
        GENERATE,
        PERFORMER,
        asked={"model": "m-1"},
        forgetting={"m-1": NOW + MICROSECOND},
    ),
    row("erasure is never denied by it", None, GENERATE, PERFORMER, asked={"use": "erase"}, agreed=WITHDRAWN),
)
ROWS = (*R01, *R02, *R03, *R04, *R05, *R20)
