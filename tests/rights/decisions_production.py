"""The decision table of the production."""

from datetime import UTC, date, datetime, timedelta

from tests.rights.decision_rows import BACKGROUND, MICROSECOND, NEW_YORK, NO_UNION, SCAN_AT, SECOND, row
from tests.rights.people import DUB, GENERATE, PERFORMER, SCAN, SOURCE, WATCHED

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
ROWS = (*R06, *R07, *R09, *R10, *R12, *R13, *R14)
