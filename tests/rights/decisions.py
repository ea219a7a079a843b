"""The decision table: for each rule, uses that it alone denies, and uses at its edge that it lets through."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from openslate.rights.compensation import Compensation
from openslate.rights.packs.loading import built_in
from openslate.rights.records.record import ConsentRecord, PermittedUse
from openslate.rights.request import Request
from openslate.rights.reservation import Reservation
from openslate.rights.standing import Standing
from tests.rights.people import (
    BIOMETRIC,
    DUB,
    ESTATE,
    GENERATE,
    GUARDIAN,
    LICENCE,
    LICENSE_OUT,
    NOW,
    PERFORMER,
    SCAN,
    SCAN_IRIS,
    SOURCE,
    SYNOPSIS,
    TRAIN_WRITER,
    VIEWER,
    WATCHED,
    WORDS,
    WRITER,
    standing,
)

SECOND, MICROSECOND = timedelta(seconds=1), timedelta(microseconds=1)
SCAN_AT = datetime(2026, 12, 3, 8, tzinfo=UTC)
NEW_YORK = ZoneInfo("America/New_York")
RESERVED = Reservation("tdmrep", True, "tdm-reservation = 1", "tdmrep.json")
FREE = Reservation("tdmrep", False, "tdm-reservation = 0", "tdmrep.json")
SHORT = "Do as we please"


@dataclass(frozen=True)
class Row:
    """One line of the table.

    Attributes:
        name: what it is about.
        code: of the rules that deny, nearly always a single one; None where the use is allowed.
        request: what is asked for.
        records: that stand.
        at: when.
        more: of the standing.
    """

    name: str
    code: str | None
    request: Request
    records: tuple[ConsentRecord, ...]
    at: datetime = NOW
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def codes(self) -> list[str]:
        """Of the rules that deny."""
        return [] if self.code is None else self.code.split()

    @property
    def standing(self) -> Standing:
        """How everything stands."""
        return standing(*self.records, **self.more)


def row(
    name: str,
    code: str | None,
    request: Request,
    record: ConsentRecord | None,
    asked: Mapping[str, Any] | None = None,
    agreed: Mapping[str, Any] | None = None,
    at: datetime = NOW,
    more: tuple[ConsentRecord, ...] = (),
    **stands: Any,
) -> Row:
    """A line in which a request and a record are bent."""
    records = () if record is None else (replace(record, **(agreed or {})),)
    return Row(name, code, replace(request, **(asked or {})), (*records, *more), at, stands)


def uses(*named: str, **changes: Any) -> tuple[PermittedUse, ...]:
    return tuple(PermittedUse(one, WORDS, **changes) for one in named)  # type: ignore[arg-type]


MINOR = {
    "subject_kind": "minor",
    "is_minor": True,
    "guardian": "h-parent",
    "signer_role": "guardian",
    "mandate": "man-guardian",
}
ESTATE_SIGNED = {"subject_kind": "deceased", "signer_role": "estate", "mandate": "man-estate"}
NO_UNION = {"packs": (), "jurisdictions": ()}
BACKGROUND = {"subject_kind": "background", "asset_kind": "BADR"}
ONE_OF = PERFORMER.expires_at or NOW

R01 = (
    row("nobody is known", "R01", GENERATE, None),
    row("another person's record", "R01", GENERATE, PERFORMER, agreed={"subject_id": "h-eve"}),
    row("another kind of person", "R01", GENERATE, PERFORMER, asked={"subject_kind": "background"}),
    row("another asset", "R01", GENERATE, PERFORMER, asked={"asset": "scan-2"}),
    row("every asset of the kind", None, GENERATE, PERFORMER, asked={"asset": "scan-2"}, agreed={"asset_ids": ("*",)}),
    row("another kind of asset", "R01", GENERATE, PERFORMER, asked={"asset_kind": "voice"}),
    row("another use", "R01", GENERATE, PERFORMER, asked={"use": "promo"}),
    row("another territory", "R01", GENERATE, PERFORMER, asked={"territory": "FR"}),
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
NOTICE = {"notice_at": SCAN_AT - timedelta(hours=48), "scan_at": SCAN_AT}
LATE = SCAN_AT - timedelta(hours=47)
R06 = (
    row("48 hours", None, SCAN, PERFORMER, asked=NOTICE),
    row(
        "48 hours less a microsecond",
        "R06",
        SCAN,
        PERFORMER,
        asked={**NOTICE, "notice_at": NOTICE["notice_at"] + MICROSECOND},
    ),
    row("no notice", "R06", SCAN, PERFORMER, asked={"notice_at": None}),
    row("no moment of the scan", "R06", SCAN, PERFORMER, asked={"scan_at": None}),
    row(
        "engaged late, notice at once",
        None,
        SCAN,
        PERFORMER,
        asked={"scan_at": SCAN_AT, "notice_at": LATE, "engaged_at": LATE},
    ),
    row(
        "engaged late, notice later",
        "R06",
        SCAN,
        PERFORMER,
        asked={"scan_at": SCAN_AT, "notice_at": LATE + MICROSECOND, "engaged_at": LATE},
    ),
    row(
        *("engaged 48 hours before, notice after", "R06", SCAN, PERFORMER),
        asked={"scan_at": SCAN_AT, "notice_at": LATE, "engaged_at": SCAN_AT - timedelta(hours=48)},
    ),
    row(
        "notice after the scan",
        "R06",
        SCAN,
        PERFORMER,
        asked={"scan_at": SCAN_AT, "notice_at": SCAN_AT + SECOND, "engaged_at": SCAN_AT + 2 * SECOND},
    ),
    row(
        *("48 hours on the wall, 47 in fact, as summer time begins", "R06", SCAN, PERFORMER),
        asked={
            "notice_at": datetime(2027, 3, 13, 9, tzinfo=NEW_YORK),
            "scan_at": datetime(2027, 3, 15, 9, tzinfo=NEW_YORK),
        },
    ),
    row(
        *("47 hours on the wall, 48 in fact, as summer time ends", None, SCAN, PERFORMER),
        asked={
            "notice_at": datetime(2026, 10, 31, 9, tzinfo=NEW_YORK),
            "scan_at": datetime(2026, 11, 2, 8, tzinfo=NEW_YORK),
        },
    ),
    row(
        *("48 hours over a leap day", None, SCAN, PERFORMER),
        asked={"notice_at": datetime(2028, 2, 28, 9, tzinfo=UTC), "scan_at": datetime(2028, 3, 1, 9, tzinfo=UTC)},
    ),
    row("no notice where no union asks for it", None, SCAN, PERFORMER, asked={"notice_at": None}, agreed=NO_UNION),
)
R07 = (
    row("no scan", None, GENERATE, PERFORMER, {"business_reason": ""}, {"business_reason": ""}),
    row("no reason", "R07", SCAN, PERFORMER, {"business_reason": ""}, {"business_reason": " "}),
    row("the record's reason", None, SCAN, PERFORMER, asked={"business_reason": ""}),
    *(
        row(
            *(f"no reason for a scan on {day}", code, SCAN, PERFORMER),
            asked={"business_reason": "", "scan_at": day, "notice_at": day - timedelta(hours=48)},
            agreed={"business_reason": ""},
        )
        for day, code in ((datetime(2026, 7, 1, tzinfo=UTC), "R07"), (datetime(2026, 6, 30, 23, 59, tzinfo=UTC), None))
    ),
)
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
    row("a minor in another scene", None, GENERATE, PERFORMER, asked={"depicts_minor": True}),
)
R09 = (
    row("the union strikes", "R09", GENERATE, PERFORMER, strikes=frozenset({"sag-aftra"})),
    row("another union strikes", None, GENERATE, PERFORMER, strikes=frozenset({"wga"})),
    row(
        "another strikes, and the record says so",
        "R09",
        GENERATE,
        PERFORMER,
        agreed={"strike_suspends": True},
        strikes=frozenset({"wga"}),
    ),
    row("no contract suspends", None, GENERATE, PERFORMER, agreed=NO_UNION, strikes=frozenset({"sag-aftra"})),
    row(
        "an alteration that needs consent",
        "R09",
        GENERATE,
        PERFORMER,
        {"use": "alter", "alteration": "other", "scene": None},
        strikes=frozenset({"sag-aftra"}),
    ),
    row(
        "an alteration of which nobody said what",
        "R09",
        GENERATE,
        PERFORMER,
        {"use": "alter", "scene": None},
        strikes=frozenset({"sag-aftra"}),
    ),
    row(
        "an alteration that needs none",
        None,
        GENERATE,
        PERFORMER,
        {"use": "alter", "alteration": "noise", "scene": None},
        strikes=frozenset({"sag-aftra"}),
    ),
    row("members may be watched in a strike", None, WATCHED, SOURCE, strikes=frozenset({"sag-aftra"})),
)
R10 = (
    row("a language nobody agreed to", "R10", DUB, PERFORMER, asked={"language": "de"}),
    row("no language named", "R10", DUB, PERFORMER, asked={"language": None}),
    row("a language agreed to", None, DUB, PERFORMER),
    row("every language, and none by name", "R10", DUB, PERFORMER, agreed={"languages": ("*",)}),
    row(
        *("every language, photography begun the day before", None, DUB, PERFORMER),
        asked={"photography_start": date(2027, 6, 30)},
        agreed={"languages": ("*",)},
    ),
    row(
        *("another language, photography begun the day before", "R01", DUB, PERFORMER),
        asked={"language": "de", "photography_start": date(2027, 6, 30)},
    ),
    row(
        *("no language, photography begun the day before", "R01", DUB, PERFORMER),
        asked={"language": None, "photography_start": date(2027, 6, 30)},
    ),
    row("a contract without a rule on dubbing", "R01", DUB, PERFORMER, asked={"language": "de"}, agreed=NO_UNION),
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
CROWD = {**BACKGROUND, "counts_as_background": False}
R12 = (
    row("counted", "R12", GENERATE, PERFORMER, {**CROWD, "counts_as_background": True}, BACKGROUND),
    row("nobody said whether it is", "R12", GENERATE, PERFORMER, {**CROWD, "counts_as_background": None}, BACKGROUND),
    row("not counted", None, GENERATE, PERFORMER, CROWD, BACKGROUND),
)
SYNTHETIC = {"synthetic_performer": True, "union_notice": "letter-1", "value_statement": "Nobody survives that fall."}
R13 = (
    row(
        "nobody said whether, for all the papers",
        "R13",
        GENERATE,
        PERFORMER,
        {**SYNTHETIC, "synthetic_performer": None},
    ),
    row("a scan plays nothing", None, SCAN, PERFORMER, asked={"synthetic_performer": None}),
    row("nobody said whether", "R13", GENERATE, PERFORMER, asked={"synthetic_performer": None}),
    row("no notice", "R13", GENERATE, PERFORMER, asked={**SYNTHETIC, "union_notice": ""}),
    row("no statement of value", "R13", GENERATE, PERFORMER, asked={**SYNTHETIC, "value_statement": " "}),
    row("notice and statement", None, GENERATE, PERFORMER, asked=SYNTHETIC),
    row(
        *("the contract of 2023 asks for notice alone", None, GENERATE, PERFORMER),
        asked={**SYNTHETIC, "value_statement": "", "photography_start": date(2026, 6, 30)},
        agreed={"packs": ("sag-aftra.tvth.2023",)},
    ),
)
R14 = (
    row("somebody else holds it", "R14", GENERATE, PERFORMER, asked={"custodian": "Rough Cut"}),
    row("nobody said who holds it", "R14", GENERATE, PERFORMER, asked={"custodian": ""}),
    row("an approved transferee", None, GENERATE, PERFORMER, asked={"custodian": "Blue Vault"}),
)
R15 = (
    row("no permission to train", "R15", TRAIN_WRITER, WRITER, agreed={"uses": uses("generate")}),
    row("none to tune", "R15", TRAIN_WRITER, WRITER, asked={"use": "fine_tune"}),
    row("permission to train", None, TRAIN_WRITER, WRITER),
)
WRITTEN = {
    "use": "generate",
    "text_role": "neither",
    "disclosed_to_writer": True,
    "output": False,
    "synthetic_performer": False,
}
R16 = (
    row("as source material", "R16", TRAIN_WRITER, WRITER, asked={**WRITTEN, "text_role": "source"}),
    row("as assigned material", "R16", TRAIN_WRITER, WRITER, asked={**WRITTEN, "text_role": "assigned"}),
    row("nobody said as what", "R16", TRAIN_WRITER, WRITER, asked={**WRITTEN, "text_role": ""}),
    row("the writer was not told", "R16", TRAIN_WRITER, WRITER, asked={**WRITTEN, "disclosed_to_writer": False}),
    row("as neither, and told", None, TRAIN_WRITER, WRITER, asked=WRITTEN),
    row(
        "nobody's text is generated",
        None,
        TRAIN_WRITER,
        WRITER,
        asked={**WRITTEN, "text_role": "", "generated_text": False},
    ),
)
R17 = (
    row("no notice", "R17", LICENSE_OUT, PERFORMER, asked={"union_notice": ""}),
    row("notice", None, LICENSE_OUT, PERFORMER),
    row("no union", None, LICENSE_OUT, PERFORMER, asked={"union_notice": ""}, agreed=NO_UNION),
)
R18 = (
    row(
        *("measured, and nothing learned", None, SYNOPSIS, LICENCE),
        asked={"licence": "", "use": "evaluate"},
        agreed={"uses": uses("evaluate")},
        reservations={"press-site": (RESERVED,)},
    ),
    row("reserved", "R18", SYNOPSIS, LICENCE, asked={"licence": ""}, reservations={"press-site": (FREE, RESERVED)}),
    row("free", None, SYNOPSIS, LICENCE, asked={"licence": ""}, reservations={"press-site": (FREE,)}),
    row(
        "another source is reserved",
        None,
        SYNOPSIS,
        LICENCE,
        asked={"licence": ""},
        reservations={"other": (RESERVED,)},
    ),
    row("licensed", None, SYNOPSIS, LICENCE, reservations={"press-site": (RESERVED,)}),
    row(
        "an unknown licence",
        "R18",
        SYNOPSIS,
        LICENCE,
        asked={"licence": "rec-9"},
        reservations={"press-site": (RESERVED,)},
    ),
    row(
        *("a licence of another source", "R18", SYNOPSIS, LICENCE),
        asked={"licence": "rec-source"},
        more=(SOURCE,),
        reservations={"press-site": (RESERVED,)},
    ),
    row(
        *("a licence that ended", "R18", SYNOPSIS, LICENCE),
        asked={"licence": "rec-old"},
        more=(replace(LICENCE, record_id="rec-old", expires_at=NOW, uses=uses("train", "evaluate")),),
        reservations={"press-site": (RESERVED,)},
    ),
    row("nobody said from where", "R18", SYNOPSIS, LICENCE, asked={"source": ""}),
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
R21 = (
    row("no compensation", "R21", GENERATE, PERFORMER, agreed={"compensation": None}),
    row("no rate", "R21", GENERATE, PERFORMER, agreed={"compensation": Compensation("day_equiv", None, "USD")}),
    row("days without an estimate", "R21", GENERATE, PERFORMER, asked={"estimate_author": "", "estimate_basis": ""}),
    row("earlier dues are overdue", "R21", GENERATE, PERFORMER, overdue=frozenset({"rec-performer"})),
    row("dues of another record are", None, GENERATE, PERFORMER, overdue=frozenset({"rec-writer"})),
)
R22 = (
    row("no manifest", "R22", GENERATE, PERFORMER, asked={"marks": frozenset({"digital_source_type"})}),
    row("no source type", "R22", GENERATE, PERFORMER, asked={"marks": frozenset({"c2pa"})}),
    row(
        "nobody said whether anything comes out",
        "R22",
        GENERATE,
        PERFORMER,
        asked={"marks": frozenset(), "output": None},
    ),
    row("nothing comes out", None, GENERATE, PERFORMER, asked={"marks": frozenset(), "output": False}),
    row(
        "both, where no disclosure is due",
        None,
        GENERATE,
        PERFORMER,
        asked={"marks": frozenset({"c2pa", "digital_source_type"})},
    ),
    row(
        *("no disclosure in the Union", "R22", GENERATE, PERFORMER),
        asked={"marks": frozenset({"c2pa", "digital_source_type"}), "territory": "DE"},
        agreed={"territories": ("*",)},
    ),
    *(
        row(
            *(f"no disclosure in New York, advertising {advertising}", code, GENERATE, PERFORMER),
            asked={
                "marks": frozenset({"c2pa", "digital_source_type"}),
                "territory": "US-NY",
                "advertising": advertising,
            },
        )
        for advertising, code in ((True, "R22"), (None, "R22"), (False, None))
    ),
)
R23 = (
    row("an unknown pack", "R23", GENERATE, PERFORMER, asked={"packs": ("sag-aftra.tvth.2030",)}),
    row("an unknown version", "R23", GENERATE, PERFORMER, asked={"packs": ("sag-aftra.tvth.2026@9",)}),
    row("a known version", None, GENERATE, PERFORMER, asked={"packs": ("sag-aftra.tvth.2026@1",)}),
    row("a disabled draft", "R23", GENERATE, PERFORMER, asked={"packs": ("us.nofakes.draft",)}),
    row("no longer in force", "R23", GENERATE, PERFORMER, asked={"packs": ("dga.ba.2023",)}),
    row("no date to judge it by", "R23", GENERATE, PERFORMER, asked={"photography_start": None}),
    *(
        row(
            *(f"photography began {day} under {pack}", code, GENERATE, PERFORMER),
            asked={"photography_start": day},
            agreed={"packs": (pack,)},
        )
        for day, pack, code in (
            (date(2026, 6, 30), "sag-aftra.tvth.2023", None),
            (date(2026, 7, 1), "sag-aftra.tvth.2023", "R23"),
            (date(2026, 6, 30), "sag-aftra.tvth.2026", "R23"),
            (date(2026, 7, 1), "sag-aftra.tvth.2026", None),
            (date(2030, 6, 30), "sag-aftra.tvth.2026", None),
            (date(2030, 7, 1), "sag-aftra.tvth.2026", "R23"),
        )
    ),
)
R24 = (
    row("a moment without a zone", "R24", GENERATE, PERFORMER, at=NOW.replace(tzinfo=None)),
    row("notice without a zone", "R24", SCAN, PERFORMER, asked={"notice_at": SCAN_AT.replace(tzinfo=None)}),
    row("a datetime for a date", "R24", GENERATE, PERFORMER, asked={"photography_start": NOW}),
    row("a number for an answer", "R24", GENERATE, PERFORMER, asked={"sexual_content": 0}),
    row("marks in one text", "R24", GENERATE, PERFORMER, asked={"marks": "c2pa digital_source_type disclosure"}),
    row("an unknown use", "R24", GENERATE, PERFORMER, asked={"use": "sell"}),
    row("an unknown kind of asset", "R24", GENERATE, PERFORMER, asked={"asset_kind": "soul"}),
    row("half a use", "R24", GENERATE, PERFORMER, asked={"count": 0.5}),
    row("no packs at all", "R24", GENERATE, PERFORMER, packs={}),
)
R25 = (
    row("a clock gone back", "R25", GENERATE, PERFORMER, last_at=NOW + MICROSECOND),
    row("a clock that stands", None, GENERATE, PERFORMER, last_at=NOW),
)
R26 = (
    row("no ledger", "R26", GENERATE, PERFORMER, durable=False),
    row("no ledger for erasure, too", "R26", GENERATE, PERFORMER, asked={"use": "erase"}, durable=False),
)
ROWS: tuple[Row, ...] = (
    *(*R01, *R02, *R03, *R04, *R05, *R06, *R07, *R08, *R09, *R10, *R11, *R12, *R13),
    *(*R14, *R15, *R16, *R17, *R18, *R19, *R20, *R21, *R22, *R23, *R24, *R25, *R26),
)
PACKS = built_in()
